"""Mistakes that were found by breaking things on purpose, each of which must stay mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.radar import draft, entry
from mockserver.errors import InputError


def test_the_page_of_the_radar_is_no_entry() -> None:
    with pytest.raises(InputError, match=r"index\.md"):
        draft.slug("Index")


def test_text_that_moves_a_cursor_is_refused(tmp_path: Path) -> None:
    path = draft.write("Foo", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("title: Foo", 'title: "Foo\\e[31m"'), encoding="utf-8")
    assert "text that can be printed" in str(entry.problems(path)[0])

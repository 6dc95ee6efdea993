"""Mistakes that were found by breaking things on purpose, each of which must stay mended."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar import criteria_file, described, draft, entry, scorecard, told
from mockserver.errors import InputError


def test_the_page_of_the_radar_is_no_entry() -> None:
    with pytest.raises(InputError, match=r"index\.md"):
        draft.slug("Index")


def test_text_that_moves_a_cursor_is_refused(tmp_path: Path) -> None:
    path = draft.write("Foo", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("title: Foo", 'title: "Foo\\e[31m"'), encoding="utf-8")
    assert "text that can be printed" in str(entry.problems(path)[0])


def test_a_draft_has_no_sign_that_turns_text_round(tmp_path: Path) -> None:
    written = draft.write("\u202egnp.exe \u2066x", tmp_path).read_text(encoding="utf-8")
    assert not {"\u202e", "\u2066"} & set(written)


def test_a_sign_that_turns_text_round_is_refused(tmp_path: Path) -> None:
    path = draft.write("Foo", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("title: Foo", 'title: "\u202eFoo"'), encoding="utf-8")
    assert "text that can be printed" in str(entry.problems(path)[0])


@pytest.mark.parametrize(("name", "slug"), [("Ümlaut GmbH", "umlaut-gmbh"), ("Café 7", "cafe-7")])
def test_a_letter_keeps_its_place_without_its_mark(name: str, slug: str) -> None:
    assert draft.slug(name) == slug


def test_a_name_no_file_can_have_is_refused_in_one_short_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has more than 100 characters") as told:
        draft.write("a b " * 5000, tmp_path)
    assert len(str(told.value)) < 100


def test_a_draft_that_is_stopped_while_it_is_written_leaves_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", stopped)
    with pytest.raises(KeyboardInterrupt):
        draft.write("Foo", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_stop_between_facts_and_entry_leaves_neither(tmp_path: Path, monkeypatch: Any) -> None:
    link, done = os.link, []

    def stopped(*paths: Path) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(link(*paths))

    monkeypatch.setattr(os, "link", stopped)
    found = described.Described(described.Source("T", "0" * 64, date(2026, 11, 22), "1"), {}, {})
    with pytest.raises(KeyboardInterrupt):
        draft.write_described("Foo", tmp_path, found, "assess")
    assert done
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_draft_is_written_where_files_cannot_be_linked(tmp_path: Path, monkeypatch: Any) -> None:
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    assert entry.problems(draft.write("Foo", tmp_path)) == []
    with pytest.raises(InputError, match="is there already"):
        draft.write("Foo", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["foo.md"]


def test_a_score_never_stands_without_what_is_proven_and_known() -> None:
    criteria = criteria_file.load()
    nothing = told.short(scorecard.score([], criteria))
    assert nothing == "ring assess: less than 1 % of the weight is known, so no score says anything"
    item = next(iter(criteria.items))
    card = scorecard.score([scorecard.Fact(item, Verdict.passed, Proof.observed)], criteria)
    assert f"{card.proven} of it proven; {card.confidence} % of the weight is known" in told.short(card)

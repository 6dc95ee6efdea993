"""A draft is valid from the start, private, and never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.radar import draft, entry, frontmatter, schema
from mockserver.errors import InputError


def test_a_draft_is_a_valid_private_entry(tmp_path: Path) -> None:
    path = draft.write("Some Engine 2", tmp_path)
    assert path == tmp_path / "some-engine-2.md" and entry.problems(path) == []
    found = entry.read(path)
    assert found.title == "Some Engine 2" and found.ring == "assess" and not found.public


def test_an_entry_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = draft.write("Redox", tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        draft.write("redox!", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        draft.write("Redox", tmp_path / "none")


@pytest.mark.parametrize("name", ["", "  ", "---", "é", "../.."])
def test_a_name_without_letters_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no letter or digit"):
        draft.write(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "slug"), [("Redox", "redox"), ("a/b\\c", "a-b-c"), ("../x", "x"), ("X: Y #1", "x-y-1")]
)
def test_a_name_becomes_a_file_in_the_folder(name: str, slug: str) -> None:
    assert draft.slug(name) == slug


NAMES = st.text(st.characters(exclude_categories=["Cs"]))


@given(NAMES.filter(lambda name: any(c.isascii() and c.isalnum() for c in name)))
def test_a_draft_of_any_name_can_be_read(name: str) -> None:
    front = frontmatter.parse(draft.text(name), "x.md")
    assert schema.problems(front, "entry") == []
    assert schema.read(front, "entry")["title"] == " ".join(schema.CONTROL.sub(" ", name).split())
    assert schema.SLUG.fullmatch(draft.slug(name))

"""A draft is valid from the start, private, and never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.radar import draft, entries, entry, frontmatter, schema
from mockserver.errors import InputError

from .descriptions import small

FACTS = small(HJ_001="fail", HJ_004="pass")


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


@pytest.mark.parametrize("name", ["", "  ", "---", "日本", "../.."])
def test_a_name_without_letters_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no letter or digit"):
        draft.write(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "slug"), [("Redox", "redox"), ("a/b\\c", "a-b-c"), ("../x", "x"), ("X: Y #1", "x-y-1")]
)
def test_a_name_becomes_a_file_in_the_folder(name: str, slug: str) -> None:
    assert draft.slug(name) == slug


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=draft.LONGEST)


@given(NAMES.filter(lambda name: any(c.isascii() and c.isalnum() for c in name)))
def test_a_draft_of_any_name_can_be_read(name: str) -> None:
    front = frontmatter.parse(draft.text(name), "x.md")
    assert schema.problems(front, "entry") == []
    assert schema.read(front, "entry")["title"] == " ".join(schema.CONTROL.sub(" ", name).split())
    assert schema.SLUG.fullmatch(draft.slug(name))


# --- a draft with the facts of a description ---


def test_a_described_draft_is_valid_private_and_without_an_opinion(tmp_path: Path) -> None:
    page, facts = draft.write_described("Some Engine", tmp_path, FACTS, "hold")
    assert (page, facts) == (tmp_path / "some-engine.md", tmp_path / "facts" / "some-engine.yaml")
    assert entries.problems(page) == []
    found = entries.one(page)
    assert found.facts is not None and dict(found.facts.facts) == dict(FACTS.facts)
    one = found.entry
    assert (one.ring, one.findings, one.public) == ("hold", "some-engine", False)
    assert one.opinion == one.description == draft.WORDS and one.basis == () and one.alternatives == ()


def test_of_entry_and_facts_neither_is_overwritten(tmp_path: Path) -> None:
    page, facts = draft.write_described("Redox", tmp_path, FACTS, "assess")
    before = page.read_bytes(), facts.read_bytes()
    with pytest.raises(InputError, match=r"redox\.md: is there already, and is left as it is; hjkit radar refresh"):
        draft.write_described("redox!", tmp_path, small(HJ_001="pass"), "assess")
    page.rename(tmp_path / "else.md")
    with pytest.raises(InputError, match=r"redox\.yaml: is there already, but redox\.md is not"):
        draft.write_described("redox", tmp_path, small(HJ_001="pass"), "assess")
    assert ((tmp_path / "else.md").read_bytes(), facts.read_bytes()) == before


def test_an_entry_without_facts_is_left_to_refresh(tmp_path: Path) -> None:
    draft.write("Redox", tmp_path)
    with pytest.raises(InputError, match="hjkit radar refresh reads its facts"):
        draft.write_described("Redox", tmp_path, FACTS, "assess")
    assert not (tmp_path / "facts").exists()


def test_no_facts_are_left_where_the_entry_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "vacant", lambda name, folder: (folder / "gone" / "x.md", folder / "facts" / "x.yaml"))
    with pytest.raises(InputError, match="cannot be written"):
        draft.write_described("x", tmp_path, FACTS, "assess")
    assert list((tmp_path / "facts").iterdir()) == []


def test_the_name_of_a_vendor_of_the_kit_is_taken(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the kit brings facts of healthjump along"):
        draft.write_described("HealthJump", tmp_path, FACTS, "assess")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../x", "a/b", "..\\x", "/etc/x", "x\n---\npublic: true"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "radar").mkdir()
    page, facts = draft.write_described(name, tmp_path / "radar", FACTS, "assess")
    assert page.parent == tmp_path / "radar" and facts.parent == tmp_path / "radar" / "facts"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "radar"] and not entries.one(page).entry.public


@given(NAMES.filter(lambda name: any(c.isascii() and c.isalnum() for c in name)))
def test_a_described_draft_of_any_name_can_be_read(name: str) -> None:
    front = frontmatter.parse(draft.text(name, "hold", draft.slug(name)), "x.md")
    assert schema.problems(front, "entry") == []
    assert schema.read(front, "entry")["findings"] == draft.slug(name)

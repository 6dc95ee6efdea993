"""Facts from a description: written and read back the same, and refused in one sentence where somebody bent them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import catalogue
from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar import described
from evaluation.radar.described import Described, Source, known
from mockserver.errors import InputError

from .descriptions import small

Edit = Callable[[dict[str, Any]], Any]
SOME = replace(
    small(HJ_001="fail", HJ_004="pass"), unknown={"HJ-005": "it holds no rows", "HJ-022": "it holds no rows"}
)


def written(folder: Path, found: Described = SOME) -> Path:
    path = folder / "some.yaml"
    path.write_text(described.text(found), encoding="utf-8")
    return path


def same(one: Described, two: Described) -> bool:
    return (one.source, dict(one.facts), dict(one.unknown)) == (two.source, dict(two.facts), dict(two.unknown))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    assert same(described.read(written(tmp_path)), SOME)


def test_every_fact_is_documented_and_nothing_else(tmp_path: Path) -> None:
    found = described.read(written(tmp_path))
    assert {one.grade for one in found.facts.values()} == {Proof.documented}
    assert found.verdict("HJ-001") is Verdict.fail and found.verdict("HJ-004") is Verdict.passed
    assert found.verdict("HJ-005") is found.verdict("HJ-046") is Verdict.unknown


def test_reasons_are_told_with_all_of_their_checks() -> None:
    assert SOME.reasons() == {"it holds no rows": ["HJ-005", "HJ-022"]}


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(str.strip)


@given(TEXTS, TEXTS, st.dictionaries(st.sampled_from(list(catalogue.load())), TEXTS), st.lists(TEXTS, max_size=2))
def test_any_title_and_any_sentence_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, title: str, says: str, why: dict[str, str], partial: list[str]
) -> None:
    told = [" ".join(text.split()) for text in (title, says)]
    source = Source(told[0], "0" * 64, date(2026, 1, 2), "1.0", tuple(" ".join(one.split()) for one in partial))
    unknown = {id_: " ".join(text.split()) for id_, text in why.items() if id_ != "HJ-001"}
    found = Described(source, {"HJ-001": known(Verdict.fail, told[1])}, unknown)
    assert same(described.read(written(tmp_path_factory.getbasetemp(), found)), found)


def test_the_same_facts_are_the_same_bytes_in_any_order() -> None:
    turned = replace(SOME, facts=dict(reversed(SOME.facts.items())), unknown=dict(reversed(SOME.unknown.items())))
    assert described.text(turned) == described.text(SOME)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_ends_of_lines_do_not_matter(tmp_path: Path, end: str) -> None:
    path = tmp_path / "some.yaml"
    path.write_bytes(described.text(SOME).replace("\n", end).encode())
    assert same(described.read(path), SOME)


WRONG: list[tuple[Edit, str]] = [
    (lambda d: d["facts"]["HJ-001"].update(grade="observed"), "facts.HJ-001: grade must be documented: nobody asked"),
    (lambda d: d["facts"]["HJ-001"].update(grade="consumed"), "grade must be documented"),
    (lambda d: d["facts"]["HJ-001"].update(grade="inferred"), "grade must be documented"),
    (lambda d: d["facts"]["HJ-001"].pop("grade"), "grade must be documented"),
    (lambda d: d["facts"]["HJ-001"].update(verdict="unknown"), "verdict is unknown; valid: fail, pass"),
    (lambda d: d["facts"]["HJ-001"].update(verdict="fial"), "did you mean fail?"),
    (lambda d: d["facts"]["HJ-001"].pop("says"), "facts.HJ-001: says is missing"),
    (lambda d: d["facts"]["HJ-001"].update(says="a\x07b"), "is not YAML"),
    (lambda d: d["facts"]["HJ-001"].update(sources=["seed"]), "key sources is not known; valid: verdict, grade, says"),
    (lambda d: d["facts"].update({"HJ-999": {}}), "HJ-999 is no check of this kit; hjkit radar refresh reads"),
    (lambda d: d["facts"].update({"price.forecast": {}}), "price.forecast is no check of this kit"),
    (lambda d: d["unknown"][0]["checks"].append("HJ-999"), "unknown 1: checks has HJ-999"),
    (lambda d: d["unknown"][0]["checks"].append("HJ-001"), "checks has HJ-001, which is said twice in this file"),
    (lambda d: d["unknown"][0]["checks"].append("HJ-005"), "checks has HJ-005, which is said twice"),
    (lambda d: d["unknown"][0].update(checks=[]), "checks must have at least one"),
    (lambda d: d["unknown"][0].pop("why"), "why is missing"),
    (lambda d: d["source"].update(sha256="12"), "sha256 must be 64 digits of 0-9 and a-f"),
    (lambda d: d["source"].update(sha256="G" * 64), "sha256 must be 64 digits"),
    (lambda d: d["source"].update(read="soon"), "read must be a day such as 2026-11-22"),
    (lambda d: d["source"].pop("read"), "read is missing"),
    (lambda d: d["source"].pop("kit"), "kit is missing"),
    (lambda d: d["source"].update(titel="x"), "did you mean title?"),
    (lambda d: d["source"].update(partial="x"), "partial must be a list of sentences"),
    (lambda d: d.pop("source"), "source is missing"),
    (lambda d: d.pop("unknown"), "unknown is missing"),
    (lambda d: d.update(answers={}), "key answers is not known; valid: source, facts, unknown"),
]


@pytest.mark.parametrize(("edit", "says"), WRONG)
def test_a_file_bent_by_hand_is_refused_with_file_and_key(tmp_path: Path, edit: Edit, says: str) -> None:
    path = written(tmp_path)
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True).replace("\\a", "\x07")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        described.read(path)
    assert says in str(caught.value) and str(caught.value).startswith(str(path)) and "\n" not in str(caught.value)


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nsource: *b\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "must be a mapping"),
        (b"- a", "must be a mapping"),
        (b"facts: {a: 1\n", "is not YAML"),
        (b"facts: {}\nfacts: {}\n", "holds a key twice"),
        (b"\xff\xfe\x00", "is not YAML"),
        (BOMB.encode(), "uses a YAML alias"),
        (b"a: " + b"[" * 50 + b"]" * 50, "is nested more than 10 deep"),
        (b"# " + b"x" * 1_000_001, "is longer than 1000000 characters"),
        (b'source: {title: "a\\x9bb", sha256: x, read: x, kit: x}\nfacts: {}\nunknown: []', "sha256 must be"),
    ],
)
def test_what_is_no_such_file_is_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "some.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        described.read(path)


def test_a_title_that_moves_a_cursor_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("Some API", '"Some\\eAPI"', 1).replace(
        '"Some\\eAPI" 1.0 (openapi file some.yaml)', '"Some\\e[2J"'), encoding="utf-8")  # fmt: skip
    with pytest.raises(InputError, match="title must be text that can be printed"):
        described.read(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml: cannot be read"):
        described.read(tmp_path / "none.yaml")

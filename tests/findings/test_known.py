"""What is known of the vendor: every check has an entry, and the contract alone says how well it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.findings import catalogue, facts, known
from evaluation.findings.grades import Proof
from evaluation.findings.known import Knowledge
from evaluation.findings.outcome import Verdict
from mockserver import contract
from mockserver.contract import Evidence, Grade, quirks
from mockserver.contract.source import document
from mockserver.errors import InputError

FILE = Path(__file__).parents[2] / "evaluation" / "findings" / "vendors" / "healthjump.yaml"
RAW: dict[str, Any] = yaml.safe_load(FILE.read_text())
KNOWN = known.load()


def told(tmp_path: Path, text: str) -> Knowledge:
    """What a file with one entry says of HJ-001."""
    (tmp_path / "acme.yaml").write_text(f"HJ-001:\n  says: a sentence\n{text}")
    return known.read(tmp_path / "acme.yaml", "vendors/acme.yaml")["HJ-001"]


def test_every_check_has_an_entry_in_order() -> None:
    assert list(RAW) == list(KNOWN) == list(catalogue.load())


def test_no_grade_is_written_anywhere() -> None:
    words = re.compile(rf"\b({'|'.join(Grade.__members__)})\b")
    for id_, entry in RAW.items():
        assert set(entry) <= {"fail", "pass", "besides", "says"}, id_
        assert not words.search(entry["says"]), id_
    unstarred = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]
    assert not words.search(re.sub(r"row\.columns\.inferred", "", "\n".join(unstarred)))


@pytest.mark.parametrize("id_", RAW)
def test_every_entry_says_a_sentence_and_rests_on_facts(id_: str) -> None:
    assert RAW[id_]["says"].strip().endswith(".")
    assert KNOWN[id_].facts
    assert set(KNOWN[id_].sources) <= set(document("sources.yaml"))


@pytest.mark.parametrize(
    ("id_", "grade"),
    [
        ("HJ-001", Proof.seed), ("HJ-002", Proof.seed), ("HJ-003", Proof.observed), ("HJ-004", Proof.seed),
        ("HJ-005", Proof.observed), ("HJ-008", Proof.seed), ("HJ-009", Proof.observed), ("HJ-021", Proof.observed),
        ("HJ-036", Proof.observed), ("HJ-044", Proof.observed),
    ],
)  # fmt: skip
def test_what_the_api_is_known_to_do_fails_with_the_grade_of_the_contract(id_: str, grade: Proof) -> None:
    assert (KNOWN[id_].verdict, KNOWN[id_].grade) == (Verdict.fail, grade)


@pytest.mark.parametrize(
    ("id_", "channels"),
    [
        ("HJ-011", ("unload",)), ("HJ-012", ("feed", "research")), ("HJ-015", ("unload",)), ("HJ-018", ("feed",)),
        ("HJ-017", ("research", "webhook")), ("HJ-032", ("feed", "research")), ("HJ-034", ("research",)),
    ],
)  # fmt: skip
def test_what_other_channels_show_is_unknown_of_the_api(id_: str, channels: tuple[str, ...]) -> None:
    assert (KNOWN[id_].verdict, KNOWN[id_].grade) == (Verdict.unknown, None)
    assert KNOWN[id_].elsewhere == channels


@pytest.mark.parametrize(
    "id_", ["HJ-022", "HJ-023", "HJ-038", "HJ-039", "HJ-040", "HJ-041", "HJ-042", "HJ-046", "HJ-047"]
)
def test_what_nobody_saw_is_unknown(id_: str) -> None:
    assert (KNOWN[id_].verdict, KNOWN[id_].grade) == (Verdict.unknown, None)


def test_every_quirk_of_a_feed_alone_is_unknown_of_the_api() -> None:
    feed = {id_ for id_, quirk in quirks.catalogue().items() if quirk.set == "feed"}
    resting = [k for k in KNOWN.values() if {fact.partition("/")[0] for fact in k.facts} & feed]
    assert resting and all(k.verdict is Verdict.unknown and "api" not in k.elsewhere for k in resting)


def test_every_quirk_of_the_api_stands_somewhere() -> None:
    """Except what describes other channels or how to read another quirk."""
    named = set(re.findall(r"\bQ\d\d(?:-feed)?\b", FILE.read_text()))
    own = {"Q32", "Q34", "Q36"}  # webhooks; by its behaviours; columns of other channels
    assert named >= set(quirks.catalogue()) - own


def graded(quirk: str, element: str, grade: Grade) -> dict[str, Any]:
    """The catalogue of quirks with another grade at one place."""
    found = dict(quirks.catalogue())
    old = found[quirk].elements[element]
    found[quirk] = replace(found[quirk], elements={**found[quirk].elements, element: replace(old, grade=grade)})
    return found


@pytest.fixture
def reread() -> Iterator[None]:
    """Knowledge is kept between calls; these tests change what it is made of."""
    known.load.cache_clear()
    yield
    known.load.cache_clear()


@pytest.mark.usefixtures("reread")
@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (Grade.observed, (Verdict.fail, Proof.observed)), (Grade.seed, (Verdict.fail, Proof.seed)),
        (Grade.inferred, (Verdict.unknown, None)),
    ],
)  # fmt: skip
def test_another_grade_in_the_contract_is_another_grade_here(
    monkeypatch: pytest.MonkeyPatch, grade: Grade, expected: tuple[Verdict, Proof | None]
) -> None:
    changed = graded("Q13", "appointment", grade)
    monkeypatch.setattr(quirks, "catalogue", lambda: changed)
    assert (known.load()["HJ-021"].verdict, known.load()["HJ-021"].grade) == expected


@pytest.mark.usefixtures("reread")
def test_a_row_that_shows_it_would_turn_an_unknown_into_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = dict(quirks.catalogue())
    seen = Evidence(Grade.observed, ("response-appointment",))
    changed["Q24"] = replace(changed["Q24"], elements={"vitals": seen})
    monkeypatch.setattr(quirks, "catalogue", lambda: changed)
    assert (known.load()["HJ-015"].verdict, known.load()["HJ-015"].grade) == (Verdict.fail, Proof.observed)


@pytest.mark.parametrize(
    ("text", "verdict", "grade"),
    [
        ("  fail: [Q13/appointment]", Verdict.fail, Proof.observed),
        ("  fail: [Q09/attribution, Q13/appointment]", Verdict.fail, Proof.observed),
        ("  fail: [[Q09/attribution, Q13/appointment]]", Verdict.fail, Proof.seed),
        ("  fail: [[Q13/appointment, Q24]]", Verdict.unknown, None),
        ("  fail: [format.time]", Verdict.fail, Proof.observed),
        ("  fail: [appointment.date]", Verdict.fail, Proof.observed),
        ("  pass: [envelope.types]", Verdict.passed, Proof.observed),
        ("  pass: [['*.hj_modify_timestamp']]", Verdict.unknown, None),
        ("  fail: [Q24]\n  pass: [allergy.allergy_pk]", Verdict.passed, Proof.consumed),
        ("  fail: [Q13]\n  pass: [envelope.types]", Verdict.fail, Proof.observed),
        ("  besides: [Q13]", Verdict.unknown, None),
        ("", Verdict.unknown, None),
    ],
)
def test_how_facts_decide(tmp_path: Path, text: str, verdict: Verdict, grade: Proof | None) -> None:
    found = told(tmp_path, text)
    assert (found.verdict, found.grade, found.says) == (verdict, grade, "a sentence")


def test_what_decides_is_named_and_what_stands_besides_is_not_mixed_in(tmp_path: Path) -> None:
    found = told(tmp_path, "  fail: [Q24, Q13/appointment]\n  besides: [Q31]")
    assert (found.facts, found.sources) == (("Q13/appointment",), ("response-appointment",))
    assert found.elsewhere == ("unload",)


def test_of_an_unknown_all_that_was_looked_at_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, "  fail: [Q24]\n  pass: [error.page]\n  besides: [Q31]")
    assert found.facts == ("Q24", "error.page", "Q31")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  fail: [Q99]", "HJ-001.fail: Q99 is no fact of the contract"),
        ("  fail: [Q13/apointment]", "Q13/apointment is no fact"),
        ("  fail: [appointment.dat]", "did you mean appointment.date?"),
        ("  fail: [header.version.absnt]", "did you mean header.version.absent?"),
        ("  fail: ['*.nothing']", "is no fact"),
        ("  fail: Q13", "fail must be a list of facts"),
        ("  fail: [[]]", "a fact is an id or a list of ids"),
        ("  fail: [7]", "a fact is an id or a list of ids"),
        ("  grade: seed", "key grade is not known"),
        ("  fails: [Q13]", "did you mean fail?"),
    ],
)
def test_faults_of_the_file_say_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        told(tmp_path, text)
    assert said in str(caught.value) and str(caught.value).startswith("vendors/acme.yaml: HJ-001")


def test_an_entry_for_no_check_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("HJ-999: {says: x}")
    with pytest.raises(InputError, match="key HJ-999 is not known"):
        known.read(tmp_path / "acme.yaml", "vendors/acme.yaml")


@pytest.mark.parametrize("vendor", ["", "acme", "../healthjump", "healthjump.yaml"])
def test_of_another_vendor_nothing_is_known(vendor: str) -> None:
    assert known.load(vendor) == {}


@pytest.mark.parametrize(
    ("ids", "grade"),
    [((), None), (("Q24",), None), (("Q24", "Q09/attribution"), Proof.seed), (("Q13", "Q09"), Proof.observed)],
)
def test_the_best_known_fact_of_several(ids: tuple[str, ...], grade: Proof | None) -> None:
    assert known.best(ids, "here") is grade


def test_ids_of_quirks_behaviours_and_columns_never_meet() -> None:
    columns = {f"{e.name}.{p.vendor}" for e in contract.load().elements.values() for p in e.properties}
    behaviours, odd = set(contract.load().behaviours), set(quirks.catalogue())
    assert not columns & behaviours and not odd & (columns | behaviours)


@pytest.mark.parametrize(
    ("id_", "channels"),
    [("Q24", ("unload",)), ("Q05/appointment", ("api",)), ("error.page", ()), ("format.time.colons", ("unload",))],
)
def test_channels_are_those_of_the_fact_or_of_its_sources(id_: str, channels: tuple[str, ...]) -> None:
    assert [one.channels for one in facts.evidence(id_, "here")] == [channels]


def test_a_star_is_that_column_of_every_element_that_has_it() -> None:
    assert len(facts.evidence("*.hj_modify_timestamp", "here")) == 19

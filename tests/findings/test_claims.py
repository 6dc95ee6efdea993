"""The claims of the entry: all there, tested where they can be, opinions where they cannot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.findings import catalogue, claims, evaluate, known
from evaluation.findings.adapters import open_target
from evaluation.findings.claims import FOUND, NOT_FOUND, OPINION, UNKNOWN, Claim, Row
from evaluation.findings.grades import Proof
from evaluation.findings.known import Knowledge
from evaluation.findings.outcome import Outcome, Verdict
from mockserver.errors import InputError

IDS = ["1", "2", "3", "4", "5", "6a", "6b", "6c", "6d", "6e", "7"]
INCONSISTENCIES = ["6a", "6b", "6c", "6d", "6e"]
NOTHING = Knowledge(Verdict.unknown, None, (), (), "nothing")


@dataclass(frozen=True)
class Told:
    """As much of a result as claims need."""

    id: str
    outcome: Outcome
    known: Knowledge


def told(id_: str, verdict: Verdict, vendor: Knowledge = NOTHING) -> Told:
    return Told(id_, Outcome(verdict, ""), vendor)


def everything(verdict: Verdict) -> list[Told]:
    return [told(id_, verdict, known.load()[id_]) for id_ in catalogue.load()]


def rows(results: list[Told]) -> dict[str, Row]:
    return {row.claim.id: row for row in claims.table(results)}


def by_id() -> dict[str, Claim]:
    return {claim.id: claim for claim in claims.load()}


def test_all_claims_are_there_in_the_order_of_the_entry() -> None:
    assert [claim.id for claim in claims.load()] == IDS == list(rows([]))


def test_claims_and_catalogue_name_each_other() -> None:
    named = {claim for entry in catalogue.load().values() for claim in entry.claims}
    assert named == {claim.id for claim in claims.load() if claim.checks}
    assert by_id()["6b"].checks == ("HJ-001", "HJ-002", "HJ-003")
    assert by_id()["7"].checks == ("HJ-041", "HJ-042")


@pytest.mark.parametrize("id_", IDS)
def test_a_claim_is_said_in_whole_sentences_with_its_source(id_: str) -> None:
    claim = by_id()[id_]
    assert claim.says.endswith(".") and claim.sources == ("seed",)
    assert claim.answer.endswith(".") or claim.kind == "opinion"


@pytest.mark.parametrize("id_", ["1", "2", "3", "4"])
@pytest.mark.parametrize("verdict", Verdict)
def test_opinions_stay_opinions_whatever_a_run_saw(id_: str, verdict: Verdict) -> None:
    row = rows(everything(verdict))[id_]
    assert (row.conclusion, row.vendor, row.grade, row.checks) == (OPINION, OPINION, None, ())


def test_the_facts_opinions_would_need_are_listed_and_unknown() -> None:
    parts = {part.what: part.known for id_ in "1234" for part in by_id()[id_].parts}
    assert list(parts) == [
        "time saved", "price of Healthjump", "price of Redox", "place of Redox in the market",
        "balance of price and quality", "maturity", "number of integrations",
    ]  # fmt: skip
    assert set(parts.values()) == {"unknown"}


@pytest.mark.parametrize("id_", INCONSISTENCIES)
def test_inconsistencies_are_found_and_known(id_: str) -> None:
    row = rows(everything(Verdict.fail))[id_]
    assert (row.conclusion, row.vendor) == (FOUND, FOUND)
    assert row.grade is not None and row.grade > Proof.inferred


@pytest.mark.parametrize("id_", INCONSISTENCIES)
def test_a_clean_run_does_not_find_them_and_changes_nothing_that_is_known(id_: str) -> None:
    dirty, clean = (rows(everything(verdict))[id_] for verdict in (Verdict.fail, Verdict.passed))
    assert clean.conclusion == NOT_FOUND
    assert (clean.vendor, clean.grade) == (dirty.vendor, dirty.grade)


@pytest.mark.parametrize(
    ("id_", "grade"), [("6a", Proof.seed), ("6c", Proof.seed), ("6d", Proof.observed), ("6e", Proof.seed)]
)
def test_the_grade_is_that_of_what_is_known(id_: str, grade: Proof) -> None:
    assert rows(everything(Verdict.unknown))[id_].grade is grade


def test_the_documentation_was_not_read() -> None:
    row = rows(everything(Verdict.unknown))["5"]
    assert (row.conclusion, row.vendor, row.grade) == (UNKNOWN, UNKNOWN, None)


def test_that_the_model_is_its_own_is_known_and_how_far_it_is_from_fhir_is_not() -> None:
    row = rows(everything(Verdict.fail))["7"]
    assert (row.conclusion, row.vendor, row.grade) == (FOUND, FOUND, Proof.observed)
    assert {seen.known for seen in row.checks} == {Verdict.unknown}


@pytest.mark.parametrize(
    ("verdicts", "conclusion"),
    [
        ((Verdict.passed, Verdict.passed, Verdict.passed), NOT_FOUND),
        ((Verdict.passed, Verdict.fail, Verdict.unknown), FOUND),
        ((Verdict.passed, Verdict.unknown, Verdict.passed), UNKNOWN),
        ((Verdict.passed,), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_one_failure_is_enough_and_a_gap_is_never_a_pass(verdicts: tuple[Verdict, ...], conclusion: str) -> None:
    ids = ("HJ-001", "HJ-002", "HJ-003")
    found = [told(id_, verdict) for id_, verdict in zip(ids, verdicts, strict=False)]
    assert rows(found)["6b"].conclusion == conclusion


def test_what_a_run_saw_is_never_taken_for_what_is_known() -> None:
    row = rows([told("HJ-004", Verdict.fail)])["6c"]
    assert (row.conclusion, row.vendor, row.grade) == (FOUND, UNKNOWN, None)


def test_real_runs_find_the_inconsistencies_on_the_contract_and_not_on_its_twin() -> None:
    dirty, clean = (
        {row.claim.id: row for row in claims.table(evaluate.run(open_target(target)).results)}
        for target in ("contract", "contract:none")
    )
    assert {dirty[id_].conclusion for id_ in INCONSISTENCIES} == {FOUND}
    assert {clean[id_].conclusion for id_ in INCONSISTENCIES} == {NOT_FOUND}
    for id_ in ("5", "7"):
        assert dirty[id_].conclusion == clean[id_].conclusion
    assert (dirty["5"].conclusion, dirty["7"].conclusion) == (UNKNOWN, FOUND)


SMALL = "'9': {kind: fact, says: It is so., sources: [seed], facts: [Q13], parts: {much: {known: unknown}}}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: fact", "kind: fakt", "did you mean fact?"),
        ("says: It is so., ", "", "9: says is missing"),
        ("[seed]", "[sead]", "sources has sead"),
        ("[Q13]", "[Q131]", "9.facts: Q131 is no fact of the contract"),
        ("facts:", "fact:", "did you mean facts?"),
        ("known: unknown", "know: unknown", "9.parts.much: key know is not known"),
    ],
)
def test_faults_of_the_file_say_where(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "claims.yaml").write_text(SMALL.replace(old, new))
    with pytest.raises(InputError) as caught:
        claims.read(tmp_path / "claims.yaml", "claims.yaml")
    assert said in str(caught.value)


def test_a_claim_without_checks_is_unknown_unless_it_is_an_opinion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "claims.yaml").write_text(SMALL)
    (claim,) = claims.read(tmp_path / "claims.yaml", "claims.yaml")
    assert (claim.grade, claim.proof, claim.parts[0].known) == (Proof.observed, None, "unknown")
    monkeypatch.setattr(claims, "load", lambda: (claim,))
    (row,) = claims.table([])
    assert (row.conclusion, row.vendor) == (UNKNOWN, UNKNOWN)

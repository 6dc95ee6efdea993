"""Each quirk, switched alone, changes exactly the checks that should see it: the table is flips.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.findings import catalogue
from evaluation.findings.adapters import contract
from evaluation.findings.outcome import Outcome, Place, Verdict, judge, unknown
from mockserver.contract import quirks
from mockserver.errors import InputError
from tests.findings.bench import flips
from tests.findings.bench.flips import Change
from tests.findings.bench.shape import CHECKS

TABLE = flips.table()
SWITCHED = sorted(quirks.switchable())
QUIET = Change()
# What the vendor does and no quirk takes away: stamps without a zone, numbered columns, one deletion flag in all,
# the distance to FHIR, mixed conventions, flags as letters.
WITHOUT_A_QUIRK = {"HJ-014", "HJ-016", "HJ-022", "HJ-041", "HJ-042", "HJ-043", "HJ-044"}


@pytest.fixture(scope="module")
def described() -> flips.Outcomes:
    return flips.outcomes(contract.read("vendor"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("flips")


@pytest.fixture(scope="module")
def served(folder: Path) -> flips.Outcomes:
    return flips.mock_outcomes("vendor", folder)


def test_every_quirk_is_in_the_table() -> None:
    assert list(TABLE) == list(quirks.catalogue())


@pytest.mark.parametrize("quirk", SWITCHED)
def test_the_mock_changes_as_the_table_says(quirk: str, served: flips.Outcomes, folder: Path) -> None:
    assert flips.on_mock(quirk, served, folder) == TABLE[quirk].changes.get("mock", QUIET)


@pytest.mark.parametrize("quirk", SWITCHED)
def test_the_contract_changes_as_the_table_says(quirk: str, described: flips.Outcomes) -> None:
    assert flips.on_contract(quirk, described) == TABLE[quirk].changes.get("contract", QUIET)


def test_a_quirk_without_a_switch_is_unseen_and_says_why() -> None:
    fixed = set(quirks.catalogue()) - set(quirks.switchable())
    assert fixed <= {quirk for quirk, row in TABLE.items() if row.unseen}
    assert all(row.why for row in TABLE.values())


def test_what_is_unseen_changes_nothing_and_everything_else_flips_a_check() -> None:
    for row in TABLE.values():
        flipped = {check for change in row.changes.values() for check in change.flips}
        assert bool(flipped) != row.unseen, row.quirk


def test_no_check_flips_on_the_contract_alone() -> None:
    """What a description shows, the rows show too."""
    for row in TABLE.values():
        on_contract = row.changes.get("contract", QUIET).flips
        assert set(on_contract) <= set(row.changes.get("mock", QUIET).flips), row.quirk


# --- the claims of the radar entry ---


def _claiming(number: str) -> list[str]:
    return [id_ for id_, entry in catalogue.load().items() if any(c.startswith(number) for c in entry.claims)]


@pytest.fixture(scope="module")
def bare(folder: Path) -> Mapping[str, flips.Outcomes]:
    """Without any quirk."""
    return {"mock": flips.mock_outcomes("none", folder), "contract": flips.outcomes(contract.read("none"))}


def _failing(outcomes: flips.Outcomes) -> set[str]:
    return {check for check, outcome in outcomes.items() if outcome.verdict is Verdict.fail}


def test_claims_6a_to_6e_are_found_and_pass_without_quirks(
    served: flips.Outcomes, described: flips.Outcomes, bare: Mapping[str, flips.Outcomes]
) -> None:
    checks = _claiming("6")
    assert {claim for check in checks for claim in catalogue.load()[check].claims} == {"6a", "6b", "6c", "6d", "6e"}
    for with_quirks in (served, described):
        assert set(checks) <= _failing(with_quirks)
    for without in bare.values():
        assert {without[check].verdict for check in checks} == {Verdict.passed}


def test_claims_5_and_7_do_not_change_with_quirks(
    served: flips.Outcomes, described: flips.Outcomes, bare: Mapping[str, flips.Outcomes]
) -> None:
    for check in [*_claiming("5"), *_claiming("7")]:
        said = {(o[check].verdict, o[check].why) for o in (served, described, *bare.values())}
        assert len(said) == 1, check


def test_without_quirks_only_what_has_no_quirk_fails(bare: Mapping[str, flips.Outcomes]) -> None:
    for outcomes in bare.values():
        assert _failing(outcomes) == WITHOUT_A_QUIRK


# --- what counts as a change ---

PASSED, UNKNOWN = judge([], 1, "", "it is not so"), unknown("nothing is there")


def _failed(*names: str) -> Outcome:
    return judge([Place(name) for name in names], 1, "it is so", "")


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (PASSED, PASSED, Change()),
        (UNKNOWN, PASSED, Change()),
        (_failed("a"), PASSED, Change(flips=("HJ-001",))),
        (_failed("a"), UNKNOWN, Change(flips=("HJ-001",))),
        (PASSED, _failed("a"), Change(flips=("HJ-001",))),
        (_failed("a", "b"), _failed("a"), Change(eases=("HJ-001",))),
        (_failed("a"), _failed("a", "b"), Change(grows=("HJ-001",))),
        (_failed("a"), _failed("b"), Change()),
    ],
)
def test_a_change_is_told(before: Outcome, after: Outcome, change: Change) -> None:
    assert flips.change({"HJ-001": before}, {"HJ-001": after}) == change


def test_a_feed_quirk_is_switched_on_and_a_vendor_quirk_off() -> None:
    assert flips.selection("Q29") == "vendor,Q29"
    assert flips.selection("Q14") == "vendor,-Q14"


def test_every_check_is_asked(described: flips.Outcomes) -> None:
    assert tuple(described) == CHECKS


# --- the table's file ---


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"Q1": {"unseen": "Not."}}, "made.yaml: 'Q1' is not known"),
        ({"Q01": {"unsen": "Not."}}, "did you mean unseen?"),
        ({"Q01": {"unseen": "not"}}, "must be a sentence"),
        ({"Q01": {"why": "So.", "mock": {"flip": []}}}, "made.yaml: Q01.mock: 'flip' is not known"),
        ({"Q01": {"why": "So.", "mock": {"flips": ["HJ-1"]}}}, "Q01.mock.flips: 'HJ-1' is not known"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, table: Mapping[str, Any], sentence: str) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(yaml.safe_dump(table), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        flips.table(path)
    assert sentence in str(refused.value)

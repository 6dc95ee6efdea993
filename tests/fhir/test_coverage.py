"""Shares of US Core: by hand on a small mapping, by law on the real one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.fhir import coverage, names
from evaluation.fhir.load import crosswalk
from evaluation.fhir.model import PLANNED, Crosswalk, ElementMap, Outcome, Profile, ResourceMap, Target
from mockserver import contract
from mockserver.contract import quirks

FULL = names.full(crosswalk())
EXACT, DERIVED, TEXT, ASSUMED, ABSENT = PLANNED


def target(path: str, outcome: Outcome = EXACT, *columns: str, fallback: Outcome | None = None) -> Target:
    return Target(f"Thing.{path}", outcome, columns, fallback)


def made(*targets: Target, asked: tuple[str, ...] = ("a", "b"), not_counted: str = "") -> Crosswalk:
    """A mapping of one element to one profile, and a second profile that nothing is for."""
    profiles = {
        id_: Profile(id_, "Thing", "", "", {f"Thing.{path}": "required" for path in asked}) for id_ in ("p", "q")
    }
    element = ElementMap("e", (ResourceMap("Thing", "p", "", "", targets),), {}, not_counted)
    return Crosswalk("acme", "", {"e": element}, profiles, {}, {}, {}, 80)


def got(found: coverage.UsCoreCoverage) -> dict[str, Outcome]:
    return {path.partition(".")[2]: outcome for path, outcome in found.profiles[0].elements.items()}


def test_a_share_by_hand() -> None:
    mapping = made(
        target("a", EXACT, "x"), target("b.text", TEXT, "y"), target("c", DERIVED, "x"), target("d", ASSUMED),
        asked=("a", "b", "c", "d", "e"),
    )  # fmt: skip
    found = coverage.us_core(mapping, {"e": frozenset({"x", "y"})})
    assert got(found) == {"a": EXACT, "b": TEXT, "c": DERIVED, "d": ASSUMED, "e": ABSENT}
    assert (found.filled, found.total, found.percent) == (2, 5, 40.0)
    assert found.counts == {EXACT: 1, DERIVED: 1, TEXT: 1, ASSUMED: 1, ABSENT: 1}
    assert found.without == ("q",)


def test_the_best_entry_for_an_element_counts() -> None:
    mapping = made(target("a.text", TEXT, "x"), target("a.coding:code", EXACT, "y"))
    assert got(coverage.us_core(mapping, {"e": frozenset({"x", "y"})}))["a"] is EXACT
    assert got(coverage.us_core(mapping, {"e": frozenset({"x"})}))["a"] is TEXT


def test_without_any_column_there_are_no_rows_and_nothing_is_assumed() -> None:
    assert got(coverage.us_core(made(target("a", ASSUMED)), {})) == {"a": ABSENT, "b": ABSENT}


def test_what_is_not_counted_changes_nothing() -> None:
    mapping = made(target("a", EXACT, "x"), not_counted="ours")
    found = coverage.us_core(mapping, {"e": frozenset({"x"})})
    assert (found.profiles, found.without, found.percent) == ((), ("p", "q"), 0.0)


@pytest.mark.parametrize(
    ("fallback", "there", "expected"),
    [
        (None, {"x", "y"}, DERIVED), (None, {"x"}, DERIVED), (None, {"y"}, ABSENT), (TEXT, {"y"}, TEXT),
        (TEXT, {"z"}, ABSENT), (ASSUMED, {"z"}, ASSUMED), (ASSUMED, set(), ABSENT), (TEXT, {"x"}, DERIVED),
    ],
)  # fmt: skip
def test_the_first_column_is_needed_unless_there_is_a_fallback(
    fallback: Outcome | None, there: set[str], expected: Outcome
) -> None:
    entry = target("a", DERIVED, "x", "y", fallback=fallback)
    assert coverage.outcome(entry, frozenset(there)) is expected


@pytest.mark.parametrize(
    ("entry", "path", "fills"),
    [
        ("identifier:native.value", "Thing.identifier.value", True),
        ("identifier:NPI.value", "Thing.identifier:NPI", True),
        ("identifier:native.value", "Thing.identifier:NPI", False),
        ("value[x]:valueString", "Thing.value[x]", True),
        ("value[x]", "Thing.value[x]:valueQuantity.value", False),
        ("code.coding:icd", "Thing.code", True),
        ("codes", "Thing.code", False),
        ("extension:race.extension:text.value[x]", "Thing.extension:race", True),
        ("extension:race.extension:text.value[x]", "Thing.extension:sex", False),
    ],
)
def test_an_entry_fills_an_element_or_a_part_of_it(entry: str, path: str, fills: bool) -> None:
    assert target(entry).fills(path) is fills


COLUMNS = [(element, column) for element, columns in FULL.items() for column in sorted(columns)]


@given(st.sets(st.sampled_from(COLUMNS)), st.sets(st.sampled_from(COLUMNS)))
def test_more_columns_never_cover_less(some: set[tuple[str, str]], more: set[tuple[str, str]]) -> None:
    low, high = (coverage.us_core(crosswalk(), together(pairs)) for pairs in (some, some | more))
    for fewer, all_ in zip(low.profiles, high.profiles, strict=True):
        ranks = [(PLANNED.index(all_.elements[p]), PLANNED.index(o)) for p, o in fewer.elements.items()]
        assert all(better <= worse for better, worse in ranks)
    assert low.percent <= high.percent and low.total == high.total


def together(pairs: set[tuple[str, str]]) -> dict[str, frozenset[str]]:
    return {element: frozenset(c for e, c in pairs if e == element) for element in FULL}


def under(chosen: frozenset[str]) -> coverage.UsCoreCoverage:
    fields = {e.path: frozenset(e.by_wire) for e in contract.load(chosen).elements.values()}
    return coverage.us_core(crosswalk(), names.of_contract().read(fields))


@pytest.mark.parametrize("chosen", [quirks.of_set("none"), quirks.of_set("vendor+feed"), *(
    quirks.VENDOR - {id_} for id_ in sorted(quirks.VENDOR)
)], ids=quirks.describe)  # fmt: skip
def test_quirks_change_no_figure(chosen: frozenset[str]) -> None:
    assert under(chosen) == under(quirks.VENDOR)


def test_the_figures_of_the_contract() -> None:
    found = under(quirks.VENDOR)
    assert found == coverage.us_core(crosswalk(), FULL)
    assert (found.filled, found.total, round(found.percent, 1)) == (154, 226, 68.1)
    assert {str(k): n for k, n in found.counts.items()} == {
        "exact": 61, "derived": 93, "text": 11, "assumed": 15, "absent": 46,
    }  # fmt: skip
    assert (len(found.profiles), len(found.without)) == (27, 21)


@pytest.mark.parametrize(
    ("profile", "filled", "asked"),
    [("us-core-patient", 20, 25), ("us-core-allergyintolerance", 2, 5), ("us-core-encounter", 10, 15),
     ("us-core-blood-pressure", 6, 7), ("us-core-smokingstatus", 3, 5)],
)  # fmt: skip
def test_figures_of_single_profiles(profile: str, filled: int, asked: int) -> None:
    (found,) = (p for p in under(quirks.VENDOR).profiles if p.profile.id == profile)
    assert (found.filled, len(found.elements)) == (filled, asked)


def test_profiles_without_any_source_are_named() -> None:
    without = set(under(quirks.VENDOR).without)
    nothing = {"goal", "careplan", "documentreference", "implantable-device", "medicationdispense", "relatedperson"}
    assert {f"us-core-{name}" for name in nothing} <= without
    assert {"us-core-coverage", "us-core-specimen", "us-core-questionnaireresponse"} <= without

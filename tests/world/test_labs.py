"""Laboratory: identities on served values, flags, cadence, and what conditions and drugs do."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date, timedelta
from random import Random
from statistics import correlation, fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import analytes, bodies, codes, labs, singles
from mockserver.world.analytes import State, creatinine_at, egfr
from mockserver.world.model import Person, Record
from tests.world.invented import SEED, of, person, rows, visits

Report = dict[str, float]


@pytest.fixture(scope="module")
def people() -> list[tuple[Person, list[Record]]]:
    made = [person(index, 20 + index % 70) for index in range(200)]
    return [(who, rows(who)) for who in made]


@pytest.fixture(scope="module")
def reports(people: list[tuple[Person, list[Record]]]) -> list[tuple[Person, date, Report]]:
    """Results by person and day of collection."""
    found: dict[tuple[int, date], Report] = defaultdict(dict)
    for who, made in people:
        for record in of(made, "lab_result"):
            day = record.values["collection_date"]
            assert isinstance(day, date)
            found[who.index, day][str(record.values["test_code"])] = float(str(record.values["result_value"]))
    by_index = {who.index: who for who, _ in people}
    return [(by_index[index], day, report) for (index, day), report in found.items()]


def test_friedewald(reports: list[tuple[Person, date, Report]]) -> None:
    checked = 0
    for _, _, report in reports:
        if "CHOL" in report:
            assert ("LDL" in report) == (report["TRIG"] < 400)
        if "LDL" in report:
            assert report["LDL"] == report["CHOL"] - report["HDL"] - report["TRIG"] / 5
            checked += 1
    assert checked > 100


def test_filtration(reports: list[tuple[Person, date, Report]]) -> None:
    checked = 0
    for who, day, report in reports:
        if "EGFR" in report:
            assert report["EGFR"] == egfr(report["CREA"], who.age_on(day), who.sex == "female")
            checked += 1
    assert checked > 200


def test_red_cells(reports: list[tuple[Person, date, Report]]) -> None:
    for _, _, report in reports:
        if "MCV" in report:
            assert report["MCV"] == round(report["HCT"] * 10 / report["RBC"])


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ("A1C", "GLU", 0.7, 0.95),
        ("HGB", "HCT", 0.9, 0.99),
        ("ALT", "AST", 0.6, 0.95),
        ("BUN", "CREA", 0.35, 0.75),
        ("TRIG", "HDL", -0.6, -0.2),
    ],
)
def test_correlations(
    first: str, second: str, low: float, high: float, reports: list[tuple[Person, date, Report]]
) -> None:
    pairs = [(r[first], r[second]) for _, _, r in reports if first in r and second in r]
    assert low < correlation(*zip(*pairs, strict=True)) < high


def test_flags_follow_the_printed_range(people: list[tuple[Person, list[Record]]]) -> None:
    seen = set()
    for _, made in people:
        for record in of(made, "lab_result"):
            text, flag = str(record.values["reference_range"]), record.values["abnormal_flag"]
            assert flag == _judged(float(str(record.values["result_value"])), text), record.values
            seen.add(flag)
    assert seen == {None, "H", "L"}


def _judged(value: float, text: str) -> str | None:
    if text.startswith("<"):
        return None if value < float(text[1:]) else "H"
    if text.startswith(">"):
        return None if value > float(text[1:]) else "L"
    low, high = (float(part) for part in text.split("-"))
    return "L" if value < low else "H" if value > high else None


@given(st.floats(-10, 500), st.sampled_from(sorted(labs.tests())), st.sampled_from(["female", "male"]))
def test_flag(value: float, name: str, sex: str) -> None:
    test = labs.tests()[name]
    text = test.ranges[sex]
    if text is not None:
        assert labs.flag(value, *test.limits[sex]) == _judged(value, text)


def test_orders_complete_when_results_come(people: list[tuple[Person, list[Record]]]) -> None:
    lags, statuses = set(), set()
    for _, made in people:
        results = defaultdict(list)
        for record in of(made, "lab_result"):
            results[record.values["lab_order_id"]].append(record)
        for order in of(made, "lab_order"):
            days = {record.day for record in results[order.values["lab_order_id"]]}
            closing = [c for c in order.changes if "status" in c.values]
            status = closing[0].values["status"] if closing else order.values["status"]
            assert bool(days) == (status == "Completed")
            if days:
                assert days == {closing[0].day if closing else order.day}
                lags.add((min(days) - order.day).days)
            statuses.add(status)
            assert order.values["source_lab_order_id"] == order.values["lab_order_id"]
    assert lags == {0, 1, 2, 3}
    assert statuses == {"Completed", "Cancelled"}


def test_results_belong_to_their_panel(people: list[tuple[Person, list[Record]]]) -> None:
    for _, made in people:
        panels = {o.values["lab_order_id"]: o.values["test_code"] for o in of(made, "lab_order")}
        for record in of(made, "lab_result"):
            test = labs.tests()[str(record.values["test_code"])]
            assert panels[record.values["lab_order_id"]] == test.panel
            assert record.values["units"] == test.units
            assert record.values["loinc_code"] == codes.on("loinc", test.code, record.day)


def test_filtration_is_not_named_after_an_equation_that_was_not_there(
    people: list[tuple[Person, list[Record]]],
) -> None:
    """CKD-EPI 2021 was published, and its code released, in September 2021."""
    seen = set()
    for _, made in people:
        for record in of(made, "lab_result"):
            if record.values["test_code"] == "EGFR":
                late = record.day >= date(2021, 9, 23)
                seen.add(late)
                assert record.values["loinc_code"] == ("98979-8" if late else "69405-9")
                assert ("2021" in str(record.values["test_name"])) == late
    assert seen == {False, True}


def state(years: int = 55, sex: str = "male", has: tuple[str, ...] = (), taken: tuple[str, ...] = ()) -> State:
    frame = bodies.body(SEED, person(years, years, sex))
    return State(frame, years + 0.5, years, sex, has, taken, 0.0)


@pytest.mark.parametrize(("has", "days"), [((), 1100), (("prediabetes",), 365), (("diabetes",), 125)])
def test_cadence_of_hba1c(has: tuple[str, ...], days: int) -> None:
    assert labs.intervals(state(has=has))["A1C"] == days


def test_lipids_yearly_on_a_statin_else_every_few_years() -> None:
    assert labs.intervals(state(taken=("statin",)))["LIPID"] == 365
    assert 4 * 365 <= labs.intervals(state(has=()))["LIPID"] <= 6 * 365


def test_children_are_rarely_tested() -> None:
    frame = bodies.body(SEED, person(1, 5))
    child = State(frame, 5.0, 5, "male", (), (), 0.0)
    assert set(labs.intervals(child)) == {"CBC"}


def test_orders_keep_their_interval(people: list[tuple[Person, list[Record]]]) -> None:
    for _, made in people:
        days = [o.day for o in of(made, "lab_order") if o.values["test_code"] == "CMP"]
        assert all(b - a >= timedelta(days=200) for a, b in itertools.pairwise(days))


def test_a_first_visit_gives_no_more_than_is_due() -> None:
    who = person(8, 60)
    assert len(of(rows(who, visits(who)[:1]), "lab_order")) <= 4


def _median(test: str, has: tuple[str, ...], taken: tuple[str, ...], female: bool = True) -> float:
    found = []
    for index in range(150):
        frame = bodies.body(SEED, person(index, 60, "female" if female else "male"))
        sick = State(frame, 60.5, 60, "female" if female else "male", has, taken, 0.0)
        rng = Random(index)
        panel = labs.tests()[test].panel
        found.append(labs.values((panel,), sick, rng)[panel].get(test, 0.0))
    return median(found)


@pytest.mark.parametrize(
    ("test", "has", "taken", "low", "high"),
    [
        ("A1C", (), (), 5.2, 5.7),
        ("A1C", ("prediabetes",), (), 5.8, 6.3),
        ("A1C", ("diabetes",), ("glucose",), 6.6, 7.6),
        ("EGFR", ("ckd",), (), 35, 55),
        ("EGFR", (), (), 75, 105),
        ("LDL", ("hyperlipidaemia",), (), 140, 175),
        ("LDL", ("hyperlipidaemia",), ("statin",), 75, 105),
        ("HGB", ("iron_deficiency",), (), 9.5, 11.5),
        ("MCV", ("iron_deficiency",), (), 70, 80),
        ("FERR", ("iron_deficiency",), (), 5, 13),
        ("TSH", ("hypothyroidism",), ("thyroid",), 1.8, 3.6),
        ("TSH", ("hypothyroidism",), (), 5, 13),
        ("B12", ("vitamin_b12",), (), 150, 232),
        ("VITD", ("vitamin_d",), (), 12, 22),
        ("URIC", ("gout",), (), 6, 8),
        ("INR", ("fibrillation",), ("warfarin",), 2, 3),
        ("BNP", ("heart_failure",), (), 150, 350),
        ("BNP", (), (), 15, 50),
        ("ALT", ("fatty_liver",), (), 28, 60),
    ],
)
def test_conditions_and_drugs_move_the_values(
    test: str, has: tuple[str, ...], taken: tuple[str, ...], low: float, high: float
) -> None:
    assert low <= _median(test, has, taken) <= high


def test_alcohol_raises_ast_over_alt() -> None:
    drinks = state(has=("alcohol",))
    found = [analytes.metabolic(drinks, Random(n), 5.5) for n in range(40)]
    assert fmean(r["AST"] - r["ALT"] for r in found) > 0


def test_prostate_antigen_of_men_with_a_large_prostate() -> None:
    assert singles.single("PSA", state(has=("prostate",)), Random(1)) > 0
    with pytest.raises(KeyError):
        singles.single("CMP", state(), Random(1))


@pytest.mark.parametrize(
    ("creatinine", "years", "female", "wanted"),
    [(1.0, 50, False, 92), (1.0, 50, True, 69), (0.6, 30, True, 124), (2.0, 70, False, 35)],
)
def test_egfr_as_published(creatinine: float, years: int, female: bool, wanted: int) -> None:
    """Values of the CKD-EPI 2021 equation worked out apart from this code."""
    assert egfr(creatinine, years, female) == wanted


@given(st.integers(31, 59), st.integers(18, 95), st.booleans())
def test_creatinine_at_inverts_egfr(rate: int, years: int, female: bool) -> None:
    ceiling = egfr(0.7 if female else 0.9, years, female)
    assert egfr(creatinine_at(rate, years, female), years, female) == min(rate, ceiling)

"""Prescriptions: from problems, one at a time per line, ended by changes, never what someone is allergic to."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date
from statistics import fmean

import pytest

from mockserver.world import conditions, encounters, medications
from mockserver.world.encounters import Chart
from mockserver.world.medications import Course, formulary
from mockserver.world.model import Record, Visit
from tests.world.invented import SEED, of, person, rows, visits


@pytest.fixture(scope="module")
def charts() -> list[Chart]:
    return [encounters.chart(SEED, who, visits(who)) for who in map(person, range(250))]


def test_a_course_is_for_a_problem_known_or_a_complaint(charts: list[Chart]) -> None:
    for chart in charts:
        for course in chart.courses:
            key = course.drug.problem
            if course.drug.days:
                assert course.visit.kind == "acute"
            else:
                assert any(p.key == key and p.known(course.visit.day) for p in chart.problems)


def test_only_one_course_of_a_line_runs(charts: list[Chart]) -> None:
    for chart in charts:
        lines = defaultdict(list)
        for course in chart.courses:
            if not course.drug.days:
                lines[course.drug.problem, course.drug.line].append(course)
        for running in lines.values():
            for before, after in itertools.pairwise(running):
                assert before.stop is not None and before.stop <= after.visit.day


def test_nobody_takes_one_product_twice(charts: list[Chart]) -> None:
    for chart in charts:
        day = date(2022, 8, 1)
        taken = [course.drug.text for course in chart.courses if not course.drug.days and course.taken(day)]
        assert len(taken) == len(set(taken))


def test_nobody_is_given_what_they_are_allergic_to(charts: list[Chart]) -> None:
    barred = 0
    for chart in charts:
        for allergy in chart.allergies:
            kinds = [c for c in chart.courses if c.drug.kind == allergy.kind]
            assert not [c for c in kinds if c.visit.day >= allergy.visit.day]
            barred += bool(allergy.kind)
    assert barred > 10


def test_nothing_that_harms_the_unborn_is_taken_once_a_pregnancy_is_known() -> None:
    """In women who have the problems treated with it too."""
    pregnancies, stopped = 0, 0
    for who in (person(index, 26 + index % 18, "female") for index in range(400)):
        chart = encounters.chart(SEED, who, visits(who))
        terms = [(p.onset, p.resolved) for p in chart.problems if p.key == "pregnancy" and p.resolved]
        risky = [course for course in chart.courses if course.drug.fetal_risk]
        for visit in visits(who):
            if any(start <= visit.day < end for start, end in terms):
                pregnancies += 1
                assert not any(
                    c.start <= visit.day and (c.stop is None or c.stop > visit.day)
                    for c in risky
                    if c.visit.day <= visit.day
                )
        stopped += sum(course.remark == "Stopped for pregnancy" for course in risky)
    assert pregnancies > 50 and stopped


def test_drugs_for_pressure_and_lipids_that_harm_the_unborn_are_marked() -> None:
    marked = {drug.text.split()[0] for line in formulary().values() for drug in line if drug.fetal_risk}
    assert {"LISINOPRIL", "LOSARTAN", "ATORVASTATIN", "SIMVASTATIN", "ROSUVASTATIN", "WARFARIN"} <= marked
    assert not {"AMOXICILLIN", "METFORMIN", "LEVOTHYROXINE", "PRENATAL"} & marked


def test_small_children_are_given_liquids() -> None:
    liquids = 0
    for who in (person(index, 1 + index % 11) for index in range(300)):
        for course in encounters.chart(SEED, who, visits(who)).courses:
            age = who.age_on(course.visit.day)
            assert course.drug.youngest <= age <= course.drug.oldest
            if age < 6:
                assert course.drug.columns["form"] in ("SUSPENSION", "SOLUTION", "INHALER")
                liquids += course.drug.columns["form"] == "SUSPENSION"
    assert liquids > 20


def test_the_second_line_comes_with_the_first(charts: list[Chart]) -> None:
    for chart in charts:
        first = {c.drug.problem for c in chart.courses if c.drug.line == "1"}
        assert {c.drug.problem for c in chart.courses if c.drug.line == "2"} <= first


def test_the_old_take_more(charts: list[Chart]) -> None:
    counts: dict[bool, list[int]] = {True: [], False: []}
    for chart in charts:
        for facts in chart.facts:
            counts[facts.state.years >= 65].append(len(facts.state.taken))
    assert fmean(counts[True]) > 2 * fmean(counts[False])
    assert 2 < fmean(counts[True]) < 6.5


@pytest.fixture(scope="module")
def written() -> list[Record]:
    return [record for index in range(250) for record in of(rows(person(index)), "medication")]


def test_rows_end_by_a_change(written: list[Record]) -> None:
    endings = set()
    for record in written:
        assert record.values["status"] == "Active" and record.values["stop_date"] is None
        assert len(record.changes) <= 1
        for change in record.changes:
            assert change.values["stop_date"] == change.day
            endings.add(change.values["status"])
    assert endings == {"Discontinued", "Completed"}


def test_rows_say_what_is_taken(written: list[Record]) -> None:
    for record in written:
        values = record.values
        assert values["ndc"] is None and values["sig"] and values["medication_name"]
        assert isinstance(values["quantity"], int) and isinstance(values["refills"], int)
        start, given = values["start_date"], values["date"]
        assert isinstance(start, date) and isinstance(given, date) and start <= given
    assert sum(record.values["rxnorm_code"] is not None for record in written) > 0.7 * len(written)


def test_old_treatment_is_older_than_the_first_visit(written: list[Record]) -> None:
    old = [record for record in written if record.values["start_date"] != record.values["date"]]
    assert old and all(str(record.values["encounter_id"]).endswith("0000") for record in old)


def test_formulary_has_a_first_line_for_every_treated_problem() -> None:
    for key, condition in conditions.catalogue().items():
        assert bool(condition.treated[0]) == ((key, "1") in formulary()), key


def test_taken_counts_from_the_day_after() -> None:
    drug = formulary()["hypertension", "1"][0]
    visit: Visit = visits(person(1, 60))[0]
    course = Course(drug, visit, visit.day)
    assert not course.taken(visit.day) and course.taken(date(2030, 1, 1))
    medications.end(course, date(2021, 1, 1), "Discontinued", None)
    assert not course.taken(date(2030, 1, 1)) and course.ending == "Discontinued"

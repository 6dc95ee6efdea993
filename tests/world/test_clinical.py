"""Diagnoses, histories, procedures and quality measures of a visit."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import clinical, codes, conditions, course, diagnoses, encounters, histories
from mockserver.world.model import Person, Record, Visit
from mockserver.world.sheet import Sheet, amend, later, office_day
from tests.world.invented import PRACTICE, SEED, of, person, rows, visits


@pytest.fixture(scope="module")
def people() -> list[tuple[Person, list[Visit], list[Record]]]:
    return [(who, visits(who), rows(who)) for who in map(person, range(150))]


def by_encounter(records: list[Record], column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for record in records:
        found[str(record.values["encounter_id"])].append(str(record.values[column]))
    return found


def test_one_to_four_diagnoses_a_visit(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    for _, made, records in people:
        found = by_encounter(of(records, "diagnosis"), "diagnosis_code")
        for visit in made:
            assert 1 <= len(found[visit.encounter_id]) <= 4
            assert len(set(found[visit.encounter_id])) == len(found[visit.encounter_id])


def test_wellness_has_its_occasion_first(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    for who, made, records in people:
        found = by_encounter(of(records, "diagnosis"), "diagnosis_code")
        for visit in made:
            first = found[visit.encounter_id][0]
            if visit.kind == "wellness":
                grown = who.age_on(visit.day) >= 18
                assert first == "Z00.00" if grown else first.startswith("Z00.1")
            else:
                assert not first.startswith("Z00")


def test_vaccination_is_coded(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    for _, _, records in people:
        found = by_encounter(of(records, "diagnosis"), "diagnosis_code")
        for record in of(records, "immunization"):
            dx = found.get(str(record.values["encounter_id"]), ["Z23"])
            assert "Z23" in dx or len(dx) == 4


def test_body_mass_code_is_that_of_the_signs(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    seen = 0
    for _, _, records in people:
        served = {r.values["encounter_id"]: r.values["bmi"] for r in of(records, "vitals")}
        for record in of(records, "diagnosis"):
            code = str(record.values["diagnosis_code"])
            if code.startswith("Z68"):
                seen += 1
                assert code == diagnoses.bmi_code(float(str(served[record.values["encounter_id"]])))
    assert seen > 10


@pytest.mark.parametrize(
    ("bmi", "code"),
    [(19.9, "Z68.1"), (20.0, "Z68.20"), (31.9, "Z68.31"), (39.9, "Z68.39"), (40.0, "Z68.41"), (45.0, "Z68.42"),
     (50.0, "Z68.43"), (60.0, "Z68.44"), (70.0, "Z68.45")],
)  # fmt: skip
def test_bmi_code(bmi: float, code: str) -> None:
    assert diagnoses.bmi_code(bmi) == code


@given(st.floats(10, 90))
def test_every_bmi_has_a_code(bmi: float) -> None:
    assert diagnoses.bmi_code(bmi) in codes.texts("icd10cm")


def test_lasting_diagnoses_are_on_the_problem_list(
    people: list[tuple[Person, list[Visit], list[Record]]],
) -> None:
    for who, _, _ in people[:60]:
        chart = encounters.chart(SEED, who, visits(who))
        for facts in chart.facts:
            for finding in facts.findings:
                if finding.problem is not None:
                    assert finding.problem in chart.problems and finding.problem.known(facts.visit.day)


def test_diagnoses_resolve(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    count: Counter[str] = Counter()
    for _, _, records in people:
        for record in of(records, "diagnosis"):
            occasion = record.values["status"] is None
            assert occasion == str(record.values["diagnosis_code"]).startswith(("Z00", "Z09", "Z1", "Z23", "Z68"))
            assert record.values["resolved_date"] is None
            for change in record.changes:
                assert change.values == {"status": "Resolved", "resolved_date": change.day}
            count["resolved" if record.changes else "open"] += 1
            onset = record.values["onset_date"]
            assert onset is None or (isinstance(onset, date) and onset <= record.day)
    assert 0.03 < count["resolved"] / count.total() < 0.4


def test_new_problems_are_seasonal() -> None:
    found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for index in range(400):
        for visit in visits(person(index, 30)):
            if visit.kind == "acute":
                found[visit.day.month in diagnoses.WINTER][diagnoses.complaint(SEED, visit).key] += 1
    cold, warm = (found[w]["cold"] / found[w].total() for w in (True, False))
    assert cold > 1.3 * warm
    assert found[True]["influenza"] > found[False]["influenza"]


def test_no_covid_before_2020() -> None:
    for index in range(150):
        for visit in visits(person(index)):
            if visit.day < date(2020, 4, 1):
                assert diagnoses.complaint(SEED, visit).key != "covid"


def test_tobacco_history_agrees_with_the_problem_list(
    people: list[tuple[Person, list[Visit], list[Record]]],
) -> None:
    words = {"F17.210": "Current every day smoker", "Z87.891": "Former smoker"}
    checked = 0
    for _, _, records in people:
        told = [r for r in of(records, "social_history") if r.values["type"] == "Tobacco"]
        for record in of(records, "diagnosis"):
            code = str(record.values["diagnosis_code"])
            if code in words:
                latest = [r for r in told if r.day <= record.day][-1]
                assert latest.values["description"] == words[code]
                checked += 1
    assert checked > 20


def test_alcohol_history_agrees_with_the_problem_list(
    people: list[tuple[Person, list[Visit], list[Record]]],
) -> None:
    for who, _, records in people:
        known = [p for p in conditions.problems(SEED, who) if p.key == "alcohol"]
        for record in of(records, "social_history"):
            if record.values["type"] == "Alcohol":
                heavy = any(problem.known(record.day) for problem in known)
                assert heavy == (record.values["description"] == "Heavy alcohol use")


def test_allergies(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    counts = Counter(len(of(records, "allergy")) for _, _, records in people)
    assert 0.3 < counts[0] / len(people) < 0.7
    for _, _, records in people:
        names = [record.values["description"] for record in of(records, "allergy")]
        assert len(names) == len(set(names)) <= 6


def test_past_illness_and_surgery(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    kinds = Counter()
    for who, _, records in people:
        for record in of(records, "medsurg_history"):
            values = record.values
            kinds[str(values["type"]), values["code_type"]] += 1
            assert (values["code"] is None) == (values["code_type"] is None)
            year = values["date"].year if isinstance(values["date"], date) else int(str(values["date"]))
            assert who.birth.year <= year <= record.day.year
            if who.sex == "male":
                assert values["description"] not in ("HYSTERECTOMY", "CESAREAN DELIVERY")
    assert set(kinds) == {("Medical", "ICD10"), ("Surgical", None), ("Surgical", "HCPCS")}


SURGERIES = {row["text"]: row for row in codes.rows("surgeries")}


def test_operations_are_of_their_age(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    """A year alone may be that of the birthday before or after."""
    seen = 0
    for who, _, records in people:
        for record in of(records, "medsurg_history"):
            if record.values["type"] == "Surgical":
                row, when = SURGERIES[str(record.values["description"])], record.values["date"]
                year = when.year if isinstance(when, date) else int(str(when))
                assert int(row["youngest"]) <= year - who.birth.year <= int(row["oldest"]) + 1
                assert year >= int(row["since"])
                seen += 1
    assert seen > 50


def test_a_cesarean_after_the_first_visit_ends_a_pregnancy() -> None:
    who = person(3, 30, "female")
    visit, later_visit = visits(who)[:2]
    born = later(later_visit.day, -30)
    problem = conditions.Problem("pregnancy", "Z34.90", *[later(born, -280)] * 3, born)
    for known, wanted in (([problem], {born}), ([], set())):
        assert _cesareans(known, visit, later_visit) == wanted


def _cesareans(known: list[conditions.Problem], first: Visit, second: Visit) -> set[object]:
    """The days of cesareans told of at a second visit, over many draws."""
    found = set()
    for draw in range(3000):
        past, sheet = histories.Past(known), Sheet(SEED, first.person)
        past.write(Sheet(SEED, first.person), first, Random(1))
        past.write(sheet, second, Random(draw))
        found |= {r.values["date"] for r in sheet if r.values["description"] == histories.CESAREAN}
    return found


def test_no_code_is_older_than_itself(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    """And what replaced a code stands for it in pointers and histories too."""
    columns = {"diagnosis": ["diagnosis_code"], "medsurg_history": ["code"]}
    columns |= {key: [f"dx{n}_code" for n in range(1, 5)] for key in ("charge", "procedure")}
    replaced = {row["before"]: row["code"] for row in codes.rows("icd10cm") if row["before"] not in ("", "F32.9")}
    seen: Counter[str] = Counter()
    for _, _, records in people:
        for record in records:
            for column in columns.get(record.element, ()):
                code = str(record.values[column])
                assert codes.on("icd10cm", code, record.day) == code, (record.element, record.day)
                if code in replaced:
                    assert codes.on("icd10cm", replaced[code], record.day) != replaced[code]
                    seen[code] += 1
    assert set(seen) == {"M54.5", "N18.3", "R51"}


def test_procedures_point_into_the_encounters_diagnoses(
    people: list[tuple[Person, list[Visit], list[Record]]],
) -> None:
    for _, made, records in people:
        found = by_encounter(of(records, "diagnosis"), "diagnosis_code")
        place = {visit.encounter_id: "02" if visit.telehealth else "11" for visit in made}
        for record in of(records, "procedure"):
            pointers = [record.values[f"dx{n}_code"] for n in (1, 2, 3, 4)]
            assert pointers[0] is not None
            assert {p for p in pointers if p} <= set(found[str(record.values["encounter_id"])])
            assert record.values["place_of_service"] == place[str(record.values["encounter_id"])]
            assert record.values["cpt4_hcpcs_code"] in codes.texts("hcpcs")


def test_quality_measures_agree_with_the_signs(people: list[tuple[Person, list[Visit], list[Record]]]) -> None:
    kinds: Counter[object] = Counter()
    for _, _, records in people:
        signs = {r.values["encounter_id"]: r.values for r in of(records, "vitals")}
        for record in of(records, "quality_data"):
            code, seen = record.values["code"], signs.get(record.values["encounter_id"], {})
            kinds[code] += 1
            if code in ("G8752", "G8753"):
                assert (int(str(seen["bp_systolic"])) < 140) == (code == "G8752")
            if code in ("G8417", "G8420"):
                assert (float(str(seen["bmi"])) >= 25) == (code == "G8417")
            if record.values["code_type"] == "LOINC":
                assert 0 <= int(str(record.values["value"])) <= 27
    assert {"44261-6", "70274-6", "G8752", "G8753"} <= set(kinds)


def test_clinical_rows_are_the_same_with_or_without_a_chart() -> None:
    who = person(12, 66)
    chart = encounters.chart(SEED, who, visits(who))
    own = list(clinical.records(SEED, PRACTICE.code, who, visits(who)))
    assert own == list(clinical.records(SEED, PRACTICE.code, who, visits(who), chart))
    assert {record.element for record in own} == set(course.ELEMENTS) - {"charge", "transaction"}


def test_a_sheet_refuses_changes_that_are_not_later() -> None:
    day = date(2020, 1, 1)
    record = Sheet(SEED, person(1)).add("allergy", day, {})
    assert record is not None
    with pytest.raises(ValueError, match="not later"):
        amend(record, day, {})


@given(st.dates(date(2015, 1, 1), date(2024, 1, 1)), st.integers(0, 60))
def test_offices_post_on_weekdays(day: date, days: int) -> None:
    moved = office_day(day, days)
    assert moved.weekday() < 5 and 0 <= (moved - later(day, days)).days <= 2

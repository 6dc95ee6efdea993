"""Laws of every row that a course of visits leaves: purity, slots, references, days, the licence of codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver import contract
from mockserver.world import course, seeds
from mockserver.world.model import SLOTS, Record
from tests.world.invented import END, NOW, PRACTICE, of, person, rows, visits

PEOPLE = range(120)
NOT_MADE = ("hj_create_timestamp", "hj_modify_timestamp", "practice_id")
OWN = {"allergy", "charge", "transaction"}


@pytest.fixture(scope="module")
def everything() -> list[Record]:
    return [record for index in PEOPLE for record in rows(person(index))]


def test_every_element_is_made(everything: list[Record]) -> None:
    assert {record.element for record in everything} == set(course.ELEMENTS)


def test_columns_are_those_of_the_contract_with_no_quirk_and_with_all(everything: list[Record]) -> None:
    wide, narrow = contract.load(), contract.load(frozenset())
    for record in {record.element: record for record in everything}.values():
        for loaded in (wide, narrow):
            element = loaded.elements[record.element]
            surrogate = element.surrogate.clean if element.surrogate else None
            wanted = {p.clean for p in element.properties} - {*NOT_MADE, surrogate}
            clean = {p.clean for p in narrow.elements[record.element].properties}
            extra = {"height_in", "weight_lbs", "temperature_f", "source_lab_order_id"}
            assert wanted & (clean | extra) <= set(record.values)
            assert set(record.values) <= clean | extra


def test_rows_keep_the_contract_on_the_wire(everything: list[Record]) -> None:
    loaded = contract.load(frozenset())
    for element in course.ELEMENTS:
        for record in of(everything, element)[:150]:
            for values in (record.values, *({**record.values, **c.values} for c in record.changes)):
                assert _broken(loaded.elements[element], values) == []


def _broken(element: contract.Element, values: dict[str, object]) -> list[str]:
    row = {p.wire: contract.wire.encode(p, values.get(p.clean)) for p in element.properties}
    found = contract.check.problems(element, row)
    made = {p.wire for p in element.properties if p.clean in values}
    return [text for text in found if any(re.search(rf"\b{name}\b", text) for name in made)]


def test_values_are_of_the_types_a_world_knows(everything: list[Record]) -> None:
    kinds = {type(value) for record in everything for value in record.values.values()}
    assert kinds <= {str, int, Decimal, date, time, type(None)}


def test_slots_and_ids_are_unique(everything: list[Record]) -> None:
    slots = Counter((record.element, record.index, record.slot) for record in everything)
    assert max(slots.values()) == 1
    for element in course.ELEMENTS:
        ids = [record.values[f"{element}_id"] for record in of(everything, element)]
        assert len(ids) == len(set(ids))


def test_a_very_frail_patient_fills_slots_and_no_more() -> None:
    who = replace(person(3, age=84), frailty=3.0)
    made = rows(who, visits(who, a_year=90))
    counts = Counter(record.element for record in made)
    assert counts["transaction"] == SLOTS // 2
    assert all(record.slot < SLOTS // 2 for record in made)
    known = {record.values["charge_id"] for record in of(made, "charge")}
    assert {record.values["charge_id"] for record in of(made, "transaction")} <= known


def test_ids_are_those_of_the_numbering(everything: list[Record]) -> None:
    for record in everything[:500]:
        position = record.index * SLOTS + record.slot
        wanted = seeds.source_number(PRACTICE.seed, record.element, position, 9)
        assert record.values[f"{record.element}_id"] == wanted


def test_references_are_to_rows_that_came_no_later(everything: list[Record]) -> None:
    days = {(r.element, str(r.values[f"{r.element}_id"])): r.day for r in everything}
    met = {v.encounter_id: v for index in PEOPLE for v in visits(person(index))}
    for record in everything:
        encounter = record.values["encounter_id"]
        if encounter is not None:
            assert met[str(encounter)].day <= record.day
            assert met[str(encounter)].person.patient_id == record.values["patient_id"]
        for column, parent in (("charge_id", "charge"), ("lab_order_id", "lab_order")):
            if column in record.values and record.element != parent:
                assert days[parent, str(record.values[column])] <= record.day


def test_encounter_is_named_where_the_contract_wants_it(everything: list[Record]) -> None:
    for element in ("allergy", "charge", "procedure"):
        assert all(record.values["encounter_id"] for record in of(everything, element))


def test_provider_is_the_encounters(everything: list[Record]) -> None:
    met = {v.encounter_id: v.provider for index in PEOPLE for v in visits(person(index))}
    for record in everything:
        provider = met.get(str(record.values["encounter_id"]))
        if provider is None:
            continue
        assert record.values.get("provider_id", provider.provider_id) == provider.provider_id
        assert record.values.get("provider_name", provider.name) == provider.name


def test_changes_come_later_and_in_order(everything: list[Record]) -> None:
    for record in everything:
        days = [record.day, *(change.day for change in record.changes)]
        assert days == sorted(set(days))
        assert all(set(change.values) <= set(record.values) for change in record.changes)


def test_rows_go_on_behind_now_and_change_there(everything: list[Record]) -> None:
    month = NOW + timedelta(days=30)
    gained = {record.element for record in everything if NOW < record.day <= month}
    changed = {
        record.element for record in everything for change in record.changes if record.day < NOW < change.day <= month
    }
    assert gained == set(course.ELEMENTS)
    assert {"charge", "lab_order", "medication", "diagnosis"} <= changed
    assert max(record.day for record in everything) > END


@given(st.integers(0, 5000))
@settings(max_examples=12, deadline=None)
def test_a_person_is_the_same_whoever_else_is_made(index: int) -> None:
    alone = rows(person(index))
    rows(person(index + 1))
    assert rows(person(index)) == alone


def test_another_seed_or_person_makes_other_rows() -> None:
    who = person(5, age=60)
    other = SimpleNamespace(seed=PRACTICE.seed + 1, code=PRACTICE.code)
    assert list(course.records(None, other, who, visits(who))) != rows(who)


@given(st.integers(0, 5000), st.integers(1, 12))
@settings(max_examples=12, deadline=None)
def test_what_a_visit_leaves_does_not_depend_on_later_visits(index: int, count: int) -> None:
    who = person(index)
    every = visits(who)
    full = {(r.element, r.slot): r for r in rows(who, every)}
    last = every[min(count, len(every)) - 1].day if every else NOW
    short = rows(who, every[:count])
    counts = Counter(record.element for record in short)
    for record in short:
        if record.element in {"diagnosis", "lab_order", "vitals", "charge", "allergy", "medication"}:
            assert full[record.element, record.slot].values == record.values
            same = [c for c in full[record.element, record.slot].changes if c.day <= last]
            assert [c for c in record.changes if c.day <= last] == same or record.element == "diagnosis"
    assert counts["vitals"] <= count


def test_no_visits_leave_no_rows() -> None:
    assert rows(person(1), []) == []


CODE_COLUMNS = re.compile(r"_code\d?$|^code$|^loinc_code$|^product_code$")


def test_no_code_looks_like_cpt_or_snomed(everything: list[Record]) -> None:
    for record in everything:
        for column, value in record.values.items():
            if CODE_COLUMNS.search(column) and value is not None:
                assert not re.fullmatch(r"[0-9]{5}|[0-9]{4}[A-Z]", str(value)), (record.element, column, value)
                if column not in ("rxnorm_code", "product_code"):
                    assert not re.fullmatch(r"[0-9]{6,18}", str(value)), (record.element, column, value)
        assert record.values.get("snomed_code") is None
        assert record.values.get("reaction_code") is None


def test_the_modules_use_no_shared_randomness_and_no_calendar() -> None:
    folder = Path(course.__file__).parent
    for name in ("conditions", "diagnoses", "labs", "vitals", "billing", "medications", "prevention", "encounters"):
        text = (folder / f"{name}.py").read_text(encoding="utf-8")
        assert not re.search(r"\brandom\.(random|choice|seed)|date\.today|datetime\.now|\bhash\(", text)

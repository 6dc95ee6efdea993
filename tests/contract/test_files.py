"""The YAML files have the shape the loader and the documents rely on."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft202012Validator

from mockserver.contract.bundle import OPERATORS
from mockserver.contract.quirks import catalogue, switchable
from mockserver.contract.source import document, element_names
from mockserver.quirks import ROW_QUIRKS
from mockserver.settings import table

from .shapes import ELEMENT, SHAPES


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_has_its_shape(name: str) -> None:
    entry = {"type": "object", "additionalProperties": False, **SHAPES[name]}
    schema = {"type": "object", "propertyNames": {"pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*$"}}
    schema["additionalProperties"] = entry
    assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(document(name))] == []


@pytest.mark.parametrize("name", element_names())
def test_an_element_file_has_its_shape(name: str) -> None:
    found = Draft202012Validator(ELEMENT).iter_errors(document(f"elements/{name}.yaml"))
    assert [f"{e.json_path}: {e.message}" for e in found] == []
    assert document(f"elements/{name}.yaml")["element"] == name


def test_the_shapes_can_fail() -> None:
    for name, shape in SHAPES.items():
        first = next(iter(document(name).values()))
        for key in shape["required"]:
            lacking = {k: v for k, v in first.items() if k != key}
            assert not Draft202012Validator({"additionalProperties": False, **shape}).is_valid(lacking)


@pytest.mark.parametrize("name", ["behaviours.yaml", "quirks.yaml", "sources.yaml", "formats.yaml"])
def test_no_key_is_written_twice(name: str) -> None:
    """YAML lets the last one win, so a fact could vanish unseen."""
    from importlib.resources import files

    text = files("mockserver.contract").joinpath(name).read_text(encoding="utf-8")
    keys = re.findall(r"^([\w.-]+):", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(document(name))


def test_a_behaviour_that_names_a_setting_is_named_by_it() -> None:
    """Settings name the behaviour they switch; a behaviour that several facts hang on may be named by one only."""
    behaviours = document("behaviours.yaml")
    for row in table():
        if row.behaviour is not None:
            assert behaviours[row.behaviour]["setting"] == row.name.replace("_", "-"), row.name


def test_every_inferred_behaviour_says_what_is_unknown_or_is_a_rule_of_the_twin() -> None:
    for id_, raw in document("behaviours.yaml").items():
        if raw["x-evidence"]["grade"] == "inferred":
            assert "unknown" in raw or raw.get("setting") == "quirks", id_


def test_the_frame_lists_each_error_under_its_own_status() -> None:
    frame, behaviours = document("openapi.yaml"), document("behaviours.yaml")
    listed = 0
    for operation in (frame["paths"]["/authenticate"]["post"], frame["x-data-operation"]):
        for status, response in operation["responses"].items():
            for id_ in response.get("x-errors", ()):
                assert behaviours[id_]["status"] == int(status), id_
                listed += 1
    assert listed > 15


def test_every_operator_has_a_behaviour() -> None:
    assert all(f"filter.{name}" in document("behaviours.yaml") for name in OPERATORS)


def test_every_open_question_has_a_behaviour() -> None:
    asked = {raw.get("open_question") for raw in document("behaviours.yaml").values()}
    assert asked >= set(range(1, 17)) - {10}


def test_a_switch_says_what_is_without_it_and_the_others_why_they_have_none() -> None:
    for id_, quirk in catalogue().items():
        switched = quirk.set != "none"
        assert switched == bool(quirk.off) == (quirk.no_switch is None), id_
        assert switched == (quirk.layer != "none") and switched == (id_ in switchable()), id_


def test_row_quirks_say_in_which_worlds_they_show() -> None:
    for quirk in switchable().values():
        assert (quirk.layer == "row") == bool(quirk.worlds), quirk.id


def test_every_row_quirk_has_its_function_and_no_other_has_one() -> None:
    assert {q.id for q in switchable().values() if q.layer == "row"} == set(ROW_QUIRKS)


def test_a_schema_quirk_has_a_patch_and_feed_dirt_is_admitted_by_one() -> None:
    for quirk in switchable().values():
        if quirk.layer == "schema":
            assert quirk.schema["when"] == "off", quirk.id
        elif quirk.set == "feed" and quirk.schema:
            assert quirk.schema["when"] == "on", quirk.id


def test_a_quirk_of_rows_or_columns_is_graded_on_each_element_it_shows_on() -> None:
    for quirk in catalogue().values():
        if quirk.layer in ("row", "schema"):
            assert quirk.elements, quirk.id
        if quirk.id in ROW_QUIRKS and ROW_QUIRKS[quirk.id].columns is not None:
            assert set(ROW_QUIRKS[quirk.id].columns or ()) <= quirk.elements.keys(), quirk.id


def test_feed_dirt_shows_in_the_clinic_only() -> None:
    assert {quirk.worlds for quirk in switchable().values() if quirk.set == "feed"} == {("clinic",)}


def test_no_quirk_is_graded_above_itself_on_an_element() -> None:
    for quirk in catalogue().values():
        for name, evidence in quirk.elements.items():
            assert evidence.grade <= quirk.evidence.grade, (quirk.id, name)


def test_a_quirk_is_as_strong_as_on_its_best_element() -> None:
    """Q11, Q13 and the like are observed on appointment; what is only stated at large is listed here."""
    best = {q.id: max(e.grade for e in q.elements.values()) for q in catalogue().values() if q.elements}
    assert {id_ for id_, grade in best.items() if grade < catalogue()[id_].evidence.grade} == {"Q04"}


def test_requirements_and_conflicts_name_other_switches() -> None:
    for quirk in switchable().values():
        assert {*quirk.requires, *quirk.conflicts} <= switchable().keys() - {quirk.id}

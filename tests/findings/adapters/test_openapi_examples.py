"""Examples of rows, of lists and of whole answers are samples of columns; the nearest ones count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import exampled
from evaluation.findings.model import Input

from .descriptions import answer, read

TEXT = {"type": "string"}
ROW: dict[str, Any] = {"type": "object", "properties": {"label": TEXT, "count": TEXT}}
GIVEN = [{"label": "a", "count": "12"}, {"label": "b", "count": "7"}]


def samples(schema: Any, column: str = "count", **entry: Any) -> tuple[Any, ...]:
    api = read({"/labels": {"get": {"responses": {"200": answer(schema, **entry)}}}}, Label=ROW)
    field = api.resources[0].by_name[column]
    assert (Input.samples in api.inputs) == any(one.samples for one in api.resources[0].fields)
    return field.samples


def rows(**more: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": "#/components/schemas/Label"}, **more}


ENVELOPE: dict[str, Any] = {"type": "object", "properties": {"data": rows(), "total": {"type": "integer"}}}
WHOLE = {"data": GIVEN, "total": 2}


@pytest.mark.parametrize(
    ("schema", "entry"),
    [
        (rows(example=GIVEN), {}),
        (rows(examples=[GIVEN]), {}),
        (rows(), {"example": GIVEN}),
        (rows(), {"examples": {"one": {"value": GIVEN}}}),
        (rows(), {"examples": {"one": {"value": GIVEN[:1]}, "two": {"value": GIVEN[1:]}}}),
        (ENVELOPE, {"example": WHOLE}),
        ({**ENVELOPE, "example": WHOLE}, {}),
        ({**ENVELOPE, "properties": {"data": rows(example=GIVEN), "total": {"type": "integer"}}}, {}),
        ({"properties": {"data": {"properties": {"items": rows()}}}}, {"example": {"data": {"items": GIVEN}}}),
    ],
)
def test_examples_of_a_list_reach_its_columns(schema: Any, entry: dict[str, Any]) -> None:
    assert samples(schema, **entry) == ("12", "7")
    assert samples(schema, "label", **entry) == ("a", "b")


def test_an_example_of_a_record_reaches_its_columns() -> None:
    record = {"type": "object", "properties": {"count": TEXT, "note": TEXT}}
    assert samples({**record, "example": {"count": "5"}}) == ("5",)
    assert samples(record, example={"count": "5"}) == ("5",)
    assert samples(record, "note", example={"count": "5"}) == ()


def test_the_nearest_examples_count_for_each_column() -> None:
    row = {"properties": {"own": {**TEXT, "example": "1"}, "row": TEXT, "list": TEXT, "answer": TEXT}}
    made = {"type": "array", "items": {**row, "example": {"own": "2", "row": "2"}}}
    made["example"] = [{"own": "3", "row": "3", "list": "3"}]
    whole = [{"own": "4", "row": "4", "answer": "4"}]
    found = {name: samples(made, name, example=whole) for name in row["properties"]}
    assert found == {"own": ("1",), "row": ("2",), "list": ("3",), "answer": ("4",)}


@pytest.mark.parametrize("example", [None, 5, "text", {}, {"data": 5}, [None, 1, "x", []], [[GIVEN]], {"count": "1"}])
def test_an_example_of_another_shape_says_nothing(example: Any) -> None:
    assert samples(rows(example=example)) == () == samples(rows(), example=example)


def test_objects_lists_and_null_are_no_samples_of_a_column() -> None:
    given = [{"count": {"a": 1}}, {"count": ["b"]}, {"count": None}, {"count": "3"}]
    assert samples(rows(example=given)) == ("3",)


def test_only_the_first_rows_are_looked_at() -> None:
    given = [{"count": str(number)} for number in range(10 * exampled.ROWS)]
    assert samples(rows(example=given)) == tuple(str(number) for number in range(exampled.ROWS))


@given(st.lists(st.dictionaries(st.sampled_from(["label", "count", "other"]), st.text(max_size=3)), max_size=5))
def test_samples_are_the_distinct_values_of_the_rows(given: list[dict[str, str]]) -> None:
    expected = tuple(dict.fromkeys(row["count"] for row in given if "count" in row))
    assert samples(rows(example=given)) == expected == samples(rows(), example=given)

"""Descriptions with more columns, or longer names, than any honest one has."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings import bounds
from evaluation.findings.adapters import declared, openapi
from mockserver.errors import InputError

from .descriptions import document, many, read

TEXT = {"type": "string"}


def row(*names: str) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(names, TEXT)}


def test_a_resource_with_too_many_columns_is_one_sentence() -> None:
    names = [f"c{number}" for number in range(bounds.COLUMNS + 1)]
    assert len(read({"/things": many(row(*names[1:]))}).resources[0].fields) == bounds.COLUMNS
    with pytest.raises(InputError, match=r"^d\.json: has a resource with more than 2,000 columns$"):
        openapi.read(document({"/things": many(row(*names))}), "x", where="d.json")


def test_columns_of_objects_in_rows_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "MOST", 30)
    inner = {f"o{number}": row("a", "b", "c", "d") for number in range(6)}
    made = many({"type": "object", "properties": inner})
    assert len(read({"/things": made}).resources[0].fields) == 6
    with pytest.raises(InputError, match="has more than 30 columns, those of objects in rows among them"):
        read({"/things": made, "/others": many(row("a"))})


def test_schemas_that_all_hold_each_other_are_not_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "MOST", 1000)
    count = 20
    refers = {f"f{one}": {"$ref": f"#/components/schemas/S{one}"} for one in range(count)}
    schemas = {f"S{one}": {"type": "object", "properties": refers} for one in range(count)}
    paths = {f"/s{one}": many({"$ref": f"#/components/schemas/S{one}"}) for one in range(count)}
    with pytest.raises(InputError, match="more than 1,000 columns"):
        read(paths, **schemas)


@pytest.mark.parametrize(("long", "said"), [(1, "1 column with a name"), (3, "3 columns with names")])
def test_a_column_whose_name_is_too_long_is_left_out_and_told(long: int, said: str) -> None:
    names = [f"{number}".rjust(declared.LONGEST + 1, "n") for number in range(long)]
    api = read({"/things": many(row("id", "n" * declared.LONGEST, *names))})
    assert [field.name for field in api.resources[0].fields] == ["id", "n" * declared.LONGEST]
    assert api.partial == (f"{said} of more than 200 letters left out",)

"""What no API has is not judged, and the evaluation says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.findings import bounds, evaluate, quantities, splitting, words
from evaluation.findings.adapters import contract
from evaluation.findings.checks import empty, identifiers
from evaluation.findings.checks import values as values_
from evaluation.findings.model import Api, Field, Input, Origin, Resource, Table
from evaluation.findings.outcome import Verdict

TEXT = frozenset({"string"})
EVIL = "^(?:[^A]|[^B]|[^C]|[^D])*Q$"


def api(*resources: Resource) -> Api:
    inputs = frozenset({Input.fields, Input.types, Input.paths, Input.samples})
    return Api("t", Origin.description, inputs, resources, vendor="")


def word(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def wide(count: int) -> Resource:
    return Resource("wide", tuple(Field(f"{word(number)}_id", TEXT) for number in range(count)))


def test_an_ordinary_api_stays_the_same_object() -> None:
    ours = contract.read("vendor")
    assert bounds.bounded(ours) is ours


def test_a_resource_of_too_many_columns_keeps_its_name_and_is_told_of() -> None:
    made = api(wide(bounds.COLUMNS + 1), Resource("pets", (Field("id", TEXT),)))
    found = bounds.bounded(made)
    assert [(r.name, len(r.fields)) for r in found.resources] == [("wide", 0), ("pets", 1)]
    assert found.partial == ("1 resource with more than 2,000 columns not judged",)
    assert evaluate.run(made).partial[0] == found.partial[0]
    assert bounds.bounded(api(wide(bounds.COLUMNS))).partial == ()


def test_a_pattern_that_is_not_tried_counts_as_none_and_nothing_is_said() -> None:
    made = api(Resource("pets", (Field("birthDate", TEXT, pattern=EVIL), Field("day", TEXT, pattern=r"^\d{8}$"))))
    found = bounds.bounded(made)
    assert [field.pattern for field in found.resources[0].fields] == ["", r"^\d{8}$"]
    assert found.resources[0].fields[0].types == TEXT
    assert found.partial == ()


def test_patterns_beyond_the_limit_are_counted() -> None:
    fields = tuple(Field(f"c{number}", TEXT, pattern=f"^x{{{number}}}$") for number in range(bounds.PATTERNS + 2))
    halves = Resource("a", fields[:2600]), Resource("b", fields[2600:])
    kept, beyond = bounds._tried(list(halves))
    assert (len(kept), beyond) == (bounds.PATTERNS, 2)


def test_evil_patterns_end_and_break_no_check() -> None:
    names = ("birthDate", "startTime", "created_at", "active", "gender", "amount", "status")
    made = api(*(Resource("pets", tuple(Field(n, TEXT, pattern=p) for n in names)) for p in (EVIL, "(" * 5000)))
    assert evaluate.run(made).defects == ()


def test_of_a_name_of_a_megabyte_the_beginning_is_looked_at() -> None:
    assert len("".join(words.split("pQ" * 500_000))) <= splitting.LETTERS
    assert len("".join(words.split("a" * 1_000_000 + "id"))) <= splitting.LETTERS


def test_ids_of_the_same_letters_are_found_in_order_without_comparing_all() -> None:
    names = ("order_id", "visit_id", "visitid", "orderid", "visit__id")
    found = identifiers._twins(Resource("r", tuple(Field(name, TEXT) for name in names)))
    pairs = [(one.name, two.name) for _, one, two in found]
    assert pairs == [
        ("order_id", "orderid"),
        ("visit_id", "visitid"),
        ("visit_id", "visit__id"),
        ("visitid", "visit__id"),
    ]


def test_measurements_are_compared_within_their_stem(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = tuple(Field(f"{word(n)}_weight_{unit}", TEXT) for n in range(300) for unit in ("kg", "lb"))
    calls: list[object] = []
    real = quantities.twins
    monkeypatch.setattr(quantities, "twins", lambda one, two: calls.append(one) or real(one, two))
    found = list(values_._twins(Resource("r", fields)))
    assert len(found) == 300
    assert len(calls) <= len(fields)


def test_names_beside_ids_are_found_by_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = empty._named
    monkeypatch.setattr(empty, "_named", lambda name: looked.append(name) or real(name))
    fields = (*wide(200).fields, Field("provider_id", TEXT), Field("clinician_name", TEXT), Field("note", TEXT))
    assert list(empty._groups(Resource("visits", fields))) == [("provider_id", "clinician_name")]
    assert len(looked) == 2


def test_a_listing_of_many_ids_is_judged_with_few_looks_at_its_key() -> None:
    resource = wide(400)
    cells = {field.name: tuple(str(number) for number in range(30)) for field in resource.fields}
    made = replace(resource, tables=(Table("p", cells, 30),))
    found = evaluate.run(replace(api(made), origin=Origin.folder, inputs=frozenset(Input)), only=["HJ-019", "HJ-020"])
    assert found.defects == ()
    assert {result.outcome.verdict for result in found.results} <= set(Verdict)

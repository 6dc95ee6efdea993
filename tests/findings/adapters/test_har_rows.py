"""Recorded answers to rows: pages of a listing in order, gaps, repeats, records read by themselves."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import har as adapter
from evaluation.findings.adapters import har_rows
from evaluation.findings.adapters.har_entries import entries
from evaluation.findings.adapters.har_rows import resources
from evaluation.findings.model import Resource
from tests.findings.adapters.strangers import entry, har, put


def page(numbers: list[int], total: int | None = None, **more: Any) -> dict[str, Any]:
    rows = [{"id": number, "name": f"invented {number}"} for number in numbers]
    return {"data": rows, **({} if total is None else {"total": total}), **more}


def made(*found: Any) -> list[Resource]:
    return [resource for resource in resources(list(entries(found))) if resource is not None]


def one(*found: Any) -> Resource:
    (only,) = made(*found)
    return only


def ids(resource: Resource) -> list[Any]:
    return list(resource.tables[0].column("id"))


@pytest.mark.parametrize(
    "queries",
    [
        ["", "?page=2", "?page=3"], ["?page=1", "?page=2", "?page=3"], ["?page=0", "?page=1", "?page=2"],
        ["?offset=0&limit=2", "?offset=2&limit=2", "?offset=4&limit=2"], ["?skip=0", "?skip=2", "?skip=4"],
        ["", "?cursor=AAA", "?cursor=BBB"], ["?limit=2", "?page_token=x&limit=2", "?page_token=y&limit=2"],
        ["?_count=2", "?_count=2&startIndex=3", "?_count=2&startIndex=5"],
    ],
)  # fmt: skip
def test_pages_follow_each_other(queries: list[str]) -> None:
    pages = [page([1, 2], 5), page([3, 4], 5), page([5], 5)]
    asked = [entry(f"/patients{query}", body) for query, body in zip(queries, pages, strict=True)]
    found = one(*asked)
    assert ids(found) == [1, 2, 3, 4, 5] and found.complete and found.tables[0].ordered


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.randoms())
def test_pages_in_any_order_of_the_recording_are_one_listing(sizes: list[int], shuffle: random.Random) -> None:
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    pages = [list(range(start, start + size)) for start, size in zip(starts, sizes, strict=True)]
    asked = [entry(f"/patients?page={at}", page(rows, sum(sizes))) for at, rows in enumerate(pages, 1)]
    shuffle.shuffle(asked)
    found = one(*asked, asked[0])
    assert ids(found) == list(range(sum(sizes))) and found.complete and found.tables[0].ordered


def test_a_gap_ends_the_listing_and_what_lies_behind_has_no_order() -> None:
    found = one(entry("/patients", page([1, 2], 9)), entry("/patients?page=3", page([5, 6], 9)))
    assert sorted(ids(found)) == [1, 2, 5, 6] and not found.complete and not found.tables[0].ordered


def test_a_recording_that_begins_in_the_middle_has_no_order() -> None:
    found = one(entry("/patients?page=7", page([13, 14], 2)))
    assert ids(found) == [13, 14] and not found.complete and not found.tables[0].ordered


def test_a_selection_is_no_listing() -> None:
    found = one(entry("/patients?status=active", page([1, 2], 2)))
    assert ids(found) == [1, 2] and not found.complete
    both = one(entry("/patients", page([1, 2, 3], 3)), entry("/patients?status=active", page([1, 2], 2)))
    assert ids(both) == [1, 2, 3] and both.complete and both.tables[0].ordered


def test_without_a_total_nobody_knows_whether_it_is_all() -> None:
    assert not one(entry("/patients", page([1, 2]))).complete
    assert not one(entry("/patients", page([1, 2], 3))).complete
    assert one(entry("/patients", [{"id": 1}])).complete


def test_records_read_by_themselves_add_columns_and_no_second_row() -> None:
    record = {"id": 2, "name": "invented 2", "born": "1970-01-01"}
    found = one(entry("/patients", page([1, 2], 2)), entry("/patients/2", record))
    assert ids(found) == [1, 2] and found.complete and found.listed
    assert [field.name for field in found.fields] == ["id", "name", "born"]
    more = one(entry("/patients", page([1], 1)), entry("/patients/7", {**record, "id": 7}))
    assert ids(more) == [1, 7] and not more.complete and not more.tables[0].ordered


def test_records_alone_are_no_list() -> None:
    found = one(entry("/patients/2", {"id": 2, "a": 1}), entry("/patients/2", {"id": 2, "a": 5}))
    assert found.listed is False and ids(found) == [2] and found.tables[0].column("a") == (5,)


def test_rows_without_a_key_are_not_added_to_pages() -> None:
    listing, other = entry("/measures", {"data": [{"size": 1}], "total": 1}), entry("/measures?of=x", [{"size": 2}])
    assert one(listing, other).tables[0].column("size") == (1,)
    assert one(other, other).tables[0].column("size") == (2,)


def test_listings_below_a_record_belong_to_nobody_as_a_whole() -> None:
    below = [entry(f"/patients/{n}/visits", page([10 * n], 1)) for n in (1, 2)]
    found = one(*below)
    assert found.name == "visits" and sorted(ids(found)) == [10, 20] and not found.complete


def test_listings_of_one_name_in_two_places_are_not_all_there_is() -> None:
    found = one(entry("/north/patients", page([1, 2], 2)), entry("/south/patients", page([2], 1)))
    assert ids(found) == [1, 2] and not found.complete


def test_names_that_could_be_values_are_not_shown() -> None:
    names = [r.name for r in made(
        entry("/patients/anna-smith", {"id": "anna-smith", "a": 1}), entry("/who%20is%20it", [{"id": 1}]),
        entry("/charges", [{"id": 1}]), entry("/api/v2/77", {"id": 77}),
    )]  # fmt: skip
    assert names == ["patients", "resource 2", "charges"]


def test_keys_that_could_be_values_have_one_name_in_fields_and_rows() -> None:
    detail = {"id": 2, "a@b.example": 1, "QX 1234": 2}
    found = one(entry("/patients", [{"id": 1, "QX 1234": 3}]), entry("/patients/2", detail))
    assert [field.name for field in found.fields] == ["id", "column 2", "column 3"]
    assert found.tables[0].columns == {"id": (1, 2), "column 2": (3, 2), "column 3": found.tables[0].column("column 3")}


def test_a_bundle_of_fhir_is_a_list_of_its_resources() -> None:
    entries_ = [{"resource": {"resourceType": "Patient", "id": "invented-1"}, "search": {"mode": "match"}},
                {"resource": {"resourceType": "Organization", "id": "invented-2"}, "search": {"mode": "include"}},
                {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}}]  # fmt: skip
    bundle = {"resourceType": "Bundle", "id": "b", "type": "searchset", "total": 1, "entry": entries_}
    found = made(entry("/fhir/Patient?_count=10", bundle), entry("/fhir/Patient/invented-1", entries_[0]["resource"]))
    assert [(r.name, r.complete) for r in found] == [("Patient", True), ("Organization", False)]


def test_a_recording_of_many_rows_is_read_quickly(tmp_path: Path) -> None:
    rows = [{"id": number, "name": "x"} for number in range(20_000)]
    found = one(*(entry(f"/patients?page={at + 1}", rows[at * 1000 : at * 1000 + 1000]) for at in range(20)))
    assert found.tables[0].size == 20_000


def test_what_has_more_columns_than_rows_have_is_left_out_before_it_is_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(har_rows, "COLUMNS", 20)
    texts = [entry(f"/texts?page={page}", [{f"text_{page}_{key}": "x" for key in range(12)}]) for page in (1, 2)]
    visits = entry("/visits", [{f"c{key}": "x" for key in range(20)}])
    found = adapter.read(put(tmp_path, har(*texts, visits)))
    assert [one.name for one in found.resources] == ["visits"] and len(found.resources[0].fields) == 20
    assert found.partial == ("1 resource with more than 2,000 columns left out",)

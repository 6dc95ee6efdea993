"""Distinct values and counts over all practices; the words for values that mean nothing."""

from __future__ import annotations

from evaluation.findings import cells, values
from evaluation.findings.model import Field, Input, Resource

from .made import FIELDS, api, resource, table


def test_few_values_come_from_the_samples_and_many_from_the_rows() -> None:
    few = resource("visit", [{"kind": "a"}, {"kind": "b"}, {"kind": None}])
    assert cells.distinct(few, few.fields[0]) == ["a", "b"]
    rows = [{"id": str(number)} for number in range(1200)]
    many = Resource("visit", (Field("id", samples=tuple(str(n) for n in range(1000))),), (table(rows),))
    assert len(cells.texts(many, many.fields[0])) == 1200


def test_counts_go_over_all_practices_and_leave_out_what_is_no_text() -> None:
    one, two = table([{"k": "a"}, {"k": ""}, {"k": None}, {"k": 7}]), table([{"k": "a"}, {"k": [1]}, {}], "P2")
    assert cells.counts([one, two], "k") == {"a": 2}
    assert cells.counts([one], "other") == {}


def test_a_list_of_tenants_has_no_columns_to_judge() -> None:
    made = api(resource("client_ids", [{"client_id": "A", "client": "B"}]), resource("visit", [{"kind": "a"}]))
    assert [(r.name, f.name) for r, f in cells.columns(made)] == [("visit", "kind")]


def test_a_description_is_whole_and_a_cut_of_rows_is_not() -> None:
    cut = resource("visit", [{"kind": "a"}], complete=False)
    assert cells.whole(api(cut, inputs=FIELDS), [cut])
    assert not cells.whole(api(cut), [cut])
    assert Input.rows in api(cut).inputs


def test_fillers_are_known_in_all_their_forms() -> None:
    known = values.fillers()
    assert known["000-00-0000"] == known["00000"] == "only zeros"
    assert known["999999999"] == "only nines" and known["N/A"] == known["Unknown"] == "a word for nothing"
    assert known["9999-12-31"] == "a day that means none"
    assert not {"NA", "0000", "99", "12345"} & set(known)


def test_names_and_free_text_hold_no_terms() -> None:
    assert values.may_hold_terms("reason") and values.may_hold_terms("visit_type")
    assert not any(map(values.may_hold_terms, ("clinician", "last_name", "city", "test_code", "comment", "patient_id")))
    assert values.prose("visit_note") and not values.prose("state")

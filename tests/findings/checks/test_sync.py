"""Deletions, change cursors and batches: which resources have them, and which rows share an instant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.checks.sync import no_cursor, shared_instants, unseen_deletions
from evaluation.findings.model import Field, Input, Resource
from evaluation.findings.outcome import Verdict

from ..made import FIELDS, api, field, resource

FULL = {"visit_id": "1", "modified_at": "2022-01-02 03:04:05.1", "deleted": "N"}
BARE = {"visit_id": "1", "reason": "cough"}


def test_a_resource_without_a_deletion_flag_is_found_beside_one_that_has_it() -> None:
    outcome = unseen_deletions(api(resource("visit", [FULL]), resource("note", [BARE])))
    assert outcome.verdict is Verdict.fail
    assert [str(place) for place in outcome.places] == ["note"]
    assert "with one: visit" in outcome.why


def test_so_are_all_where_none_has_one() -> None:
    outcome = unseen_deletions(api(resource("visit", [BARE]), resource("note", [BARE])))
    assert len(outcome.places) == 2 and "with one: none" in outcome.why


@pytest.mark.parametrize("name", ["delete_ind", "is_deleted", "deletedAt", "deleted_at", "deletion_date", "removed_at"])
def test_a_flag_or_a_time_of_deletion_will_do(name: str) -> None:
    assert unseen_deletions(api(resource("visit", [{"visit_id": "1", name: ""}]))).verdict is Verdict.passed


@pytest.mark.parametrize(
    "name", ["modified_at", "hj_modify_timestamp", "lastUpdated", "updatedAt", "last_modified", "change_ts"]
)
def test_a_timestamp_of_change_is_known_by_many_names(name: str) -> None:
    assert no_cursor(api(resource("visit", [{"visit_id": "1", name: "2022-01-02"}]))).verdict is Verdict.passed


def test_a_resource_without_a_timestamp_of_change_is_found() -> None:
    outcome = no_cursor(api(resource("visit", [FULL]), resource("note", [{**BARE, "created_at": "2022-01-02"}])))
    assert [str(place) for place in outcome.places] == ["note"]
    assert outcome.why == "1 of 2 resources have no timestamp of change"


def test_both_decide_from_names_alone() -> None:
    described = Resource("visit", (field("visit_id"), field("modified_at"), field("deleted_at")))
    for check in (unseen_deletions, no_cursor):
        assert check(api(described, inputs=FIELDS)).verdict is Verdict.passed


def test_a_listing_of_tenants_and_an_empty_resource_are_not_judged() -> None:
    tenants, empty = resource("client_ids", [{"client_id": "A"}]), Resource("payer")
    assert no_cursor(api(tenants, empty)).verdict is Verdict.unknown
    said = no_cursor(api(tenants, empty, resource("visit", [FULL])))
    assert said.verdict is Verdict.passed and "nothing is known of the columns of payer" in said.why


def stamped(*instants: Any, **how: Any) -> Resource:
    rows = [{"visitid": 900 + i, "visit_id": str(i), "modified_at": instant} for i, instant in enumerate(instants)]
    return resource("visit", rows, **how)


def test_rows_of_one_instant_are_a_batch() -> None:
    a, b = "2022-01-02 03:04:05.678912", "2022-01-03 03:04:05.678912"
    outcome = shared_instants(api(stamped(a, a, a, b, b, "2022-01-04 03:04:05.1")))
    assert outcome.verdict is Verdict.fail
    assert [(str(p), p.detail) for p in outcome.places] == [
        ("visit.modified_at", "5 rows share 2 instants, up to 3 rows each")
    ]
    assert a not in str(outcome)


def test_instants_that_differ_in_the_last_digit_are_two() -> None:
    assert (
        shared_instants(api(stamped("2022-01-02 03:04:05.678912", "2022-01-02 03:04:05.678913"))).verdict
        is Verdict.passed
    )


def test_a_fraction_may_lose_its_zeros() -> None:
    assert shared_instants(api(stamped("2022-01-02 03:04:05.500000", "2022-01-02 03:04:05.5"))).verdict is Verdict.fail


def test_one_instant_in_two_resources_or_practices_is_no_batch() -> None:
    a = "2022-01-02 03:04:05.678912"
    note = resource("note", [{"note_id": "1", "modified_at": a}])
    other = stamped(a, practice="P2")
    both = Resource("visit", other.fields, (*stamped(a).tables, *other.tables))
    assert shared_instants(api(both, note)).verdict is Verdict.passed


def test_missing_instants_and_a_row_that_came_twice_are_no_batch() -> None:
    a = "2022-01-02 03:04:05.678912"
    twice = resource("visit", [{"visitid": 900, "modified_at": a}, {"visitid": 900, "modified_at": a}])
    assert shared_instants(api(twice)).verdict is Verdict.passed
    assert shared_instants(api(stamped(None, None, "", "", a))).verdict is Verdict.passed


def test_some_rows_of_different_instants_prove_nothing() -> None:
    assert shared_instants(api(stamped("2022-01-02", "2022-01-03", complete=False))).verdict is Verdict.unknown
    assert shared_instants(api(stamped("2022-01-02", "2022-01-02", complete=False))).verdict is Verdict.fail


def test_they_ask_for_no_more_than_they_read() -> None:
    needs = {check.id: check.needs for f in (unseen_deletions, no_cursor, shared_instants) for check in f.checks}  # type: ignore[attr-defined]
    assert needs == {"HJ-022": (Input.fields,), "HJ-023": (Input.fields,), "HJ-028": (Input.rows, Input.instants)}


@given(st.lists(st.integers(0, 8), min_size=1, max_size=20))
def test_a_batch_is_any_instant_of_several_rows(minutes: list[int]) -> None:
    outcome = shared_instants(api(stamped(*[f"2022-01-02 03:0{minute}:05" for minute in minutes])))
    assert (outcome.verdict is Verdict.fail) == (len(set(minutes)) < len(minutes))


def test_a_listing_of_the_history_tells_deletions_as_well() -> None:
    visit = Resource("visit", (field("visit_id"), field("modified_at")), deletions="the listing of its history")
    found = unseen_deletions(api(visit, inputs=FIELDS))
    assert found.verdict is Verdict.passed
    assert found.why == "all 1 resources have a deletion flag or time, or the listing of its history"


@pytest.mark.parametrize(
    "spared",
    [
        Resource("visit", (field("visit_id"), field("text")), listed=False),
        Resource("visit_stats", (field("visit_id"), field("count"))),
        Resource("note", (field("message", ["a"]), field("icon", ["b"]))),
        Resource("line", (field("level"), field("text"), field("title"))),
    ],
    ids=["read one by one", "figures", "a pair of texts", "rows that no name tells apart, which is HJ-045"],
)
def test_only_rows_that_are_kept_in_step_need_stamps_and_flags(spared: Resource) -> None:
    listed = Resource("order", (field("id"), field("text")), listed=True)
    for check, kind in ((unseen_deletions, "deletion flag or time"), (no_cursor, "timestamp of change")):
        found = check(api(listed, spared, inputs=FIELDS))
        assert [str(place) for place in found.places] == ["order"]
        assert found.why.startswith("1 of 1 resources") and f"have no {kind}" in found.why


def test_rows_known_by_a_hash_of_their_content_need_no_time_of_change_but_a_flag() -> None:
    commit = api(Resource("commit", (field("sha"), field("message"), field("author")), listed=True), inputs=FIELDS)
    assert no_cursor(commit).verdict is Verdict.unknown
    assert unseen_deletions(commit).verdict is Verdict.fail


def test_stamps_may_stand_in_an_object_in_which_the_row_tells_of_itself() -> None:
    stamps = (field("updatedAt"), field("deletedAt"))
    for name, verdict in (("metadata", Verdict.passed), ("author", Verdict.fail)):
        made = Resource("visit", (field("id"), Field(name, frozenset({"object"}), inner=stamps)))
        assert no_cursor(api(made, inputs=FIELDS)).verdict is verdict
        assert unseen_deletions(api(made, inputs=FIELDS)).verdict is verdict


def test_a_documented_state_of_deletion_and_the_time_a_log_was_written_will_do() -> None:
    state = Field("status", frozenset({"string"}), enum=("active", "deleted"))
    assert unseen_deletions(api(Resource("order", (field("id"), state)), inputs=FIELDS)).verdict is Verdict.passed
    log, order = (Resource(name, (field("id"), field("created_at"))) for name in ("audit_log", "order"))
    assert [str(place) for place in no_cursor(api(log, order, inputs=FIELDS)).places] == ["order"]

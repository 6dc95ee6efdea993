"""Deleted rows, copies and shared keys: what is one, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.checks.rows import deleted_delivered, duplicates, shared_source_key
from evaluation.findings.outcome import Verdict

from ..made import api, resource

VISIT: dict[str, Any] = {
    "visitid": 900000001, "visit_id": "17", "patient_id": "4", "reason": "cough",
    "created_at": "2022-01-02 03:04:05.1", "modified_at": "2022-01-02 03:04:05.1", "deleted": "N",
}  # fmt: skip


def visits(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows that differ from VISIT in these columns, each with keys of its own unless said otherwise."""
    own = ({"visitid": 900000001 + i, "visit_id": str(17 + i)} for i in range(len(changes)))
    return [{**VISIT, **keys, **change} for keys, change in zip(own, changes, strict=True)]


@pytest.mark.parametrize(
    "cell", ["Y", "yes", "TRUE", "1", 1, True, "D", "2022-01-02", "2022-01-02T03:04:05Z", 1659355200]
)
def test_a_row_whose_flag_says_deleted_is_found(cell: Any) -> None:
    outcome = deleted_delivered(api(resource("visit", visits({}, {"deleted": cell}))))
    assert outcome.verdict is Verdict.fail
    assert [str(place) for place in outcome.places] == ["visit.deleted"]
    assert outcome.places[0].detail == "1 of 2 rows deleted"


@pytest.mark.parametrize("cell", ["N", "no", "", None, 0, False, "0", "A", "9999-12-31", "0000-00-00 00:00:00"])
def test_a_live_row_is_not(cell: Any) -> None:
    assert deleted_delivered(api(resource("visit", visits({}, {"deleted": cell})))).verdict is Verdict.passed


def test_a_flag_of_unknown_words_is_unknown_and_its_words_are_not_told() -> None:
    outcome = deleted_delivered(api(resource("visit", visits({"deleted": "perhaps"}))))
    assert outcome.verdict is Verdict.unknown
    assert "visit.deleted" in outcome.why and "perhaps" not in outcome.why


def test_without_any_flag_there_is_nothing_to_judge() -> None:
    assert deleted_delivered(api(resource("visit", [{"visit_id": "1"}]))).verdict is Verdict.unknown


def test_some_live_rows_prove_nothing() -> None:
    part = resource("visit", visits({}, {}), complete=False)
    assert deleted_delivered(api(part)).verdict is Verdict.unknown


def test_a_copy_under_another_minted_key_and_later_stamps_is_a_duplicate() -> None:
    twin = {"visit_id": "17", "created_at": "2022-02-02 03:04:05.1", "modified_at": "2022-02-02 03:04:05.1"}
    outcome = duplicates(api(resource("visit", visits({}, twin, {"reason": "fever"}))))
    assert outcome.verdict is Verdict.fail
    assert [(str(p), p.detail) for p in outcome.places] == [("visit.visit_id", "1 of 3 live rows said before")]
    assert shared_source_key(api(resource("visit", visits({}, twin)))).verdict is Verdict.passed


def test_two_events_that_are_alike_but_have_their_own_source_key_are_none() -> None:
    assert duplicates(api(resource("visit", visits({}, {}, {})))).verdict is Verdict.passed


def test_a_deleted_twin_of_a_live_row_is_none() -> None:
    rows = visits({}, {"visit_id": "17", "deleted": "Y"})
    assert duplicates(api(resource("visit", rows))).verdict is Verdict.passed
    assert shared_source_key(api(resource("visit", rows))).verdict is Verdict.passed


def test_where_rows_have_no_key_whole_rows_are_compared() -> None:
    rows = [{"name": "a", "text": None, "tags": [tag]} for tag in "xxy"]
    outcome = duplicates(api(resource("note", rows)))
    assert outcome.verdict is Verdict.fail and outcome.places[0].detail == "1 of 3 live rows said before"
    assert outcome.places[0].field == ""


def test_rows_under_keys_the_api_minted_are_compared_as_a_whole_too() -> None:
    rows = [{"id": n, "patientId": 9, "day": "2024-03-07", "kind": "Massage"} for n in (5, 8)]
    assert duplicates(api(resource("session", rows))).verdict is Verdict.fail
    other = {**rows[1], "day": "2024-03-08"}
    assert duplicates(api(resource("session", [rows[0], other]))).verdict is Verdict.passed


def test_two_things_of_which_little_is_told_may_be_alike() -> None:
    rows = [{"id": n, "colour": "red", "modified_at": "2024-03-07"} for n in (5, 8)]
    assert duplicates(api(resource("badge", rows))).verdict is not Verdict.fail


def test_true_is_not_one_when_rows_are_compared() -> None:
    rows = [{"name": "a", "text": "b", "open": answer} for answer in (True, 1)]
    assert duplicates(api(resource("note", rows))).verdict is Verdict.passed


def test_one_source_key_on_rows_that_differ_is_found_with_the_columns_that_do() -> None:
    outcome = shared_source_key(api(resource("visit", visits({}, {"visit_id": "17", "reason": "fever"}))))
    assert outcome.verdict is Verdict.fail
    assert outcome.places[0].detail == "1 key on rows that differ in reason"
    assert "fever" not in str(outcome) and "17" not in str(outcome)


@pytest.mark.parametrize(
    "column", ["version", "row_version", "valid_from", "effective_date", "line_number", "is_current"]
)
def test_versions_and_lines_of_one_key_are_no_clash(column: str) -> None:
    rows = visits({column: 1}, {"visit_id": "17", column: 2, "reason": "fever"})
    assert shared_source_key(api(resource("visit", rows))).verdict is Verdict.passed


def test_one_key_in_two_practices_is_no_clash() -> None:
    one, other = resource("visit", visits({})), resource("visit", visits({"reason": "fever"}), practice="P2")
    both = type(one)("visit", one.fields, (*one.tables, *other.tables))
    assert shared_source_key(api(both)).verdict is Verdict.passed


def test_rows_without_a_source_key_do_not_share_one() -> None:
    rows = visits({"visit_id": None}, {"visit_id": None, "reason": "fever"}, {"visit_id": ""}, {"visit_id": ""})
    assert shared_source_key(api(resource("visit", rows))).verdict is Verdict.passed


def test_a_listing_of_tenants_is_not_judged() -> None:
    assert duplicates(api(resource("client_ids", [{"client_id": "A"}, {"client_id": "A"}]))).verdict is Verdict.unknown


@given(st.lists(st.sampled_from(["cough", "fever", "fall"]), min_size=1, max_size=12))
def test_copies_are_as_many_as_rows_beyond_the_first_of_each_content(reasons: list[str]) -> None:
    rows = [{"note_pk": number, "reason": reason} for number, reason in enumerate(reasons)]
    for row in rows:
        row["note_id"] = "5"
    outcome = duplicates(api(resource("note", rows)))
    extra = len(reasons) - len(set(reasons))
    assert (outcome.verdict is Verdict.fail) == bool(extra)
    assert not extra or outcome.places[0].detail == f"{extra} of {len(rows)} live rows said before"
    assert (shared_source_key(api(resource("note", rows))).verdict is Verdict.fail) == (len(set(reasons)) > 1)

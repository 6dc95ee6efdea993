"""Refusals, versions, filters and pages: what the checks make of answers, by hand and from the mock."""

from __future__ import annotations

from itertools import combinations

import pytest

from evaluation.findings import remedies
from evaluation.findings.checks.answers import ignored_filter, odd_pages, unclear_refusals, version_ignored
from evaluation.findings.model import CAUSES, Api, Probe, Refusal
from evaluation.findings.outcome import Outcome, Verdict

from ..made import api

FILTERS = ("unknown filter column", "unknown filter operator", "wrong filter value")


def asked(**outcomes: str) -> Api:
    """Probes by topic, ``_`` for a blank."""
    probes = [
        Probe(topic.replace("_", " "), came, 422 if came == "refused" else 200) for topic, came in outcomes.items()
    ]
    return api(probes=tuple(probes))


def refused(*refusals: tuple[str, int, str], media_type: str = "application/json") -> Outcome:
    made = [Refusal(cause, status, media_type, ("error",), code) for cause, status, code in refusals]
    return unclear_refusals(api(refusals=tuple(made)))


EXPIRED = ("token expired", 401, "token_expired")


def own_codes() -> list[tuple[str, int, str]]:
    return [(cause, 400, cause.replace(" ", "_")) for cause in CAUSES]


# --- refusals ---


def test_refusals_with_codes_of_their_own_pass() -> None:
    outcome = refused(*own_codes())
    assert outcome.verdict is Verdict.passed and outcome.looked_at == len(CAUSES)


def test_a_wrong_and_an_incomplete_login_may_look_alike() -> None:
    login = [("login wrong", 401, "invalid"), ("login incomplete", 401, "invalid")]
    assert refused(*login, EXPIRED).verdict is Verdict.passed


@pytest.mark.parametrize(
    "other", ["token invalid", "token missing", "key wrong", "tenant forbidden", "filter value wrong"]
)
def test_an_expired_token_that_looks_like_something_else_is_found(other: str) -> None:
    outcome = refused(("token expired", 401, "unauthorized"), (other, 401, "unauthorized"))
    assert outcome.verdict is Verdict.fail
    assert [(p.resource, p.detail) for p in outcome.places] == [("token expired", f"same status and code as {other}")]


def test_a_login_is_never_taken_for_a_data_request() -> None:
    assert refused(("token expired", 401, ""), ("login wrong", 401, "")).verdict is Verdict.passed


def test_a_code_tells_apart_what_the_status_does_not() -> None:
    assert refused(EXPIRED, ("key wrong", 401, "key_invalid")).verdict is Verdict.passed


def test_a_hidden_tenant_and_wrong_filters_may_look_alike_and_a_limit_may_not() -> None:
    hidden = [("tenant forbidden", 404, ""), ("tenant unknown", 404, "")]
    wrong = [(cause, 422, "invalid") for cause in CAUSES if cause.startswith("filter") or cause == "page wrong"]
    assert refused(EXPIRED, *hidden, *wrong).verdict is Verdict.passed
    assert refused(EXPIRED, ("too many requests", 403, ""), ("tenant forbidden", 403, "")).verdict is Verdict.fail


@pytest.mark.parametrize("status", [200, 302])
def test_a_refusal_that_claims_success_is_found(status: int) -> None:
    outcome = refused(EXPIRED, ("filter value wrong", status, "bad"))
    assert [p.detail for p in outcome.places] == [f"refused with status {status}"]


def test_html_is_found_and_so_is_text_beside_json() -> None:
    json, html = (
        Refusal("token expired", 401, "application/json", ("error",), "x"),
        Refusal("path unknown", 404, "text/html; charset=utf-8"),
    )
    assert [p.detail for p in unclear_refusals(api(refusals=(json, html))).places] == [
        "the body is text/html, not JSON"
    ]
    plain = Refusal("path unknown", 404, "text/plain")
    assert unclear_refusals(api(refusals=(json, plain))).verdict is Verdict.fail


def test_an_api_that_answers_in_xml_throughout_is_left_in_peace() -> None:
    assert refused(EXPIRED, ("path unknown", 404, "gone"), media_type="application/xml").verdict is Verdict.passed
    assert (
        refused(EXPIRED, ("path unknown", 404, "gone"), media_type="application/problem+json").verdict is Verdict.passed
    )


def test_a_body_of_unknown_kind_is_no_fault() -> None:
    assert refused(EXPIRED, ("path unknown", 404, "gone"), media_type="").verdict is Verdict.passed


def test_without_an_expired_token_nothing_passes() -> None:
    outcome = refused(("token missing", 401, "no_token"))
    assert outcome.verdict is Verdict.unknown and "expired" in outcome.why
    assert refused().verdict is Verdict.unknown


def test_two_causes_alone_fail_exactly_if_no_remedy_is_shared() -> None:
    table = remedies.load()
    for one, other in combinations(CAUSES, 2):
        found = refused((one, 400, "x"), (other, 400, "x")).verdict is Verdict.fail
        assert found is not table[one].shared(table[other]), (one, other)


# --- versions ---


@pytest.mark.parametrize(
    ("absent", "short", "other", "verdict"),
    [
        ("ignored", "ignored", "refused", Verdict.fail),
        ("ignored", "ignored", "ignored", Verdict.fail),
        ("refused", "refused", "ignored", Verdict.fail),
        ("refused", "refused", "refused", Verdict.passed),
        ("ignored", "refused", "refused", Verdict.passed),  # a version by default is a promise of its own
        ("refused", "ignored", "refused", Verdict.passed),  # 3 for 3.0 is the same number
    ],
)
def test_a_version_that_does_not_matter_is_found(absent: str, short: str, other: str, verdict: Verdict) -> None:
    made = asked(version_absent=absent, version_short=short, version_unknown=other)
    assert version_ignored(made).verdict is verdict


def test_half_the_questions_on_versions_prove_nothing() -> None:
    assert version_ignored(asked(version_short="refused")).verdict is Verdict.unknown
    assert version_ignored(asked(version_unknown="ignored")).verdict is Verdict.fail
    assert version_ignored(asked(page_size_asked="refused")).verdict is Verdict.unknown


# --- filters and pages ---


@pytest.mark.parametrize("topic", FILTERS)
def test_an_ignored_filter_is_found(topic: str) -> None:
    outcomes = {**dict.fromkeys(FILTERS, "refused"), topic: "ignored"}
    outcome = ignored_filter(asked(**outcomes))
    assert outcome.verdict is Verdict.fail
    assert [place.resource for place in outcome.places] == [topic]


@pytest.mark.parametrize("came", ["refused", "empty"])
def test_a_filter_that_is_refused_or_keeps_nothing_is_not(came: str) -> None:
    assert ignored_filter(asked(**dict.fromkeys(FILTERS, came))).verdict is Verdict.passed


def test_filters_pass_only_if_all_was_asked() -> None:
    outcome = ignored_filter(asked(unknown_filter_column="refused"))
    assert outcome.verdict is Verdict.unknown
    assert "not asked: unknown filter operator, wrong filter value" in outcome.why


@pytest.mark.parametrize(("past", "wrong"), [("ignored", "refused"), ("empty", "ignored"), ("applied", "empty")])
def test_a_page_that_cannot_be_and_has_rows_is_found(past: str, wrong: str) -> None:
    outcome = odd_pages(asked(page_past_the_end=past, page_no_number=wrong))
    assert outcome.verdict is Verdict.fail and len(outcome.places) == 1


def test_a_page_that_is_empty_or_refused_is_not() -> None:
    assert odd_pages(asked(page_past_the_end="empty", page_no_number="refused")).verdict is Verdict.passed
    assert odd_pages(asked(page_past_the_end="empty")).verdict is Verdict.unknown
    assert odd_pages(asked()).verdict is Verdict.unknown

"""The recorder's steps tell what was refused and what was ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.findings.adapters import replies
from evaluation.findings.adapters.replies import Replies
from evaluation.findings.model import CAUSES, TOPICS, Probe, Refusal
from evaluation.recording import plan
from evaluation.recording.exchange import Exchange
from mockserver.errors import InputError

from .recordings import asked, rows_of

ONE = "/hjdw/SBOX02/appointment"
LISTING = rows_of(ONE, [{"id": 1}, {"id": 2}], 40, step="elements.appointment")


def of(*exchanges: Exchange, unusual: str = "", ours: bool = True) -> Replies:
    return replies.replies(exchanges, frozenset(unusual.split()), ours)


def probe(step: str, exchange: Exchange, base: Exchange = LISTING) -> list[str]:
    found = of(base, Exchange(step, exchange.request, exchange.response), unusual=step)
    return [probe.outcome for probe in found.probes]


def refused(step: str, code: str, status: int = 422) -> Exchange:
    return asked(f"{ONE}?x=y", {"error": code, "message": "text"}, status, step)


def test_every_step_it_knows_is_in_the_plan() -> None:
    steps = {step.id for step in plan.load(None, ["appointment"]).steps}
    assert set(replies.purposes()) <= steps


def test_every_step_of_the_plan_that_is_to_be_refused_is_known() -> None:
    steps = {step.id for step in plan.load(None, ["appointment"]).steps if step.area == "refusals"}
    assert steps - set(replies.purposes()) == {"refusals.bare-value"}


def test_causes_and_topics_are_those_of_the_model() -> None:
    known = replies.purposes().values()
    assert {p.cause for p in known} <= {"", *CAUSES} and {p.topic for p in known} <= {"", *TOPICS}
    assert {p.topic for p in known} >= set(TOPICS) - {"changed while paging"}


def test_a_refusal_has_status_keys_and_code() -> None:
    found = of(refused("refusals.operator", "filter_operator_unknown"))
    assert found.refusals == (
        Refusal("filter operator unknown", 422, "application/json", ("error", "message"), "filter_operator_unknown"),
    )
    assert found.probes == (Probe("unknown filter operator", "refused", 422, "operator nosuch"),)


def test_codes_of_others_are_numbered() -> None:
    said = [refused("refusals.column", "one"), refused("refusals.operator", "two"), refused("refusals.value", "one")]
    assert [refusal.code for refusal in of(*said, ours=False).refusals] == ["code 1", "code 2", "code 1"]


@pytest.mark.parametrize("code", ["xxxxx", "token_xxxx", "XXXX-invalid", "e0000"])
def test_a_scrubbed_code_proves_nothing(code: str) -> None:
    found = of(refused("refusals.value", code))
    assert (found.refusals, found.partial) == (
        (), ("questions on filter value wrong: the code of the refusal was scrubbed",),
    )  # fmt: skip


@pytest.mark.parametrize("code", ["max_exceeded", "e404", "xml_invalid", "x"])
def test_a_code_that_only_looks_a_little_like_it_is_taken(code: str) -> None:
    assert [r.code for r in of(refused("refusals.value", code)).refusals] == [code]


def test_what_is_answered_with_rows_was_not_refused() -> None:
    assert of(rows_of(ONE, [{"id": 1}], step="refusals.key-none")).refusals == ()


def test_a_success_without_rows_is_a_refusal() -> None:
    found = of(asked(ONE, {"error": "token_absent"}, 200, "refusals.token-none"))
    assert [(r.cause, r.status) for r in found.refusals] == [("token missing", 200)]


def test_a_page_of_markup_is_a_refusal_without_keys() -> None:
    html = (("Content-Type", "text/html; charset=utf-8"),)
    found = of(asked("/hjdw", b"<h1>no</h1>", 404, "paths.root", kind=html))
    assert found.refusals == (Refusal("path unknown", 404, "text/html", None, ""),)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_fails_or_is_busy_says_nothing_of_the_question(status: int) -> None:
    found = of(LISTING, asked(f"{ONE}?x=y", {}, status, "refusals.column"))
    assert (found.refusals, found.probes) == ((), ())
    assert found.partial == (f"questions on unknown filter column: answered {status}",)


def test_a_question_answered_like_the_listing_was_ignored() -> None:
    ignored = rows_of(f"{ONE}?no_such_column=eq~1", [{"id": 1}, {"id": 2}], 40)
    assert probe("refusals.column", ignored) == ["ignored"]


def test_a_question_that_changes_the_answer_was_applied() -> None:
    assert probe("paging.size-by-per_page", rows_of(f"{ONE}?per_page=1", [{"id": 1}], 40)) == ["applied"]


def test_a_question_without_rows_came_back_empty() -> None:
    assert probe("paging.past-end", rows_of(f"{ONE}?page=999999", [], 40, 999999)) == ["empty"]


def test_a_question_with_nothing_to_hold_it_against_is_left_out() -> None:
    ignored = rows_of(f"{ONE}?no_such_column=eq~1", [{"id": 1}], 40)
    elsewhere = rows_of("/hjdw/SBOX02/charge", [{"id": 1}], 40)
    assert probe("refusals.column", ignored, elsewhere) == []


@pytest.mark.parametrize(("rows", "outcome"), [([{"id": 1}], "ignored"), ([{"id": 1}, {"id": 2}], "applied")])
def test_versions_are_held_against_the_same_request_with_the_good_one(rows: list[object], outcome: str) -> None:
    good = rows_of(f"{ONE}?date=eq~1", [{"id": 1}], step="filters.date.eq")
    assert probe("spellings.version-absent", rows_of(f"{ONE}?date=eq~1", rows), good) == [outcome]


def test_an_unusual_request_is_no_good_answer() -> None:
    same = rows_of(f"{ONE}?date=eq~1", [{"id": 1}], step="spellings.version-3")
    absent = rows_of(f"{ONE}?date=eq~1", [{"id": 1}], step="spellings.version-absent")
    assert of(same, absent, unusual="spellings.version-3 spellings.version-absent").probes == ()


def test_steps_of_other_plans_say_nothing() -> None:
    assert of(refused("mine.column", "no"), refused("", "no")) == Replies((), (), ())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a.b: {cause: token expird}", "a.b: cause is token expird; valid: .*did you mean token expired"),
        ("a.b: {topic: page}", "a.b: topic is page; valid: "),
        ("a.b: {topics: page}", "a.b: key topics is not known; valid: cause, topic, detail; did you mean topic"),
        ("a.b: {detail: x}", "a.b: says neither cause nor topic"),
        ("a.b: x", "a.b: must be a mapping; valid: cause, topic, detail"),
        ("[", "is not YAML"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "steps.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        replies.read_purposes(file)

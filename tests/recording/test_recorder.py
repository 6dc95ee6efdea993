"""How a capture goes on and when it stops; nothing is sent twice, too fast or to somebody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from evaluation.recording.client import Unreachable
from evaluation.recording.credentials import Credentials
from evaluation.recording.exchange import Response
from evaluation.recording.plan import Plan, Step
from evaluation.recording.recorder import Capture, Recorder
from evaluation.recording.steps import NotAsked
from mockserver.testing import Server
from tests.recording.captures import TOKEN, Scripted, capture, default_plan, plan_of, said

BASE = "http://127.0.0.1:8420"
LOGIN = Step("login.form", "why", login="form", method="POST", take={"token": ("token",)})
ROWS = Step("rows.one", "why", path="/hjdw/{practice}/appointment")
AGAIN = [Step(f"rows.{n}", "why", path="/hjdw/{practice}/appointment") for n in range(6)]


def ask(plan: Plan, *answers: Response | Exception, **how: Any) -> tuple[Capture, Scripted, list[str]]:
    """Run a plan against prepared answers."""
    sender, reported = Scripted(answers), list[str]()
    login = Credentials("me@mock.test", "mine", "key")
    pause: Callable[[], None] = how.pop("pause", lambda: None)
    recorder = Recorder(plan, BASE, login, sender, pause, lambda s, o: reported.append(f"{s} {o}"), **how)
    return recorder.run(), sender, reported


def test_the_whole_plan_runs_against_the_mock(mock: Server) -> None:
    made = capture(mock.url)
    assert made.stopped == "" and len(made.exchanges) == 97 and made.cut == {}
    left_out = {reason for step, reason in made.skipped.items() if not step.startswith("narrow.")}
    assert left_out == {"no value for second", "needs --wait-expiry"}
    assert made.exchanges[-1].step == "refusals.login-wrong" and made.exchanges[-1].response.status == 401
    assert [e.step for e in made.exchanges].count("refusals.login-wrong") == 1


def test_what_is_too_much_is_cut_and_asked_again_in_small(mock: Server) -> None:
    made = capture(mock.url, default_plan(rows=3))
    assert made.cut["elements.appointment"] == 5 and "elements.payer_dim" not in made.cut
    pages = {e.step: json.loads(e.response.body) for e in made.exchanges if e.step.endswith(".appointment")}
    assert len(pages["elements.appointment"]["data"]) == 3 and pages["elements.appointment"]["to"] == 5
    narrow = pages["narrow.appointment"]
    assert 0 < narrow["total"] < pages["elements.appointment"]["total"]
    assert "narrow.payer_dim" in made.skipped


def test_a_walk_follows_next_page_url_and_ends_at_its_limit(mock: Server) -> None:
    walk = Step("paging.walk", "why", path="/hjdw/{practice}/payer_dim", walk=3)
    longer = Step("paging.all", "why", path="/hjdw/{practice}/appointment", walk=3)
    made = capture(mock.url, plan_of(LOGIN, walk, longer))
    assert [e.step for e in made.exchanges] == ["login.form", "paging.walk", *["paging.all"] * 3]
    assert [e.request.query for e in made.exchanges[2:]] == ["", "page=2", "page=3"]


@pytest.mark.parametrize(("after", "when"), [({"Retry-After": "120"}, "after 120 seconds"), ({}, "later")])
def test_it_stops_at_429_and_keeps_what_it_has(after: dict[str, str], when: str) -> None:
    made, sender, _ = ask(plan_of(LOGIN, *AGAIN), TOKEN, said(status=200), said(status=429, headers=after))
    assert len(sender.asked) == len(made.exchanges) == 3
    assert made.stopped == f"the server asked for fewer requests (429) at rows.1; go on {when}"


def test_a_strange_retry_after_is_not_repeated() -> None:
    made, _, _ = ask(plan_of(LOGIN, ROWS), TOKEN, said(status=429, headers={"Retry-After": "canary"}))
    assert "canary" not in made.stopped


def test_a_login_that_fails_is_not_tried_in_another_way() -> None:
    second = Step("login.json", "why", login="json", method="POST")
    made, sender, _ = ask(plan_of(LOGIN, second, ROWS), said(status=401))
    assert len(sender.asked) == 1 and "yielded no token" in made.stopped


def test_three_failures_of_the_server_in_a_row_are_enough() -> None:
    bad, good = said(status=503), said()
    made, sender, _ = ask(plan_of(LOGIN, *AGAIN), TOKEN, bad, bad, good, bad, bad, bad, good)
    assert len(sender.asked) == 7 and "3 answers in a row" in made.stopped


def test_a_server_that_cannot_be_reached_ends_it() -> None:
    made, sender, reported = ask(plan_of(LOGIN, *AGAIN), TOKEN, Unreachable("no answer from the server (TimeoutError)"))
    assert len(sender.asked) == 2 and made.stopped.endswith("(TimeoutError) at rows.0")
    assert reported[-1] == "rows.0 no answer from the server (TimeoutError)"


def test_the_limit_holds() -> None:
    made, sender, _ = ask(plan_of(LOGIN, *AGAIN, limit=4), TOKEN, said())
    assert len(sender.asked) == 4 and made.stopped == "the limit of 4 requests was reached before rows.3"


def test_ctrl_c_keeps_what_came() -> None:
    made, _, _ = ask(plan_of(LOGIN, *AGAIN), TOKEN, said(), KeyboardInterrupt())  # type: ignore[arg-type]
    assert made.stopped == "interrupted" and len(made.exchanges) == 2


def test_it_pauses_before_every_request_but_the_first() -> None:
    pauses: list[int] = []
    ask(plan_of(LOGIN, *AGAIN), TOKEN, said(), pause=lambda: pauses.append(1))
    assert len(pauses) == len(AGAIN)


def test_progress_names_steps_and_statuses_only() -> None:
    _, _, reported = ask(plan_of(LOGIN, ROWS), TOKEN, said(b'{"data": [{"a": "canary"}]}'))
    assert reported == ["login.form 200", "rows.one 200"]


EXPIRED = Step("refusals.old", "why", path="/hjdw/{practice}/appointment", token="expired", when="wait-expiry")


def test_an_expired_token_is_waited_for_only_when_asked() -> None:
    made, _, _ = ask(plan_of(LOGIN, EXPIRED), TOKEN, said(status=401))
    assert made.skipped == {"refusals.old": "needs --wait-expiry"}
    waited: list[str] = []
    made, _, reported = ask(plan_of(LOGIN, EXPIRED), TOKEN, said(status=401), wait=waited.append)
    assert waited == ["aaa.bbb.ccc"] and made.skipped == {}
    assert reported[1] == "refusals.old waiting for the token to run out"


def test_a_token_that_does_not_end_is_not_waited_for() -> None:
    def never(token: str) -> None:
        raise NotAsked("the token does not say when it ends")

    made, _, _ = ask(plan_of(LOGIN, EXPIRED), TOKEN, wait=never)
    assert made.skipped == {"refusals.old": "the token does not say when it ends"} and made.stopped == ""


def test_a_refusal_gives_no_values_to_later_steps() -> None:
    taking = Step("rows.take", "why", path="/x", take={"one": ("error",)})
    using = Step("rows.use", "why", path="/{one}")
    made, _, _ = ask(plan_of(LOGIN, taking, using), TOKEN, said(b'{"error": "no"}', 404))
    assert made.skipped == {"rows.use": "no value for one"}

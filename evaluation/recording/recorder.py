"""Runs a capture plan against one server and keeps what came back in memory.

Nothing is written here. It stops, keeping what it has, at a 429, at the first login that yields no token, after three
failures of the server in a row, at the request limit and at Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .client import Sender, Unreachable
from .credentials import Credentials
from .cutting import cut
from .exchange import Exchange, Request, Response
from .plan import Plan, Step
from .steps import Access, NotAsked, following, request, taken

TOO_MANY = 429
FAILURES = 3  # in a row, before the server is left alone
Report = Callable[[str, str], None]
Wait = Callable[[str], None]


class Stop(Exception):
    """Ends the capture; the text says why and holds no value."""


@dataclass
class Capture:
    """What came back: unscrubbed exchanges and, by step, rows that came where fewer were kept and why a step was left
    out. ``stopped`` is empty when the plan was finished."""

    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    cut: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    stopped: str = ""


@dataclass(frozen=True)
class Recorder:
    """A plan, where and as whom to ask it, and how to go about it.

    ``pause`` is called before every request but the first, ``report`` with each step and what became of it, ``wait``
    with the token whose end a step of ``when: wait-expiry`` needs (None: such steps are left out).
    """

    plan: Plan
    base: str
    credentials: Credentials
    sender: Sender
    pause: Callable[[], None]
    report: Report = lambda step, outcome: None
    wait: Wait | None = None

    def run(self) -> Capture:
        """Ask every step in order. Raises nothing but what is no failure of the server."""
        capture = Capture()
        values = dict(self.plan.variables)
        try:
            for step in self.plan.steps:
                self._ask(step, values, capture)
        except Stop as stop:
            capture.stopped = str(stop)
        except KeyboardInterrupt:
            capture.stopped = "interrupted"
        return capture

    def _ask(self, step: Step, values: dict[str, str], capture: Capture) -> None:
        try:
            self._check(step, values, capture)
            first = request(step, Access(self.base, self.credentials, values))
        except NotAsked as reason:
            capture.skipped[step.id] = str(reason)
            self.report(step.id, str(reason))
            return
        for response in self._pages(step, first, capture):
            values.update(_takes(step, response, self.plan.rows))
        self._check_token(step, values)

    def _check(self, step: Step, values: Mapping[str, str], capture: Capture) -> None:
        if step.when.startswith("cut ") and step.when[4:] not in capture.cut:
            raise NotAsked("the whole page was kept")
        if step.when == "wait-expiry":
            if self.wait is None:
                raise NotAsked("needs --wait-expiry")
            if "token" not in values:
                raise NotAsked("no token")
            self.report(step.id, "waiting for the token to run out")
            self.wait(values["token"])

    def _check_token(self, step: Step, values: Mapping[str, str]) -> None:
        """A login that fails is not tried in other ways: it could lock the account."""
        if step.login and step.login != "wrong" and "token" not in values:
            raise Stop(f"{step.id} yielded no token, so nothing else was asked")

    def _pages(self, step: Step, first: Request, capture: Capture) -> Iterator[Response]:
        """The answers of a step: one, or those of a walk. What yields here is uncut."""
        asked: Request | None = first
        for _ in range(step.walk):
            if asked is None:
                return
            response = self._send(step, asked, capture)
            kept, came = cut(response, self.plan.rows)
            if kept is not response:
                capture.cut[step.id] = max(came, capture.cut.get(step.id, 0))
            capture.exchanges.append(Exchange(step.id, asked, kept))
            self._check_answer(step, response, capture)
            yield response
            asked = following(asked, response, self.base)

    def _send(self, step: Step, asked: Request, capture: Capture) -> Response:
        if len(capture.exchanges) >= self.plan.limit:
            raise Stop(f"the limit of {self.plan.limit} requests was reached before {step.id}")
        if capture.exchanges:
            self.pause()
        try:
            response = self.sender.send(asked)
        except Unreachable as failure:
            self.report(step.id, str(failure))
            raise Stop(f"{failure} at {step.id}") from None
        self.report(step.id, str(response.status))
        return response

    def _check_answer(self, step: Step, response: Response, capture: Capture) -> None:
        if response.status == TOO_MANY:
            after = response.header("Retry-After") or ""
            when = f"after {after} seconds" if after.isdigit() else "later"
            raise Stop(f"the server asked for fewer requests (429) at {step.id}; go on {when}")
        last = [exchange.response.status for exchange in capture.exchanges[-FAILURES:]]
        if len(last) == FAILURES and min(last) >= 500:
            raise Stop(f"{FAILURES} answers in a row were failures of the server, the last at {step.id}")


def _takes(step: Step, response: Response, rows: int) -> dict[str, str]:
    """What this answer gives to later steps; nothing but a success gives anything."""
    if response.status != 200:
        return {}
    found = ((name, taken(places, response, rows)) for name, places in step.take.items())
    return {name: value for name, value in found if value is not None}

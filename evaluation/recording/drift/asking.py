"""Views that are made by asking: the mock, a server or the live API, and Prism, by the plan and in memory only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from mockserver.contract import Contract
from mockserver.settings import Settings

from ..client import Client
from ..credentials import Credentials, resolve
from ..plan import Plan, Step
from ..recorder import Capture, Recorder, Report
from ..target import Target, parse
from .facts import PER_PAGE, SHAPE, View


class Running(Protocol):
    """What is needed of a running mock (``mockserver.testing.Server`` is one)."""

    @property
    def url(self) -> str: ...

    def stop(self) -> None: ...


Serve = Callable[[Settings], Running]


@dataclass(frozen=True)
class Asked:
    """A view, and why the plan was not finished (empty when it was). ``vendor``: no server on this machine."""

    view: View
    stopped: str = ""
    vendor: bool = False


def ask(
    name: str,
    plan: Plan,
    target: Target,
    credentials: Credentials,
    pause: Callable[[], None] = lambda: None,
    report: Report = lambda step, outcome: None,
) -> Asked:
    """Ask a server everything in the plan; nothing of it leaves this process."""
    recorder = Recorder(plan, target.base, credentials, Client(target), pause, report)
    capture = recorder.run()
    return Asked(view(name, plan, capture), capture.stopped, not target.loopback)


def view(name: str, plan: Plan, capture: Capture) -> View:
    """The view of an unscrubbed capture."""
    return View(name, tuple(capture.exchanges), cut=frozenset(capture.cut), steps=steps(plan))


def steps(plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """What the plan says of the login headers of its unusual steps."""
    return {step.id: step.unusual for step in plan.steps if step.unusual}


@contextmanager
def mock(
    quirks: str, serve: Serve | None = None, worlds: str = "", per_page: int = PER_PAGE
) -> Iterator[Target]:
    """A fresh mock in this process: these quirks, worlds and page size, all else as by default."""
    if serve is None:
        from mockserver.testing import Server

        serve = Server
    server = serve(Settings(quirks=quirks or "vendor", world=worlds or Settings().world, per_page=per_page))
    try:
        yield parse(server.url)
    finally:
        server.stop()


def ask_mock(
    plan: Plan, quirks: str, serve: Serve | None = None, worlds: str = "", per_page: int = PER_PAGE
) -> Asked:
    """The view of a fresh mock."""
    with mock(quirks, serve, worlds, per_page) as target:
        asked = ask("mock", plan, target, resolve(target, {}, None, False))
        return replace(asked, view=replace(asked.view, per_page=per_page))


def ask_prism(plan: Plan, contract: Contract, address: str) -> Asked:
    """The view of Prism serving the contract. It knows shapes and statuses, but no rows, tokens or filters, so only
    plain requests are made.
    """
    target = parse(address)
    known = tuple(step for step in plan.steps if _plain(step, contract))
    asked = ask("prism", replace(plan, steps=known), target, resolve(target, {}, None, False))
    return replace(asked, view=replace(asked.view, facets=SHAPE))


def _plain(step: Step, contract: Contract) -> bool:
    """A good login, or the first page of an element of a practice there is."""
    if step.login:
        return step.login != "wrong"
    element = step.path.rpartition("/")[2]
    first = not step.query and step.walk == 1 and not step.unusual
    return first and element in contract.paths and step.path.startswith("/hjdw/{")

"""Deliberate questions: what a server makes of requests that are wrong, and how it refuses them.

Only readers' requests, so that nothing changes. A host elsewhere is asked nothing that is, or looks like, somebody
trying logins or keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from evaluation.recording.client import Sender, Unreachable
from evaluation.recording.exchange import Request, Response

from ..model import CAUSES, Asked, Origin, Probe, Refusal
from . import masking, wrong
from .visit import Visit
from .walk import Listing, Page, page

STAMP: Final = "hj_modify_timestamp"
SIZE: Final = 2  # rows a page, when asked for
CAUSE: Final = {
    "unknown filter column": "filter column unknown",
    "unknown filter operator": "filter operator unknown",
    "wrong filter value": "filter value wrong",
    "page no number": "page wrong",
    "version unknown": "version unknown",
}


@dataclass
class Findings:
    """What came of all questions; ``asked`` has the exchanges with our mock, by topic and by cause."""

    refusals: tuple[Refusal, ...] = ()
    probes: tuple[Probe, ...] = ()
    asked: dict[tuple[str, str], Asked] = field(default_factory=dict)
    partial: tuple[str, ...] = ()


@dataclass(frozen=True)
class Base:
    """A small listing that was read, which questions are about: resource, practice, its first page."""

    path: str
    practice: str
    first: Page = field(repr=False)


def ask(visit: Visit, listings: Sequence[Listing]) -> Findings:
    """Every question that may be asked of this server. What gets no answer is told under ``partial``."""
    base = _base(visit, listings)
    with closing(visit.connection()) as line:
        asking = _Asking(visit, line, masking.Shapes(visit.origin is Origin.mock))
        if base is None:
            asking.partial.append("probes: no rows were read, so there was nothing to ask about")
        else:
            for topic, detail, how in _questions(base):
                asking.probe(base, topic, detail, how)
        for cause, request in wrong.requests(visit, base.path if base else "appointment"):
            asking.refuse(cause, request)
        return asking.findings()


def _base(visit: Visit, listings: Sequence[Listing]) -> Base | None:
    """The shortest listing that has more rows than a page of ``SIZE``, and a timestamp to filter by if any has."""
    fit = [x for x in listings if x.resource != visit.listing.path and x.first.count > SIZE and not x.first.problem]
    best = min(fit, key=lambda x: (STAMP not in x.first.rows[0], x.first.total or x.first.count), default=None)
    if best is None:
        return None
    code = next(code for code in visit.practices if visit.alias(code) == best.practice)
    return Base(best.resource, code, best.first)


def _questions(base: Base) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Topic, detail, and what the request says besides the path."""
    row = base.first.rows[0] if isinstance(base.first.rows[0], dict) else {}
    column = STAMP if STAMP in row else next(iter(row), "id")
    value = quote(str(row.get(column)), safe="")
    yield "unknown filter column", "no_such_column=eq~1", {"query": ("no_such_column=eq~1",)}
    yield "unknown filter operator", "operator nosuch", {"query": (f"{quote(column)}=nosuch~{value}",)}
    if column == STAMP:
        yield "wrong filter value", "yesterday as an instant", {"query": (f"{STAMP}=lt~yesterday",)}
    yield "page past the end", "page=999999", {"query": ("page=999999",)}
    yield "page no number", "page=x", {"query": ("page=x",)}
    yield "page size asked", f"per_page={SIZE}", {"query": (f"per_page={SIZE}",)}
    yield "version absent", "no Version", {"version": "none"}
    yield "version short", "Version 3", {"version": "3"}
    yield "version unknown", "Version 9.9", {"version": "9.9"}


def outcome(answer: Page, base: Page) -> str:
    """What a question did to the first page: one of the outcomes of ``model.Probe``."""
    if answer.problem:
        return "refused"
    if not answer.count:
        return "empty"
    return "ignored" if (answer.count, answer.total) == (base.count, base.total) else "applied"


@dataclass
class _Asking:
    """Asks, and keeps what came."""

    visit: Visit
    line: Sender
    shapes: masking.Shapes
    refusals: list[Refusal] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    exchanges: dict[tuple[str, str], Asked] = field(default_factory=dict)
    partial: list[str] = field(default_factory=list)
    failed: dict[str, list[str]] = field(default_factory=dict)

    def probe(self, base: Base, topic: str, detail: str, how: dict[str, Any]) -> None:
        def judge(response: Response) -> bool:
            answer = page(response)
            came = outcome(answer, base.first)
            self.probes.append(Probe(topic, came, response.status, detail))
            return came == "refused"

        self._ask(topic, self.visit.rows_of(base.path, base.practice, **how), judge)

    def refuse(self, cause: str, request: Request) -> None:
        """What is answered with rows was not refused."""
        self._ask(cause, request, lambda response: bool(page(response).problem))

    def _ask(self, about: str, request: Request, judge: Callable[[Response], bool]) -> None:
        try:
            response = self.line.send(request)
        except Unreachable as failure:
            self.failed.setdefault(str(failure), []).append(about)
            return
        if response.status >= 500:
            self.failed.setdefault(f"answered {response.status}", []).append(about)
            return
        cause = CAUSE.get(about, about)
        if judge(response) and cause in CAUSES:
            self.refusals.append(self.shapes.refusal(cause, response))
        self._show(about, request, response)

    def _show(self, about: str, request: Request, response: Response) -> None:
        if self.shapes.ours:
            found = page(response).brief()
            body = response.body.decode("utf-8", "replace") if found.problem else found.text
            shown = masking.asked(request, response.status, body)
            self.exchanges |= {(about, ""): shown, (CAUSE.get(about, about), ""): shown}

    def findings(self) -> Findings:
        """What came, and a sentence for each reason why something did not."""
        unasked = (f"questions on {', '.join(what)}: {why}" for why, what in self.failed.items())
        return Findings(tuple(self.refusals), tuple(self.probes), self.exchanges, (*self.partial, *unasked))

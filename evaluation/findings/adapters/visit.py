"""A visit to a server: what is asked for, and what every request is made of once we are in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from evaluation.recording import capture, credentials, target
from evaluation.recording.client import Sender
from evaluation.recording.exchange import Request
from evaluation.recording.plan import Step
from evaluation.recording.session import CLIENT_IDS
from evaluation.recording.steps import Access, request
from mockserver.contract import Element

from ..model import Origin
from .line import Line, Patience


class Connection(Sender, Protocol):
    """A sender that holds something open."""

    def close(self) -> None: ...


HERE, ELSEWHERE = 60.0, 900.0  # seconds for all requests together
Connect = Callable[[target.Target, Patience], Connection]


@dataclass(frozen=True)
class Order:
    """What to read and how patiently: seconds for one answer and for all; ``limit`` pages of a listing.

    Without a ``budget`` it is HERE or, with the pauses that politeness asks for, ELSEWHERE. Without a ``limit`` all
    pages are read here.
    """

    base_url: str
    practices: tuple[str, ...] | None = None
    timeout: float = 10.0
    budget: float | None = None
    limit: int | None = None
    permission: bool = False
    prompt: credentials.Prompt | None = None
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    connect: Connect = Line


@dataclass(frozen=True)
class Visit:
    """A server that let us in. ``practices`` begin with one whose list of practices was read, if any was.

    ``others`` are practices of our mock that the login may not see.
    """

    target: target.Target
    source: capture.Source
    patience: Patience
    access: Access = field(repr=False)
    order: Order = field(repr=False)
    practices: tuple[str, ...] = field(default=(), repr=False)
    others: tuple[str, ...] = ()
    refresh: bool = False
    partial: tuple[str, ...] = ()

    @property
    def origin(self) -> Origin:
        if self.source.mock:
            return Origin.mock
        return Origin.server if self.target.loopback else Origin.live

    @property
    def listing(self) -> Element:
        """The element that lists practices."""
        return self.source.contract.elements[CLIENT_IDS]

    def connection(self) -> Connection:
        """A connection for one thread, which has to close it."""
        return self.order.connect(self.target, self.patience)

    def alias(self, practice: str) -> str:
        """What a practice is called in results: by its code on our mock only."""
        return practice if self.source.mock else f"practice {self.practices.index(practice) + 1}"

    def get(self, path: str, practice: str = "", **how: Any) -> Request:
        """A data request; ``how`` is what a step of a plan can say."""
        values = {**self.access.values, "practice": practice}
        return request(Step("", "", path=path, **how), Access(self.access.base, self.access.credentials, values))

    def rows_of(self, path: str, practice: str, **how: Any) -> Request:
        return self.get(f"/hjdw/{{practice}}/{path}", practice, **how)


def variables(where: target.Target) -> tuple[str, ...]:
    """Where a login for this target comes from, unless it is typed."""
    prefix = "HJKIT_" if where.loopback else "HJKIT_LIVE_"
    return tuple(prefix + part.upper() for part in credentials.PARTS)

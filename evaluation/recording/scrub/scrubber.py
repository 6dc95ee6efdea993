"""The scrubber of one recording, in memory: it writes nothing, and no message of it holds a value."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random, SystemRandom
from types import MappingProxyType
from typing import Any, TypeVar

from mockserver.contract import Contract

from ..exchange import Exchange, Request, Response
from . import letters, messages, rules, shift, token, urls
from .columns import compile_columns
from .context import Context, vocabulary
from .failure import ScrubFailure
from .rules import Rules
from .table import Table
from .walker import Editor, Opener

OPENERS: Mapping[str, Opener] = MappingProxyType(
    {"url": urls.url, "host": urls.host, "token": token.token, "bearer": token.bearer, "unknown": token.nested}
)
T = TypeVar("T")
R = TypeVar("R")


def context(contract: Contract, given: Rules | None = None, random: Random | None = None) -> Context:
    """A new table and a new shift for one recording."""
    used = given or rules.default()
    rng = random or SystemRandom()
    columns = compile_columns(contract, used)
    slugs = {word for b in contract.behaviours.values() for word in (*b.id.split("."), *b.body.values())}
    return Context(used, columns, Table(rng), shift.draw(rng), vocabulary(used, columns, frozenset(slugs)))


class Scrubber:
    """One recording. Its table of pseudonyms lives as long as it does and is written nowhere.

    ``session`` is the better way: it sees everything before it draws, so that numbers and compared columns keep their
    order and misspellings stay near the right word. What comes later, or one by one, is consistent with it.
    """

    def __init__(self, contract: Contract, given: Rules | None = None, random: Random | None = None) -> None:
        self._context = context(contract, given, random)
        self._editor = Editor(self._context, OPENERS)
        self._done: set[Exchange | Request | Response] = set()

    def __repr__(self) -> str:
        return f"<Scrubber with {len(self._context.pending)} unknown keys>"

    @property
    def pending(self) -> Mapping[str, Mapping[str, Any]]:
        """Keys without a rule -> types, lengths, classes of characters and how often; never a value."""
        return MappingProxyType({key: dict(facts) for key, facts in sorted(self._context.pending.items())})

    def session(self, exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
        """A recording, or a further part of it. What this scrubber returned passes unchanged. Raises ScrubFailure."""
        given = tuple(exchanges)
        for one in given:
            self._context.ordered |= _guarded(one.step, self._compared, one)
        steps = tuple(one.step for one in given)
        return self._twice(lambda one: messages.exchange(self._editor, one), given, steps)

    def exchange(self, exchange: Exchange) -> Exchange:
        """One exchange by itself. Raises ScrubFailure, whose message holds no value."""
        return self.session((exchange,))[0]

    def request(self, request: Request) -> Request:
        """A request whose answer is not known yet. Raises ScrubFailure."""
        return self._twice(lambda one: messages.request(self._editor, one), (request,), ("request",))[0]

    def response(self, response: Response, element: str | None = None) -> Response:
        """An answer whose request was scrubbed before; ``element`` names whose rows it holds. Raises ScrubFailure."""
        walk: Callable[[Response], Response] = lambda one: messages.response(self._editor, one, element)  # noqa: E731
        return self._twice(walk, (response,), ("response",))[0]

    def element(self, request: Request) -> str | None:
        """The element a request is about."""
        return urls.element_of(self._context, request.path)

    def _compared(self, exchange: Exchange) -> set[tuple[str, str]]:
        return urls.compared(self._context, exchange.request.url)

    def _twice(self, walk: Callable[[R], R], given: Sequence[R], steps: Sequence[str]) -> tuple[R, ...]:
        """First to learn what there is, then to replace it."""
        table = self._context.table
        table.learning = True
        try:
            for one, step in zip(given, steps, strict=True):
                if one not in self._done:
                    _guarded(step, walk, one)
        finally:
            table.learning = False
        _guarded("all", lambda _: table.settle(), None)
        made = tuple(one if one in self._done else _guarded(s, walk, one) for one, s in zip(given, steps, strict=True))
        self._done.update(made)  # type: ignore[arg-type]
        return made


def _guarded(step: str, work: Callable[[T], R], given: T) -> R:
    """Work whose failure says where in the code it happened, and nothing else.

    The failure is raised outside of the handler and after ``given`` is let go, so that neither its chain nor the
    variables of this function hold a value.
    """
    try:
        return work(given)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}, {type(error).__name__}"
    del given, work
    named = step if letters.WORD.search(step) and all(c.isalnum() or c in "._-" for c in step) else "a step"
    raise ScrubFailure(f"scrubbing failed at {named} ({where}); nothing of this recording was written")


__all__ = ["OPENERS", "ScrubFailure", "Scrubber", "context"]

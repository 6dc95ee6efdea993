"""Holds the answers of one view against the contract, facet by facet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockserver.contract import Contract

from . import answers, envelope, filters, order, rows
from .calls import Call, fits, read
from .expect import Expectation, expectation
from .facts import Verdict, View


def verdicts(view: View, contract: Contract) -> list[Verdict]:
    """What holds and what does not in every answer of a view, in the order of the answers."""
    calls = read(view, contract)
    practices = known_practices(calls)
    found = [v for call in calls for v in _call(call, contract, practices)]
    served = [call for call in calls if call.envelope is not None]
    found += [*order.walk(served), *filters.meaning(calls)]
    return [v for v in found if v.facet in view.facets]


def known_practices(calls: Sequence[Call]) -> frozenset[str]:
    """The practices of the account, as the answers to client_ids list them; empty where they cannot be read."""
    lists = [c for c in calls if c.element is not None and c.element.name == "client_ids"]
    codes = (
        row.get(prop.wire)
        for call in lists
        for prop in (call.element.properties if call.element else ())
        for row in call.rows
        if prop.format == "practice-code" and fits(prop, row.get(prop.wire))
    )
    return frozenset(code for code in codes if isinstance(code, str))


def _call(call: Call, contract: Contract, practices: frozenset[str]) -> Iterator[Verdict]:
    """Nothing but status and headers is said of an answer of another status than the contract has."""
    expected = expectation(call, contract, practices)
    came = answers.status(call, expected)
    yield came
    if call.method == "HEAD":
        return
    yield from answers.headers(call, expected)
    if came.held:
        yield from _body(call, expected, contract)


def _body(call: Call, expected: Expectation, contract: Contract) -> Iterator[Verdict]:
    if expected.kind == "refusal":
        yield answers.refusal(call, expected, contract)
    elif expected.kind == "login":
        yield from answers.login(call)
    elif expected.kind == "page":
        yield from envelope.shape(call)
        yield from envelope.values(call)
        yield from rows.keys(call, contract)
        yield from rows.values(call)
        yield from order.sort_order(call, contract)

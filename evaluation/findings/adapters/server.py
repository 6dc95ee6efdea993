"""Reads a running server: our mock, the vendor itself, or another server on this machine that speaks its paths.

Results name practices by code on our mock only. What could not be read is told in sentences; the rest is still read.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from ..model import Api, Asked, Input, Origin, Resource, Table
from . import fields, masking, token
from .access import enter
from .probing import Findings, ask
from .reading import sentences
from .visit import Connection, Order, Visit
from .walk import Listing, listing

THREADS: Final = 4  # walks at once, on this machine only
PAGES: Final = 3  # of a listing that are read from a host elsewhere, as many as `hjkit record` walks
TITLES: Final[Mapping[Origin, str]] = {
    Origin.mock: "mock at {}",
    Origin.live: "live API at {}",
    Origin.server: "server at {}",
}
ROWS: Final = frozenset(
    {Input.paths, Input.fields, Input.types, Input.nulls, Input.samples, Input.rows, Input.texts, Input.instants}
    | {Input.numbers, Input.order}
)


def read(base_url: str, *, environ: Mapping[str, str] | None = None, **how: Any) -> Api:
    """The API of a server, as far as the login sees it; ``how`` are fields of ``access.Order``.

    Elsewhere than on this machine it asks one thing after another, politely, and ``limit`` pages of each listing.
    Raises InputError in one sentence: for an address or permission as ``hjkit record`` does, for a login that is
    refused, and where nothing can be read at all.
    """
    visit = enter(Order(base_url, environ=os.environ if environ is None else environ, **how))
    listings = _listings(visit)
    findings = ask(visit, listings)
    return _api(visit, listings, findings)


def _listings(visit: Visit) -> list[Listing]:
    """Every resource of every practice, the list of practices once; in the order of the contract."""
    limit = visit.order.limit
    limit = PAGES if limit is None and not visit.target.loopback else limit
    tasks = [(path, practice) for path in visit.source.contract.paths for practice in _below(visit, path)]
    mine = threading.local()
    opened: list[Connection] = []

    def walked(task: tuple[str, str]) -> Listing:
        if not hasattr(mine, "line"):
            mine.line = visit.connection()
            opened.append(mine.line)
        path, practice = task
        asked = visit.rows_of(path, practice)
        return listing(mine.line, asked, visit.target.base, path, visit.alias(practice), limit)

    try:
        with ThreadPoolExecutor(THREADS if visit.target.loopback else 1) as pool:
            return list(pool.map(walked, tasks))
    finally:
        for line in opened:
            line.close()


def _below(visit: Visit, path: str) -> Sequence[str]:
    return visit.practices[:1] if path == visit.listing.path else visit.practices


def _api(visit: Visit, listings: Sequence[Listing], findings: Findings) -> Api:
    resources = tuple(_resources(listings))
    partial = (*visit.partial, *sentences(listings), *findings.partial)
    structure = token.structure(visit.access.values["token"], visit.refresh, visit.target.scheme)
    got = {Input.token: structure, Input.refusals: findings.refusals, Input.probes: findings.probes}
    inputs = {name for name, found in got.items() if found}
    inputs |= ROWS if any(r.fields for r in resources) else set()
    inputs |= {Input.all_rows} if resources and all(r.complete for r in resources) else set()
    return Api(
        TITLES[visit.origin].format(visit.target.base), visit.origin, frozenset(inputs), resources,
        findings.refusals, findings.probes, structure, (), partial, _asked(visit, listings, findings),
    )  # fmt: skip


def _resources(listings: Sequence[Listing]) -> Iterator[Resource]:
    """One of each name. What answers 404 in every practice while others answer is not a resource of this API."""
    answered = {found.practice for found in listings if found.table is not None}
    for name in dict.fromkeys(found.resource for found in listings):
        mine = [found for found in listings if found.resource == name]
        tables = [found.table or Table(found.practice, {}, 0, complete=False) for found in mine]
        if not all(found.missing and found.practice in answered for found in mine):
            yield fields.resource(name, tables)


def _asked(visit: Visit, listings: Sequence[Listing], findings: Findings) -> Mapping[tuple[str, str], Asked]:
    """Exact exchanges, with our mock only."""
    if visit.origin is not Origin.mock:
        return {}
    pages = {
        (found.resource, found.practice): masking.asked(found.request, found.first.status, found.first.text)
        for found in listings
        if found.table is not None
    }
    return {**pages, **findings.asked}

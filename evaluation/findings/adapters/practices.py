"""Which practices a login sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluation.recording.client import Sender, Unreachable
from evaluation.recording.exchange import Request
from mockserver.contract import Element
from mockserver.errors import InputError
from mockserver.store import jsonio

from .visit import Visit, variables
from .walk import Page, page

FIRST = "SBOX02"  # where nobody names a practice, as in the plan of `hjkit record`


def seen(visit: Visit, line: Sender) -> Visit:
    """With the practices of the login. Raises InputError where none is known, or its key is refused."""
    served = _served(visit, line)
    starts = visit.order.practices or served or (FIRST,)
    listed, start, said = _listed(visit, line, starts)
    wanted = visit.order.practices or listed or served
    practices = tuple(dict.fromkeys((start, *wanted) if start in wanted else wanted))
    if not practices:
        what = f"no list of practices could be read: {visit.listing.path} {said}"
        raise InputError(what, visit.target.base, ["--practice CODE"])
    others = tuple(code for code in served if listed and code not in listed)
    partial = () if listed else (f"{visit.listing.path} {said}, so practices it would add were not read",)
    return replace(visit, practices=practices, others=others, partial=partial)


def _served(visit: Visit, line: Sender) -> tuple[str, ...]:
    """The practices our mock says it has; a server of anybody else is not asked."""
    if not visit.source.mock:
        return ()
    try:
        answer = line.send(Request("GET", f"{visit.target.base}/__admin/health"))
        return tuple(str(code) for code in jsonio.loads(answer.body)["practices"])
    except (Unreachable, ValueError, LookupError, TypeError):
        return ()


def _listed(visit: Visit, line: Sender, starts: Sequence[str]) -> tuple[tuple[str, ...], str, str]:
    """The codes listed below the first of these practices that lists any, that practice, or what was wrong in all.

    The vendor's list is asked for below a practice that has to be known beforehand (path.client_ids).
    """
    statuses, said = set(), ""
    for start in starts:
        try:
            response = line.send(visit.rows_of(visit.listing.path, start))
        except Unreachable as failure:
            return (), "", str(failure)
        found = page(response)
        codes = _codes(found, visit.listing)
        if codes:
            return codes, start, ""
        statuses.add(found.status)
        said = found.problem or "lists no practice"
    if statuses == {401}:
        what = "the login was taken, but its token or Secretkey was refused (401)"
        raise InputError(what, visit.target.base, variables(visit.target))
    return (), "", said


def _codes(found: Page, listing: Element) -> tuple[str, ...]:
    column = next(p.wire for p in listing.properties if p.format == "practice-code")
    codes = (row.get(column) for row in found.rows if isinstance(row, dict))
    return tuple(dict.fromkeys(code for code in codes if isinstance(code, str) and code.strip()))

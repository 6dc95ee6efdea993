"""Recorded answers as resources: pages of a listing put together, records read one by one beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..bounds import COLUMNS
from ..keys import source_key, surrogate
from ..model import Resource
from . import addresses, bodies
from .addresses import CURSORS, OFFSETS, PAGED, PAGES
from .fields import Gatherer, resource, table
from .har_entries import Entry

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Answer:
    """Rows of one answer, where they were asked for and by what question."""

    path: tuple[str, ...] = field(repr=False)
    query: Query = field(repr=False)
    rows: bodies.Rows = field(repr=False)

    @property
    def whole(self) -> bool:
        """Whether it is a page of a whole listing: no id in its path, and nothing asked but for a page."""
        plain = not any(addresses.is_id(part) for part in self.path)
        return self.rows.listed and plain and all(addresses.letters(key) in PAGED for key, _ in self.query)


def resources(entries: Iterable[Entry]) -> Iterator[Resource | None]:
    """One resource for each name, in the order of the recording; None for one with more columns than COLUMNS."""
    groups: dict[str, list[Answer]] = {}
    for entry in entries:
        for rows in bodies.found(entry.body):
            name = rows.type or addresses.name_of(entry.parts, rows.record)
            if name:
                groups.setdefault(name, []).append(Answer(entry.parts, entry.query, rows))
    shown = addresses.shown(groups)
    for name, answers in groups.items():
        yield None if _is_wide(answers) else _resource(shown[name], answers)


def _is_wide(answers: Sequence[Answer]) -> bool:
    names: set[str] = set()
    for answer in answers:
        names.update(*answer.rows.rows)
        if len(names) > COLUMNS:
            return True
    return False


def _resource(name: str, answers: Sequence[Answer]) -> Resource:
    """Columns of every answer, and a table of the listing's rows with those that only other answers hold."""
    pages, whole = _listing(answers)
    every = [table("", answer.rows.rows, complete=False) for answer in answers]
    gathered = Gatherer("")
    for page in pages:
        gathered.add(page.rows.rows)
    rest = _rest(resource(name, every), pages, answers)
    gathered.add(rest)
    made = gathered.table(complete=whole and not rest, ordered=bool(pages) and not rest)
    both = resource(name, [made, *every])
    listed = any(answer.rows.listed for answer in answers)
    return replace(both, tables=both.tables[:1] if made.size or made.complete else (), listed=listed)


def _rest(every: Resource, pages: Sequence[Answer], answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Rows of other answers that no page holds, the last of each key; without a key only where there is no page."""
    paged = {id(page) for page in pages}
    others = [answer for answer in answers if id(answer) not in paged]
    key = surrogate(every) or source_key(every)
    if key is None:
        rows = [] if pages else [row for answer in others for row in answer.rows.rows]
        return list({repr(row): row for row in rows}.values())
    seen = {str(row.get(key.name)) for page in pages for row in page.rows.rows}
    found = {str(row.get(key.name)): row for answer in others for row in answer.rows.rows}
    return [row for id_, row in found.items() if id_ not in seen]


def _listing(answers: Sequence[Answer]) -> tuple[list[Answer], bool]:
    """The pages of the listing with most rows as far as they follow each other, and whether that is all of it."""
    groups: dict[tuple[str, ...], dict[Query, Answer]] = {}
    for answer in answers:
        if answer.whole:
            pages = groups.setdefault(answer.path, {})
            known = pages.get(answer.query)
            if known is None or len(answer.rows.rows) > len(known.rows.rows):
                pages[answer.query] = answer
    if not groups:
        return [], False
    best = max(groups.values(), key=lambda pages: sum(len(page.rows.rows) for page in pages.values()))
    found = _following(list(best.values()))
    totals = {page.rows.total for page in found}
    return found, bool(found) and len(groups) == 1 and totals == {sum(len(page.rows.rows) for page in found)}


def _following(pages: Sequence[Answer]) -> list[Answer]:
    """Pages by number or offset without a gap; by cursor, as they were asked for, from the one without a cursor."""
    if any(_asked(page, CURSORS) for page in pages):
        start = next((at for at, page in enumerate(pages) if not _asked(page, CURSORS)), len(pages))
        return list(pages[start:])
    offsets = any(_asked(page, OFFSETS) for page in pages)
    numbers = [_number(page, OFFSETS if offsets else PAGES) for page in pages]
    first = 0 if offsets or 0 in numbers else 1
    ranked = sorted(((first if n is None else n), at) for at, n in enumerate(numbers))
    found: list[Answer] = []
    wanted, size = {0, 1}, 0
    for number, at in ranked:
        if number in wanted:
            found.append(pages[at])
            size += len(pages[at].rows.rows)
            wanted = {size, size + 1} if offsets else {number + 1}
    return found


def _number(page: Answer, names: Sequence[str]) -> int | None:
    given = _asked(page, names)
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _asked(page: Answer, names: Sequence[str]) -> str:
    found: Mapping[str, str] = {addresses.letters(key): value for key, value in page.query}
    return next((found[name] for name in names if found.get(name)), "")

"""Codes: in which spelling, and of which width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .. import cells, codesystems
from ..model import Api, Field, Input, Resource
from ..outcome import Outcome, Place, judge
from ..phrases import listed, listed_words
from ..registry import check
from ..tables import counted
from ..words import split


@check("HJ-032", Input.rows)
def diagnoses(api: Api) -> Outcome:
    """Columns of diagnosis codes written in several ways."""
    return _spelled(api, ("diagnosis",), "diagnosis codes")


@check("HJ-033", Input.rows)
def procedures_and_drugs(api: Api) -> Outcome:
    """Columns of procedure or drug codes, some of which do not parse."""
    return _spelled(api, ("procedure", "drug"), "procedure and drug codes")


def _spelled(api: Api, kinds: tuple[str, ...], what: str) -> Outcome:
    found = [
        (r, f, spellings) for kind in kinds for r, f in _holding(api, kind) if (spellings := _spellings(kind, r, f))
    ]
    places = [Place(r.name, f.name, _mixed(spellings)) for r, f, spellings in found if len(spellings) > 1]
    failed = f"{what} come in several spellings within one column: {listed(places)}"
    passed = f"one spelling in each column of {what} ({len(found)} looked at)"
    return judge(places, len(found), failed, passed, cells.whole(api, (r for r, _, _ in found)))


def _holding(api: Api, kind: str) -> Iterator[tuple[Resource, Field]]:
    return ((r, f) for r, f in cells.columns(api) if codesystems.holds(kind, f.name) and r.tables)


def _spellings(kind: str, resource: Resource, field: Field) -> Counter[str]:
    """Spelling -> rows, without those that may stand beside any other; empty where no value is a code."""
    rules = codesystems.load()["systems"][kind]
    found: Counter[str] = Counter()
    for value, count in cells.counts(resource.tables, field.name).items():
        found[codesystems.spelling(kind, value)] += count
    known = sum(count for name, count in found.items() if name)
    if known < found.total() * 0.5:
        return Counter()  # most values are no codes: the column holds texts
    said = _types_beside(resource, field)
    kept = {name: count for name, count in found.items() if name and not _excused(name, rules, said)}
    clear = Counter({name: count for name, count in kept.items() if name not in rules["neutral"]})
    good = rules.get("good", ())
    if good and not any(name in clear for name in good):
        return Counter(dict(clear.most_common(1)))  # codes of another system, each as good as the next
    return clear or Counter(kept)


def _excused(name: str, rules: dict[str, dict[str, str]], said: str) -> bool:
    pattern = rules["typed"].get(name)
    return bool(pattern and re.search(pattern, said))


def _types_beside(resource: Resource, field: Field) -> str:
    """What the column beside it (diagnosis_code_type) says, all its values as one text."""
    for other in resource.fields:
        words = split(other.name)
        if words[:-1] == split(field.name) and words[-1] in ("type", "system", "version", "qualifier"):
            return " ".join(sorted(str(value).lower() for value in other.samples[:50]))
    return ""


def _mixed(spellings: Counter[str]) -> str:
    return listed_words([f"{name} in {count} rows" for name, count in spellings.most_common()], most=6)


@check("HJ-034", Input.rows)
def lost_zeros(api: Api) -> Outcome:
    """Columns of fixed-width codes with values that would be codes with a zero in front."""
    found = [(r, f, _short(r, f)) for r, f in cells.columns(api) if codesystems.width(f.name) and r.tables]
    looked = [(r, f, short) for r, f, short in found if short is not None]
    places = [Place(r.name, f.name, f"too short in {counted(short, 'row')}") for r, f, short in looked if short]
    failed = f"codes of a fixed width come without their leading zero: {listed(places)}"
    passed = f"every code of a fixed width has all its digits ({counted(len(looked), 'column')} looked at)"
    return judge(places, len(looked), failed, passed, cells.whole(api, (r for r, _, _ in looked)))


def _short(resource: Resource, field: Field) -> int | None:
    """How many rows hold fewer digits than the width; None where the values are other codes altogether."""
    width = codesystems.width(field.name)
    found = cells.counts(resource.tables, field.name)
    if width is None or not found:
        return _as_numbers(resource, field)
    sizes: Counter[int] = Counter()
    for value, count in found.items():
        if re.fullmatch(width.longer, value):
            sizes[width.digits] += count
        else:
            sizes[len(value) if value.isdigit() else 0] += count
    right, short = sizes[width.digits], sum(sizes[width.digits - lost] for lost in range(1, width.lost + 1))
    return short if right + short >= 0.9 * sizes.total() and (right or width.digits == 2) else None


def _as_numbers(resource: Resource, field: Field) -> int | None:
    """The same where the codes are JSON numbers, which have no leading zeros."""
    width = codesystems.width(field.name)
    if width is None or "integer" not in field.types:
        return None
    column = (cell for table in resource.tables for cell in table.column(field.name))
    whole = [cell for cell in column if isinstance(cell, int) and not isinstance(cell, bool)]
    least, full = 10 ** (width.digits - width.lost - 1), 10 ** (width.digits - 1)
    return sum(least <= cell < full for cell in whole) if whole else None

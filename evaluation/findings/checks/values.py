"""Numbers and flags as text, and measurements kept twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from .. import cells, codesystems, quantities
from ..model import Api, Field, Input, Resource
from ..notations import accepts
from ..outcome import Outcome, Place, judge
from ..phrases import listed
from ..records import calculated
from ..registry import check
from ..words import split

NUMBER = re.compile(r"[-+]?(?:\d+(?:[.]\d+)?|[.]\d+|\d{1,3}(?:,\d{3})+(?:[.]\d+)?)")
NUMBERS = (("7", "72"), ("0.5", "72.57"), ("145.00", "-145.00"))
NO_NUMBERS = ("x", "seven", "7 mg", "positive", "N/A", "?")
NO_FLAGS = ("Q", "X", "maybe", "7", "H", "AB", "White", "white")
SAME = 50  # names of one measurement in one resource that are compared
FEW = 20  # rows from which a cut of a listing says how a column is written


@check("HJ-010", Input.fields, Input.types)
def numbers_as_text(api: Api) -> Outcome:
    """Columns named for a quantity that arrive as text of digits."""
    found = [(r, f) for r, f in cells.columns(api) if f.types and (quantities.is_quantity(f.name) or calculated(f))]
    told = {f: _number(r, f) for r, f in found}
    places = [Place(r.name, f.name, f"a number as text{_why(f)}") for r, f in found if told[f]]
    looked = [(r, f) for r, f in found if told[f] is not None]
    failed = f"numbers arrive as text in {listed(places)} ({len(places)} of {len(looked)} meant to be numbers)"
    passed = f"no column that measures or counts holds numbers as text ({len(looked)} looked at)"
    return judge(places, len(looked), failed, passed, cells.whole(api, (r for r, _ in looked)))


def _number(resource: Resource, field: Field) -> bool | None:
    """Whether a quantity is text that holds nothing but numbers; None where that is not known."""
    if "string" not in field.types:
        return False
    if field.format in quantities.load()["exact"] or field.enum:
        return False  # the description says that it is a number, and why it is text
    if not resource.tables and field.pattern:
        return declared_number(field.pattern)
    if resource.tables and not resource.complete and sum(t.size for t in resource.tables) < FEW:
        return None
    texts = cells.texts(resource, field)
    if not texts and calculated(field) and not field.format:
        return _beside_numbers(resource)
    return all(NUMBER.fullmatch(text) for text in texts) if texts else None


def _beside_numbers(resource: Resource) -> bool | None:
    """Whether the row has other quantities as numbers, beside which an average as text is a number as text."""
    others = (field.types for field in resource.fields if quantities.is_quantity(field.name))
    return True if any(types & {"number", "integer"} for types in others) else None


def declared_number(pattern: str) -> bool:
    """Whether a declared pattern lets numbers through and nothing else."""
    return any(accepts(pattern, pair) for pair in NUMBERS) and not any(accepts(pattern, (t,)) for t in NO_NUMBERS)


def _why(field: Field) -> str:
    measure = quantities.measure(field.name)
    return f", in {measure.unit}" if measure else ""


@check("HJ-015", Input.fields)
def twin_units(api: Api) -> Outcome:
    """One measurement in two columns of different units."""
    measures = [(r, f.name) for r, f in cells.columns(api) if quantities.measure(f.name)]
    places = [
        Place(resource.name, second, f"the same as {first}")
        for resource in api.resources
        for first, second in _twins(resource)
    ]
    failed = f"a measurement is kept twice, in two units: {listed(places)}"
    passed = f"every measurement that names a unit has one column ({len(measures)} looked at)"
    return judge(places, len(measures), failed, passed)


def _twins(resource: Resource) -> Iterator[tuple[str, str]]:
    groups: dict[tuple[str, ...], list[tuple[int, str, quantities.Measure]]] = defaultdict(list)
    for at, field in enumerate(resource.fields):
        measure = quantities.measure(field.name)
        if measure and len(groups[measure.stem]) < SAME:
            groups[measure.stem].append((at, field.name, measure))
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    found = [(one, two) for one, two in pairs if quantities.twins(one[2], two[2])]
    yield from ((one[1], two[1]) for one, two in sorted(found, key=lambda pair: (pair[0][0], pair[1][0])))


@check("HJ-044", Input.fields, Input.types)
def flags_as_letters(api: Api) -> Outcome:
    """Columns of yes and no whose values are letters or words."""
    told = [(r, f, _letters(r, f)) for r, f in cells.columns(api) if f.types]
    looked = [(r, f, as_text) for r, f, as_text in told if as_text is not None]
    places = [Place(r.name, f.name, "yes or no as text") for r, f, as_text in looked if as_text]
    failed = f"yes and no are text in {listed(places)}"
    passed = f"every column of yes and no is a boolean ({len(looked)} looked at)"
    return judge(places, len(looked), failed, passed, cells.whole(api, (r for r, _, _ in looked)))


def _letters(resource: Resource, field: Field) -> bool | None:
    """Whether it is a flag as text; None for a column that is no flag or not known to be one."""
    if "boolean" in field.types:
        return False
    if "string" not in field.types:
        return None
    named = codesystems.flag(field.name)
    if not resource.tables and (field.pattern or field.enum):
        return True if _declared_flag(field) else None
    values = frozenset(cells.texts(resource, field)) if len(field.samples) <= 3 else frozenset()
    if not codesystems.yes_no(frozenset(value.strip() for value in values)):
        return None
    return True if named or _plain_pair(field.name, values) else None


def _plain_pair(name: str, values: frozenset[str]) -> bool:
    """Y and N, yes and no: both of them, and not as the answer to a question, which may be anything."""
    both = {value.strip().upper() for value in values} in ({"Y", "N"}, {"YES", "NO"})
    return both and not set(split(name)) & set(codesystems.load()["flags"]["answers"])


def _declared_flag(field: Field) -> bool:
    if field.enum:
        texts = [value for value in field.enum if isinstance(value, str) and value]
        both = len({text.upper() for text in texts}) == 2
        return both and len(texts) == len([v for v in field.enum if v]) and codesystems.yes_no(frozenset(texts))
    pairs = (tuple(pair.split()) for pair in codesystems.load()["flags"]["pairs"] if not pair[0].isdigit())
    both = any(accepts(field.pattern, pair) for pair in pairs)
    return both and not any(accepts(field.pattern, (text,)) for text in NO_FLAGS)

"""How dates, times of day and instants are written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from .. import cells, instants, notations, roles
from ..instants import Writing
from ..model import MISSING, SAMPLES, Api, Field, Input, Resource
from ..outcome import Outcome, Place, judge, unknown
from ..phrases import listed, listed_words
from ..registry import check

Found = tuple[Resource, Field, frozenset[str]]


@check("HJ-011", Input.fields, Input.samples)
def times_of_day(api: Api) -> Outcome:
    """Columns of times of day that need more than one parser."""
    found = list(_written(api, "time"))
    styles = frozenset().union(*(notations.styles(names, "time") for _, _, names in found))
    places = [Place(r.name, f.name, f"written {_named(names, 'time')}") for r, f, names in found]
    named = sorted({name for _, _, names in found for name in names if notations.load().by_name[name].of == "time"})
    failed = f"times of day are written {listed_words(named)}, so one parser does not read them all"
    passed = f"all times of day are written {listed_words(named)}"
    whole = cells.whole(api, (r for r in api.resources if not r.empty))
    return judge(places if len(styles) > 1 else (), len(found), failed, passed, whole)


@check("HJ-012", Input.fields, Input.samples)
def dates_in_one_column(api: Api) -> Outcome:
    """Columns whose dates need more than one parser."""
    found = list(_written(api, "date"))
    mixed = [(r, f, names) for r, f, names in found if len(_day_styles(names)) > 1]
    places = [Place(r.name, f.name, f"written {_named(names, 'date')}") for r, f, names in mixed]
    failed = f"dates of one column are written in several ways: {listed(places)}"
    passed = f"one notation in each column of dates ({len(found)} looked at)"
    return judge(places, len(found), failed, passed, cells.whole(api, (r for r, _, _ in found)))


def _day_styles(names: frozenset[str]) -> frozenset[str]:
    """An instant beside a date of the same style is more precise, not another notation."""
    return notations.styles(names, "date") | notations.styles(names, "instant")


def _written(api: Api, kind: str) -> Iterator[Found]:
    for resource, field in cells.columns(api):
        if "string" in field.types or not field.types:
            names = _names(resource, field, kind)
            if _speaks(names, kind):
                yield resource, field, names


def _speaks(names: Iterable[str], kind: str) -> bool:
    return any(notations.load().by_name[name].of == kind for name in names)


def _names(resource: Resource, field: Field, kind: str) -> frozenset[str]:
    """What a description declares says more than its one example; of rows every distinct value is looked at."""
    if not resource.tables:
        return notations.declared(field) or notations.written(field.name, field.samples)
    first = notations.written(field.name, field.samples)
    if not _speaks(first, kind) or len(field.samples) < SAMPLES:
        return first
    return notations.written(field.name, cells.distinct(resource, field))


def _named(names: Iterable[str], kind: str) -> str:
    known = notations.load().by_name
    return listed_words(sorted(name for name in names if known[name].of in (kind, "instant")))


@check("HJ-013", Input.fields, Input.samples)
def fractions(api: Api) -> Outcome:
    """Instants whose fractions have several widths."""
    if lacks_instants(api):
        return unknown(MISSING[Input.instants])
    found = [(r, f, w) for r, f, w in _instants(api) if w.widths]
    places = [Place(r.name, f.name, _digits(w)) for r, f, w in found if len(w.widths) > 1]
    looked = [r for r, _, w in found]
    failed = f"the number of digits behind the second varies: {listed(places)}"
    passed = f"fractions of one width in each column of instants ({len(found)} looked at)"
    declared = all(cells.has_rows(api) or instants.declared(f) is not None for _, f, _ in found)
    return judge(places, len(found), failed, passed, cells.whole(api, looked) and declared)


def _digits(writing: Writing) -> str:
    widths = sorted(writing.widths)
    counts = listed_words([str(width) if width else "no" for width in widths], most=10)
    return f"{counts} digits behind the second"


@check("HJ-014", Input.fields, Input.samples)
def zones(api: Api) -> Outcome:
    """Timestamps of storing and changing a row that do not say in which zone they are."""
    if lacks_instants(api):
        return unknown(MISSING[Input.instants])
    wanted = {field for resource in api.resources for field in (roles.created(resource), roles.modified(resource))}
    stamps = list(_instants(api, wanted))
    bare = [(r, f) for r, f, w in stamps if w.bare and not notations.zone_declared(f)]
    places = [Place(r.name, f.name, "neither Z nor an offset") for r, f in bare]
    failed = f"timestamps carry no zone: {listed(places)}"
    passed = f"every column that says when a row was stored or changed has a zone ({len(stamps)} looked at)"
    return judge(places, len(stamps), failed, passed, cells.whole(api, (r for r, _, _ in stamps)))


def lacks_instants(api: Api) -> bool:
    """Whether there are rows whose instants are not as they were."""
    return cells.has_rows(api) and Input.instants not in api.inputs


def _one_of_each_length(resource: Resource, field: Field) -> list[str]:
    """Fractions of other widths make instants of other lengths, so one of each is enough to look at."""
    return list({len(text): text for text in cells.texts(resource, field)}.values())


def _instants(api: Api, wanted: Collection[Field | None] | None = None) -> Iterator[tuple[Resource, Field, Writing]]:
    for resource, field in cells.columns(api):
        if wanted is not None and field not in wanted:
            continue
        if resource.tables:
            quick = instants.written(field.samples[:20])
            found = instants.written([*field.samples, *_one_of_each_length(resource, field)]) if quick else None
        else:
            found = instants.declared(field) or instants.written(field.samples)
        if found:
            yield resource, field, found

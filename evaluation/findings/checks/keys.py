"""Checks of where ids lead and of what identifies a row."""

from __future__ import annotations

from collections.abc import Iterator

from .. import records, roles, tables
from ..apart import Apart
from ..asked import asked_for
from ..candidates import Standing, standing
from ..ids import Reference
from ..model import ABSENT, Api, Input, Origin, Resource
from ..outcome import Outcome, Place, judge, unknown
from ..phrases import listed, listed_words
from ..registry import check
from ..words import load

# Targets that may hold a part of the resources only, so that one that is not there may exist all the same.
_PARTS = (Origin.recording, Origin.recorded_live, Origin.folder, Origin.capture)


@check("HJ-008", Input.paths, Input.fields)
def dangling(api: Api) -> Outcome:
    """Ids of things that no resource describes."""
    tenant = roles.tenant(api)
    apart = Apart(api)
    links = [link for link in roles.links(api) if link[1].name != tenant and not link[1].leads]
    found = [link for link in links if not apart.holds(*link[:3])]
    lost = [(resource, field, ref) for resource, field, ref, leads in found if not leads and not apart.serves(ref)]
    things = {_thing(ref) for *_, ref in lost}
    led = {_thing(ref) for *_, ref, leads in found if leads}
    if api.origin in _PARTS and len(led) < len(things):
        return unknown("most of what ids point at is not in it, so it may be only a part of the API")
    places = [Place(r.name, field.name, f"no resource describes a {_thing(ref)}") for r, field, ref in lost]
    told, nowhere = _told(api)
    return judge(
        [*places, *nowhere],
        len(found) + told,
        failed=f"no resource, under any known word, describes {_what(things, nowhere)}",
        passed="every id points at something that has a resource",
    )


def _told(api: Api) -> tuple[int, list[Place]]:
    """How many columns say themselves where they lead, and those that lead to none of the resources here."""
    told = [(resource, field) for resource in api.resources for field in resource.fields if field.leads]
    lost = [(resource, field) for resource, field in told if not set(field.leads) & api.by_name.keys()]
    return len(told), [Place(r.name, field.name, "it leads to none of the resources here") for r, field in lost]


def _what(things: set[str], nowhere: list[Place]) -> str:
    named = [f"what {listed(nowhere)} {'leads' if len(nowhere) == 1 else 'lead'} to"] if nowhere else []
    return " and ".join([*([listed_words(sorted(things))] if things else []), *named])


def _thing(ref: Reference) -> str:
    """What an id is said to be of; by a word that may also be another thing, that word."""
    sense = load().senses.get(ref.phrase)
    return ref.phrase if sense and sense.how == "kin" else ref.thing


@check("HJ-045", Input.fields)
def no_key(api: Api) -> Outcome:
    """Resources of which no single column can be the key, and keys that repeat in one practice.

    Where no column is named like a key but one could be, only many rows decide.
    """
    kept, asked = [r for r in api.resources if records.kept(r)], asked_for(api)
    unnamed = [(r, standing(r)) for r in kept if not (records.identity(r) or r.name in asked)]
    keyless = [Place(r.name, "", _why_none(r, how)) for r, how in unnamed if how in (Standing.asked, Standing.none)]
    left = [r for r, how in unnamed if how is Standing.open]
    repeats = [place for r in kept for place in _repeats(r)]
    found = judge(
        [*keyless, *repeats],
        len(kept),
        failed=f"no single column identifies a row in {listed([*keyless, *repeats])}",
        passed="every resource has a key, and it does not repeat",
    )
    if found.places or not kept or (not left and all(r.complete for r in kept)):
        return found
    return unknown(_open(len(left)))


def _why_none(resource: Resource, how: Standing) -> str:
    if how is Standing.asked:
        return "a path asks for one row by an id that no column has"
    return f"no key among {tables.counted(len(resource.fields), 'column')}"


def _open(left: int) -> str:
    if not left:
        return "every resource has a column that looks like its key, but only all rows show whether it repeats"
    return (
        f"{tables.counted(left, 'resource')} {'has' if left == 1 else 'have'} no column that is named like a key; only "
        "many rows show whether another one will do, or several together"
    )


def _repeats(resource: Resource) -> Iterator[Place]:
    key = roles.surrogate(resource) or roles.source_key(resource)
    if not key:
        return
    for table in resource.tables:
        cells = [str(cell) for cell in table.column(key.name) if cell not in (None, ABSENT)]
        more = len(cells) - len(set(cells))
        if table.complete and more:
            yield Place(resource.name, key.name, f"{more} of {len(cells)} rows repeat a key", table.practice)

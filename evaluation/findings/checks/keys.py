"""Checks of where ids lead and of what identifies a row."""

from __future__ import annotations

from collections.abc import Iterator

from .. import roles
from ..ids import Reference
from ..model import ABSENT, Api, Field, Input, Origin, Resource
from ..outcome import Outcome, Place, judge, unknown
from ..phrases import listed, listed_words
from ..registry import check
from ..words import load

# Targets that may hold a part of the resources only, so that one that is not there may exist all the same.
_PARTS = (Origin.recording, Origin.recorded_live, Origin.folder)


@check("HJ-008", Input.paths, Input.fields)
def dangling(api: Api) -> Outcome:
    """Ids of things that no resource describes."""
    tenant = roles.tenant(api)
    found = [link for link in roles.links(api) if not _leads_by_itself(api, link[1], link[2], tenant)]
    lost = [(resource, field, ref) for resource, field, ref, leads in found if not leads]
    things = {ref.thing for *_, ref in lost}
    led = {ref.thing for *_, ref, leads in found if leads}
    if api.origin in _PARTS and len(led) < len(things):
        return unknown("most of what ids point at is not in it, so it may be only a part of the API")
    places = [Place(r.name, field.name, f"no resource describes a {ref.thing}") for r, field, ref in lost]
    return judge(
        places,
        len(found),
        failed=f"no resource, under any known word, describes {listed_words(sorted(things))}",
        passed="every id points at something that has a resource",
    )


def _leads_by_itself(api: Api, field: Field, ref: Reference, tenant: str) -> bool:
    """Whether an id needs no resource: the tenant's, a listed one, another row of its own resource, an unclear word."""
    known = load()
    lists = any(roles.listing(r) and field.name in r.by_name for r in api.resources)
    alone = any(ref.word in known.ids[key] for key in ("relations", "minted", "own"))
    return field.name == tenant or lists or alone or ref.phrase in known.ambiguous


@check("HJ-045", Input.fields)
def no_key(api: Api) -> Outcome:
    """Resources without a column that looks like a key, and keys that repeat in one practice."""
    records = [r for r in api.resources if not r.empty and not roles.listing(r) and not _link_table(r)]
    keyless = [Place(r.name, "", f"no key among {len(r.fields)} columns") for r in records if not roles.keys(r)]
    repeats = [place for r in records for place in _repeats(r)]
    found = judge(
        [*keyless, *repeats],
        len(records),
        failed=f"no column identifies a row in {listed([*keyless, *repeats])}",
        passed="every resource has a key, and it does not repeat",
    )
    if found.places or not records or all(r.complete for r in records):
        return found
    return unknown("every resource has a column that looks like its key, but only all rows show whether it repeats")


def _link_table(resource: Resource) -> bool:
    """Whether its rows merely tie others together, so that the ids of those are the key."""
    ties = len(roles.references(resource))
    return ties > 1 and len(resource.fields) - ties <= 2 and not roles.own(resource)


def _repeats(resource: Resource) -> Iterator[Place]:
    key = roles.surrogate(resource) or roles.source_key(resource)
    if not key:
        return
    for table in resource.tables:
        cells = [str(cell) for cell in table.column(key.name) if cell not in (None, ABSENT)]
        more = len(cells) - len(set(cells))
        if table.complete and more:
            yield Place(resource.name, key.name, f"{more} of {len(cells)} rows repeat a key", table.practice)

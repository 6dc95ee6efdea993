"""What of an API is judged, where a target holds more than an API can have: the one place of such limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from . import patterns
from .model import Api, Field, Resource
from .tables import counted

COLUMNS: Final = 2000  # of one resource; the widest known one has 121
PATTERNS: Final = 5000  # ways through all different patterns together; a plain pattern has one way


def bounded(api: Api) -> Api:
    """The API as checks see it; the same object where nothing is beyond a limit.

    A resource of more than COLUMNS columns keeps its name alone, and ``partial`` says so. A pattern that is not to be
    tried counts as none (``patterns.ways``), and so do those behind the first that are PATTERNS ways together.
    """
    wide = sum(len(resource.fields) > COLUMNS for resource in api.resources)
    kept = [_narrow(resource) for resource in api.resources]
    tried, beyond = _tried(kept)
    found = tuple(_plain(resource, tried) for resource in kept)
    said = [f"{counted(wide, 'resource')} with more than {COLUMNS:,} columns not judged"] if wide else []
    said += [f"{counted(beyond, 'pattern')} of columns not looked at, because there are too many"] if beyond else []
    same = not said and all(one is other for one, other in zip(found, api.resources, strict=True))
    return api if same else replace(api, resources=found, partial=(*api.partial, *said))


def _narrow(resource: Resource) -> Resource:
    return replace(resource, fields=(), tables=()) if len(resource.fields) > COLUMNS else resource


def _tried(resources: list[Resource]) -> tuple[frozenset[str], int]:
    """The patterns that are tried, and how many are not only because there are so many."""
    declared = dict.fromkeys(field.pattern for r in resources for field in r.fields if field.pattern)
    tried, spent, beyond = set(), 0, 0
    for pattern in declared:
        ways = patterns.ways(pattern) if spent < PATTERNS else 0
        beyond += spent >= PATTERNS
        spent += ways
        if ways:
            tried.add(pattern)
    return frozenset(tried), beyond


def _plain(resource: Resource, tried: frozenset[str]) -> Resource:
    """The resource without patterns that are not tried."""
    if all(not field.pattern or field.pattern in tried for field in resource.fields):
        return resource
    return replace(resource, fields=tuple(_without(field, tried) for field in resource.fields))


def _without(field: Field, tried: frozenset[str]) -> Field:
    return replace(field, pattern="") if field.pattern and field.pattern not in tried else field

"""Rows that a path asks for one by one, by a column they have: whatever its name, that column is a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from .keys import LAST_PARAMETER
from .model import Api, Field, Resource
from .words import singular, split

_CHOICES: Final = frozenset({"status", "state"})  # by these a path asks for several rows

Words = tuple[str, ...]


def asked_for(api: Api) -> frozenset[str]:
    """Names of the resources for which the path of a list, with one parameter behind it, asks by a column of the row.

    The path may be that of another resource: a list of short rows beside single records of more columns.
    """
    below = _below(api)
    return frozenset(
        resource.name
        for resource in api.resources
        for path in resource.paths
        if resource.listed and any(_has(resource, words) for words in below.get(path.rstrip("/"), ()))
    )


def _below(api: Api) -> Mapping[str, set[Words]]:
    """Path -> the words of each parameter that stands right behind it, at the end of another path."""
    found: dict[str, set[Words]] = defaultdict(set)
    for resource in api.resources:
        for path in resource.paths:
            if match := LAST_PARAMETER.search(path):
                found[path[: match.start()].rstrip("/")].add(split(match[1]))
    return found


def _has(resource: Resource, asked: Words) -> bool:
    """Whether a column of the row, or of an object in it, has the words, the resource's own left out or not."""
    mine = {singular(word) for word in split(resource.name)}
    left = list(asked)
    while len(left) > 1 and singular(left[0]) in mine:
        left.pop(0)
    wanted = {asked, tuple(left)} if not _CHOICES & {*left[-1:]} else set()
    return any(split(field.name) in wanted for field in _columns(resource))


def _columns(resource: Resource) -> Iterator[Field]:
    yield from resource.fields
    yield from (inner for field in resource.fields if field.types == {"object"} for inner in field.inner)

"""Checks of how names are built: numbered columns, and conventions that change within one API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from .. import ids
from ..model import Api, Input, Resource
from ..outcome import Outcome, Place, judge
from ..phrases import listed, listed_words
from ..records import notice
from ..registry import check
from ..words import load, spelling, split


@dataclass(frozen=True)
class Numbered:
    """Columns of one resource that differ in a number only. ``base`` has # in its place."""

    resource: str
    base: str
    names: tuple[str, ...]

    @property
    def inside(self) -> bool:
        """Whether the number stands before other words."""
        return not self.base.endswith("#")


@check("HJ-016", Input.fields)
def numbered_columns(api: Api) -> Outcome:
    """At least three columns numbered from 0 or 1 without a gap."""
    groups = [group for resource in api.resources for group in _everywhere(resource) if len(group.names) > 2]
    places = [Place(g.resource, g.names[0], f"numbered up to {g.names[-1]}") for g in groups]
    return judge(
        places,
        sum(len(resource.fields) for resource in api.resources),
        failed=f"a list is spread over numbered columns, from {listed(places)} on",
        passed="no resource numbers three columns or more instead of holding a list",
    )


def _everywhere(resource: Resource) -> Iterator[Numbered]:
    """Numbered columns of the row and of the objects in it."""
    yield from _numbered(resource)
    for field in resource.fields:
        for group in _numbered(Resource(resource.name, field.inner)) if field.inner else ():
            yield replace(group, names=tuple(f"{field.name}.{name}" for name in group.names))


def _numbered(resource: Resource) -> Iterator[Numbered]:
    """Groups of two columns or more, numbered from 0 or 1 without a gap; lines of an address and the like are none."""
    groups: dict[str, dict[int, str]] = defaultdict(dict)
    for field in resource.fields:
        words = split(field.name)
        if words[:1] == ("column",):
            continue  # what a column is called whose own name is not shown, or that has none
        for at, word in enumerate(words):
            if word.isdigit() and not _lines(words):
                groups[" ".join((*words[:at], "#", *words[at + 1 :]))][int(word)] = field.name
    for base, names in sorted(groups.items()):
        numbers = sorted(names)
        if len(numbers) > 1 and numbers[0] < 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
            yield Numbered(resource.name, base, tuple(names[number] for number in numbers))


def _lines(words: tuple[str, ...]) -> bool:
    return bool(set(words) & set(load().columns["numbered_lines"]))


@check("HJ-043", Input.fields)
def conventions(api: Api) -> Outcome:
    """Names of columns built in several ways: numbers, separators, short forms."""
    places: list[Place] = []
    told: list[str] = []
    api = replace(api, resources=tuple(r for r in api.resources if not notice(r)))  # their words are a standard's
    for sentence, found in (_numbers(api), _styles(api), _joined(api), _forms(api)):
        places += found
        told += [sentence] if found else []
    return judge(
        places,
        sum(len(resource.fields) for resource in api.resources),
        failed=f"names of columns follow several conventions: {'; '.join(told)}",
        passed="names of columns follow one convention for separators, numbers and short forms",
    )


Finding = tuple[str, list[Place]]


def _numbers(api: Api) -> Finding:
    groups = [group for resource in api.resources for group in _numbered(resource)]
    inside, behind = [g for g in groups if g.inside], [g for g in groups if not g.inside]
    if not inside or not behind:
        return "", []
    places = [Place(g.resource, g.names[0], f"number inside, at the end in {behind[0].names[0]}") for g in inside]
    return f"the number is inside {inside[0].names[0]} and at the end of {behind[0].names[0]}", places


def _columns(api: Api) -> Mapping[str, str]:
    """Each name of a column with the first resource that has it, but those that a standard spells."""
    homes = {f.name: r.name for r in reversed(api.resources) for f in r.fields if len(split(f.name)) > 1}
    return {name: home for name, home in homes.items() if " ".join(split(name)) not in load().columns["standard"]}


def _few(api: Api, odd: int) -> bool:
    """Whether odd names are slips: fewer than one name of several words in a hundred are no second convention."""
    return odd * 100 < len(_columns(api))


def _styles(api: Api) -> Finding:
    """Separators: names with an underscore, with a hyphen, with capitals."""
    columns = _columns(api)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(columns):
        if style := _style(name.strip("_@$")):
            groups[style].append(name)
    ranked = sorted(groups, key=lambda style: (-len(groups[style]), style))
    rare = [name for style in ranked[1:] for name in groups[style]]
    if _few(api, len(rare)):
        return "", []
    usual = groups[ranked[0]][0] if ranked else ""
    places = [Place(columns[name], name, f"spelled unlike {usual}") for name in rare]
    return f"separators in {listed_words(rare)} are unlike those in {usual}", places


def _style(name: str) -> str:
    if "_" in name:
        return "underscore"
    if "-" in name:
        return "hyphen"
    if name in (name.lower(), name.upper()):
        return ""
    return "capitals, the first too" if name[0].isupper() else "capitals"


def _joined(api: Api) -> Finding:
    """Ids joined to their word (encounterid) beside separated ones, and other words joined here and separated there."""
    columns = _columns(api)
    id_names = [name for name in sorted(columns) if (ref := ids.reference(name)) and ref.word]
    joined = [name for name in id_names if spelling(name).joined]
    apart = [name for name in id_names if not spelling(name).joined]
    found = dict.fromkeys(joined, apart[0]) if joined and apart else {}
    found |= _same_letters(api)
    if _few(api, len(found)):
        return "", []
    places = [Place(_home(api, name), name, f"joined, unlike {other}") for name, other in sorted(found.items())]
    return (
        f"words are joined in {listed_words(sorted(found))} and apart in {listed_words(sorted({*found.values()}))}",
        places,
    )


def _same_letters(api: Api) -> Mapping[str, str]:
    """Names without a separator that another column spells with one (firstname, first_name)."""
    names = sorted({field.name for resource in api.resources for field in resource.fields})
    plain = [name for name in names if len(split(name)) == 1 and name not in load().ids["not_ids"]["words"]]
    apart = {"".join(split(name)): name for name in names if len(split(name)) > 1 and not spelling(name).joined}
    return {name: apart[name] for name in plain if name in apart and name != apart[name]}


def _home(api: Api, name: str) -> str:
    return next(resource.name for resource in api.resources if name in resource.by_name)


def _forms(api: Api) -> Finding:
    """Words written in full in one name and shortened in another."""
    homes: dict[str, tuple[str, str]] = {}
    for resource in api.resources:
        for field in resource.fields:
            for word in split(field.name):
                homes.setdefault(word, (resource.name, field.name))
    found = [(short, full) for short, full in sorted(_short().items()) if short in homes and full in homes]
    shorts = {short for short, _ in found}
    if _few(api, sum(bool(shorts & set(split(field.name))) for r in api.resources for field in r.fields)):
        return "", []
    places = [Place(*homes[short], f"{short} here, {full} in {homes[full][1]}") for short, full in found]
    return f"both forms occur of {listed_words([f'{short} ({full})' for short, full in found])}", places


@cache
def _short() -> Mapping[str, str]:
    """Short forms with the single words they stand for."""
    known = load()
    pairs = dict(known.columns["short"])
    for concept in known.concepts.values():
        pairs |= concept.abbreviations or {}
    return {short: full for short, full in pairs.items() if " " not in full}

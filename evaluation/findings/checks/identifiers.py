"""Checks of id columns: near twins, and types that change.

They decide from names and types, wherever those come from; rows count only where they are there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from .. import roles, things
from ..ids import Reference
from ..model import Api, Field, Input, Resource
from ..outcome import Outcome, Place, judge, unknown
from ..phrases import listed, listed_words
from ..registry import check
from ..words import load
from .columns import Column, id_columns, kinds, present, shown

SAME = 50  # ids of the same letters in one resource that are compared
_NUMBERS = frozenset({"integer", "number"})


@check("HJ-001", Input.fields)
def near_twins(api: Api) -> Outcome:
    """Two ids of one resource that differ in underscores or case, and in type or values."""
    pairs = [pair for resource in api.resources for pair in _twins(resource)]
    told = [(resource, one, two, _difference(resource, one, two)) for resource, one, two in pairs]
    places = [Place(r.name, one.name, f"beside {two.name}: {how}") for r, one, two, how in told if how]
    columns = len(id_columns(api))
    if pairs and not places and any(how is None for *_, how in told):
        return unknown("there are ids one underscore apart, and nothing shows whether they hold the same")
    return judge(
        places,
        columns,
        failed=f"in one resource, two ids differ by an underscore or a capital only, and hold different things "
        f"({listed(places)})",
        passed="no resource has two ids that differ by an underscore or a capital only",
    )


def _twins(resource: Resource) -> Iterator[tuple[Resource, Field, Field]]:
    fields = [field for field, _ in things.id_columns(resource) if kinds(field) or not field.types]
    groups: dict[str, list[tuple[int, Field]]] = defaultdict(list)
    for at, field in enumerate(fields):
        same = groups[_letters(field.name)]
        if len(same) < SAME:
            same.append((at, field))
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    for (_, one), (_, two) in sorted(pairs, key=lambda pair: (pair[0][0], pair[1][0])):
        yield resource, one, two


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _difference(resource: Resource, one: Field, two: Field) -> str | None:
    """How two columns differ; empty where all rows show that they do not, None where nothing shows it."""
    if one.types and two.types and not kinds(one) & kinds(two):
        return f"{shown(one)} and {shown(two)}"
    rows = [pair for t in resource.tables for pair in zip(t.column(one.name), t.column(two.name), strict=True)]
    if any(str(a) != str(b) for a, b in rows if present(a) and present(b)):
        return "different values in one row"
    if not rows and one.samples and two.samples and not {*map(str, one.samples)} & {*map(str, two.samples)}:
        return "different values"
    if kinds(one) != kinds(two) or one.types - _NUMBERS != two.types - _NUMBERS:
        return f"{shown(one)} and {shown(two)}"
    return "" if resource.complete else None


@check("HJ-004", Input.fields, Input.types)
def type_drift(api: Api) -> Outcome:
    """Ids of one thing as JSON numbers in one place and as text in another, or as both in one column."""
    groups = _by_thing(api)
    places = [place for name in sorted(groups) for place in _drift(groups[name])]
    compared = sum(len(group) > 1 for group in groups.values())
    things = sorted({name for name, group in groups.items() if list(_drift(group))})
    return judge(
        places,
        compared,
        failed=f"ids of {listed_words(things)} are numbers in one place and text in another",
        passed="ids of one thing have one type everywhere",
    )


def _by_thing(api: Api) -> Mapping[str, list[Column]]:
    """Plain ids with a known type by what they point at.

    Ids that a word in front gives to another system or to the tenant are other ids, and may be of another type; so may
    those that name a part somebody plays, such as an owner, because not only one kind of thing can play it.
    """
    groups: dict[str, list[Column]] = defaultdict(list)
    others = {*load().ids["source"], *load().tenants}
    for resource, field, ref in id_columns(api):
        if kinds(field) and ref.plain and not (ref.outside or ref.role) and not others & set(ref.affixes):
            groups[_same(ref) or roles.thing(resource)].append((resource, field, ref))
    return {name: kept for name, group in groups.items() if (kept := _comparable(name, group))}


def _comparable(name: str, group: list[Column]) -> list[Column]:
    """The columns that are sure to be ids of one thing.

    A word of the lists is. By any other word (environment) an id may be of something else than the resource of that
    name, unless some reference is of the type of that resource's own id; by a word that many things are called by
    (key), every id may be.
    """
    if name in load().concepts:
        return group
    if name in load().ids["general"]:
        return []
    bare, named = ([one for one in group if bool(one[2].word) is wanted] for wanted in (False, True))
    own = {kind for _, field, _ in bare for kind in kinds(field)}
    agreed = any(kinds(field) & own for _, field, _ in named)
    return group if agreed or not (bare and named) else [*named]


def _same(ref: Reference) -> str:
    """What ids have to share to be compared: the concept, but the word where that may be another thing (drug)."""
    sense = load().senses.get(ref.phrase)
    return ref.phrase if sense and sense.how == "kin" else ref.thing


def _drift(group: list[Column]) -> Iterator[Place]:
    """The columns that are not as most of the group are; the first type wins a tie."""
    votes = Counter(kind for _, field, _ in group for kind in sorted(kinds(field), reverse=True))
    if len(votes) < 2:
        return
    usual = votes.most_common(1)[0][0]
    where = next((f"{r.name}.{f.name}" for r, f, _ in group if kinds(f) == {usual}), "")
    for resource, field, _ in group:
        if kinds(field) != {usual}:
            elsewhere = f", {usual} in {where}" if where else ""
            yield Place(resource.name, field.name, f"{' or '.join(sorted(kinds(field)))} here{elsewhere}")

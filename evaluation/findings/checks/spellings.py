"""Checks of how ids are spelled: a second spelling beside the plain one, short forms beside full ones. Names decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .. import roles, things
from ..ids import Reference
from ..model import Api, Field, Input, Resource
from ..outcome import Outcome, Place, judge, unknown
from ..phrases import listed
from ..registry import check
from ..words import load
from .columns import Column, id_columns, present


@check("HJ-002", Input.fields)
def second_spelling(api: Api) -> Outcome:
    """An id with a prefix such as source_ beside the plain id of the same thing."""
    columns = id_columns(api)
    pairs = [(r, field, plain, ref) for r, field, ref in columns if (plain := _plain(r, ref))]
    told = [(r, field, plain, _earlier_row(r, field, plain, ref)) for r, field, plain, ref in pairs]
    places = [Place(r.name, field.name, f"beside {plain}") for r, field, plain, earlier in told if earlier is False]
    if not places and any(earlier is None for *_, earlier in told):
        return unknown("a prefixed id may name an earlier row or be a second spelling, and no row shows which")
    return judge(
        places,
        len(columns),
        failed=f"an id stands beside a second one of the same thing without its prefix: {listed(places)}",
        passed="no id stands beside a second one of the same thing with source_, external_ or the like in front",
    )


def _plain(resource: Resource, prefixed: Reference) -> str:
    """Name of the id without the prefix in the same resource; empty without one, and for one end of two."""
    source = load().ids["source"]
    if prefixed.word in source and prefixed.tail == "id" and not prefixed.affixes:
        return next((field.name for field, ref in things.id_columns(resource) if not ref.word and ref.tail == "id"), "")
    marks = [word for word in prefixed.affixes if word in source]
    if not marks or not prefixed.word:
        return ""
    others = [(field.name, ref) for field, ref in things.id_columns(resource) if ref.thing == prefixed.thing]
    ends = {end for word in marks for end in load().ids["opposites"].get(word, ())}
    if any(ends & set(ref.affixes) for _, ref in others):
        return ""
    rest = tuple(word for word in prefixed.affixes if word not in marks)
    return next((name for name, ref in others if ref.affixes == rest and not ref.joined and ref.plain), "")


def _earlier_row(resource: Resource, field: Field, plain: str, ref: Reference) -> bool | None:
    """Whether an original_ id names an earlier row, as claims that correct others do; None where no row shows it.

    Of another thing it may name what was there before (the commit a comment was first made on), which rows cannot show.
    """
    if not set(ref.affixes) & set(load().ids["earlier"]):
        return False
    if ref.thing != roles.thing(resource):
        return False if resource.tables else None
    known, said = set(), []
    for table in resource.tables:
        known |= {str(cell) for cell in table.column(plain)}
        said += [pair for pair in zip(table.column(field.name), table.column(plain), strict=True) if present(pair[0])]
    if not said:
        return None
    return all(str(one) != str(other) and str(one) in known for one, other in said)


@check("HJ-003", Input.fields)
def short_forms(api: Api) -> Outcome:
    """Ids of one thing abbreviated here and in full there, and keys called pk among keys called id."""
    columns = id_columns(api)
    places = [*_abbreviated(columns), *_other_tails(api)]
    return judge(
        places,
        len(columns),
        failed=f"short forms stand where other ids of the same thing or kind are spelled out: {listed(places)}",
        passed="ids of one thing are either abbreviated everywhere or nowhere",
    )


def _abbreviated(columns: list[Column]) -> Iterator[Place]:
    full = {ref.phrase: field.name for _, field, ref in reversed(columns) if not ref.abbreviated}
    for resource, field, ref in columns:
        sense = load().senses.get(ref.phrase) if ref.abbreviated else None
        if sense and sense.full in full:
            yield Place(resource.name, field.name, f"{full[sense.full]} elsewhere")


def _other_tails(api: Api) -> Iterator[Place]:
    keys = [(r, field, ref) for r in api.resources for field, ref in roles.own(r) if ref.word]
    tails = Counter(ref.tail for *_, ref in keys)
    if tails["pk"] < tails["id"]:
        for resource, field, ref in keys:
            if ref.tail == "pk":
                yield Place(resource.name, field.name, "pk here, id in other keys")

"""Codes about people, and whether anything says of which code system."""

from __future__ import annotations

import re

from .. import cells, codesystems
from ..model import Api, Field, Input, Resource
from ..notations import accepts, informative
from ..outcome import Outcome, Place, judge
from ..phrases import listed
from ..registry import check
from ..things import person_columns
from ..words import split


@check("HJ-017", Input.fields, Input.types)
def codes_without_system(api: Api) -> Outcome:
    """Columns of people that hold codes and do not say of which system."""
    people = [(r, f) for r, f in cells.columns(api) if codesystems.demographic(f.name) and _of_people(r)]
    told = [(r, f, coded) for r, f in people if (coded := _coded(r, f)) is not None]
    places = [Place(r.name, f.name, "codes of a system that is not named") for r, f, coded in told if coded]
    failed = f"nothing says of which code system the codes are in {listed(places)}"
    passed = f"every such column holds words, or it is said of which system its codes are ({len(told)} looked at)"
    return judge(places, len(told), failed, passed, cells.whole(api, (r for r, _, _ in told)))


def _of_people(resource: Resource) -> bool:
    """Whether it describes people: by another column only people have, or because it has two of these."""
    these = [field for field in resource.fields if codesystems.demographic(field.name)]
    others = Resource(resource.name, tuple(field for field in resource.fields if field not in these))
    return len(these) > 1 or person_columns(others) > 0


def _coded(resource: Resource, field: Field) -> bool | None:
    """Whether a column holds codes of a system nobody names; None where its values are not known."""
    rules = codesystems.load()["demographics"]
    if field.enum or field.format.lower() in rules["formats"] or _system_beside(resource, field):
        return False
    if not resource.tables and field.pattern and informative(field.pattern):
        return _declared(field.pattern)
    values = [str(value) for value in cells.distinct(resource, field) if isinstance(value, str | int) and value != ""]
    if not values:
        return None
    codes = all(re.fullmatch(rules["code"], value.strip()) for value in values)
    return codes and not all(re.fullmatch(rules["plain"], value.strip()) for value in values)


def _declared(pattern: str) -> bool:
    candidates = codesystems.load()["demographics"]["candidates"]
    if any(accepts(pattern, (word,)) for word in candidates["words"]):
        return False
    return any(accepts(pattern, (code,)) for code in candidates["codes"])


def _system_beside(resource: Resource, field: Field) -> bool:
    """Whether a column such as race_code_system stands beside race or race_code."""
    stem = [word for word in split(field.name) if word not in ("code", "cd")]
    said = codesystems.load()["demographics"]["system"]
    others = (list(split(other.name)) for other in resource.fields if other is not field)
    return any(words[: len(stem)] == stem and set(words[len(stem) :]) & set(said) for words in others)

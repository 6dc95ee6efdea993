"""Where references of FHIR lead: to the types an element allows, or to those that samples name.

A definition lists every type that a reference may lead to, and most elements may be left out. So it counts only for
elements that have to be there or that a server must support, and for others if a type of theirs is served: whether an
element that leads elsewhere is ever filled, only samples show. Facts: https://hl7.org/fhir/R4/references.html.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from ..model import Json
from .shape import listed, members, text

BASE: Final = "http://hl7.org/fhir/StructureDefinition/"
REFERENCE: Final = "Reference"
OTHER: Final = "another resource"
"""In place of a type that nothing but a sample names, because it could be anything."""
_LITERAL: Final = re.compile(r"(?:https?://\S*/)?([A-Z][A-Za-z]{1,63})/[A-Za-z0-9.\-]{1,64}(?:/_history/\S+)?")
_ANY: Final = frozenset({"Resource", "DomainResource"})


def declared(profiles: Iterable[object], types: Mapping[str, str]) -> tuple[str, ...]:
    """The types that profiles are of, by ``types`` or by name; none where one is not known or any type is allowed."""
    found = [_type(text(url), types) for url in profiles]
    return () if not all(found) or _ANY & set(found) else tuple(sorted(set(found)))


def required(element: Mapping[str, Any]) -> bool:
    """Whether a reference has to be there, or the server has to be able to fill it; not where a code may stand."""
    least = element.get("min")
    if any(kind.get("code") != REFERENCE for kind in members(element.get("type"))):
        return False
    return element.get("mustSupport") is True or (type(least) is int and least > 0)


def _type(url: str, types: Mapping[str, str]) -> str:
    plain = url.partition("|")[0]
    return types.get(plain) or (plain.removeprefix(BASE) if plain.startswith(BASE) else "")


def seen(samples: Iterable[Json], known: Collection[str]) -> tuple[str, ...]:
    """The types that references in samples name, those that are not ``known`` as OTHER; none without any."""
    named = {found[1] for one in samples for found in map(_LITERAL.fullmatch, _addresses(one)) if found}
    return tuple(sorted({name if name in known else OTHER for name in named}))


def _addresses(sample: Json) -> Iterator[str]:
    """The addresses of a reference or of a list of them; inner ones (#) and logical ones name no type."""
    for one in (sample, *listed(sample)):
        if isinstance(one, dict) and isinstance(one.get("reference"), str):
            yield str(one["reference"])

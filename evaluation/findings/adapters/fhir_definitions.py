"""StructureDefinitions as columns: the top-level elements of a snapshot, as JSON writes them.

FHIR writes a missing element as an absent key and never as null, whatever its cardinality, so no column is nullable. A
``date`` may end after the year or the month and a ``dateTime`` after the day; one with a time has a zone.
Facts: https://hl7.org/fhir/R4/json.html and https://hl7.org/fhir/R4/datatypes.html.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..model import Field
from . import fhir_references
from .fhir_references import BASE, REFERENCE
from .shape import listed, mapping, members, text

TYPE: Final = re.compile(r"[A-Z][A-Za-z]{1,63}")
VERSIONS: Final = re.compile(r"4\.0\.\d{1,2}|4\.3\.\d{1,2}")
"""R4 and R4B."""
MOST_CODES: Final = 1000
_ELEMENT = re.compile(r"[a-z][A-Za-z0-9]{0,63}")
_NUMBERS: Final[Mapping[str, str]] = {
    "boolean": "boolean", "integer": "integer", "unsignedInt": "integer", "positiveInt": "integer", "decimal": "number",
}  # fmt: skip
_FORMATS: Final[Mapping[str, str]] = {"date": "date", "dateTime": "date-time", "instant": "date-time", "uuid": "uuid"}
_CODE_SYSTEM, _VALUE_SET = "CodeSystem", "ValueSet"


@dataclass
class Definitions:
    """StructureDefinitions of resources by type, and the sets of codes that elements are bound to.

    ``unusable`` counts definitions of resources that have no snapshot or are of another version of FHIR.
    """

    by_type: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    codes: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    unusable: int = 0
    _sets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def types(self) -> Mapping[str, str]:
        """The type of each definition by its address."""
        return {url: type_ for type_, known in self.by_type.items() for url in known}

    def add(self, resource: Mapping[str, Any]) -> None:
        """Keep what describes columns; the first of several with one address counts."""
        kind, url = text(resource.get("resourceType")), text(resource.get("url"))
        if kind in (_CODE_SYSTEM, _VALUE_SET):
            self.codes.setdefault((kind, url), resource)
            self._sets.clear()
        elif kind == "StructureDefinition" and resource.get("kind") == "resource" and not resource.get("abstract"):
            ours = VERSIONS.fullmatch(text(resource.get("fhirVersion")) or "4.0.1")
            if ours and members(mapping(resource.get("snapshot")).get("element")):
                self.by_type.setdefault(text(resource.get("type")), {}).setdefault(url, resource)
            else:
                self.unusable += 1

    def fields(self, type_: str, profiles: Sequence[str], served: Collection[str] = ()) -> tuple[Field, ...]:
        """The columns of a type, by the first of these profiles that is there, else FHIR's own, else what there is.

        Without either, all profiles of the type count together. No columns where nothing describes the type. An
        optional reference leads somewhere if one of its types is among the ``served`` ones.
        """
        known = self.by_type.get(type_, {})
        wanted = next((url for url in (*profiles, BASE + type_) if url in known), "")
        chosen = [known[wanted]] if wanted else [known[url] for url in sorted(known)]
        found: dict[str, Field] = {}
        for definition in chosen:
            for made, needed in self._columns(type_, definition):
                leads = made.leads if needed or not set(served).isdisjoint(made.leads) else ()
                found.setdefault(made.name, replace(made, leads=leads))
        return tuple(found.values())

    def _columns(self, type_: str, definition: Mapping[str, Any]) -> Iterator[tuple[Field, bool]]:
        """The columns of a snapshot, and whether each has to be there."""
        for element in members(mapping(definition.get("snapshot")).get("element")):
            top, _, name = text(element.get("path")).partition(".")
            if top == type_ and name and "." not in name and "sliceName" not in element and element.get("max") != "0":
                yield from ((made, fhir_references.required(element)) for made in self._element(name, element))

    def _element(self, name: str, element: Mapping[str, Any]) -> Iterator[Field]:
        """One column, or one for each type of a choice: value[x] is valueString, valueQuantity and so on."""
        types = [code for one in members(element.get("type")) if (code := text(one.get("code")))]
        stem = name.removesuffix("[x]")
        if not _ELEMENT.fullmatch(stem):
            return
        many = mapping(element.get("base")).get("max", element.get("max")) not in ("1", "0")
        for code in dict.fromkeys(types) if stem != name else [types[0] if types else "BackboneElement"]:
            whole = stem if stem == name else f"{stem}{code[:1].upper()}{code[1:]}"
            if _ELEMENT.fullmatch(whole):
                yield self._field(whole, code, many, element)

    def _field(self, name: str, code: str, many: bool, element: Mapping[str, Any]) -> Field:
        plain = code.rpartition("/")[2].removeprefix("System.").removeprefix("xhtml")
        written = json_type(plain)
        single = not many and written != "object"
        enum = self._enum(element) if plain == "code" else ()
        said = text(element.get("short")) or text(element.get("definition"))
        return Field(
            name, frozenset({"array" if many else written}), False, _FORMATS.get(plain, "") if single else "", "",
            enum if single else (), said, leads=self._leads(element) if code == REFERENCE else (),
        )  # fmt: skip

    def _leads(self, element: Mapping[str, Any]) -> tuple[str, ...]:
        """The types that a reference may lead to; none where it may lead anywhere."""
        targets = [
            listed(one.get("targetProfile")) for one in members(element.get("type")) if one.get("code") == REFERENCE
        ]
        return fhir_references.declared([url for urls in targets for url in urls], self.types) if all(targets) else ()

    def _enum(self, element: Mapping[str, Any]) -> tuple[str, ...]:
        """The codes of a required binding, if all of them are here; none otherwise."""
        binding = mapping(element.get("binding"))
        if binding.get("strength") != "required":
            return ()
        url = text(binding.get("valueSet")).partition("|")[0]
        if url not in self._sets:
            self._sets[url] = self._set(self.codes.get((_VALUE_SET, url), {}))
        return self._sets[url]

    def _set(self, found: Mapping[str, Any]) -> tuple[str, ...]:
        """All codes of a set; none where it does not tell them, or they are too many."""
        expansion = mapping(found.get("expansion"))
        if expansion:
            codes = [*_concepts(expansion.get("contains"), "contains")]
            whole = expansion.get("total", len(codes)) == len(codes)
            return tuple(codes) if whole and len(codes) <= MOST_CODES else ()
        return self._composed(mapping(found.get("compose")))

    def _composed(self, compose: Mapping[str, Any]) -> tuple[str, ...]:
        """The codes of the parts of a set; none where one part does not tell all of its own, or they are too many."""
        parts = members(compose.get("include"))
        if compose.get("exclude") or len(parts) > MOST_CODES:
            return ()
        found: dict[str, None] = {}
        for part in parts:
            codes = self._included(part)
            found.update(dict.fromkeys(codes))
            if not codes or len(found) > MOST_CODES:
                return ()
        return tuple(found)

    def _included(self, part: Mapping[str, Any]) -> list[str]:
        """The codes one part of a set names, or all of its system; none where it is told in any other way."""
        if part.get("filter") or part.get("valueSet"):
            return []
        if part.get("concept"):
            return [*_concepts(part.get("concept"), "")]
        system = self.codes.get((_CODE_SYSTEM, text(part.get("system"))), {})
        return [*_concepts(system.get("concept"), "concept")] if system.get("content") == "complete" else []


def json_type(code: str) -> str:
    """The JSON type of a FHIR type: primitives begin with a small letter, and System.String is text."""
    if code in _NUMBERS:
        return _NUMBERS[code]
    return "string" if code[:1].islower() or code == "String" else "object"


def _concepts(concepts: object, below: str, depth: int = 0) -> Iterator[str]:
    """Codes of concepts and of those below them."""
    for concept in members(concepts):
        if code := text(concept.get("code")):
            yield code
        if below and depth < 20 and listed(concept.get(below)):
            yield from _concepts(concept[below], below, depth + 1)

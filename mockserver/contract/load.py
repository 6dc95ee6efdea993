"""The contract under a set of quirks: elements, paths and behaviours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from . import patch
from .model import Behaviour, Element
from .quirks import VENDOR
from .source import document, element_names, evidence


@dataclass(frozen=True, eq=False)
class Contract:
    """What the API says under ``quirks``. Elements come in the vendor's order."""

    quirks: frozenset[str]
    elements: Mapping[str, Element]
    behaviours: Mapping[str, Behaviour]

    @cached_property
    def paths(self) -> Mapping[str, Element]:
        return {e.path: e for e in self.elements.values()}

    def openapi(self) -> dict[str, Any]:
        """The bundled OpenAPI 3.1 document: vendor paths only."""
        from .bundle import bundle

        return bundle(self)


@lru_cache(maxsize=64)
def load(quirks: frozenset[str] = VENDOR) -> Contract:
    """Compile the contract files for these quirks."""
    compiled = {name: patch.element(name, quirks) for name in element_names()}
    elements = {name: e for name, e in compiled.items() if e is not None}
    return Contract(quirks, elements, behaviours())


@lru_cache(maxsize=1)
def behaviours() -> Mapping[str, Behaviour]:
    """All behaviours by id."""
    return {id_: _behaviour(id_, raw) for id_, raw in document("behaviours.yaml").items()}


def _behaviour(id_: str, raw: Mapping[str, Any]) -> Behaviour:
    optional = ("setting", "status", "unknown", "open_question")
    return Behaviour(
        id=id_,
        title=raw["title"],
        claim=raw["claim"],
        kind=raw["kind"],
        evidence=evidence(raw["x-evidence"]),
        body=raw.get("body", {}),
        **{key: raw.get(key) for key in optional},
    )

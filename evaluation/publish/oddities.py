"""The catalogue of quirks: each oddity with its evidence, and the vendor's row beside the clean twin's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from mockserver.contract import Quirk, load
from mockserver.contract.quirks import catalogue, parse_selection

from .markdown import as_json, cell, code, fence, link, prose, section, table
from .mock import Mock
from .page import Page

PATH = "reference/quirks.md"


class Twins:
    """The first row of an element under the vendor's quirks, and with one of them switched off."""

    def __init__(self) -> None:
        self._mocks: dict[str, Mock] = {}

    def row(self, element: str, selection: str) -> dict[str, Any] | None:
        """The first row of an element under a selection; None where there is no such element or no row."""
        contract = load(parse_selection(selection))
        if element not in contract.elements:
            return None
        mock = self._mocks.setdefault(selection, Mock(selection))
        rows = mock.get(contract.elements[element].path).body["data"]
        return rows[0] if rows else None

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Elements in the order in which an example is looked for."""
        return tuple(load().elements)


def page() -> Page:
    """One page for all quirks, so that an address with an anchor reaches each."""
    twins = Twins()
    quirks = catalogue().values()
    rows = [
        [link(q.id, f"{PATH}#{q.id.lower()}", PATH), cell(q.title), q.layer, q.set, str(q.evidence.grade)]
        for q in quirks
    ]
    intro = (
        "**Every oddity can be switched.** `--quirks vendor` is the default, `none` the clean twin, `vendor,-Q13` "
        "everything but one."
    )
    head = table(["quirk", "what", "layer", "in selection", "grade"], rows)
    return Page(PATH, "Quirks", section("# Quirks", intro, head, *(_quirk(q, twins) for q in quirks)), ("Reference",))


def _quirk(quirk: Quirk, twins: Twins) -> str:
    evidence = quirk.evidence
    switched = quirk.no_switch or f"Switched off: {quirk.off}"
    sources = ", ".join(code(source) for source in evidence.sources)
    return section(
        f"## {quirk.id} {quirk.title} {{ #{quirk.id.lower()} }}",
        prose(quirk.claim),
        f"{evidence.grade}, from {sources} ({', '.join(evidence.channels) or 'no channel'}). {prose(switched)}",
        _sides(quirk, twins) if quirk.set == "vendor" and quirk.layer == "schema" else "",
    )


def _sides(quirk: Quirk, twins: Twins) -> str:
    """What differs in one row, side by side; row quirks change which rows there are, not how one looks."""
    for element in sorted(quirk.elements, key=twins.order.index if set(quirk.elements) <= set(twins.order) else str):
        with_it, without = twins.row(element, "vendor"), twins.row(element, f"vendor,-{quirk.id}")
        differing = _differing(with_it or {}, without or {})
        if differing is not None:
            lines = [fence(as_json(side), "json") for side in differing]
            return section(f"In `{element}`, with the quirk:", lines[0], "and without:", lines[1])
    return ""


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The keys of two rows whose name or value differs; None where nothing does."""
    left = {key: value for key, value in one.items() if key not in other or other[key] != value}
    right = {key: value for key, value in other.items() if key not in one or one[key] != value}
    return (left, right) if (left or right) and one and other else None

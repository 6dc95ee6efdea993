"""How many fields need code of their own, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.html import Html, table, tag

from ..charts import Bar, bars
from ..page import paragraph, section

Facts = dict[str, Any]
ROWS = 60  # elements that are drawn; the data has all
LOOKS = {"as it is": "solid", "needs an adapter": "hatch"}
FHIR = {"exact": "solid", "by rule": "dots", "as words": "hatch", "no home": "empty"}


def effort(data: Facts) -> Html:
    """Fields by element, why they need an adapter, and what FHIR makes of them."""
    found = data["effort"]
    return section("effort", "Effort", *_told(found), *_reasons(found), *_elements(found), *_fhir(found))


def _told(found: Facts) -> Iterable[Html]:
    if not found["fields"]:
        yield paragraph(tag("strong", "No field is known here, so none can be counted."))
        return
    share = f"{found['adapters']} of {found['fields']} fields need an adapter, which is code of their own."
    yield paragraph(
        tag("strong", share), " ",
        "This counts fields, not days. How long one takes depends on your people and your rows, which nobody here "
        "knows; one adapter often serves many fields. A field is counted once, however many reasons it has.",
    )  # fmt: skip
    if found["guessed"]["fields"]:
        yield paragraph(
            tag("strong", f"{found['guessed']['fields']} of the {found['fields']} fields are filled in by analogy"),
            f", {found['guessed']['adapters']} of those that need an adapter among them: nobody has seen them in an "
            "answer of the vendor, so the true number may differ.",
        )  # fmt: skip
    if found["empty"]:
        yield paragraph(f"Not counted: {found['empty']} of which no field is known.")


def _reasons(found: Facts) -> Iterable[Html]:
    rows = [[one["title"], one["fields"], one["does"]] for one in found["reasons"] if one["fields"]]
    if rows:
        yield table("Why fields need an adapter", ("reason", "fields", "what the adapter does"), rows)


def _elements(found: Facts) -> Iterable[Html]:
    titles = {one["id"]: one["title"] for one in found["reasons"]}
    rows = [_bar(one, titles) for one in _largest(found["elements"])]
    if rows:
        yield bars("Fields of each element", rows, head="element", looks=LOOKS)
    if len(found["elements"]) > ROWS:
        yield paragraph(f"And {len(found['elements']) - ROWS} smaller elements, which report.json has.")


def _largest(elements: Sequence[Facts]) -> list[Facts]:
    """All of them in their order, or the largest where they are too many to be read."""
    if len(elements) <= ROWS:
        return list(elements)
    return sorted(elements, key=lambda one: (-one["adapters"], -one["fields"], one["element"]))[:ROWS]


def _bar(one: Facts, titles: dict[str, str]) -> Bar:
    why = "; ".join(f"{titles[id_]}: {count}" for id_, count in one["reasons"].items())
    return Bar(one["element"], dict(zip(LOOKS, (one["fields"] - one["adapters"], one["adapters"]), strict=True)), why)


def _fhir(found: Facts) -> Iterable[Html]:
    mapped = [one["fhir"] for one in found["elements"] if one["fhir"] is not None]
    if not mapped:
        yield paragraph("No mapping to FHIR is written for this API, so what FHIR makes of the fields is not told.")
        return
    yield tag("h3", "What FHIR makes of the fields")
    yield paragraph(
        "By the kit's mapping to US Core 6.1.0 on FHIR R4: carried over exactly, by a stated rule, only as words "
        "without a code, or without a home. By element it is in report.json."
    )
    whole = Bar("All elements", {part: sum(one[part] for one in mapped) for part in FHIR})
    yield bars("Fields by what the mapping makes of them", [whole], head="fields", looks=FHIR)

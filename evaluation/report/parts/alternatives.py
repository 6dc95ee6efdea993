"""Other APIs side by side, and what the radar's entry names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluation.html import Html, table, tag
from evaluation.radar.entry import QUADRANTS

from ..comparison_cells import LEGEND, by_sentence, severity_counts, span
from ..comparison_chart import numbers
from ..comparison_html import by_check, verdict
from ..page import items, paragraph, section, wide

Facts = dict[str, Any]


def alternatives(data: Facts) -> Html:
    """Each criterion and check for all of them, then the names in the entry."""
    inner = [*_compared(data["comparison"]), *_named(data["entry"])]
    return section("alternatives", "Alternatives side by side", *(inner or [_none()]))


def _none() -> Html:
    return paragraph(
        "No alternative was looked at. Name one with ", tag("code", "--alternative TARGET"),
        ", for example the OpenAPI description of another vendor.",
    )  # fmt: skip


def _named(entry: Facts | None) -> Iterable[Html]:
    if entry and entry["alternatives"]:
        rows = [
            [one["title"], one["ring"] or "not on the radar", QUADRANTS.get(one["quadrant"], "—"), one["note"]]
            for one in entry["alternatives"]
        ]
        yield table("What the radar's entry names", ("alternative", "ring", "kind", "why it is named"), rows)


def _compared(found: Facts | None) -> Iterable[Html]:
    if found is None:
        return
    yield verdict(found)
    yield _who(found)
    if found["criteria"]:
        yield paragraph(LEGEND)
        yield numbers(found)
        says = by_sentence(found["criteria"])
        if says:
            yield tag("h3", "Who is ahead, by criterion")
            yield items(says)
    if found["checks"]:
        yield by_check(found)


def _who(found: Facts) -> Html:
    head = ("letter", "looked at", "what that is worth", "findings", "of 100", "known", "ring")
    return wide(table("Who is who", head, map(_target, found["targets"])), "Who is who")


def _target(one: Facts) -> list[object]:
    card = one["scorecard"]
    scales = [span(card), f"{card['confidence']} %", card["ring"]] if card else ["", "", ""]
    return [one["letter"], one["target"], one["worth"], severity_counts(one), *scales]

"""Other APIs side by side, and what the radar's entry names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.html import Html, table, tag
from evaluation.radar.entry import QUADRANTS

from ..comparison_cells import LEGEND, called, of_check, of_vendor, severity_counts, span, tally
from ..comparison_html import verdict
from ..evaluation_parts import kind_of
from ..page import badge, items, paragraph, section, wide

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
        yield _criteria(found)
        says = [f"{one['title']}: {one['standing']['says']}" for one in found["criteria"] if one["standing"]]
        if says:
            yield tag("h3", "Who is ahead, by criterion")
            yield items(says)
    yield _checks(found)


def _who(found: Facts) -> Html:
    head = ("letter", "looked at", "vendor", "findings", "of 100", "known", "ring")
    return wide(table("Who is who", head, map(_target, found["targets"])), "Who is who")


def _target(one: Facts) -> list[object]:
    card = one["scorecard"]
    scales = [span(card), f"{card['confidence']} %", card["ring"]] if card else ["", "", ""]
    return [one["letter"], one["target"], of_vendor(one), severity_counts(one), *scales]


def _criteria(found: Facts) -> Html:
    letters = [one["letter"] for one in found["targets"]]
    rows = [
        [one["title"], f"{one['weight']:g}", *(_scales(one["of"][k]) for k in letters), *_ahead(one)]
        for one in found["criteria"]
    ]
    head = ("criterion", "weight", *letters, *(["ahead"] if found["standing"] else []))
    return wide(table("By criterion", head, rows), "By criterion")


def _ahead(one: Facts) -> list[str]:
    return [called(one["standing"])] if one["standing"] else []


def _scales(of: Facts) -> Html:
    return tag("span", span(of), tag("br"), tag("span", tally(of), class_="soft"))


def _checks(found: Facts) -> Html:
    letters = [one["letter"] for one in found["targets"]]
    names = ("accepted", "pass", "unknown")
    levels = [name for name in found["targets"][0]["counts"] if name not in names]
    rows = [
        [f"{one['id']} {one['title']}", *(_verdict(one["of"][letter], levels) for letter in letters)]
        for one in found["checks"]
    ]
    caption = "By check, the worst first; what nobody decided is left out"
    return wide(table(caption, ("check", *letters), rows), caption)


def _verdict(of: Facts, levels: Sequence[str]) -> Html:
    return badge(of_check(of)[0], kind_of(of, levels))

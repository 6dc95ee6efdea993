"""Criteria of several targets on a page: bars of what is known, the numbers, and who is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.findings.phrases import listed_words
from evaluation.html import Html, table, tag

from .charts import Bar, bars
from .comparison_cells import ALL, LEGEND, ahead, by_sentence, span, tally
from .page import items, paragraph, section, wide

Facts = dict[str, Any]
LOOKS = {"well": "solid", "unknown": "empty", "fault": "hatch"}  # what is proven, and what could be either


def criteria(facts: Facts) -> Html | None:
    """The section on criteria; None for runs that have no scorecard."""
    if not facts["criteria"]:
        return None
    told = by_sentence(facts["criteria"])
    because = f"Nobody is called ahead below {facts['rule']['least']:g} of 100. {facts['rule']['because']}"
    more = [paragraph("Who is ahead, by criterion:"), items(told), paragraph(because)] if told else []
    return section("criteria", "By criterion", paragraph(LEGEND), *_chart(facts["criteria"]), numbers(facts), *more)


def _chart(criteria: Sequence[Facts]) -> Iterator[Html]:
    """A bar for each scorecard, and a sentence for criteria of which there is nothing to draw."""
    known = [one for one in criteria if any(of["confidence"] for of in one["of"].values())]
    without = [one["title"] for one in criteria if one not in known]
    if known:
        rows = [bar for one in known for bar in _bars(one)]
        caption = "What is proven well or a fault on each criterion, of 100, and what is unknown"
        yield bars(caption, rows, looks=LOOKS, most=100)
    if without:
        yield paragraph(f"Nothing is known of any target on {listed_words(without, ALL)}.")


def _bars(one: Facts) -> Iterator[Bar]:
    """A bar for each scorecard that differs from the others on a criterion."""
    found: dict[tuple[int, int], list[str]] = {}
    for letter, of in one["of"].items():
        found.setdefault((of["proven"], of["score"]), []).append(letter)
    for (proven, score), letters in found.items():
        parts = {"well": proven, "unknown": score - proven, "fault": 100 - score}
        yield Bar(f"{one['title']}: {listed_words(letters, ALL)}", parts)


def numbers(facts: Facts) -> Html:
    """The scores of each target by criterion, as a table."""
    letters = [target["letter"] for target in facts["targets"]]
    last = ["ahead"] if facts["standing"] else []
    rows = [
        [one["title"], f"{one['weight']:g}", *(_scales(one["of"][k]) for k in letters), *ahead(one)]
        for one in facts["criteria"]
    ]
    caption = "Scores by criterion, with its weight"
    return wide(table(caption, ["criterion", "weight", *letters, *last], rows), caption)


def _scales(of: Mapping[str, Any]) -> Html:
    known = "" if not of["confidence"] else f", {of['confidence']} % known"
    return tag("span", f"{span(of)}{known}", tag("br"), tag("span", tally(of), class_="soft"))

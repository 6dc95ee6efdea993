"""The verdict, and the scorecard it follows from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluation.html import Html, block, tag
from evaluation.radar.entry import RINGS

from ..charts import Bar, bars
from ..page import items, paragraph, section

LOOKS = {"proven well": "solid", "proven against": "hatch", "not known": "empty"}
PARTS = dict(zip(("well", "against", "open"), LOOKS, strict=True))
OURS = ("contract", "mock", "recording")  # looks that say nothing about the vendor


def verdict(data: dict[str, Any]) -> Html:
    """Ring, score and confidence in two sentences, and what would change them."""
    found = data["verdict"]
    first, second = found["sentences"]
    return section(
        "verdict",
        "Verdict",
        paragraph(tag("strong", first), " ", second, kind="lead"),
        _rings(found),
        _whole(found),
        _worth(data),
        *_movers(found),
        *_opinion(data["entry"], found["ring"]),
    )


def _rings(found: dict[str, Any]) -> Html:
    """The rings from the centre outwards, with the one it stands in."""
    rows = [_ring(ring, ring == found["ring"]) for ring in RINGS]
    told = paragraph(f"Ring {found['ring']}: {found['means']}", kind="soft")
    return block("div", block("ol", *rows, class_="rings", aria_label="Rings, the nearest to use first"), told)


def _ring(ring: str, here: bool) -> Html:
    inner = (tag("strong", f"▶ {ring}"), " ", tag("span", "here")) if here else (ring,)
    return tag("li", *inner, class_="here" if here else None, aria_current="true" if here else None)


def _whole(found: dict[str, Any]) -> Html:
    parts = {key: sum(row["points"][key] for row in found["criteria"]) for key in PARTS}
    head = f"The score is {found['score']}: all that is not proven against it, known or not"
    row = Bar("Everything that is judged", {PARTS[key]: value for key, value in parts.items()})
    return bars(f"{head}. {found['confidence']} % is known.", [row], head="of 100 points", looks=LOOKS, most=100)


def _worth(data: dict[str, Any]) -> Html:
    target = data["target"]
    whole = "" if target["complete"] else " Not everything could be read; what was left is named below."
    ours = " The points come from what is known of the vendor, by the sources under Method, and not from that look."
    source = ours if target["origin"] in OURS else ""
    return paragraph(f"Looked at: {target['target']} ({target['worth']}).{source}{whole}")


def _movers(found: dict[str, Any]) -> Iterable[Html]:
    """What would move it inwards, and what would push it out."""
    yield tag("h3", "What would change it")
    if found["blockers"]:
        yield paragraph(f"It would reach {found['target']} with all of this:")
        yield items(found["blockers"])
    if found["threats"]:
        yield paragraph("It would fall out of its ring if these proved bad:")
        yield items(found["threats"])
    if not found["blockers"] and not found["threats"]:
        yield paragraph("Nothing that is judged here: it stands at the edge and no limit of the next ring is missed.")


def _opinion(entry: dict[str, Any] | None, ring: str) -> Iterable[Html]:
    if entry is None:
        return
    yield tag("h3", "What people say")
    when = f", reviewed {entry['reviewed']}" if entry["reviewed"] else ""
    other = "" if entry["ring"] == ring else f" The facts now say {ring}."
    head = f"The radar's entry on {entry['title']} (ring {entry['ring']}{when}) says:"
    yield paragraph(f"{head} “{entry['opinion']}”{other}")
    if entry["projects"]:
        yield paragraph(f"Used by: {', '.join(entry['projects'])}.")


def scorecard(data: dict[str, Any]) -> Html:
    """What is judged and how much it counts."""
    rows = data["verdict"]["criteria"]
    drawn = [Bar(row["title"], {PARTS[key]: row["points"][key] for key in PARTS}, _weight(row)) for row in rows]
    own = data["versions"]["criteria"]["own"]
    whose = "the kit's own weights" if own else "the weights of the file that was given"
    return section(
        "scorecard",
        "Scorecard",
        paragraph(
            f"By {whose}. The longer a bar, the more it counts of 100. What is not known speaks neither for nor "
            "against."
        ),
        bars("Points of each criterion, its weight, and why it has that weight", drawn, head="criterion", looks=LOOKS),
    )


def _weight(row: dict[str, Any]) -> str:
    return f"Weight {row['weight']:g}. {row['because']}"

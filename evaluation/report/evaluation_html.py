"""The report on one target as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.findings.output.markdown import of_vendor
from evaluation.findings.phrases import listed_words
from evaluation.html import Html, block, table, tag
from mockserver import __version__

from .charts import Bar, bars
from .comparison_chart import LOOKS
from .evaluation_parts import by_reason, finding, kind_of
from .page import badge, items, page, paragraph, section, wide

Facts = dict[str, Any]


def as_html(facts: Facts) -> str:
    """The page: verdict first, then findings worst first, what was not decided, and the scorecard of the vendor."""
    parts = [_summary(facts), _findings(facts), _accepted(facts), _undecided(facts), _passed(facts), _claims(facts)]
    parts += [_scorecard(facts), _against(facts), _notes(facts)]
    footer = paragraph(f"Made by hjkit evaluate {__version__}. Not affiliated with any vendor.")
    return page(facts["target"], *(part for part in parts if part), footer=footer, lead=_lead(facts))


def levels(facts: Facts) -> list[str]:
    """The severities, the worst first."""
    return [name for name in facts["counts"] if name not in ("accepted", "pass", "unknown")]


def _lead(facts: Facts) -> Html:
    n = facts["counts"]
    found = listed_words([f"{n[level]} of {level} severity" for level in levels(facts)], len(n))
    total = sum(n.values())
    accepted = f" {n['accepted']} accepted." if n["accepted"] else ""
    told = f"Findings: {found}.{accepted} Of {total} checks {n['pass']} pass and {n['unknown']} are undecided."
    partial = [paragraph("Not everything could be read:"), items(facts["partial"])] if facts["partial"] else []
    return block("div", paragraph(told, kind="lead"), paragraph(f"What was seen is worth: {facts['worth']}."), *partial)


def _failed(facts: Facts) -> list[Facts]:
    return [result for result in facts["results"] if result["verdict"] == "fail" and not result["accepted"]]


def _of(facts: Facts, verdict: str) -> list[Facts]:
    found = (result for result in facts["results"] if result["verdict"] == verdict)
    return sorted(found, key=lambda result: str(result["id"]))


def _summary(facts: Facts) -> Html | None:
    rows = [
        [
            tag("span", tag("a", r["id"], href=f"#{r['id']}"), " ", r["title"]),
            badge(r["severity"], kind_of(r, levels(facts))),
            len({place["at"] for place in r["places"]}) or "",
        ]
        for r in _failed(facts)
    ]
    if not rows:
        return None
    caption = "Findings, the worst first"
    return section("summary", "In short", table(caption, ["finding", "severity", "places"], rows))


def _findings(facts: Facts) -> Html | None:
    found = [finding(result, levels(facts)) for result in _failed(facts)]
    return section("findings", "Findings", *found) if found else None


def _accepted(facts: Facts) -> Html | None:
    rows = [f"{r['id']} {r['title']}: {r['accepted']}" for r in facts["results"] if r["accepted"]]
    return section("accepted", "Accepted", items(rows)) if rows else None


def _undecided(facts: Facts) -> Html | None:
    found = _of(facts, "unknown")
    return section("undecided", "What was not decided", by_reason(found)) if found else None


def _passed(facts: Facts) -> Html | None:
    rows = [f"{result['id']} {result['title']}" for result in _of(facts, "pass")]
    some = [paragraph("Of what could be read.")] if facts["partial"] else []
    return section("passed", "What passed", *some, items(rows)) if rows else None


def _claims(facts: Facts) -> Html | None:
    rows = [[c["id"], c["says"], c["conclusion"], of_vendor(c)] for c in facts["claims"]]
    caption = "What the radar entry claims, in this run and of the vendor"
    made = table(caption, ["claim", "says", "this run", "the vendor"], rows)
    return section("claims", "Claims of the radar entry", wide(made, caption)) if rows else None


def _scorecard(facts: Facts) -> Html | None:
    card = facts["scorecard"]
    if not card:
        return None
    told = (
        f"Of 100 points {card['proven']} are proven in its favour and {100 - card['score']} against it; "
        f"{card['confidence']} % of what counts is known."
    )
    moves = [paragraph("What would move it:"), items(card["blockers"])] if card["blockers"] else []
    return section("scorecard", f"The vendor: ring {card['ring']}", paragraph(told), *_chart(card["criteria"]), *moves)


def _chart(criteria: Sequence[Facts]) -> list[Html]:
    rows = [Bar(one["title"], _parts(one), f"weight {one['weight']:g}") for one in criteria]
    caption = "What is proven well or a fault on each criterion, of 100, and what is unknown"
    return [bars(caption, rows, looks=LOOKS, most=100)] if rows else []


def _parts(one: Facts) -> dict[str, float]:
    return {"well": one["proven"], "unknown": one["score"] - one["proven"], "fault": 100 - one["score"]}


def _against(facts: Facts) -> Html | None:
    other = facts.get("against")
    if not other:
        return None
    rows = [[f"{d['id']} {d['title']}", d["here"], d["there"]] for d in other["differences"]]
    told = (
        table("Checks on which the two differ", ["check", "here", "there"], rows)
        if rows
        else paragraph("No check differs.")
    )
    partial = [paragraph("Not everything could be read there:"), items(other["partial"])] if other["partial"] else []
    return section("against", f"Against {other['target']}", *partial, told)


def _notes(facts: Facts) -> Html | None:
    return section("notes", "Notes", items(facts["notes"])) if facts["notes"] else None

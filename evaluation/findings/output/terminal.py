"""The scorecard in a terminal: worst first, unknowns shown, readable without colour."""

from __future__ import annotations

from textwrap import wrap

import click

from .facts import Facts
from .markdown import known, of_vendor
from .places import sentence, shown

COLOURS = {"high": "red", "medium": "yellow", "low": "cyan", "pass": "green"}
INDENT = " " * 9
GROUPS, NAMES = 3, 4  # groups of places that are told for a finding, and names in each


def as_terminal(facts: Facts, width: int = 100) -> str:
    """The report for people, at most ``width`` columns; colours are taken out by click where nobody sees them."""
    lines = [*_head(facts, width), *_partial(facts, width)]
    for level in _levels(facts):
        lines += _group(level, [r for r in facts["results"] if r["severity"] == level and not r["accepted"]], width)
    lines += _short("accepted", [r for r in facts["results"] if r["accepted"]], width, "accepted")
    lines += _short("unknown", [r for r in facts["results"] if r["verdict"] == "unknown"], width, "why")
    lines += _short("pass", [r for r in facts["results"] if r["verdict"] == "pass"], width, "")
    lines += [*_claims(facts, width), *_against(facts, width), *_scorecard(facts, width), *facts["notes"]]
    return "\n".join(lines).rstrip() + "\n"


def _levels(facts: Facts) -> list[str]:
    return [name for name in facts["counts"] if name not in ("accepted", "pass", "unknown")]


def _head(facts: Facts, width: int) -> list[str]:
    named = ", ".join(f"{count} {name}" for name, count in facts["counts"].items())
    worth = wrap(f"Worth of what was seen: {facts['worth']}.", width)
    return [click.style(facts["target"], bold=True), named, *worth, ""]


def _partial(facts: Facts, width: int) -> list[str]:
    if not facts["partial"]:
        return []
    told = [line for text in facts["partial"] for line in _hanging("- " + text, width, "  ")]
    return [click.style("PARTIAL: not everything could be read", fg="magenta", bold=True), *told, ""]


def _group(level: str, results: list[Facts], width: int) -> list[str]:
    if not results:
        return []
    lines = [click.style(level.upper(), fg=COLOURS.get(level), bold=True)]
    for result in results:
        lines += _finding(result, width)
    return [*lines, ""]


def _finding(result: Facts, width: int) -> list[str]:
    head = f"{result['id']}  {click.style(result['title'], bold=True)}"
    groups, more = shown(result["groups"], GROUPS)
    told = [f"at {sentence(group, NAMES)}" for group in groups] + ([more] if more else [])
    return [
        head,
        *_hanging(INDENT + result["why"], width, INDENT),
        *(line for text in told for line in _hanging(INDENT + text, width, INDENT + "  ")),
        *_hanging(f"{INDENT}vendor: {known(result)}", width, INDENT),
    ]


def _short(title: str, results: list[Facts], width: int, reason: str) -> list[str]:
    if not results:
        return []
    some = ", of what could be read" if any(result["partial"] for result in results) else ""
    lines = [click.style(title.upper(), fg=COLOURS.get(title), bold=True) + some]
    for result in sorted(results, key=lambda r: str(r["id"])):
        told = f": {result[reason]}" if reason else ""
        lines += _hanging(f"{result['id']}  {result['title']}{told}", width, INDENT)
    return [*lines, ""]


def _claims(facts: Facts, width: int) -> list[str]:
    if not facts["claims"]:
        return []
    lines = [click.style("CLAIMS OF THE RADAR ENTRY", bold=True)]
    for claim in facts["claims"]:
        lines += _hanging(
            f"{claim['id']:<4} {claim['says']} Here: {claim['conclusion']}; vendor: {of_vendor(claim)}.", width, "     "
        )
    return [*lines, ""]


def _against(facts: Facts, width: int) -> list[str]:
    other = facts.get("against")
    if not other:
        return []
    lines = [click.style(f"AGAINST {other['target']}", bold=True)]
    for text in other["partial"]:
        lines += _hanging(f"- partial: {text}", width, "  ")
    for d in other["differences"]:
        lines += _hanging(f"{d['id']}  {d['title']}: {d['here']} here, {d['there']} there", width, INDENT)
    return [*lines, *([] if other["differences"] else ["No check differs."]), ""]


def _scorecard(facts: Facts, width: int) -> list[str]:
    card = facts["scorecard"]
    if not card:
        return []
    head = f"RING {card['ring']}: score {card['score']} of 100, confidence {card['confidence']} %"
    told = [line for text in card["blockers"] for line in _hanging("- " + text, width, "  ")]
    return [click.style(head, bold=True), *(["What would move it:", *told] if told else []), ""]


def _hanging(text: str, width: int, indent: str) -> list[str]:
    lead = text[: len(text) - len(text.lstrip())]
    return wrap(text.lstrip(), width, initial_indent=lead, subsequent_indent=indent, break_long_words=False)

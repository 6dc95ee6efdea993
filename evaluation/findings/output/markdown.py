"""Markdown: for a pull request, a ticket or a page."""

from __future__ import annotations

import re

from .facts import Facts
from .places import sentence, shown

_SIGNS = re.compile(r"([\\|`\[\]])")
GROUPS, NAMES = 12, 12  # groups of places that are written out for a finding, and names in each


def as_markdown(facts: Facts) -> str:
    """Verdict first, then findings worst first, what is unknown, claims and the scorecard."""
    parts = [_head(facts), _partial(facts), _table(facts)]
    failed = [r for r in facts["results"] if r["verdict"] == "fail" and not r["accepted"]]
    parts += [_finding(result) for result in failed]
    parts += [_unknown(facts), _claims(facts), _scorecard(facts), _against(facts), _notes(facts)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(facts: Facts) -> str:
    n = facts["counts"]
    named = ", ".join(f"{count} {name}" for name, count in n.items())
    return f"# {cell(facts['target'])}\n\n**{named}.** What this run saw is worth: {facts['worth']}."


def _partial(facts: Facts) -> str:
    if not facts["partial"]:
        return ""
    told = "\n".join(f"- {cell(text)}" for text in facts["partial"])
    return f"**Partial results.** Not everything could be read:\n\n{told}"


def _table(facts: Facts) -> str:
    rows = [_row(result) for result in facts["results"]]
    head = (
        "| check | about | this run | severity | known of the vendor | places |\n| --- | --- | --- | --- | --- | --- |"
    )
    return "\n".join([head, *rows])


def _row(result: Facts) -> str:
    severity, places = result["severity"] or "", len(result["places"]) or ""
    cells = (result["id"], cell(result["title"]), word(result), severity, known(result), places)
    return "| " + " | ".join(map(str, cells)) + " |"


def word(result: Facts) -> str:
    """The verdict in a word; an accepted finding is called so."""
    return "accepted" if result["accepted"] else str(result["verdict"])


def known(result: Facts) -> str:
    """Verdict and grade of what is known of the vendor."""
    verdict, grade = result["known"]["verdict"], result["known"]["grade"]
    return f"{verdict} ({grade})" if grade else str(verdict)


def of_vendor(claim: Facts) -> str:
    """What is known of the vendor on a claim, without this run."""
    return f"{claim['vendor']} ({claim['grade']})" if claim["grade"] else str(claim["vendor"])


def code(name: str) -> str:
    """A name as code."""
    return f"`{name}`"


def cell(text: str) -> str:
    """Text that breaks no table and starts no markup: above all no link, and no picture that a reader would fetch."""
    return _SIGNS.sub(r"\\\1", text).replace("<", "&lt;").replace("\n", " ")


def _finding(result: Facts) -> str:
    groups, more = shown(result["groups"], GROUPS)
    places = [f"- {sentence(group, NAMES, code, cell)}" for group in groups] + ([f"- {more}"] if more else [])
    work = result["workaround"]
    lines = [
        f"## {result['id']} {cell(result['title'])} ({result['severity']})",
        f"{cell(result['why'])}",
        "\n".join(places),
        f"**Effect.** {cell(result['effect'])}",
        f"**Workaround.** {cell(work['text'])}" if work["text"] else "",
        f"**Code.** `{work['code']}`" if work["code"] else "",
        f"**Known of the vendor.** {cell(result['known']['says'])}" if result["known"]["sources"] else "",
    ]
    return "\n\n".join(line for line in lines if line)


def _unknown(facts: Facts) -> str:
    unknown = [
        f"- {r['id']} {cell(r['title'])}: {cell(r['why'])}" for r in facts["results"] if r["verdict"] == "unknown"
    ]
    return "## What is unknown\n\n" + "\n".join(unknown) if unknown else ""


def _claims(facts: Facts) -> str:
    if not facts["claims"]:
        return ""
    head = "## Claims of the radar entry\n\n| claim | says | this run | the vendor |\n| --- | --- | --- | --- |"
    rows = [f"| {c['id']} | {cell(c['says'])} | {c['conclusion']} | {of_vendor(c)} |" for c in facts["claims"]]
    return "\n".join([head, *rows])


def _scorecard(facts: Facts) -> str:
    card = facts["scorecard"]
    if not card:
        return ""
    blockers = "\n".join(f"- {cell(line)}" for line in card["blockers"])
    text = f"## Ring: {card['ring']}\n\nScore {card['score']} of 100, confidence {card['confidence']} %."
    return f"{text}\n\nWhat would move it:\n\n{blockers}" if blockers else text


def _against(facts: Facts) -> str:
    other = facts.get("against")
    if not other:
        return ""
    rows = [f"| {d['id']} | {cell(d['title'])} | {d['here']} | {d['there']} |" for d in other["differences"]]
    title = "\n\n".join([f"## Against {cell(other['target'])}", *(f"Partial: {cell(s)}" for s in other["partial"])])
    head = f"{title}\n\n| check | about | here | there |\n| --- | --- | --- | --- |"
    return "\n".join([head, *rows]) if rows else f"{title}\n\nNo check differs."


def _notes(facts: Facts) -> str:
    return "## Notes\n\n" + "\n".join(f"- {cell(note)}" for note in facts["notes"]) if facts["notes"] else ""

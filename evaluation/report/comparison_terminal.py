"""Several targets side by side in a terminal: readable without colour, as wide as the terminal is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import click

from .comparison_cells import (
    LEGEND,
    NOTHING,
    by_sentence,
    called,
    left,
    of_check,
    of_vendor,
    reason,
    severity_counts,
    span,
)

Facts = dict[str, Any]
COLUMN, NAME, WIDEST = (
    17,
    22,
    54,
)  # columns of the terminal: for a target; at least and at most for what stands in front
Row = tuple[list[str], dict[str, list[str]]]  # what stands in front, and the cell of each letter, in lines
COLOURS = {"fail": "red", "pass": "green"}


def as_terminal(facts: Facts, width: int = 100) -> str:
    """The comparison for people, at most ``width`` columns."""
    lines = [*_paragraphs("VERDICT", facts["verdict"], width), *_targets(facts, width)]
    lines += [*_criteria(facts, width), *_checks(facts, width), *_left(facts, width), *_open(facts, width)]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _head(text: str) -> str:
    return click.style(text, bold=True)


def _paragraphs(title: str, sentences: Sequence[str], width: int) -> list[str]:
    return [_head(title), *(line for text in sentences for line in _hanging(text, width, "")), ""]


def _targets(facts: Facts, width: int) -> Iterator[str]:
    for target in facts["targets"]:
        yield _head(f"{target['letter']}  {target['target']}")
        card = target["scorecard"]
        scale = f"{span(card)} of 100, {card['confidence']} % known" if card and card["confidence"] else NOTHING
        ring = f"; ring {card['ring']}: {scale}" if card else ""
        partial = [f"partial: {text}" for text in target["partial"]]
        told = [severity_counts(target), f"worth: {target['worth']}", f"vendor: {of_vendor(target)}{ring}", *partial]
        for text in told:
            yield from _hanging(f"   {text}", width, "     ")
    yield ""


def _criteria(facts: Facts, width: int) -> list[str]:
    rows = [_criterion(one) for one in facts["criteria"]]
    told = by_sentence(facts["criteria"], ("ahead", "even"))
    if not rows:
        return []
    legend = f"{LEGEND} Below it: how many items pass, fail and are unknown."
    return [*_paragraphs("BY CRITERION", [legend], width)[:-1], *_table(rows, width), *_bullets(told, width)]


def _criterion(one: Facts) -> Row:
    ahead = f", {called(one['standing'])}" if one["standing"] else ""
    cells = {letter: [_known(of), f"{of['pass']}/{of['fail']}/{of['unknown']}"] for letter, of in one["of"].items()}
    return [one["title"], f"  weight {one['weight']:g}{ahead}"], cells


def _known(of: Facts) -> str:
    return f"{span(of)}, {of['confidence']} %" if of["confidence"] else span(of)


def _checks(facts: Facts, width: int) -> list[str]:
    rows = [
        ([f"{check['id']}  {check['title']}"], {letter: [_verdict(of)] for letter, of in check["of"].items()})
        for check in facts["checks"]
    ]
    head = _paragraphs("BY CHECK", ["In brackets: in how many places."], width)[:-1]
    return [*head, *_table(rows, width)] if rows else []


def _verdict(of: Facts) -> str:
    return f"{of_check(of)[0]} ({of['places']})" if of_check(of)[1] else of_check(of)[0]


def _table(rows: Sequence[Row], width: int) -> list[str]:
    """Rows with a column for each target; as many columns at a time as there is room for beside the names."""
    letters = list(rows[0][1])
    fits = max(1, (width - NAME) // (COLUMN + 1))
    blocks = [letters[start : start + fits] for start in range(0, len(letters), fits)]
    return [line for block in blocks for line in (*_block(rows, block, width), "")]


def _block(rows: Sequence[Row], letters: Sequence[str], width: int) -> Iterator[str]:
    name = min(WIDEST, width - len(letters) * (COLUMN + 1))
    yield _head(" " * name + "".join(f" {letter:<{COLUMN}}" for letter in letters).rstrip())
    for heads, cells in rows:
        first = [line for text in heads for line in wrap(text, name, subsequent_indent="    ")]
        columns = [[part for text in cells[letter] for part in wrap(text, COLUMN)] for letter in letters]
        for front, *texts in zip_longest(first, *columns, fillvalue=""):
            yield f"{front:<{name}}" + "".join(" " + _padded(text) for text in texts)


def _padded(text: str) -> str:
    colour = COLOURS.get(text.partition(",")[0])
    shown = click.style(text, fg=colour) if colour else text
    return shown + " " * (COLUMN - len(text))


def _left(facts: Facts, width: int) -> list[str]:
    told = [f"{reason}: {', '.join(checks)}" for reason, checks in left(facts)]
    return [_head("NOT DECIDED FOR ANY"), *_bullets(told, width)] if told else []


def _open(facts: Facts, width: int) -> list[str]:
    found = {
        letter: [f"{reason(one['why'])}: {', '.join(one['checks'])}" for one in some]
        for letter, some in facts["open"].items()
    }
    parts = [(f"NOT DECIDED FOR {letter}, BUT FOR OTHERS", told) for letter, told in found.items() if told]
    return [line for title, told in parts for line in (_head(title), *_bullets(told, width))]


def _bullets(texts: Sequence[str], width: int) -> list[str]:
    lines = [line for text in texts for line in _hanging(f"- {text}", width, "  ")]
    return [*lines, ""] if lines else []


def _hanging(text: str, width: int, indent: str) -> list[str]:
    lead = text[: len(text) - len(text.lstrip())]
    return wrap(text.lstrip(), width, initial_indent=lead, subsequent_indent=indent, break_long_words=False)

"""Bars in a table: the drawing stands beside its own numbers, so the chart is never without them.

A part is told from its neighbour by its pattern; what is unknown is an empty outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation.html import Html, block, escape, tag

LOOKS = ("solid", "hatch", "dots", "empty")
"""In the order they are given to parts; ``empty`` is for what is unknown."""


@dataclass(frozen=True)
class Bar:
    """A row: ``parts`` are amounts by name, drawn from the left. ``note`` stands below the name."""

    name: str
    parts: Mapping[str, float]
    note: str = ""


def bars(
    caption: str, rows: Sequence[Bar], *, head: str = "", looks: Mapping[str, str] | None = None, most: float = 0
) -> Html:
    """A table with a bar in each row and a column of numbers for each part.

    ``looks`` has one of LOOKS for each part, in the order of the columns; without it they are given in order, and
    ``unknown`` is empty. ``most`` is the amount that fills the width, else that of the longest bar.
    """
    shown = looks or _looks(rows)
    full = most or max((sum(row.parts.values()) for row in rows), default=0) or 1
    names = [tag("th", _swatch(look), name, scope="col", class_="number") for name, look in shown.items()]
    top = tag("tr", tag("th", head, scope="col") if head else tag("td"), *names)
    body = [_row(row, shown, full) for row in rows]
    inner = (tag("caption", caption), tag("thead", top), block("tbody", *body))
    return block("table", *inner, class_="bars")


def _looks(rows: Sequence[Bar]) -> dict[str, str]:
    names = dict.fromkeys(name for row in rows for name in row.parts)
    known = [name for name in names if name != "unknown"]
    given = {name: LOOKS[min(index, len(LOOKS) - 2)] for index, name in enumerate(known)}
    return {name: given.get(name, "empty") for name in names}


def _row(row: Bar, looks: Mapping[str, str], full: float) -> Html:
    drawn = tag("svg", *_parts(row, looks, full), class_="bar", aria_hidden="true")
    note = tag("span", row.note, class_="soft") if row.note else ""
    cells = [tag("td", amount(row.parts.get(name, 0)), class_="number") for name in looks]
    return tag("tr", tag("th", tag("span", row.name), drawn, note, scope="row"), *cells)


def _parts(row: Bar, looks: Mapping[str, str], full: float) -> Iterator[Html]:
    start = 0.0
    for name, look in looks.items():
        width = 100 * row.parts.get(name, 0) / full
        if width > 0:
            size = {"x": f"{start:.2f}%", "width": f"{width:.2f}%"}
            yield tag("rect", y=1, height="14", class_=f"part {look}", **size)
        start += width


def _swatch(look: str) -> Html:
    drawn = tag("rect", x=1, y=1, width=18, height=10, class_=f"part {look}")
    return tag("svg", drawn, class_="swatch", viewbox="0 0 20 12", aria_hidden="true")


def amount(value: float) -> Html:
    """A number without digits that say nothing."""
    return escape(f"{value:.1f}".removesuffix(".0"))

"""A result as a table for people and as JSON for machines. Neither holds a value."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .comparison import Result
from .facts import Difference

WIDTHS = {"fact": 34, "grade": 9, "facet": 15}
WIDTH = 30  # characters of a column that shows what one view says
MOST = 4  # places that are named
LINE = 120


def as_text(result: Result) -> str:
    """The views that were compared, then one row for each difference."""
    views = ("contract", *result.requests)
    lines = [*_views(result), ""]
    if result.differences:
        lines += _table([("fact", "grade", "facet", *views), *(_cells(d, views) for d in result.differences)])
        lines += ["", *(line for d in result.differences for line in _explained(d)), ""]
    count = len(result.differences)
    return "\n".join([*lines, f"{count} difference{'' if count == 1 else 's'}", ""])


def _views(result: Result) -> Iterator[str]:
    yield f"contract   quirks {result.quirks}"
    for name, requests in result.requests.items():
        facts = [f"{requests} answers"]
        if name == "recording":
            facts.append(f"of {result.origin}")
            facts += [f"captured {result.recorded}, {result.age} days ago"] if result.recorded else []
        if name in result.stopped:
            facts.append(f"not asked everything: {result.stopped[name]}")
        yield f"{name:<10} {', '.join(facts)}"


def _cells(difference: Difference, views: Sequence[str]) -> tuple[str, ...]:
    said = (difference.says.get(view, "") for view in views)
    return difference.id, difference.grade, difference.facet, *said


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of fixed width; what is longer goes on in the next line."""
    widths = [*WIDTHS.values(), *[WIDTH] * (len(rows[0]) - len(WIDTHS))]
    for row in rows:
        wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for i in range(max(map(len, wrapped))):
            parts = (lines[i] if i < len(lines) else "" for lines in wrapped)
            yield "  ".join(f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)).rstrip()


def _explained(difference: Difference) -> list[str]:
    text = f"{difference.id}: {difference.title}; seen at {_places(difference)}"
    return textwrap.wrap(text, LINE, subsequent_indent="  ", break_on_hyphens=False)


def _places(difference: Difference) -> str:
    shown = list(dict.fromkeys(map(str, difference.places)))
    more = f" and {len(shown) - MOST} more" if len(shown) > MOST else ""
    return ", ".join(shown[:MOST]) + more


def as_json(result: Result) -> dict[str, Any]:
    """Everything, by names."""
    return {
        "quirks": result.quirks,
        "origin": result.origin,
        "recorded": result.recorded.isoformat() if result.recorded else None,
        "age_days": result.age,
        "views": {n: {"answers": r, "stopped": result.stopped.get(n, "")} for n, r in result.requests.items()},
        "differences": [_difference(d) for d in result.differences],
        "confirmed": {name: list(ids) for name, ids in result.confirmed.items()},
    }


def _difference(difference: Difference) -> Mapping[str, Any]:
    places = [{"step": p.step, "element": p.element, "column": p.column} for p in difference.places]
    return {
        "id": difference.id,
        "title": difference.title,
        "grade": difference.grade,
        "facet": difference.facet,
        "says": dict(difference.says),
        "places": places,
    }

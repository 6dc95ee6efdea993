"""How well the columns of each element are known, as bars. The page has a table with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluation.html import Html, block, tag

from .words import GRADES

LEFT, WIDTH, LINE, BAR = 150, 620, 24, 16
SMALLEST = 16  # width below which a number does not fit into its part of a bar


def chart(found: Mapping[str, Mapping[str, int]]) -> Html:
    """A bar for each element, in parts by grade; ``found`` has counts by grade and element, with a row ``all``."""
    elements = {name: counts for name, counts in found.items() if name != "all"}
    most = max(sum(counts.values()) for counts in elements.values())
    height = LINE * (len(elements) + 2)
    whole = found["all"]
    told = ", ".join(f"{whole[grade]} {grade}" for grade in GRADES)
    return block(
        "svg",
        tag("title", "Columns of each element by grade", id="coverage-title"),
        tag("desc", f"All elements together: {told}. The table has every number.", id="coverage-desc"),
        *_legend(),
        *(part for row, name in enumerate(elements) for part in _bar(row, name, elements[name], most)),
        class_="coverage",
        viewbox=f"0 0 {LEFT + WIDTH + 10} {height}",
        role="img",
        aria_labelledby="coverage-title coverage-desc",
    )


def _legend() -> Iterator[Html]:
    for index, grade in enumerate(GRADES):
        x = LEFT + index * WIDTH // len(GRADES)
        yield tag("rect", x=x, y=4, width=12, height=12, class_=f"grade grade-{grade}")
        yield tag("text", grade, x=x + 17, y=15)


def _bar(row: int, name: str, counts: Mapping[str, int], most: int) -> Iterator[Html]:
    top = LINE * (row + 1) + 8
    yield tag("text", name, x=LEFT - 8, y=top + 13, text_anchor="end")
    x = 0.0
    for grade in GRADES:
        width = counts[grade] * WIDTH / most
        if width:
            kind = f"grade grade-{grade}"
            yield tag("rect", x=f"{LEFT + x:.1f}", y=top, width=f"{width:.1f}", height=BAR, class_=kind)
        if width >= SMALLEST:
            middle = f"{LEFT + x + width / 2:.1f}"
            yield tag("text", counts[grade], x=middle, y=top + 13, text_anchor="middle", class_=f"on-{grade}")
        x += width

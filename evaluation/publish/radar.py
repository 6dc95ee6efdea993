"""The radar page: the drawing, and below it a table with the same data, which a script lets a reader filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evaluation.html import Html, block, table, tag
from evaluation.radar.entries import Blip
from evaluation.radar.entry import QUADRANTS, RINGS

from .links import href, link
from .markdown import section
from .page import Page
from .radar_chart import chart, ordered, sign
from .words import count, day, meaning

FOLDER = "radar"
INDEX = f"{FOLDER}/index.md"
HEAD = ("no.", "entry", "ring", "quadrant", "moved", "last looked at", "what it is")


def path(slug: str) -> str:
    """Where the page of an entry is."""
    return f"{FOLDER}/{slug}.md"


def page(blips: Mapping[str, Blip]) -> Page:
    """The radar of all entries. Adding an entry is adding a file."""
    told = ", ".join(_told(blip) for blip in ordered(blips)[:5])
    text = section(
        "# Radar",
        f"**{count(len(blips), 'entry').replace('entrys', 'entries')} on this radar: {told}"
        f"{' and others' if len(blips) > 5 else ''}.** The nearer to the centre, the further we would go with it.",
        figure(blips, INDEX),
        "## Entries",
        _table(ordered(blips)),
        "## Rings",
        _rings(),
        "How entries are kept, moved and judged: [keep the radar](../guide/radar.md).",
    )
    return Page(INDEX, "All entries", text, ("Radar",))


def _told(blip: Blip) -> Html:
    return Html(f"{tag('span', blip.entry.title)} at {blip.entry.ring}")


def figure(blips: Mapping[str, Blip], here: str) -> Html:
    """The drawing with links to the entries."""
    hrefs = {slug: href(path(slug), here) for slug in blips}
    return block("figure", chart(blips, hrefs), class_="radar-figure")


def _table(blips: Sequence[Blip]) -> Html:
    rows = [_row(number, blip) for number, blip in enumerate(blips, 1)]
    return block("div", table("Every entry of the radar", HEAD, rows), class_="radar-list", data_radar="list")


def _row(number: int, blip: Blip) -> list[object]:
    entry = blip.entry
    seen = day(entry.reviewed) if entry.reviewed else "not said"
    where = link(entry.title, path(entry.slug), INDEX)
    return [number, where, word(entry.ring), QUADRANTS[entry.quadrant], blip.movement, seen, entry.description]


def word(ring: str) -> Html:
    """A ring by word, shape and colour."""
    return tag("span", sign(ring), Html(" "), tag("span", ring, class_="radar-ring-word"), class_=f"radar-{ring}")


def _rings() -> str:
    rows = ([word(ring), meaning(ring)] for ring in RINGS)
    return table("What each ring means", ("ring", "meaning"), rows)


def navigation(blips: Mapping[str, Blip]) -> Iterator[Page]:
    """The radar, entries, then their revisions, newest first, as they stand in the navigation."""
    yield Page(INDEX, "All entries", "", ("Radar",))
    for blip in ordered(blips):
        yield Page(path(blip.entry.slug), blip.entry.title, "", ("Radar",))
    for blip in ordered(blips):
        for revision in reversed(blip.history):
            title = f"{blip.entry.title}, {day(revision.date)}"
            yield Page(f"{FOLDER}/revisions/{revision.name}.md", title, "", ("Radar", "Revisions"))

"""The radar as SVG: four quadrants, a ring for each of adopt, trial, assess and hold, a numbered blip for each entry.

A place depends on nothing but the entries. In each field (a ring in a quadrant) blips stand on a grid of arcs; where a
field is too full for it, all blips of the radar get smaller, so that none ever covers another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import asin, atan2, ceil, cos, pi, sin

from evaluation.html import Html, block, tag
from evaluation.radar.entries import Blip
from evaluation.radar.entry import QUADRANTS, RINGS

SIZE = 800
RADII = (0.0, 150.0, 240.0, 320.0, 390.0)
LARGEST, LABEL = 20.0, 12
SPACE = 2.3  # room for a blip, in its radii
MARGIN = 44  # above and below the circle, for the names of quadrants
CORNERS = {"languages-and-frameworks": (-1, -1), "techniques": (1, -1), "platforms": (-1, 1), "tools": (1, 1)}


@dataclass(frozen=True)
class Spot:
    """A blip in its place: centre and radius in units of the drawing. ``alone`` if nothing else is in its field."""

    number: int
    blip: Blip
    x: float
    y: float
    radius: float
    alone: bool


def ordered(blips: Mapping[str, Blip]) -> list[Blip]:
    """The blips in the order of their numbers: by quadrant, by ring from the centre, by title."""
    quadrants = list(QUADRANTS)

    def place(blip: Blip) -> tuple[int, int, str, str]:
        entry = blip.entry
        return quadrants.index(entry.quadrant), RINGS.index(entry.ring), entry.title.casefold(), entry.slug

    return sorted(blips.values(), key=place)


def spots(blips: Mapping[str, Blip]) -> list[Spot]:
    """Every blip in its place, by number."""
    fields: dict[tuple[str, str], list[tuple[int, Blip]]] = {}
    for number, blip in enumerate(ordered(blips), 1):
        fields.setdefault((blip.entry.quadrant, blip.entry.ring), []).append((number, blip))
    radius = LARGEST
    while any(len(found) > len(grid(ring, radius)) for (_, ring), found in fields.items()):
        radius *= 0.95
    return [spot for (quadrant, ring), found in fields.items() for spot in _field(quadrant, ring, found, radius)]


def _field(quadrant: str, ring: str, found: Sequence[tuple[int, Blip]], radius: float) -> Iterator[Spot]:
    points = grid(ring, radius)
    right, down = CORNERS[quadrant]
    for index, (number, blip) in enumerate(found):
        x, y = points[int((index + 0.5) * len(points) / len(found))]
        yield Spot(number, blip, SIZE / 2 + right * x, SIZE / 2 + down * y, radius, len(found) == 1)


def grid(ring: str, radius: float) -> list[tuple[float, float]]:
    """Centres for blips of this radius in a field, by angle, as distances from the middle; clear of its borders."""
    inner, outer = (RADII[RINGS.index(ring) + step] for step in (0, 1))
    space = SPACE * radius
    first, last = max(inner + space / 2, space), outer - space / 2
    rows = int((last - first) / space + 1e-9) + 1 if last >= first else 0
    step = (last - first) / max(rows - 1, 1)
    arcs = [(first + last) / 2] if rows == 1 else [first + row * step for row in range(rows)]
    points = [point for arc in arcs for point in _on_arc(arc, space)]
    return sorted(points, key=lambda point: (round(atan2(point[1], point[0]), 6), point))


def _on_arc(arc: float, space: float) -> Iterator[tuple[float, float]]:
    """Points of a quarter circle, a blip's space from each other and half of it from the axes."""
    edge = asin(space / 2 / arc)
    step = 2 * asin(space / 2 / arc)
    count = int((pi / 2 - 2 * edge) / step + 1e-9) + 1
    start = pi / 4 - step * (count - 1) / 2
    for index in range(count):
        angle = start + index * step
        yield arc * cos(angle), arc * sin(angle)


def chart(blips: Mapping[str, Blip], hrefs: Mapping[str, str], id_: str = "radar") -> Html:
    """The drawing. ``hrefs`` has the address of each entry by slug."""
    placed = spots(blips)
    described = f"{len(placed)} numbered {'entry' if len(placed) == 1 else 'entries'}: the nearer to the centre, the "
    described += "further to go with it. The table of entries has the same data."
    return block(
        "svg",
        tag("title", "Technology radar", id=f"{id_}-title"),
        tag("desc", described, id=f"{id_}-desc"),
        *_rings(),
        *_quadrants(),
        *(_drawn(spot, hrefs[spot.blip.entry.slug]) for spot in placed),
        class_="radar",
        viewbox=f"0 {-MARGIN} {SIZE} {SIZE + 2 * MARGIN}",
        role="group",
        aria_labelledby=f"{id_}-title {id_}-desc",
    )


def _rings() -> Iterator[Html]:
    middle = SIZE // 2
    for ring, radius in reversed(list(zip(RINGS, RADII[1:], strict=True))):
        yield tag("circle", cx=middle, cy=middle, r=f"{radius:g}", class_=f"radar-ring radar-{ring}")
    for x1, y1, x2, y2 in ((10, middle, SIZE - 10, middle), (middle, 10, middle, SIZE - 10)):
        yield tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="radar-axis")
    for ring, inner, outer in zip(RINGS, RADII, RADII[1:], strict=False):
        y = middle - (inner + outer) / 2 - (20 if ring == "adopt" else 0)
        yield tag("text", ring, x=middle, y=f"{y + 8:g}", class_=f"radar-word radar-{ring}", text_anchor="middle")


def _quadrants() -> Iterator[Html]:
    for quadrant, (right, down) in CORNERS.items():
        x = 8 if right < 0 else SIZE - 8
        y = -14 if down < 0 else SIZE + 32
        anchor = "start" if right < 0 else "end"
        yield tag("text", QUADRANTS[quadrant], x=x, y=y, class_="radar-quadrant", text_anchor=anchor)


def _drawn(spot: Spot, href: str) -> Html:
    entry = spot.blip.entry
    quadrant = QUADRANTS[entry.quadrant]
    told = f"{spot.number} {entry.title}: ring {entry.ring}, quadrant {quadrant}, {spot.blip.movement}"
    name = ""
    if spot.alone and len(entry.title) <= LABEL:
        name = tag("text", entry.title, x=_at(spot.x), y=_at(spot.y + spot.radius + 20), class_="radar-name",
                   text_anchor="middle", aria_hidden="true")  # fmt: skip
    number = tag("text", spot.number, x=_at(spot.x), y=_at(spot.y + spot.radius * 0.35), class_="radar-number",
                 text_anchor="middle", font_size=_at(spot.radius), aria_hidden="true")  # fmt: skip
    drawn = shape(entry.ring, spot.x, spot.y, spot.radius)
    around = tag("circle", cx=_at(spot.x), cy=_at(spot.y), r=_at(2 * spot.radius), fill="transparent")  # easy to hit
    parts = (drawn, number, Html(" "), name, around)
    return tag(
        "a", *parts, href=href, class_="radar-blip", aria_label=told, data_entry=entry.slug
    )


def shape(ring: str, x: float, y: float, radius: float) -> Html:
    """The sign of a ring: circle, diamond, triangle or square, none larger than a circle of the radius."""
    kind = f"radar-sign radar-{ring}"
    if ring == "adopt":
        return tag("circle", cx=_at(x), cy=_at(y), r=_at(radius), class_=kind)
    first, corners = {"trial": (-pi / 2, 4), "assess": (-pi / 2, 3), "hold": (pi / 4, 4)}[ring]
    angles = [first + 2 * pi * index / corners for index in range(corners)]
    points = " ".join(f"{_at(x + radius * cos(a))},{_at(y + radius * sin(a))}" for a in angles)
    return tag("polygon", points=points, class_=kind)


def sign(ring: str) -> Html:
    """The sign of a ring, small and beside its word."""
    drawn = shape(ring, 8, 8, 7)
    return tag("svg", drawn, class_="radar-key", viewbox="0 0 16 16", aria_hidden="true")


def _at(value: float) -> str:
    """A length to a tenth, upwards so that equal numbers look equal on every machine."""
    return f"{ceil(value * 10 - 0.5) / 10:g}"

"""The radar holds many entries without overlap, is labelled, and says the same as its list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from math import dist, hypot
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.publish import build, facts, radar, radar_chart
from evaluation.radar import entries
from evaluation.radar.entries import Blip
from evaluation.radar.entry import QUADRANTS, RINGS, Entry
from tests.radar import files

from .reading import drawings, words
from .scripts import ASSETS

Ring = tuple[str, str]
rings = st.tuples(st.sampled_from(RINGS), st.sampled_from(list(QUADRANTS)))


def made(number: int, ring: str, quadrant: str, title: str = "") -> Blip:
    slug = f"thing-{number:03d}"
    entry = Entry(slug, title or f"Thing {number}", "What it is.", "o", "https://x.test/", ring, quadrant)
    return Blip(entry)


def many(fields: list[Ring]) -> dict[str, Blip]:
    blips = [made(number, ring, quadrant) for number, (ring, quadrant) in enumerate(fields)]
    return {blip.entry.slug: blip for blip in blips}


@given(st.lists(rings, min_size=1, max_size=120))
@settings(deadline=None, max_examples=60)
def test_no_blip_covers_another_or_leaves_its_field(fields: list[Ring]) -> None:
    spots = radar_chart.spots(many(fields))
    assert len(spots) == len(fields)
    middle = radar_chart.SIZE / 2
    for index, spot in enumerate(spots):
        ring, quadrant = spot.blip.entry.ring, spot.blip.entry.quadrant
        inner, outer = (radar_chart.RADII[RINGS.index(ring) + step] for step in (0, 1))
        away = hypot(spot.x - middle, spot.y - middle)
        assert inner + spot.radius < away + 1e-6 and away + spot.radius < outer + 1e-6
        right, down = radar_chart.CORNERS[quadrant]
        assert (spot.x - middle) * right >= spot.radius and (spot.y - middle) * down >= spot.radius
        for other in spots[:index]:
            assert dist((spot.x, spot.y), (other.x, other.y)) >= 2 * spot.radius


def test_two_hundred_in_one_field_fit() -> None:
    spots = radar_chart.spots(many([("adopt", "tools")] * 200))
    assert min(spot.radius for spot in spots) > 2
    places = {(round(spot.x, 3), round(spot.y, 3)) for spot in spots}
    assert len(places) == 200


@given(st.permutations([("hold", "tools"), ("adopt", "platforms"), ("hold", "tools"), ("trial", "techniques")]))
@settings(deadline=None)
def test_places_do_not_depend_on_the_order_of_files(fields: list[Ring]) -> None:
    blips = many(fields)
    turned = dict(reversed(blips.items()))
    hrefs = dict.fromkeys(blips, "x.html")
    assert radar_chart.chart(blips, hrefs) == radar_chart.chart(turned, hrefs)


def test_every_ring_is_told_by_word_shape_and_colour() -> None:
    blips = many([(ring, "tools") for ring in RINGS])
    (drawing,) = drawings(f"{radar.figure(blips, radar.INDEX)}")
    shapes = {}
    for link in drawing.findall("a"):
        sign = link[0]
        ring = sign.get("class", "").split("radar-")[-1]
        assert f"ring {ring}," in link.get("aria-label", "")
        corners = len(sign.get("points", "").split())
        shapes[ring] = (sign.tag, corners, sign.get("points", "").split()[:1] == [])
    assert set(shapes) == set(RINGS)
    assert shapes["adopt"][0] == "circle" and shapes["assess"][1] == 3 and shapes["trial"][1] == shapes["hold"][1] == 4
    assert radar_chart.shape("trial", 0, 0, 1) != radar_chart.shape("hold", 0, 0, 1)
    css = (ASSETS / "radar.css").read_text(encoding="utf-8")
    assert all(f"--ring-{ring}:" in css and f".radar-{ring} " in css for ring in RINGS)
    assert {text.text for text in drawing.findall("text")} >= set(RINGS) | set(QUADRANTS.values())


def test_the_drawing_is_labelled_and_its_links_can_be_reached(site: build.Site) -> None:
    page = next(page for page in site.pages if page.path == radar.INDEX)
    (drawing,) = drawings(page.text)
    ids = (drawing.get("aria-labelledby") or "").split()
    named = {child.get("id"): child.text for child in drawing if child.tag in ("title", "desc")}
    assert [bool(named[id_]) for id_ in ids] == [True, True]
    links = drawing.findall("a")
    assert [link.get("href") for link in links] == ["healthjump.html"]
    assert links[0].get("aria-label") == "1 Healthjump: ring assess, quadrant Tools, no change"
    assert not any(child.get("tabindex") == "-1" for child in drawing.iter())


def test_list_and_drawing_say_the_same(docs: Path) -> None:
    for slug, ring, quadrant in (("a", "adopt", "tools"), ("b", "hold", "techniques"), ("c", "hold", "techniques")):
        files.entry(
            docs / "radar", slug, title=f"Thing <{slug}>", ring=ring, quadrant=quadrant, reviewed=date(2026, 1, 2)
        )
    text = radar.page(entries.load(docs / "radar")).text
    (drawing,) = drawings(text)
    labels = [link.get("aria-label", "") for link in drawing.findall("a")]
    cells = words(text.partition("## Entries")[2].partition("## Rings")[0], "td")
    rows = [cells[start : start + 6] for start in range(0, len(cells), 6)]
    told = [
        f"{number} {title}: ring {ring.strip()}, quadrant {where}, {moved}"
        for number, (title, ring, where, moved, *_) in enumerate(rows, 1)
    ]
    assert labels == told
    assert [row[4] for row in rows] == ["2 January 2026"] * 3
    assert text.startswith("# Radar\n\n**3 entries on this radar: ")


def test_adding_an_entry_is_adding_a_file(docs: Path) -> None:
    files.entry(docs / "radar", "one")
    assert len(entries.load(docs / "radar")) == 1
    before = build.site(docs)
    files.entry(docs / "radar", "two", title="Second", ring="trial", quadrant="platforms")
    after = build.site(docs)
    page = {page.path: page.text for page in after.pages}[radar.INDEX]
    assert 'href="two.html"' in page and 'href="two.html"' not in {p.path: p.text for p in before.pages}[radar.INDEX]
    assert [page.path for page in after.nav] == ["radar/index.md", "radar/two.md", "radar/one.md"]
    assert "radar/two.md" in after.parts


def test_a_public_build_leaves_out_what_is_not_public(docs: Path) -> None:
    files.entry(docs / "radar", "one")
    files.entry(docs / "radar", "two", title="Kept Inside", public=False)
    files.revision(docs / "radar", 1, "2026-01-01", "assess", "two")
    inner, public = build.site(docs), build.site(docs, public=True)
    assert inner.hidden == frozenset()
    assert public.hidden == {"radar/two.md", "radar/revisions/two-2026-01-01.md"}
    assert "Kept Inside" in str([page.text for page in inner.pages]) + str(inner.parts)
    assert "Kept Inside" not in str([page.text for page in public.pages]) + str(public.parts) + str(public.nav)
    assert "some-project" in str(inner.parts) and "some-project" not in str(public.parts)


def test_a_long_name_is_left_to_the_list() -> None:
    short, long_ = made(1, "hold", "tools", "Short"), made(2, "trial", "tools", "A name that is far too long")
    drawn = radar_chart.chart({"a": short, "b": long_}, {"thing-001": "a", "thing-002": "b"})
    names = [text.text for text in ElementTree.fromstring(drawn).iter("text") if text.get("class") == "radar-name"]
    assert names == ["Short"]


def test_the_meaning_of_each_ring_is_that_of_the_criteria(texts: Mapping[str, str]) -> None:
    told = (facts.ROOT / "evaluation/radar/criteria.yaml").read_text(encoding="utf-8")
    for ring in RINGS:
        meaning = radar.meaning(ring)
        assert meaning[:40] in " ".join(told.split())
        assert re.sub(r"'", "&#x27;", meaning) in texts[radar.INDEX]


LUMINANCE = re.compile(r"--(ring-\w+|radar-page): (#[0-9a-f]{6})")


def _bright(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_colours_of_rings_have_contrast(scheme: str) -> None:
    css = (ASSETS / "radar.css").read_text(encoding="utf-8")
    colours = dict(LUMINANCE.findall(css.partition(f'"{scheme}"] {{')[2].partition("}")[0]))
    page = _bright(colours.pop("radar-page"))
    assert len(colours) == len(RINGS)
    for name, colour in colours.items():
        light, dark = sorted((page, _bright(colour)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name

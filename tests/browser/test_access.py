"""Whoever reads with a screen reader, a keyboard, a small screen or in the dark can use every kind of page."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import yaml

from ..sites import ROOT, pages
from .conftest import INDEX, Visiting
from .page_types import TYPES, unnamed
from .tools import AXE, Visit, missing

HERE = Path(__file__).parent
KNOWN: list[dict[str, str]] = yaml.safe_load((HERE / "known_faults.yaml").read_text(encoding="utf-8"))
MENDED: list[dict[str, str]] = yaml.safe_load((HERE / "mended_faults.yaml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def axe_is_there() -> None:
    if not AXE.is_file():
        missing("axe-core is not installed: `make setup` installs it wherever Node.js and npm are.")


def settled(visit: Visit, path: str) -> None:
    """The page with all that its scripts add."""
    page = visit.open(path)
    if path == TYPES["try"]:
        page.wait_for_selector(".opblock-tag")


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    built = pages(site)
    assert set(TYPES.values()) <= set(built)
    assert list(unnamed(built)) == [], "name a page of this folder in page_types.py"


def test_what_is_listed_is_listed_whole() -> None:
    for one in KNOWN:
        assert set(one) == {"rule", "page", "where", "program", "issue", "says"} and one["page"] in TYPES.values()
    for one in MENDED:
        assert set(one) == {"fault", "issue", "mended_in"} and (ROOT / one["mended_in"]).is_file()


def test_axe_would_find_a_fault(visit: Visit) -> None:
    page = visit.open("index.html")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><h5>x</h5>')")
    assert {one["rule"] for one in visit.axe()} >= {"image-alt", "heading-order"}


BROKEN_NAMES = """() => [...document.querySelectorAll("td code, th code, td a, th a")]
  .filter(name => name.offsetParent && !/[\\s-]/.test(name.textContent.trim()) && name.getClientRects().length > 1)
  .map(name => name.textContent)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIZES = "() => performance.getEntries().map(one => one.transferSize || 0).reduce((all, one) => all + one, 0)"
LIGHT = 500_000
"""Bytes a page may transfer, all that it fetches counted; Swagger UI alone is heavier."""


@pytest.fixture(scope="module")
def index_size(site: Path) -> int:
    """Bytes that the index of the search takes on its way; a visit leaves it out unless it searches."""
    return len(gzip.compress((site / INDEX).read_bytes()))


@pytest.mark.parametrize("kind", TYPES)
def test_a_page_is_sound(visit: Visit, kind: str, index_size: int, tmp_path: Path) -> None:
    """Once over a page of every kind. Its fixture adds: nothing told on the console, nothing asked of another host."""
    settled(visit, TYPES[kind])
    page = visit.page
    check_axe(visit, TYPES[kind])
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.wait_for_timeout(50)
    assert visit.axe(rules=["color-contrast"]) == [], "in the dark"
    assert kind == "try" or index_size < page.evaluate(SIZES) + index_size < LIGHT
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=tmp_path / f"{kind}-{width}.png")
        assert page.evaluate(TOO_WIDE) <= 0, f"at {width}: wide things scroll in a box of their own"
        assert page.evaluate(BROKEN_NAMES) == []
    assert len(visit.asked) > 5


def check_axe(visit: Visit, path: str) -> None:
    """axe finds what is listed and no more, and all that is listed."""
    found = visit.axe()
    places = [(one["rule"], one["where"]) for one in found]
    known = [(one["rule"], one["where"]) for one in KNOWN if one["page"] == path]
    assert [one for one in found if (one["rule"], one["where"]) not in known] == []
    assert [place for place in known if place not in places] == [], "mended: take it off the list"


def test_a_table_that_scrolls_can_be_reached_with_the_keyboard(visiting: Visiting) -> None:
    page = visiting(390).open(TYPES["element"])
    box = page.locator(".table-box[tabindex='0']").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    assert page.evaluate("box => getComputedStyle(box).outlineStyle", box.element_handle()) == "solid"


def test_no_stop_for_tables_that_do_not_scroll(visit: Visit) -> None:
    page = visit.open(TYPES["home"])
    assert page.locator(".table-box").count() > 0 and page.locator(".table-box[tabindex]").count() == 0


def test_who_wants_no_motion_gets_none(visit: Visit) -> None:
    page = visit.open("index.html")
    slow = """() => [...document.querySelectorAll("*")].filter(one => {
      const style = getComputedStyle(one);
      const times = `${style.transitionDuration},${style.animationDuration}`.split(",");
      return times.some(time => parseFloat(time) > 0.001);
    }).length"""
    assert page.evaluate(slow) == 0


def test_the_dark_is_what_the_machine_asks_for_and_can_be_chosen(visiting: Visiting) -> None:
    for scheme, name in (("dark", "slate"), ("light", "default")):
        page = visiting(color_scheme=scheme).open("index.html")
        assert page.evaluate("document.body.dataset.mdColorScheme") == name
        page.locator("[data-md-component=palette] label:visible").click()
        page.wait_for_function("name => document.body.dataset.mdColorScheme !== name", arg=name)


def test_the_printed_page_has_no_menus(visit: Visit) -> None:
    page = visit.open(TYPES["element"])
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible() and not page.locator(".md-sidebar").first.is_visible()
    assert page.locator("article h1").is_visible()

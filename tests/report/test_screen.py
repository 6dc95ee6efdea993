"""The report on a screen and on paper: no fault for axe, nothing wider than the screen, no request, no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from evaluation.report.document import as_html
from tests.browser.tools import AXE, Visit, browsing, missing

from .reports import contract, order
from .test_document import ENTRY, as_data, hostile, used

WIDER = """() => [...document.querySelectorAll("body *")]
  .filter(one => !one.closest(".wide") && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => `${one.tagName} ${one.textContent.slice(0, 40)}`)"""
BROKEN = """() => [...document.querySelectorAll("th a, .badge, .number")]
  .filter(one => one.getClientRects().length > 1).map(one => one.textContent)"""
UNSTYLED = "() => getComputedStyle(document.querySelector('.rings')).listStyleType"
ASKED = "() => performance.getEntriesByType('resource').length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Address of a plain report, of one with everything, and of one full of hostile text."""
    folder = tmp_path_factory.mktemp("reports")
    full: Any = as_data(order(others=[contract("none")], entry=ENTRY, uses=[used()], command="c " * 200))
    made = {"plain": as_data(order()), "full": full, "hostile": hostile()}
    for name, data in made.items():
        (folder / f"{name}.html").write_text(as_html(data), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in made}


@pytest.fixture(autouse=True)
def axe_is_there() -> None:
    if not AXE.is_file():
        missing("axe-core is not installed: `make setup` installs it wherever Node.js and npm are.")


def opened(browser: Browser, url: str, width: int, scheme: str) -> Visit:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), url)  # what it asks besides this one address is a fault
    visit.page.goto(url)
    return visit


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *(("full", width, scheme) for width in (390, 1280) for scheme in ("light", "dark")),
        ("plain", 768, "light"),
        ("hostile", 390, "light"),
    ],
)
def test_everybody_can_read_it(
    name: str, width: int, scheme: str, browser: Browser, files: dict[str, str], tmp_path: Path
) -> None:
    visit = opened(browser, files[name], width, scheme)
    page = visit.page
    page.screenshot(path=tmp_path / "screen.png")
    assert visit.axe() == []
    assert page.evaluate(UNSTYLED) == "none", "the policy lets its own style through"
    assert page.evaluate(WIDER) == [] or name == "hostile"
    assert page.evaluate(BROKEN) == [] or name == "hostile"
    assert page.evaluate(ASKED) == 0 and visit.asked == [files[name]] and visit.faults == []
    page.context.close()


def test_axe_would_find_a_fault(browser: Browser, files: dict[str, str]) -> None:
    visit = opened(browser, files["plain"], 1280, "light")
    more = "<h6>x</h6><a href=#>"
    visit.page.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', '{more}')")
    assert {one["rule"] for one in visit.axe()} >= {"heading-order", "link-name"}
    visit.page.context.close()


def test_no_script_runs_even_if_one_stood_there(browser: Browser, tmp_path: Path, files: dict[str, str]) -> None:
    path = tmp_path / "x.html"
    script = "<script>window.ran = 1</script></main>"
    path.write_text(as_html(as_data(order())).replace("</main>", script), encoding="utf-8")
    page = opened(browser, path.as_uri(), 1280, "light").page
    assert page.evaluate("window.ran === undefined") is True
    page.context.close()


def test_the_keyboard_finds_the_content_and_wide_tables(browser: Browser, files: dict[str, str]) -> None:
    page = opened(browser, files["full"], 390, "light").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    box = page.locator(".wide").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    page.context.close()


def printed(browser: Browser, url: str) -> Page:
    """The page as paper shows it: A4 without its edges, at 96 dots an inch."""
    page = opened(browser, url, 680, "dark").page
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("name", ["plain", "full"])
def test_on_paper_nothing_is_cut_off(name: str, browser: Browser, files: dict[str, str]) -> None:
    page = printed(browser, files[name])
    cut = """() => [...document.querySelectorAll("main *")]
      .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.textContent.slice(0, 40))"""
    assert page.evaluate(cut) == []
    assert not page.locator(".skip").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def test_bars_are_told_apart_without_colour(browser: Browser, files: dict[str, str]) -> None:
    page = opened(browser, files["full"], 1280, "light").page
    looks = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll(".part")]
      .map(one => [one.classList[1], getComputedStyle(one).fill]))""")
    assert looks["hatch"] == 'url("#hatch")' and looks["dots"] == 'url("#dots")' and looks["empty"] == "none"
    assert page.evaluate("['hatch', 'dots'].every(id => document.getElementById(id))") is True
    page.context.close()

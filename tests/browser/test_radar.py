"""The radar by mouse, by keyboard and without script; its list; weights a reader changes; staleness."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Visiting
from .page_types import TYPES
from .tools import Visit

ENTRY = re.compile(r"/radar/healthjump\.html$")


@pytest.fixture
def radar(visit: Visit) -> Page:
    return visit.open(TYPES["radar"])


@pytest.mark.parametrize("kind", ["home", "radar"])
def test_a_click_on_a_blip_opens_its_entry(visit: Visit, kind: str) -> None:
    page = visit.open(TYPES[kind])
    page.locator("svg.radar .radar-blip[data-entry=healthjump]").click()
    expect(page).to_have_url(ENTRY)
    expect(page.locator("h1")).to_contain_text("Healthjump")


def test_the_keyboard_reaches_a_blip_and_opens_its_entry(radar: Page) -> None:
    radar.locator("article").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    for _ in range(20):
        radar.keyboard.press("Tab")
        if radar.evaluate("document.activeElement.matches('.radar-blip[data-entry=healthjump]')"):
            break
    else:
        pytest.fail("twenty stops and no blip")
    focused = "getComputedStyle(document.activeElement).outlineStyle"
    assert radar.evaluate(focused) == "solid", "the focus can be seen"
    radar.keyboard.press("Enter")
    expect(radar).to_have_url(ENTRY)


def test_without_script_the_radar_and_its_list_are_whole(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).open(TYPES["radar"])
    assert page.locator("[data-radar=list] tbody tr").count() == page.locator("svg.radar .radar-blip").count()
    assert page.locator("[data-radar=list] form").count() == 0, "nothing that does nothing"
    page.locator(".radar-blip[data-entry=healthjump]").click()
    expect(page).to_have_url(ENTRY)


def test_a_blip_says_in_words_what_colour_and_place_say(radar: Page) -> None:
    label = str(radar.locator(".radar-blip[data-entry=healthjump]").get_attribute("aria-label"))
    assert "Healthjump" in label and "assess" in label and "Tools" in label
    assert radar.locator("svg.radar title").count() > 0


def test_words_narrow_the_list(radar: Page) -> None:
    rows = radar.locator("[data-radar=list] tbody tr:visible")
    every = rows.count()
    field = radar.get_by_label("Search", exact=True).and_(radar.locator("[data-radar=list] input"))
    field.fill("healthjump")
    assert rows.count() >= 1 and "Healthjump" in rows.first.inner_text()
    field.fill("zzqqx")
    expect(radar.locator("[data-radar=list] [role=status]")).to_contain_text("0 of")
    assert rows.count() == 0 and radar.locator(".radar-blip.is-out").count() == every
    field.fill("")
    assert rows.count() == every


def test_a_ring_narrows_the_list(radar: Page) -> None:
    choice = radar.locator("[data-radar=list] select[name=ring]")
    for ring in choice.locator("option").evaluate_all("all => all.map(one => one.value).filter(Boolean)"):
        choice.select_option(ring)
        shown = radar.locator("[data-radar=list] tbody tr:visible")
        assert shown.count() > 0 and all(ring in text for text in shown.all_inner_texts())


def test_a_day_after_the_review_is_due_the_page_says_stale(visit: Visit) -> None:
    page = visit.page
    page.clock.set_fixed_time("2027-05-21T12:00:00")
    visit.open(TYPES["entry"])
    expect(page.locator("[data-review-by]").first).not_to_contain_text("Stale")
    page.clock.set_fixed_time("2027-05-23T12:00:00")
    visit.open(TYPES["entry"])
    expect(page.locator("[data-review-by].is-stale").first).to_contain_text("Stale")


def test_weights_of_the_readers_own_move_the_score(visit: Visit) -> None:
    page = visit.open(TYPES["entry"])
    assert len(told(page)) > 2


def test_and_the_ring_where_a_limit_lies_between(visit: Visit) -> None:
    """By today's facts no weights move the ring, so the limit of assess is raised in the page's own data."""

    def raised(route: Route) -> None:
        came = route.fetch()
        text, count = re.subn(r'("least":)30(\.0)?(,"of":"","scale":"score")', r"\g<1>60\3", came.text())
        assert count == 1
        route.fulfill(response=came, body=text)

    visit.page.route(f"**/{TYPES['entry']}", raised)
    page = visit.open(TYPES["entry"])
    rings = {ring for text in told(page) for ring in re.findall(r"\b(adopt|trial|assess|hold)\b", text)}
    assert rings == {"assess", "hold"}


def told(page: Page) -> set[str]:
    """What the card says at the kit's own weights, and with each criterion in turn counting for all."""
    card = page.locator("[data-scorecard]")
    result = card.locator(".weights-result")
    fields = card.locator("input[type=number]")
    found = {result.inner_text()}
    for each in fields.all():
        each.fill("1")
    for each in fields.all():
        each.fill("1000")
        found.add(result.inner_text())
        each.fill("1")
    return found

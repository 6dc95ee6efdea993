"""What every kind of page does in a real browser: no error, no request to another host, copies that copy, and speed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Visiting
from .page_types import TYPES
from .tools import Visit

SOON = 1000
"""Milliseconds until a page from this machine shows something."""


def test_the_first_paint_is_soon(visit: Visit) -> None:
    page = visit.open(TYPES["home"])
    paint = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    page.wait_for_function(paint)
    assert page.evaluate(paint) < SOON


def test_a_visit_notices_what_it_should(visit: Visit) -> None:
    page = visit.open("index.html")
    page.evaluate("console.error('told'); fetch('http://other.test/x').catch(() => {})")
    page.wait_for_timeout(200)
    assert [fault for fault in visit.faults if fault == "told"]
    assert [fault for fault in visit.faults if "other.test" in fault]
    visit.faults.clear()


def test_the_policy_stops_a_request_to_another_host(visit: Visit) -> None:
    page = visit.open("index.html")
    ended = page.evaluate("fetch('http://127.0.0.1:9/x', {mode: 'no-cors'}).then(() => 'sent', () => 'stopped')")
    assert ended == "stopped"
    assert any("Content Security Policy" in fault for fault in visit.faults)
    visit.faults.clear()


@pytest.mark.parametrize("kind", ["home", "quickstart"])
def test_a_copy_button_copies(visiting: Visiting, kind: str) -> None:
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    page = visit.open(TYPES[kind])
    block = page.locator("article .highlight").first
    block.hover()
    block.locator(".md-clipboard, .md-code__button[title*=Copy]").first.click()
    expect(page.locator(".md-dialog")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("code").inner_text().strip() and copied.strip()


def test_every_page_says_what_it_was_built_from(visit: Visit) -> None:
    page = visit.open(TYPES["finding"])
    expect(page.locator(".md-copyright")).to_contain_text("healthjump-kit 0.")
    for word in ("API 3.0", "contract ", "worlds "):
        expect(page.locator(".md-copyright")).to_contain_text(word)

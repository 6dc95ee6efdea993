"""Search finds what people look for, with and without a server, and asks nobody outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evaluation.publish import offline

from ..sites import NODE_MODULES
from .conftest import Visiting
from .tools import Visit, missing


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    return visiting(search=True, reduced_motion="reduce")


def found(page: Page, words: str) -> list[str]:
    """The addresses of the pages that search gives for these words, best first.

    Search answers while one types, so the results are waited for that name the last of the words.
    """
    page.keyboard.press("/")
    page.keyboard.type(words)
    last = re.split(r"[-\s]", words.lower())[-1]
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(rf"[?&]h=[^#]*{re.escape(last)}"))
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document")
    return [str(link.get_attribute("href")) for link in page.locator(".md-search-result__link").all()]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("client_patient_id", "reference/elements/demographic.html"),
        ("appointmentid", "reference/elements/appointment.html"),
        ("HJ-017", "findings/hj-017.html"),
    ],
)
def test_a_name_is_found(visit: Visit, words: str, page: str) -> None:
    addresses = found(visit.open("index.html"), words)
    assert any(page in address for address in addresses), addresses


def test_the_keyboard_opens_what_was_found(visit: Visit) -> None:
    page = visit.open("index.html")
    found(page, "client_patient_id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html*h=client_patient_id*")
    expect(page.locator("article mark").first).to_contain_text("client_patient_id")


def test_what_is_nowhere_is_said_to_be_nowhere(visit: Visit) -> None:
    page = visit.open("index.html")
    page.keyboard.press("/")
    page.keyboard.type("zzqqx")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching documents")


def test_it_works_from_a_file_too(visit: Visit, site: Path) -> None:
    if not offline.vendored(NODE_MODULES):
        missing("iframe-worker is not installed: `make setup` installs it wherever Node.js and npm are.")
    visit.base = "file://"
    visit.page.goto((site / "index.html").as_uri())
    assert any("demographic.html" in address for address in found(visit.page, "client_patient_id"))
    assert not [url for url in visit.asked if not url.startswith(("file:", "data:", "about:", "blob:"))]

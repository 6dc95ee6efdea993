"""The page "Try it": Swagger UI over the bundled contract, talking to the mock that served it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evaluation.publish import trying
from mockserver.testing import Server

from ..sites import NODE_MODULES
from .page_types import TYPES
from .tools import Visit, missing


@pytest.fixture(autouse=True)
def swagger_is_there() -> None:
    if not trying.vendored(NODE_MODULES):
        missing("Swagger UI is not installed: `make setup` installs it wherever Node.js and npm are.")


@pytest.fixture
def page(visit: Visit) -> Page:
    page = visit.open(TYPES["try"])
    page.wait_for_selector(".opblock-tag")
    return page


def called(page: Page, tag: str, path: str) -> dict[str, object]:
    """Open a call, try it out, and read what came back."""
    page.locator(f"#operations-tag-{tag}").click()
    call = page.locator(".opblock", has=page.locator(f'[data-path="{path}"]'))
    call.locator(".opblock-summary-control").click()
    call.get_by_role("button", name="Try it out").click()
    call.get_by_role("button", name="Execute").click()
    body = call.locator(".live-responses-table .highlight-code code, .live-responses-table .microlight").first
    body.wait_for()
    found: dict[str, object] = json.loads(body.inner_text())
    return found


def test_one_click_logs_in_and_rows_come_from_the_mock(page: Page, mock: Server) -> None:
    page.get_by_role("button", name="Log in with the mock's fake login").click()
    expect(page.get_by_role("status").first).to_contain_text("Logged in.")
    rows = called(page, "data", "/hjdw/{client_id}/demographic")
    assert rows["total"] == 24
    told = mock.state.journal.find(limit=1)[0]
    assert (told["path"], told["status"], told["rows"]) == ("/hjdw/SBOX02/demographic", 200, 24)
    assert told["query"] in ("", "page=1"), "no filter is filled in unasked"


def test_what_goes_wrong_is_told(visit: Visit, page: Page) -> None:
    assert "error" in called(page, "data", "/hjdw/{client_id}/payer_dim"), "nobody is logged in"
    said, button = page.locator("#try-said"), page.locator("#try-login")
    page.route("**/authenticate", lambda route: route.fulfill(status=401, json={"error": "no"}))
    button.click()
    expect(said).to_contain_text("refused the fake login (401)")
    page.route("**/authenticate", lambda route: route.abort())
    button.click()
    expect(said).to_contain_text("No mock answers")
    assert [fault for fault in visit.faults if visit.base not in fault and "Failed to load" not in fault] == []
    visit.faults.clear()


def test_the_page_says_so_where_swagger_is_missing(tmp_path: Path) -> None:
    assert trying.vendored(tmp_path) == {}
    text = trying.page(available=False).text
    assert "needs Swagger UI" in text and "make docs" in text and "<script" not in text

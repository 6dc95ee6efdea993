"""A real browser over the built site, and what it did: errors it told, addresses it asked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from ..sites import NODE_MODULES

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def missing(what: str) -> None:
    """Skip the test; fail it where HJKIT_REQUIRE_TOOLS=1 says that everything must be there."""
    (pytest.fail if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1" else pytest.skip)(what)


def chromium() -> str:
    """The browser of the machine: Playwright's own is never downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("Chromium is not installed: `make browser` installs it on Debian and Ubuntu.")
    return str(found)


@contextmanager
def browsing() -> Iterator[Browser]:
    """One browser."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = _launched(playwright, path)
        try:
            yield browser
        finally:
            browser.close()


def _launched(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])


@dataclass
class Visit:
    """A page on the site at ``base``; ``faults`` is everything that should not have happened."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._ask(request.url))
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.faults.append(said.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self._fail(request.url, request.failure or ""))
        self.page.on("response", lambda got: got.status >= 400 and self.faults.append(f"{got.url}: {got.status}"))

    def _ask(self, url: str) -> None:
        self.asked.append(url)
        if urlsplit(url).scheme != "data" and not url.startswith(self.base):
            self.faults.append(f"asked {url}")

    def _fail(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # what a page still waits for when it is left
            self.faults.append(f"{url}: {why}")

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until its scripts have run."""
        self.page.goto(f"{self.base}/__docs/{path}", wait_until="load")
        return self.page

    def axe(self, rules: Sequence[str] = ()) -> list[dict[str, Any]]:
        """What axe finds by these rules, else by all that name a standard: rule, selector and summary of each place."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        run = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
        options = {"runOnly": run, "resultTypes": ["violations"]}
        result = self.page.evaluate(f"() => axe.run(document, {json.dumps(options)})")
        return [
            {"rule": found["id"], "where": " ".join(map(str, node["target"])), "says": node["failureSummary"]}
            for found in result["violations"]
            for node in found["nodes"]
        ]

"""The site: how long it takes to build, to preview an edit and to paint, and what its pages weigh. Prints a table.

``python bench/site.py``; Chromium and ``make setup`` are needed. Budgets are the project's own.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from mockserver import Settings
from mockserver.testing import Server

ROOT = Path(__file__).parents[1]
ROUNDS = 3
PAGES: tuple[str, ...] = ("index.html", "radar/index.html", "radar/healthjump.html", "findings/index.html")
PAGES += ("findings/hj-001.html", "examples/sync-requests.html", "reference/elements/demographic.html")
PAGES += ("reference/protocol.html", "reference/quirks.html")
HEAVY = ("reference/try.html",)
PORT = 8429
SIZES = "performance.getEntries().map(one => one.transferSize || 0).reduce((all, one) => all + one, 0)"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Line:
    """A figure with its unit and, where there is one, the most it may be."""

    what: str
    found: float
    unit: str
    most: float | None = None

    def __str__(self) -> str:
        budget = "" if self.most is None else f"{self.most:g} {self.unit}"
        kept = "" if self.most is None else "kept" if self.found <= self.most else "MISSED"
        return f"| {self.what} | {self.found:.2f} {self.unit} | {budget} | {kept} |"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]


def environ() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def built(folder: Path) -> float:
    """Seconds of a full build into ``folder``."""
    started = time.perf_counter()
    subprocess.run(
        command("build", "--strict", "--quiet", "--site-dir", str(folder)), cwd=ROOT, env=environ(), check=True
    )
    return time.perf_counter() - started


@contextmanager
def preview(folder: Path) -> Iterator[None]:
    """``make preview`` over a copy of docs/, so that nobody's files are touched."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs", docs)
    config = folder / "mkdocs.yml"
    hook = ROOT / "evaluation" / "publish" / "hooks.py"
    modules = ROOT / "tests" / "prism" / "node_modules"
    lines = (
        f"INHERIT: {ROOT / 'mkdocs-preview.yml'}",
        f"docs_dir: {docs}",
        f"hooks: ['{hook}']",
        f"extra: {{node_modules: '{modules}'}}",
    )
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = command("serve", "--livereload", "--dirty", "--quiet", "-f", str(config), "-a", f"127.0.0.1:{PORT}")
    with subprocess.Popen(arguments, cwd=ROOT, env=environ()) as process:
        try:
            yield
        finally:
            process.terminate()


def shown(word: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/limits.html", timeout=5) as answer:
            return word in answer.read().decode()
    except OSError:
        return False


def wait_for(word: str, patience: float = 60) -> float:
    """Seconds until the preview shows the word."""
    started = time.perf_counter()
    while not shown(word):
        if time.perf_counter() - started > patience:
            raise TimeoutError(word)
        time.sleep(0.02)
    return time.perf_counter() - started


def previewed() -> float:
    """Seconds from saving an edit until the preview shows it."""
    with tempfile.TemporaryDirectory() as name, preview(Path(name)):
        wait_for("<h1")
        page, waited = Path(name) / "docs" / "limits.md", []
        for number in range(ROUNDS):
            time.sleep(1)
            page.write_text(page.read_text(encoding="utf-8") + f"\n\nEdited-{number}-here.\n", encoding="utf-8")
            waited.append(wait_for(f"Edited-{number}-here"))
        return median(waited)


def visited(page: Page, address: str) -> tuple[float, float]:
    """Bytes transferred for a page and all it fetches, and milliseconds until the first paint, nothing cached."""
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(PAINT)
    return float(page.evaluate(SIZES)), float(page.evaluate(PAINT))


def weighed(site: Path) -> Iterator[Line]:
    """Weight and first paint of each page, from the mock that serves the site."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        raise SystemExit("bench/site.py needs Chromium: make browser")
    server = Server(Settings(world="sandbox", docs=str(site)))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            for name in (*PAGES, *HEAVY):
                page = browser.new_context().new_page()
                size, paint = visited(page, f"{server.url}/__docs/{name}")
                yield Line(f"{name}: transferred", size / 1000, "KB", None if name in HEAVY else 500)
                yield Line(f"{name}: first paint", paint / 1000, "s", 1)
                page.context.close()
            browser.close()
    finally:
        server.stop()


def lines() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        yield Line("full build", median(built(site) for _ in range(ROUNDS)), "s", 20)
        index = (site / "search" / "search_index.json").read_bytes()
        yield Line("search index", len(index) / 1000, "KB")
        yield Line("search index, packed", len(gzip.compress(index)) / 1000, "KB")
        yield from weighed(site)
    yield Line("preview after an edit", previewed(), "s", 2)


if __name__ == "__main__":
    print("| what | found | at most | |\n| --- | --- | --- | --- |")
    for line in lines():
        print(line, flush=True)

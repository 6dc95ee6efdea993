"""Pages of ``hjkit evaluate`` in a real browser: no fault by axe, nothing too wide, nothing asked for, printable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from evaluation.findings import claims
from evaluation.findings.adapters import open_target
from evaluation.findings.evaluate import run
from evaluation.findings.output import Report, facts
from evaluation.radar import told
from evaluation.report import comparison_html, evaluation_html
from evaluation.report.comparison import compare
from tests.browser.tools import AXE, Visit, browsing, missing

from .sides import clean, described, faulty, names_only, runs

PAGES = ("one", "three", "eight")
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SEEN = "() => [...document.querySelectorAll('rect.part')].filter(one => one.getBoundingClientRect().width > 0).length"


def written(name: str) -> str:
    if name == "one":
        made = run(open_target("contract"))
        report = Report(made, claims.as_facts(made.results), told.as_facts(made), ("a note",), run(clean()))
        return evaluation_html.as_html(facts(report))
    if name == "three":
        contract = run(open_target("contract"))
        return comparison_html.as_html(compare([contract, *runs(described(faulty()), names_only())]))
    long = "a_name_without_any_place_to_break_it_" * 3
    return comparison_html.as_html(compare(runs(*(described(faulty(title=f"{long}{n}")) for n in range(8)))))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not AXE.is_file():
        missing("axe-core is not installed: `make setup` installs it wherever Node.js and npm are.")
    with browsing() as found:
        yield found


@pytest.fixture(scope="module", params=PAGES)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    made.write_text(written(request.param), encoding="utf-8")
    return made


def opened(browser: Browser, file: Path, width: int, **how: Any) -> Visit:
    context = browser.new_context(viewport={"width": width, "height": 900}, **how)
    visit = Visit(context.new_page(), file.as_uri())
    visit.page.goto(file.as_uri(), wait_until="load")
    return visit


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, file: Path, width: int, scheme: str) -> None:
    visit = opened(browser, file, width, color_scheme=scheme, bypass_csp=True)
    assert visit.axe() == [] and visit.page.evaluate(TOO_WIDE) == 0
    visit.page.context.close()


def test_the_page_asks_for_nothing_and_tells_no_error(browser: Browser, file: Path) -> None:
    visit = opened(browser, file, 1280)
    assert visit.asked == [file.as_uri()] and visit.faults == []
    visit.page.context.close()


def test_its_charts_are_drawn(browser: Browser, file: Path) -> None:
    visit = opened(browser, file, 390)
    assert visit.page.evaluate(SEEN) > 10
    visit.page.context.close()


def test_it_is_printed_whole(browser: Browser, file: Path) -> None:
    visit = opened(browser, file, 1280)
    assert visit.page.pdf(format="A4").startswith(b"%PDF")
    visit.page.emulate_media(media="print")
    assert visit.page.evaluate(TOO_WIDE) == 0
    visit.page.context.close()

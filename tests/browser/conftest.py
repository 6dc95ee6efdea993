"""One browser and one mock that serves the built site, for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from mockserver import Settings
from mockserver.testing import Server

from .tools import Visit, browsing

Visiting = Callable[..., Visit]
INDEX = "search/search_index.json"
HERE = Path(__file__).parent
EMPTY = {"config": {"lang": ["en"], "separator": "[\\s\\-]+", "pipeline": ["stopWordFilter"], "fields": {}}, "docs": []}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker builds the site and runs the browser, with the other tests of the built site."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("site"))


# As long as a browser runs, its loop runs in this thread, and a test of another room could not run one of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="session")
def mock(site: Path) -> Iterator[Server]:
    """The mock with the built site at /__docs/."""
    running = Server(Settings(world="sandbox", docs=str(site)))
    yield running
    running.stop()


@pytest.fixture
def visiting(browser: Browser, mock: Server) -> Iterator[Visiting]:
    """Makes visits; the test fails if a page told an error or asked another host on one of them."""
    visits: list[Visit] = []

    def visit(width: int = 1440, search: bool = False, **context: Any) -> Visit:
        opened = browser.new_context(viewport={"width": width, "height": 900}, **context)
        opened.set_default_timeout(20_000)
        if not search:  # else every page of every test works out the index of the whole site anew
            opened.route(f"**/{INDEX}", lambda route: route.fulfill(json=EMPTY))
        visits.append(Visit(opened.new_page(), mock.url))
        return visits[-1]

    yield visit
    faults = [fault for visit in visits for fault in visit.faults]
    for one in visits:
        one.page.context.close()
    assert faults == []


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    """A desktop, light, without motion."""
    return visiting(color_scheme="light", reduced_motion="reduce")

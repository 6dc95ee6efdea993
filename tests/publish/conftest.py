"""The pages as this checkout makes them, once for all tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from evaluation.findings.evaluate import Evaluation
from evaluation.publish import build, facts
from evaluation.publish.build import Site


@pytest.fixture(scope="session")
def site() -> Site:
    return build.site()


@pytest.fixture(scope="session")
def texts(site: Site) -> Mapping[str, str]:
    """The text of every made page, and of every written page with its parts, by path."""
    written = {path: site.filled(path, (facts.DOCS / path).read_text(encoding="utf-8")) for path in site.parts}
    return {**written, **{page.path: page.text for page in site.pages}}


@pytest.fixture(scope="session")
def runs() -> Mapping[str, Evaluation]:
    return facts.evaluations()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of pages with an empty radar and the page of limits."""
    (tmp_path / "radar").mkdir()
    (tmp_path / "limits.md").write_text((facts.DOCS / "limits.md").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path

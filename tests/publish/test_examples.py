"""Examples on the site: each file and what it printed, on its own page and wherever a written page asks for it."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from evaluation.publish import examples, notices
from evaluation.publish.build import site
from evaluation.publish.example_files import FOLDER, load
from evaluation.publish.page import Page

ROOT = Path(__file__).parents[2]
PAGES = {page.path: page for page in examples.pages()}
WRITTEN = sorted((ROOT / "docs").rglob("*.md"))
LEAST = 12


def shown(page: Page) -> str:
    return page.text.replace("\r\n", "\n")


def test_there_is_a_page_for_each_example_and_one_for_all() -> None:
    assert len(load()) >= LEAST
    assert set(PAGES) == {examples.INDEX, *(examples.path(id_) for id_ in load())}
    assert {e.language for e in load().values()} == {"curl", "python", "node"}


@pytest.mark.parametrize("id_", load())
def test_a_page_shows_the_file_and_what_it_printed(id_: str) -> None:
    example, page = load()[id_], PAGES[examples.path(id_)]
    assert example.text.rstrip() in shown(page)
    assert example.expected.read_text(encoding="utf-8").rstrip() in shown(page)
    for command in example.commands():
        assert command in page.text
    assert page.text.startswith(f"# {example.title}\n")


@pytest.mark.parametrize("id_", load())
def test_the_overview_leads_to_each_example(id_: str) -> None:
    target = examples.path(id_).removeprefix(f"{examples.FOLDER}/")
    assert f"]({target})" in PAGES[examples.INDEX].text


def test_a_mock_is_started_as_the_example_needs_it() -> None:
    page = PAGES[examples.path("08_clean_requests")]
    assert "hjkit serve --world clinic --quirks vendor+feed &" in page.text


def test_markers_of_examples_are_distinct_and_well_formed() -> None:
    markers = [examples.marker(id_) for id_ in load()]
    assert len(set(markers)) == len(markers)
    assert [m for m in markers if not re.fullmatch(r"[a-z-]+", m)] == []


def test_every_example_that_a_written_page_asks_for_exists() -> None:
    known = {examples.marker(id_) for id_ in load()}
    asked = {name for page in WRITTEN for name in re.findall(r"<!-- made: (example-[a-z-]+) -->", page.read_text())}
    assert asked and asked <= known


def test_a_written_page_gets_file_and_output() -> None:
    path = "guide/two-ids.md"
    text = site().filled(path, (ROOT / "docs" / path).read_text(encoding="utf-8"))
    example = load()["07_two_ids_requests"]
    assert "<!-- made:" not in text
    assert (
        indent(example.text.rstrip(), "    ") in text and example.expected.read_text(encoding="utf-8").rstrip() in text
    )
    assert "(../examples/two-ids-requests.md)" in text


def test_a_changed_output_changes_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    original = (FOLDER / "06_sync_requests" / "expected.txt").read_text(encoding="utf-8")
    real = Path.read_text

    def changed(self: Path, *args: object, **how: object) -> str:
        text = real(self, *args, **how)  # type: ignore[arg-type]
        return text.replace("in the copy", "IN THE COPY") if self.name == "expected.txt" else text

    monkeypatch.setattr(Path, "read_text", changed)
    page = {page.path: page for page in examples.pages()}[examples.path("06_sync_requests")]
    assert "in the copy" in original and "IN THE COPY" in page.text


def test_changelog_and_licences_are_the_files_at_the_top() -> None:
    pages = {page.path: page.text for page in notices.pages(ROOT)}
    assert pages["changelog.md"] == (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    words = (ROOT / "NOTICE").read_text(encoding="utf-8").split()
    assert [word for word in words if word not in pages["licences.md"]] == []

"""All pages together: complete, the same every time, one heading first, and no link without a page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import gettempdir

import pytest

from evaluation.findings import catalogue
from evaluation.publish import facts
from evaluation.publish.build import Site
from mockserver.contract import load
from mockserver.contract.quirks import catalogue as quirks
from mockserver.settings import table

from .reading import FENCED, drawings, levels

PLACES = [str(facts.ROOT), f"{gettempdir()}/", f"{Path.home()}/"]
HREF = re.compile(r'href="(?!https?:)([^"#]+)')
PROGRAM = """
import hashlib, sys
from pathlib import Path
from evaluation.publish import build
site = build.site(Path(sys.argv[1]))
told = [(page.path, page.title, page.under, page.text) for page in (*site.pages, *site.nav)]
print(hashlib.sha256(repr((told, sorted((k, sorted(v.items())) for k, v in site.parts.items()))).encode()).hexdigest())
"""


def test_every_element_quirk_check_behaviour_and_setting_has_its_place(texts: Mapping[str, str]) -> None:
    contract = load()
    for name, element in contract.elements.items():
        page = texts[f"reference/elements/{name}.md"]
        assert all(f"| `{column.wire}` |" in page for column in element.properties)
    for id_ in quirks():
        assert f"{{ #{id_.lower()} }}" in texts["reference/quirks.md"]
    for id_ in catalogue.load():
        assert f"findings/{id_.lower()}.md" in texts
    for behaviour in contract.behaviours.values():
        kind = "filters" if behaviour.kind == "filter" else "protocol"
        assert f"| `{behaviour.id}` |" in texts[f"reference/{kind}.md"]
    for row in table():
        assert f"`--{row.name.replace('_', '-')}`" in texts["reference/settings.md"]


def test_every_element_page_shows_a_row_or_the_empty_envelope(texts: Mapping[str, str]) -> None:
    for name in load().elements:
        example = texts[f"reference/elements/{name}.md"].partition("## A row of the mock")[2].partition("\n## ")[0]
        assert "```json\n{" in example


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    copied = tmp_path / "else where" / "docs"
    shutil.copytree(facts.DOCS, copied, ignore=shutil.ignore_patterns("assets", "examples"))
    digests = [
        _digest(facts.DOCS, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C"),
        _digest(copied, PYTHONHASHSEED="2", TZ="Asia/Tokyo", SOURCE_DATE_EPOCH="4000000000"),
    ]
    assert digests[0] == digests[1]
    assert re.fullmatch("[0-9a-f]{64}", digests[0])


def _digest(docs: Path, **environ: str) -> str:
    command = [sys.executable, "-c", PROGRAM, str(docs)]
    done = subprocess.run(command, cwd=facts.ROOT, env={**os.environ, **environ}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_one_first_heading_and_no_level_skipped(texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        found = levels(text)
        assert found[0] == 1 and found.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(found)), path


def test_a_verdict_stands_before_any_table(texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        start = text[: text.find("\n| ")] if "\n| " in text else text
        assert len(start.partition("\n# ")[2] or start) > 60, path


def test_no_page_is_a_wall(site: Site) -> None:
    for page in site.pages:
        assert len(page.text) < 40_000, page.path
        prose = [part for part in FENCED.sub("", page.text).split("\n\n") if part[:1] not in "|<#-"]
        assert all(len(part) < 1200 for part in prose), page.path


def test_links_in_raw_markup_lead_to_pages(texts: Mapping[str, str]) -> None:
    known = {str(path.relative_to(facts.DOCS)) for path in facts.DOCS.rglob("*.md")} | set(texts)
    for path, text in texts.items():
        for target in HREF.findall(text):
            assert target.endswith(".html")
            assert normpath(join(dirname(path), target.removesuffix(".html") + ".md")) in known, (path, target)


def test_drawings_are_well_formed(texts: Mapping[str, str]) -> None:
    assert sum(1 for text in texts.values() for _ in drawings(text)) == 3


def test_titles_and_paths_are_unique(site: Site) -> None:
    paths = [page.path for page in site.pages]
    assert len(set(paths)) == len(paths)
    assert all(page.title and page.text.startswith("# ") for page in site.pages)


@pytest.mark.parametrize("word", [*PLACES, "None |", "<function", "object at 0x"])
def test_no_page_shows_what_belongs_elsewhere(texts: Mapping[str, str], word: str) -> None:
    assert [path for path, text in texts.items() if word in text] == []

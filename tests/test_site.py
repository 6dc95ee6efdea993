"""The site builds strictly, asks nobody outside for anything, and says nothing the program does not know."""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest
import yaml

from mockserver import settings
from mockserver.cli import cli
from mockserver.web.docs import MARK

from .sites import NODE_MODULES, ROOT, build, pages

pytestmark = pytest.mark.xdist_group("site")

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Anything a browser fetches without being asked: sources, style sheets, icons, imports.
FETCHED = re.compile(
    r"""(?:\bsrc|\bsrcset|<link\b[^>]*\bhref)\s*=\s*["']?(?:https?:)?//[^"'\s>]+|url\(\s*["']?(?:https?:)?//|@import"""
)


def test_every_page_is_built(site: Path) -> None:
    for page in PAGES[1:]:
        built = site / page.relative_to(ROOT / "docs").with_suffix(".html")
        assert built.is_file(), f"{built} is missing"
    for name in pages(site):
        assert (site / name).read_text(encoding="utf-8").count("<h1") == 1, f"{name}: a page has one heading at its top"


def test_no_page_fetches_anything_from_outside(site: Path) -> None:
    found = [
        f"{path.relative_to(site)}: {match}"
        for path in sorted(site.rglob("*"))
        if path.suffix in {".html", ".css"}
        for match in FETCHED.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_check_for_outside_requests_can_fail() -> None:
    for text in (
        '<script src="https://cdn.test/x.js">',
        '<link rel="icon" href=//x.test/i>',
        "a{b:url(http://c.test)}",
    ):
        assert FETCHED.search(text)
    assert not FETCHED.search('<a href="https://www.healthjump.com/">')


class _Links(HTMLParser):
    """Addresses and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.anchors: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.addresses.append(value)
            if name == "id" and value:
                self.anchors[value] += 1


@pytest.fixture(scope="module")
def links(site: Path) -> dict[str, _Links]:
    return {name: _Links((site / name).read_text(encoding="utf-8")) for name in pages(site)}


def _leads_nowhere(site: Path, links: dict[str, _Links], name: str, address: str) -> str:
    """Why an address within the site leads nowhere; empty where it leads somewhere."""
    parts = urlsplit(address)
    target = (site / name).parent / unquote(parts.path) if parts.path else site / name
    target = (target / "index.html" if target.is_dir() else target).resolve()
    if not target.is_relative_to(site) or not target.is_file():
        return f"{name}: {address} leads to no file"
    anchors = links.get(target.relative_to(site).as_posix())
    if parts.fragment and anchors and not anchors.anchors[unquote(parts.fragment)]:
        return f"{name}: {address} leads to no heading or anchor of that page"
    return ""


def test_every_link_and_anchor_leads_somewhere(site: Path, links: dict[str, _Links]) -> None:
    found = {
        _leads_nowhere(site, links, name, address)
        for name, page in links.items()
        for address in page.addresses
        if not urlsplit(address).scheme and not address.startswith("//")
    }
    assert sorted(found - {""}) == []


def test_the_check_for_links_can_fail(tmp_path: Path) -> None:
    text = (
        '<h1 id="top">x</h1><a href="a.html#top"></a><a href="b.html"></a><a href="#nowhere"></a><a href="../../x"></a>'
    )
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    page = _Links(text)
    told = [bool(_leads_nowhere(tmp_path, {"a.html": page}, "a.html", address)) for address in page.addresses]
    assert told == [False, True, True, True]


OUTSIDE = ROOT / "docs" / "outside-links.yaml"
OWN = ("http://127.0.0.1:",)
"""Addresses that are the reader's own machine."""


def test_outside_links_are_listed_and_the_list_is_not_longer(links: dict[str, _Links]) -> None:
    listed = {one["url"]: one["seen"] for one in yaml.safe_load(OUTSIDE.read_text(encoding="utf-8"))}
    used = {a for page in links.values() for a in page.addresses if urlsplit(a).scheme in ("http", "https")}
    used = {address for address in used if not address.startswith(OWN)}
    assert used - set(listed) == set(), f"add them to {OUTSIDE.name}, with the day somebody saw them"
    assert set(listed) - used == set(), f"take them off {OUTSIDE.name}"
    assert all(seen == "never" or isinstance(seen, date) for seen in listed.values())


CLICKS = {
    "which id to store": "guide/two-ids.html",
    "how to sync": "guide/incremental-sync.html",
    "what is unproven": "reference/open-questions.html",
    "what would change the verdict": "radar/healthjump.html#what-would-move-it",
}


@pytest.mark.parametrize("question", CLICKS)
def test_a_stranger_finds_it_from_home_in_three_clicks(site: Path, question: str) -> None:
    """Only links within the text count: nobody has to know the menu."""
    reached = {"index.html"}
    for _ in range(3):
        reached |= {found for name in reached for found in _text_links(site, name.partition("#")[0])}
    wanted = CLICKS[question]
    assert wanted in reached or wanted.partition("#")[0] in reached


def _text_links(site: Path, name: str) -> Iterator[str]:
    """The pages that the article of a page links to, with their anchors."""
    if not name.endswith(".html"):
        return
    article = (site / name).read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    for address in _Links(article).addresses:
        parts = urlsplit(address)
        if not parts.scheme:
            path = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            )
            yield path + (f"#{parts.fragment}" if parts.fragment else "")


def test_the_html_is_valid(site: Path, tmp_path: Path) -> None:
    program = NODE_MODULES / ".bin" / "html-validate"
    if not program.exists() or not shutil.which("node"):
        missing = "html-validate is not installed: `make setup` installs it wherever Node.js and npm are."
        (pytest.fail if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1" else pytest.skip)(missing)
    config = tmp_path / "rules.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:standard"]}), encoding="utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><html lang=en><p><div></p><b id=x></b><b id=x></b>", encoding="utf-8")
    found = {}
    for target in (site, bad):
        command = [str(program), "-c", str(config), "-f", "json", str(target)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        found[target] = [
            f"{Path(one['filePath']).name}:{told['line']}: {told['message']}"
            for one in json.loads(done.stdout)
            for told in one["messages"]
        ]
    assert found[site] == []
    assert found[bad] != [], "the check can fail"


FILES = ("CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "pyproject.toml")
COPIED = ("docs", "evaluation", "mockserver", "fixtures", "mkdocs.yml", "mkdocs-public.yml", *FILES)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout in another folder, whose name has a blank."""
    root = tmp_path_factory.mktemp("else where") / "a check out"
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / name)
    modules = root / NODE_MODULES.relative_to(ROOT)
    modules.parent.mkdir(parents=True)
    modules.symlink_to(NODE_MODULES)
    return root


def test_another_folder_and_another_day_give_the_same_bytes(site: Path, elsewhere: Path, tmp_path: Path) -> None:
    other = build(
        tmp_path / "site", root=elsewhere, SOURCE_DATE_EPOCH="1000000000", TZ="Asia/Tokyo", PYTHONHASHSEED="7"
    )
    one, two = ({p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()} for root in (site, other))
    assert set(one) == set(two)
    assert [str(path) for path in sorted(one) if one[path] != two[path]] == []


INTERNAL = """\
---
title: Innerworks
description: Kept inside.
link: https://inner.example.com/
ring: trial
quadrant: tools
opinion: Kept inside.
businessModel: [saas]
projectIds: [innermost-project]
basis: [opinion]
public: false
---

# Innerworks

Kept inside.
"""


def test_the_public_site_has_nothing_internal(elsewhere: Path, tmp_path: Path) -> None:
    (elsewhere / "docs/radar/innerworks.md").write_text(INTERNAL, encoding="utf-8")
    note = "---\npublic: false\n---\n\n# Innernote\n\nFor innermost-project.\n"
    (elsewhere / "docs/guide/innernote.md").write_text(note, encoding="utf-8")
    nav = (
        (elsewhere / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("  - Guide:\n", "  - Guide:\n      - guide/innernote.md\n")
    )
    (elsewhere / "mkdocs.yml").write_text(nav, encoding="utf-8")
    fronts = [path.read_text(encoding="utf-8") for path in sorted((elsewhere / "docs" / "radar").glob("*.md"))]
    projects = [slug for text in fronts for slug in yaml.safe_load(text.split("---\n")[1]).get("projectIds", [])]
    assert {"innermost-project", "chamber-cardio"} <= set(projects)
    words = [*projects, "Innerworks", "Innernote", str(ROOT)]
    inside = build(tmp_path / "inside", root=elsewhere)
    public = build(tmp_path / "public", "mkdocs-public.yml", root=elsewhere)
    assert set(_holding(inside, words)) >= {"innermost-project", "chamber-cardio", "Innerworks", "Innernote"}
    assert _holding(public, words) == {}
    assert json.loads((public / MARK).read_text(encoding="utf-8"))["public"] is True


def _holding(site: Path, words: list[str]) -> dict[str, list[str]]:
    """The files of a site that hold each of these words, by word."""
    texts = {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}
    found = {word: [name for name, text in texts.items() if word.encode() in text] for word in words}
    return {word: names for word, names in found.items() if names}


def _mentioned(pattern: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for name in re.findall(pattern, page.read_text(encoding="utf-8")):
            yield page.name, name


def test_every_setting_in_the_pages_exists() -> None:
    known = set(_options(cli)) | {"--help", *OF_OTHERS}
    unknown = {found for found in _mentioned(r"(?<![-\w])(--[a-z][a-z-]+)") if found[1] not in known}
    assert unknown == set()


OF_OTHERS = {"--block-network", "--errors", "--record-mode", "--verbose", "--verboseLevel"}
OF_OTHERS |= {"--no-write", "--rounds", "--seconds"}
"""Options of other programs: Prism, pytest-recording, bench/run.py."""


def _options(command: click.Command) -> Iterator[str]:
    """Every option of a command and of the verbs below it."""
    for parameter in command.params:
        yield from (*parameter.opts, *parameter.secondary_opts)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _options(below)


def test_every_variable_in_the_pages_exists() -> None:
    live = {f"HJKIT_LIVE_{name}" for name in ("HOST", "EMAIL", "PASSWORD", "SECRET_KEY")}
    variables = {row.variable for row in settings.table()} | set(settings.OTHER_VARIABLES) | live
    assert {found for found in _mentioned(r"\b(HJKIT_[A-Z_]*[A-Z])\b") if found[1] not in variables} == set()

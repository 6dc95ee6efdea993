"""What stands between made pages and the generator of the site: navigation, mended markup, the foot of every page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

import mockserver
from evaluation.publish import hooks, mending, offline, trying, versions
from evaluation.publish.page import Page
from mockserver.errors import InputError


def test_a_page_comes_last_in_its_section_which_is_made_where_there_is_none() -> None:
    nav: list[Any] = [{"Home": "index.md"}, {"Guide": [{"One": "one.md"}]}]
    hooks.place(nav, ("Guide",), Page("two.md", "Two", ""))
    hooks.place(nav, ("Guide", "More"), Page("three.md", "Three", ""))
    hooks.place(nav, (), Page("four.md", "Four", ""))
    more = {"More": [{"Three": "three.md"}]}
    assert nav == [{"Home": "index.md"}, {"Guide": [{"One": "one.md"}, {"Two": "two.md"}, more]}, {"Four": "four.md"}]


def test_a_page_that_is_there_stays_where_it_is() -> None:
    nav: list[Any] = [{"Guide": [{"Mine": "one.md"}, "two.md"]}]
    for path in ("one.md", "two.md"):
        hooks.place(nav, ("Guide",), Page(path, "Other", ""))
    assert nav == [{"Guide": [{"Mine": "one.md"}, "two.md"]}]


def test_a_section_left_empty_goes_with_its_pages() -> None:
    nav = [{"A": [{"One": "one.md"}, {"B": ["two.md"]}]}, "three.md"]
    assert hooks._without(nav, frozenset({"two.md"})) == [{"A": [{"One": "one.md"}]}, "three.md"]
    assert hooks._without(nav, frozenset({"one.md", "two.md", "three.md"})) == []


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("# A\n", True),
        ("---\npublic: false\n---\n", False),
        ("---\npublic: true\n---\n", True),
        ("---\ntitle: a\n---\npublic: false\n", True),
        ("---\n- a\n---\n", True),
        ("a\n---\npublic: false\n---\n", True),
    ],
)
def test_only_front_matter_keeps_a_page_inside(tmp_path: Path, text: str, public: bool) -> None:
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    assert hooks._is_public(tmp_path / "page.md") is public


def test_bad_input_ends_the_build_with_its_sentence() -> None:
    def make() -> str:
        raise InputError("is no ring", "radar/x.md: ring", ["assess"], given="asess")

    with pytest.raises(
        PluginError, match=re.escape("radar/x.md: ring: is no ring; valid: assess; did you mean assess")
    ):
        hooks._said(make)
    assert hooks._said(lambda: "made") == "made"


def test_a_preview_makes_pages_once_but_those_of_the_radar(tmp_path: Path) -> None:
    site = str(tmp_path)
    made, radar = (hooks.Made(path, None, site, use_directory_urls=False) for path in ("a.md", "radar/index.md"))
    assert made.is_modified() and radar.is_modified()
    for file in (made, radar):
        Path(file.abs_dest_path).parent.mkdir(parents=True, exist_ok=True)
        Path(file.abs_dest_path).write_text("x", encoding="utf-8")
    assert not made.is_modified() and radar.is_modified()


def test_every_table_gets_a_box() -> None:
    html = '<table>\n<tr></tr></table><table id="a" class="b"><tr></tr></table>'
    assert mending.content(html) == (
        '<div class="table-box"><table class="facts">\n<tr></tr></table></div>'
        '<div class="table-box"><table class="facts b" id="a"><tr></tr></table></div>'
    )
    numbered = '<table class="highlighttable"><tr></tr></table>'
    assert mending.content(numbered) == numbered


def test_faults_of_the_theme_are_mended_and_nothing_else() -> None:
    box = '<input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">'
    search = '<div class="md-search" data-md-component="search" role="dialog">'
    assert "autocomplete" not in mending.page(box)
    assert 'role="dialog" aria-label="Search"' in mending.page(search)
    assert mending.page('<label tabindex="">') == "<label>"
    kept = '<input autocomplete="off"><a tabindex="0"><div role="dialog">'
    assert mending.page(kept) == kept


def test_the_foot_names_what_the_page_was_built_from() -> None:
    facts = versions.facts()
    assert facts["kit"] == mockserver.__version__
    assert all(re.fullmatch(r"[0-9a-f]{8}", facts[name]) for name in ("contract", "worlds"))
    assert versions.line() == versions.line() and all(value in versions.line() for value in facts.values())


def test_nothing_is_copied_where_npm_brought_nothing(tmp_path: Path) -> None:
    (tmp_path / "swagger-ui-dist").mkdir()
    (tmp_path / "swagger-ui-dist" / "swagger-ui.css").touch()
    assert trying.vendored(tmp_path) == {} and offline.vendored(tmp_path) == {}


def test_the_contract_of_the_page_holds_the_fake_login_and_no_vendor() -> None:
    script = trying.contract()
    assert script.startswith("window.hjkit = {") and script.isascii()
    assert "developer@healthjump-kit.test" in script and "</script" not in script

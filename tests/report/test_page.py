"""The page is self-contained, allows nothing but its own style, and takes any text."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.html import Html, tag
from evaluation.report.page import PAPERS, RUNNING, SIGNS, badge, items, page, paragraph, section, sheet, wide

from .reports import Elements

texts = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)
FOOT = paragraph("foot")


def made(title: str = "Title", **how: str) -> str:
    return page(title, section("one", "One", FOOT), section("two", "Two", FOOT), footer=FOOT, **how)


def test_a_page_asks_for_nothing() -> None:
    found = Elements(made())
    assert not found.attributes("src") and not found.attributes("style")
    assert all(href.startswith("#") for href in found.attributes("href"))
    assert {name for name, _ in found.found}.isdisjoint({"script", "link", "iframe", "object", "img", "form"})
    assert "@import" not in made() and set(re.findall(r"url\(([^)]*)\)", made())) == {"#hatch", "#dots"}


@pytest.mark.parametrize("paper", ["", *PAPERS])
def test_the_policy_allows_this_style_and_no_other(paper: str) -> None:
    text = made(paper=paper)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = (attrs["content"] for _, attrs in Elements(text).found if attrs.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert (f"size: {paper};" in style) == bool(paper)


def test_every_section_is_in_the_contents_and_can_be_reached() -> None:
    found = Elements(made())
    ids = found.attributes("id")
    assert len(ids) == len(set(ids)) and {"one", "two", "content"} <= set(ids)
    assert [href for href in found.attributes("href") if href != "#content"] == ["#one", "#two"]
    assert set(found.attributes("aria-labelledby")) <= set(ids)


def test_one_section_needs_no_contents() -> None:
    assert "<nav" not in page("Title", section("one", "One", FOOT), footer=FOOT)


def test_language_view_and_skip_link_are_there() -> None:
    text = made()
    assert text.startswith("<!DOCTYPE html>\n<html lang=\"en\">") and 'href="#content" class="skip"' in text
    assert 'name="viewport"' in text and 'name="generator" content="hjkit"' in text
    assert 'content="hjkit report"' in made(maker="hjkit report")


@given(texts, texts)
@settings(deadline=None)
def test_no_title_becomes_markup_or_a_rule(title: str, running: str) -> None:
    plain, hostile = Elements(made()), Elements(made(title, running=running))
    assert [name for name, _ in hostile.found] == [name for name, _ in plain.found]
    rules = made(title, running=running).partition("@page")[2].partition("</style>")[0]
    told = re.search(r'content: "([^"]*)"', rules)
    assert told and re.fullmatch(r"(\\[0-9a-f]{6})*", told[1])
    shown = "".join(chr(int(code, 16)) for code in told[1].split("\\")[1:])
    assert shown == " ".join((running or title).split())


def test_a_long_text_at_the_foot_is_cut() -> None:
    told = re.search(r'content: "([^"]*)"', made(running="x " * 200))
    assert told and told[1].count("\\") == RUNNING and told[1].endswith(f"{ord('…'):06x}")


def test_the_same_page_has_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize("kind", SIGNS)
def test_a_badge_has_a_word_and_a_sign(kind: str) -> None:
    text = badge("word <i>", kind)
    assert "<svg" in text and "word &lt;i&gt;" in text and f'class="badge {kind}"' in text
    assert f".{kind} {{" in sheet(), "it has a look of its own"


def test_signs_differ_without_colour() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_a_wide_table_scrolls_in_a_box_that_has_a_name() -> None:
    text = wide(tag("table"), "All & everything")
    assert 'role="region"' in text and 'aria-label="All &amp; everything"' in text and 'tabindex="0"' in text


def test_an_empty_list_is_nothing() -> None:
    assert items([]) == "" and items(["a", Html("<b>b</b>")]).count("<li>") == 2


def test_print_rules_keep_rows_whole_and_heads_repeated() -> None:
    rules = sheet().partition("@media print")[2]
    assert "tr, pre, figure" in rules and "break-inside: avoid" in rules
    assert "table-header-group" in rules and "content: attr(href)" not in rules


def luminance(colour: str) -> float:
    """By WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_colour_is_told_from_its_ground(scheme: int) -> None:
    block = re.findall(r":root \{(.*?)\}", sheet(), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    for ground in ("ground", "raised"):
        for text in ("ink", "soft", "accent", "bad", "warn", "good"):
            light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)

"""Markup is escaped, and Markdown passes it on as it is."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.html import Html, block, data, escape, table, tag
from evaluation.publish.links import href, link

from .reading import rendered, words

texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)


@given(texts, texts)
@settings(deadline=None)
def test_no_text_becomes_markup(text: str, value: str) -> None:
    made = ElementTree.fromstring(tag("p", text, title=value))
    assert "".join(made.itertext()) == re.sub(r"\s+", " ", text)
    assert made.get("title") == " ".join(value.split())
    assert len(made) == 0


def test_markup_is_left_as_it_is() -> None:
    assert tag("p", tag("b", "x")) == "<p><b>x</b></p>"
    assert escape(Html("<i>")) == "<i>"
    assert escape("<i>") == "&lt;i&gt;"


def test_attributes_are_spelled_as_in_html() -> None:
    assert tag("a", "x", class_="k", aria_label="l") == '<a class="k" aria-label="l">x</a>'
    assert tag("svg", viewbox="0 0 1 1") == '<svg viewBox="0 0 1 1"></svg>'
    assert tag("input", required=True, hidden=False, title=None) == "<input required>"


def test_a_table_has_a_caption_and_scopes() -> None:
    made = table("Caption & more", ("a", "b"), [["x", Html("<i>y</i>")]], class_="t")
    assert made.startswith('<table class="t">\n<caption>Caption &amp; more</caption>')
    assert '<th scope="col">a</th><th scope="col">b</th>' in made
    assert '<tr><th scope="row">x</th><td><i>y</i></td></tr>' in made


@given(st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)))
@settings(deadline=None)
def test_data_is_read_back_and_cannot_end_its_element(value: object) -> None:
    made = data(value, "d")
    inner = made.removeprefix('<script type="application/json" id="d">').removesuffix("</script>")
    assert "<" not in inner and "&" not in inner
    assert json.loads(inner) == value


def test_data_of_equal_values_is_equal() -> None:
    assert data({"a": 1, "b": 2}, "d") == data({"b": 2, "a": 1}, "d")
    assert "</script>" not in data("</script>", "d")[:-9]


@pytest.mark.parametrize(
    ("page", "here", "wanted"),
    [
        ("radar/healthjump.md", "index.md", "radar/healthjump.html"),
        ("radar/healthjump.md", "radar/index.md", "healthjump.html"),
        ("findings/hj-001.md#the-check", "radar/healthjump.md", "../findings/hj-001.html#the-check"),
        ("radar/index.md#rings", "radar/index.md", "#rings"),
        ("index.md", "reference/elements/index.md", "../../index.html"),
    ],
)
def test_addresses_lead_from_page_to_page(page: str, here: str, wanted: str) -> None:
    assert href(page, here) == wanted
    assert link("x", page, here) == f'<a href="{wanted}">x</a>'


def test_markdown_passes_a_block_on() -> None:
    made = block("div", table("c", ("a_b_c", "*d*"), [["_x_", "**y**"]]), tag("p", "1_000_000"), class_="box")
    assert made in rendered(f"Before.\n\n{made}\n\nAfter *this*.")
    assert words(rendered(f"Before.\n\n{made}\n\nAfter."), "td") == ["**y**"]


def test_a_block_has_no_empty_line() -> None:
    assert "\n\n" not in block("div", "", tag("p", "x\n\n y"), "")

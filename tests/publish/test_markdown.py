"""What comes from data breaks no table and starts no markup."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.publish.markdown import as_json, cell, code, fence, link, section, table

from .reading import rendered, words

letters = st.text("ab_*<>&|\\[]{}()#:`!~.-= ", min_size=1, max_size=20).filter(lambda t: t.strip())
plain = letters.filter(lambda text: "`" not in text)


def shown(markup: str, tag: str = "td") -> list[str]:
    return words(rendered(table(["head", "other"], [[markup, "last"]])), tag)


@given(plain)
@settings(deadline=None)
def test_a_cell_shows_its_text(text: str) -> None:
    assert [" ".join(found.split()) for found in shown(cell(f"x{text}x"))] == [" ".join(f"x{text}x".split()), "last"]


@given(letters)
@settings(deadline=None)
def test_code_shows_its_text(text: str) -> None:
    made = shown(f"{code(f'x{text}x')}", "code")
    assert made == [" ".join(f"x{text}x".split())]


def test_empty_code_is_nothing() -> None:
    assert code("") == ""
    assert code("a`b") == "`` a`b ``"


def test_a_fence_is_longer_than_any_in_its_text() -> None:
    assert fence("```\nx\n```").startswith("````\n")
    assert words(rendered(fence("<b>`x`</b>", "text")), "code") == ["<b>`x`</b>\n"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text("aé<_*", max_size=9), st.lists, max_leaves=5))
@settings(deadline=None)
def test_json_is_read_back(value: object) -> None:
    assert json.loads(as_json(value)) == value


def test_links_are_relative() -> None:
    assert link("x", "a/b.md#c", "a/d.md") == "[x](b.md#c)"
    assert link("x", "a/b.md#c", "a/b.md") == "[x](#c)"
    assert link("x", "a.md", "b/c/d.md") == "[x](../../a.md)"


def test_a_section_leaves_empty_parts_out() -> None:
    assert section("# A", "", "\n", "b\n") == "# A\n\nb"

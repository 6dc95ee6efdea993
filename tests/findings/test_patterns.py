"""Patterns of a document are judged before they are tried, so that none takes long."""

from __future__ import annotations

import re
import string
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import codesystems, notations, patterns
from evaluation.findings.adapters import contract
from evaluation.findings.checks import values
from mockserver.contract.source import document

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d{2}:?\d{2})?"
REAL = [
    rf"^{DATE}$",
    rf"^{DATE}[T ]{CLOCK}$",
    rf"{DATE}(T{CLOCK})?",
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})$",
    r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    r"^(?:(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)\d{2})?$",
    r"^\d+$", r"^\d{1,10}$", r"^[0-9]{10}\Z", "^$", ".*", "[YN]", "^(male|female|other|unknown)$",
    r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?",
    r"^[\w.+-]+@[\w-]+\.[\w.-]+$",
    r"^[a-z0-9]+(_[a-z0-9]+)*$",
    r"[A-Za-z0-9\-\.]{1,64}",
]  # fmt: skip
EVIL = [
    "^(a+)+$", r"^(\w+\s?)*\$$", "^((.*)*)*x$", "^(([0-9A-Za-z: TZ.-])+)+!$", "(a{0,65000}){0,65000}{0,65000}",
    "^(?:[^A]|[^B]|[^C])*Q$", "^(?:[^A]|[^B]|[^C])*Q$|", r"^(?:\d+-?)+(?:T|(?:[^A]|[^B])+)+!$", "(?:.|.)" * 12,
    r"(?=(.+)+\1Q)", r"(.)\1", "((){9999}){9999}", r"(^|\b){9999}", "(|a)*", ".*" * 12 + "Q", ".?" * 30,
]  # fmt: skip


@pytest.mark.parametrize("pattern", REAL)
def test_patterns_of_real_descriptions_are_tried(pattern: str) -> None:
    assert 0 < patterns.ways(pattern) <= 20


def test_every_pattern_of_the_contract_is_tried() -> None:
    declared = [entry["schema"].get("pattern", "") for entry in document("formats.yaml").values()]
    found = {f.pattern for r in contract.read("vendor").resources for f in r.fields if f.pattern}
    assert all(patterns.ways(pattern) for pattern in {*declared, *found})


@pytest.mark.parametrize("pattern", EVIL)
def test_patterns_with_many_ways_are_not_tried(pattern: str) -> None:
    assert patterns.ways(pattern) == 0
    assert not notations.accepts(pattern, ("2023-03-15T09:30:00Z",))


@pytest.mark.parametrize("pattern", ["(" * 5000, "(" * 400 + ")" * 400, "a" * 501, "[" * 99, "a" * 2_000_000])
def test_what_is_too_deep_or_too_long_is_not_tried(pattern: str) -> None:
    assert patterns.ways(pattern) == 0


@pytest.mark.parametrize("pattern", ["(", ")", "a)", "[a", "a**", "*", "\\", r"\p{L}", "(?i)a", "[b-a]", "a{3,1}"])
def test_what_re_does_not_know_is_not_tried(pattern: str) -> None:
    assert patterns.ways(pattern) == 0


@pytest.mark.parametrize("pattern", ["[[a-z]--[b]]", "[a--b]", "[a&&b]", "[a||b]", "[a~~b]", "[[:alpha:]]"])
def test_nothing_is_warned_of(pattern: str) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert patterns.ways(pattern) == 0
    assert not told


def test_ways_are_counted_where_the_next_character_does_not_decide() -> None:
    assert patterns.ways("(ab|ac)d") == 2
    assert patterns.ways("(ab|bc)d") == 1
    assert patterns.ways("[0-9]{0,5}[1-9]") == 6
    assert patterns.ways("[0-9]{0,5}[.]") == 1
    assert patterns.ways("(ab|ac){3}") == 8


def test_candidates_are_as_plain_and_short_as_ways_are_counted_for() -> None:
    notation = [text for entry in notations.load().by_name.values() for text in entry.candidates]
    coded = codesystems.load()["demographics"]["candidates"]
    numbers = [text for pair in values.NUMBERS for text in pair]
    texts = [*notation, *notations.load().data["junk"], *numbers, *values.NO_NUMBERS, *values.NO_FLAGS]
    for text in (*texts, *coded["words"], *coded["codes"]):
        assert len(text) <= patterns.TEXT
        assert set(text) <= set(string.printable)


@given(st.text(r"ab.\dw|?*+()[]{}^$-,12:Q", max_size=40))
def test_any_pattern_is_judged_and_what_is_tried_is_known_to_re(pattern: str) -> None:
    found = patterns.ways(pattern)
    assert 0 <= found <= patterns.WAYS
    if found:
        re.compile(pattern.replace(r"\Z", "$"))


PARTS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", ".", r"\w", "[^a]", "c"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?"])).map(lambda p: f"({p[0]}){p[1]}"),
    ),
    max_leaves=12,
)


@given(PARTS, st.text("abc", min_size=12, max_size=16))
def test_what_is_tried_is_searched_in_few_steps(pattern: str, text: str) -> None:
    """A class of its own that each step of a search has to pass is not to be had, so the work is counted by a twin."""
    if found := patterns.ways(pattern + "Q"):
        assert Steps(pattern + "Q", text).count <= 60 * (len(text) + 1) * (len(pattern) + 1) * found


class Steps:
    """A search that tries every way as ``re`` does without its short cuts, and counts them."""

    def __init__(self, pattern: str, text: str) -> None:
        self.count, self.text = 0, text
        branches, _ = patterns._branches(pattern, 0, 0)
        for start in range(len(text) + 1):
            self._any(branches, start, lambda at: False)

    def _any(self, branches, at, then) -> bool:  # type: ignore[no-untyped-def]
        return any(self._all(pieces, at, then) for pieces in branches)

    def _all(self, pieces, at, then) -> bool:  # type: ignore[no-untyped-def]
        return self._times(pieces[0], 0, at, lambda to: self._all(pieces[1:], to, then)) if pieces else then(at)

    def _times(self, piece, done, at, then) -> bool:  # type: ignore[no-untyped-def]
        self.count += 1
        if done < piece.most and self._once(piece, at, lambda to: self._times(piece, done + 1, to, then)):
            return True
        return bool(done >= piece.least and then(at))

    def _once(self, piece, at, then) -> bool:  # type: ignore[no-untyped-def]
        if piece.below:
            return self._any(piece.below, at, then)
        return at < len(self.text) and self.text[at] in piece.first and then(at + 1)

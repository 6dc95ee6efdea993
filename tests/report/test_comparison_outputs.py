"""Terminal, Markdown and HTML say what the data says: every verdict, every reason, nothing that breaks the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any

import click
import pytest

from evaluation.report.comparison import compare
from evaluation.report.comparison_html import as_html
from evaluation.report.comparison_md import as_markdown
from evaluation.report.comparison_terminal import as_terminal
from tests.findings.made import api, resource

from .sides import clean, described, faulty, names_only, runs

WRITERS = {"terminal": as_terminal, "md": as_markdown, "html": as_html}


@cache
def made() -> dict[str, Any]:
    return compare(runs(faulty(partial=("visit: page 3 did not come",)), clean(), names_only()))


@cache
def nasty() -> dict[str, Any]:
    titled = faulty(title='<b>a</b> | "b" \x1b[31m & `c`')
    return compare(runs(titled, clean(partial=("<script>alert(1)</script> | x",))))


@cache
def eight() -> dict[str, Any]:
    return compare(runs(*(described(faulty(title=f"target number {n}")) for n in range(8))))


class Text(HTMLParser):
    """The text of a page, and the tags that were opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.parts.append(data)


def text_of(page: str) -> str:
    reader = Text()
    reader.feed(page)
    assert reader.open == [] and len(reader.ids) == len(set(reader.ids))
    return " ".join(" ".join(reader.parts).split())


def plain(format_: str, given: dict[str, Any]) -> str:
    text = WRITERS[format_](given)
    text = text_of(text) if format_ == "html" else click.unstyle(text)
    return " ".join(text.split())


@pytest.mark.parametrize("format_", WRITERS)
def test_the_verdict_stands_before_everything_else(format_: str) -> None:
    text = plain(format_, made())
    places = [text.index(" ".join(sentence.split())) for sentence in made()["verdict"]]
    assert places == sorted(places) and places[0] < 250


@pytest.mark.parametrize("format_", WRITERS)
def test_every_check_criterion_and_reason_is_told(format_: str) -> None:
    text = plain(format_, made())
    said = [check["id"] for check in made()["checks"]] + [one["title"] for one in made()["criteria"]]
    said += [check["id"] for one in made()["undecided"] for check in one["checks"]]
    said += [reason["why"].removeprefix("not decided: ") for one in made()["undecided"] for reason in one["reasons"]]
    said += ["page 3 did not come", *(target["worth"] for target in made()["targets"])]
    assert [one for one in said if one not in text] == []


@pytest.mark.parametrize("format_", ["md", "html"])
def test_every_finding_is_told_in_words_with_its_places(format_: str) -> None:
    text = plain(format_, made())
    for check in made()["checks"]:
        for of in check["of"].values():
            if of["verdict"] == "fail":
                assert " ".join(of["why"].split()) in text and of["groups"][0]["names"][0]["name"] in text


@pytest.mark.parametrize("format_", WRITERS)
def test_an_unknown_is_told_as_one(format_: str) -> None:
    text = plain(format_, made())
    assert "unknown" in text and "nothing known" in text and "neither better nor worse" in text


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("which", [made, eight])
def test_the_terminal_keeps_to_its_width(width: int, which: Callable[[], dict[str, Any]]) -> None:
    assert [line for line in click.unstyle(as_terminal(which(), width)).splitlines() if len(line) > width] == []


def test_eight_targets_stand_in_blocks_and_none_is_left_out() -> None:
    text = click.unstyle(as_terminal(eight(), 100))
    heads = [line.split() for line in text.splitlines() if re.fullmatch(r"\s+[A-H](\s+[A-H])*\s*", line)]
    assert [letter for head in heads for letter in head] == list("ABCDEFGH") * 2


def test_the_same_columns_stand_under_each_letter() -> None:
    lines = click.unstyle(as_terminal(made(), 100)).splitlines()
    head = next(line for line in lines if re.fullmatch(r"\s+A\s+B\s+C\s*", line))
    row = next(line for line in lines if line.startswith("HJ-001"))
    (check,) = [check for check in made()["checks"] if check["id"] == "HJ-001"]
    for letter in "ABC":
        assert row[head.index(letter) :].startswith(check["of"][letter]["verdict"])


def test_markdown_tables_have_as_many_cells_in_every_row() -> None:
    for given in (made(), nasty(), eight()):
        tables = re.findall(r"(?:^\|.*\n)+", as_markdown(given), re.MULTILINE)
        assert len(tables) == 3
        for table in tables:
            assert len({re.sub(r"\\.", "", line).count("|") for line in table.splitlines()}) == 1


def test_nothing_from_outside_is_markup() -> None:
    page = as_html(nasty())
    assert "<b>" not in page and "<script" not in page and "\x1b" not in page and "alert(1)" in text_of(page)
    assert "<script" not in as_markdown(nasty()) and "\x1b" not in click.unstyle(as_terminal(nasty()))


@pytest.mark.parametrize("format_", WRITERS)
def test_a_fault_in_every_column_is_no_longer_than_one_in_a_few(format_: str) -> None:
    def wide(count: int) -> dict[str, Any]:
        rows = [{"created_at": "2022-01-02 03:04:05", **{f"amount_{n}": "1.50" for n in range(12)}}]
        return compare(runs(api(*(resource(f"thing{n}", rows) for n in range(count))), clean()))

    few, many = (len(WRITERS[format_](wide(count))) for count in (5, 120))
    assert many < few * 1.3


@pytest.mark.parametrize("format_", WRITERS)
def test_the_same_data_gives_the_same_bytes(format_: str) -> None:
    assert WRITERS[format_](made()) == WRITERS[format_](made())

"""Reports for tests: the options of the verb as it gives them, a small evaluation, and the text of a PDF."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from evaluation.findings import catalogue
from evaluation.findings.adapters import open_target
from evaluation.findings.evaluate import Evaluation, run
from evaluation.report.data import Order, as_data

USUAL: dict[str, Any] = {
    "customer": "Acme Health", "target": "contract", "alternatives": (), "criteria": None, "severity": None,
    "baseline": None, "journal": None, "client": "", "entry": None, "day": None, "paper": "A4", "pdf": False,
    "public": False, "practice": (), "timeout": 10.0, "budget": None, "limit": None, "permission": False,
}  # fmt: skip


def options(out: Path, **given: Any) -> dict[str, Any]:
    """What the verb hands on."""
    assert set(given) <= set(USUAL)
    return {**USUAL, "out": out, **given}


@cache
def contract(quirks: str = "vendor") -> Evaluation:
    return run(open_target(f"contract:{quirks}"))


def order(evaluation: Evaluation | None = None, **given: Any) -> Order:
    """An order on the contract, or on another evaluation."""
    usual = {"customer": "Acme Health", "evaluation": evaluation or contract(), "levels": catalogue.severities()}
    return Order(**{**usual, **given})


@cache
def data() -> dict[str, Any]:
    """The data on the contract; nobody may change it."""
    return as_data(order())


def read(folder: Path) -> tuple[str, dict[str, Any]]:
    """Page and data of a folder."""
    found: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return (folder / "report.html").read_text(encoding="utf-8"), found


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, name: str) -> list[str]:
        return [told for _, attrs in self.found if (told := attrs.get(name)) is not None]


OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj")
CHARS, RANGE = re.compile(r"<(\w+)> <(\w+)>$"), re.compile(r"<(\w+)> <(\w+)> <(\w+)>$")


def pdf_text(pdf: bytes) -> str:
    """What a PDF of Chromium shows, without blanks."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {number: _letters(objects, body) for number, body in objects.items() if b"/ToUnicode" in body}
    shown = "".join(_shown(text, fonts) for body in objects.values() if (text := _unpacked(body)) and b" Tj" in text)
    return unicodedata.normalize("NFKC", "".join(shown.split()))


def _unpacked(body: bytes) -> bytes:
    _, mark, packed = body.partition(b"stream\n")
    if not mark or b"/FlateDecode" not in body[:400]:
        return b""
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""


def _letters(objects: Mapping[int, bytes], font: bytes) -> dict[int, str]:
    """Text by glyph of a font."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    made: dict[int, str] = {}
    for line in _unpacked(objects[int(found[1])] if found else b"").decode("latin-1").splitlines():
        if span := RANGE.match(line):
            first, last, start = (int(part, 16) for part in span.groups())
            made.update({glyph: chr(start + glyph - first) for glyph in range(first, last + 1)})
        elif one := CHARS.match(line):
            made[int(one[1], 16)] = bytes.fromhex(one[2]).decode("utf-16-be", "replace")
    return made


def _shown(text: bytes, fonts: Mapping[int, Mapping[int, str]]) -> str:
    letters: Mapping[int, str] = {}
    parts: list[str] = []
    for font, glyphs in SHOWN.findall(text):
        if font:
            letters = fonts.get(int(font), {})
        else:
            parts += [letters.get(int(glyphs[at : at + 4], 16), "?") for at in range(0, len(glyphs), 4)]
    return "".join(parts)

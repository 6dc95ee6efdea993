"""Thoughtworks' build-your-own-radar: one row an entry, as CSV or JSON.

It reads the columns name, ring, quadrant, isNew (TRUE or FALSE), status (new, moved in, moved out, no change) and
description, which it shows as HTML. Source: the README of the tool; no registry has its parser.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from html import escape

from ..entry import QUADRANTS
from .picked import Shown

COLUMNS = ("name", "ring", "quadrant", "isNew", "status", "description")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that make a spreadsheet run a cell, as OWASP lists them."""


def as_csv(shown: tuple[Shown, ...]) -> str:
    """CSV whose cells no spreadsheet runs: one that begins like a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: harmless(value) for key, value in _row(one).items()} for one in shown)
    return out.getvalue()


def as_json(shown: tuple[Shown, ...]) -> str:
    """JSON with the same keys."""
    return json.dumps([_row(one) for one in shown], indent=1, ensure_ascii=False) + "\n"


def harmless(cell: str) -> str:
    """A cell that is text in any spreadsheet."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _row(one: Shown) -> Mapping[str, str]:
    new = "TRUE" if one.movement == "new" else "FALSE"
    values = (one.title, one.ring, QUADRANTS[one.quadrant], new, one.movement, escape(one.text, quote=False))
    return dict(zip(COLUMNS, values, strict=True))

"""Keeps only the first rows of a page, and leaves every other byte of the answer as it came."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from .exchange import Response

_DATA = re.compile(r'"data"\s*:\s*\[\s*')
_BETWEEN = re.compile(r"\s*,\s*")
_AFTER = re.compile(r"\s*\]")


def cut(response: Response, rows: int) -> tuple[Response, int]:
    """The answer with at most this many rows, and how many came. ``rows`` 0 keeps all.

    An answer without a ``data`` list of objects stays as it is and counts no rows.
    """
    try:
        text = response.body.decode("utf-8")
        spans = _spans(text)
    except ValueError:
        return response, 0
    if not rows or len(spans) <= rows:
        return response, len(spans)
    body = (text[: spans[rows - 1][1]] + text[spans[-1][1] :]).encode("utf-8")
    return replace(response, body=body, headers=_measured(response, len(body))), len(spans)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each row of the first ``data`` list begins and ends. Raises ValueError."""
    found: list[tuple[int, int]] = []
    start = _DATA.search(text)
    if start is None:
        return found
    place, decoder = start.end(), json.JSONDecoder()
    while text[place : place + 1] == "{":
        _, end = decoder.raw_decode(text, place)
        found.append((place, end))
        more = _BETWEEN.match(text, end)
        if more is None:
            return found if _AFTER.match(text, end) else []
        place = more.end()
    return []


def _measured(response: Response, length: int) -> tuple[tuple[str, str], ...]:
    return tuple((n, str(length) if n.lower() == "content-length" else v) for n, v in response.headers)

"""Answers to the open questions on pages and filters. Numbers of rows are compared, never shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .asked import Answer, Asked, described, listed

COLUMNS = ("type", "date", "appointmentid")
Totals = Mapping[str, int]
MEANINGS: Mapping[str, tuple[str, Callable[[Totals, int], bool]]] = {
    "eq": ("some of the rows", lambda t, n: 0 < t["eq"] <= n),
    "ne": ("all rows but those of eq", lambda t, n: t["ne"] == n - t["eq"]),
    "lt": ("all rows but those of gte", lambda t, n: t["lt"] == n - t["gte"]),
    "gte": ("all rows but those of lt", lambda t, n: t["gte"] == n - t["lt"]),
    "gt": ("all rows but those of lte", lambda t, n: t["gt"] == n - t["lte"]),
    "lte": ("all rows but those of gt", lambda t, n: t["lte"] == n - t["gt"]),
    "eqf": ("the rows of eq", lambda t, n: t["eqf"] == t["eq"]),
    "btwn": ("both ends included", lambda t, n: t["btwn"] == t["eq"]),
    "in": ("the rows of eq", lambda t, n: t["in"] == t["eq"]),
    "like": ("% matches every row", lambda t, n: t["like"] == n),
}


def pages(asked: Asked) -> Answer:
    """Question 2: page URLs, page and page-size parameters, a page past the end."""
    answer = Answer()
    first = asked.envelope("paging.filtered")
    following = _query(first.get("next_page_url"))
    if following is None:
        answer.missing.append("page URLs of a selection (it has one page)")
    else:
        asked_for = _query(asked.all("paging.filtered")[0].request.url) or {}
        kept = set(asked_for) <= set(following)
        answer.settled.append(f"next_page_url {'repeats' if kept else 'does not repeat'} the filters")
        answer.settled.append(f"the page parameter is {listed(k for k in following if k not in asked_for)}")
    for label, step in (("page=2", "paging.second"), ("page=0", "paging.page-0"), ("page=x", "paging.page-x")):
        _page(asked, label, step, answer)
    _page(asked, "a page past the end", "paging.past-end", answer)
    for name in ("per_page", "limit"):
        _size(asked, name, answer)
    return answer


def _page(asked: Asked, label: str, step: str, answer: Answer) -> None:
    response = asked.response(step)
    if response is None:
        answer.missing.append(label)
        return
    current, last = (asked.envelope(step).get(key) for key in ("current_page", "last_page"))
    where = ""
    if type(current) is int and type(last) is int:
        where = ", counted as page " + ("1" if current == 1 else "2" if current == 2 else "asked for")
        where += ", behind last_page" if current > last else ""
    answer.settled.append(f"{label}: {described(response)}{where}")


def _size(asked: Asked, name: str, answer: Answer) -> None:
    step = f"paging.size-by-{name}"
    size = asked.envelope(step).get("per_page")
    response = asked.response(step)
    if response is None:
        answer.missing.append(f"page size by {name}")
    elif size is None:
        answer.settled.append(f"page size by {name}: {described(response)}")
    else:
        answer.settled.append(f"page size by {name}: {'taken' if size == 2 else 'not taken'}")


def filters(asked: Asked) -> Answer:
    """Question 3: the operators, several filters, one column twice."""
    answer = Answer()
    whole = asked.total("elements.appointment")
    for operator in MEANINGS:
        answer.settled += _operator(asked, operator, whole)
    answer.settled += _combined(asked, "two columns at once", "filters.two", "AND", "filters.date.eq")
    repeated = asked.response("filters.repeated")
    if repeated is None:
        answer.missing.append("one column twice")
    elif repeated.status != 200:
        answer.settled.append(f"one column twice: {described(repeated)}")
    else:
        answer.settled.append(f"one column twice: {_winner(asked)}")
    if not any(asked.all(f"filters.{column}.eq") for column in COLUMNS):
        return Answer(missing=["no appointment to take values from"])
    answer.missing.append("operators that nobody has thought of")
    return answer


def _operator(asked: Asked, operator: str, whole: int | None) -> list[str]:
    """What one operator does on each column, columns of one behaviour together."""
    meanings: dict[str, list[str]] = {}
    for column in COLUMNS:
        response = asked.response(f"filters.{column}.{operator}")
        if response is not None:
            said = described(response) if response.status != 200 else _meaning(asked, column, operator, whole)
            meanings.setdefault(said, []).append(column)
    return [f"{operator} on {', '.join(columns)}: {said}" for said, columns in meanings.items()]


def _meaning(asked: Asked, column: str, operator: str, whole: int | None) -> str:
    found = {name: asked.total(f"filters.{column}.{name}") for name in MEANINGS}
    totals = {name: total for name, total in found.items() if total is not None}
    text, holds = MEANINGS[operator]
    try:
        if whole is not None and holds(totals, whole):
            return text
    except KeyError:
        return "answered, with nothing to compare it with"
    return "ignored" if totals.get(operator) == whole else "answered, meaning something else"


def _combined(asked: Asked, label: str, step: str, word: str, other: str) -> list[str]:
    response, both, one = asked.response(step), asked.total(step), asked.total(other)
    if response is None:
        return []
    if both is None or one is None:
        return [f"{label}: {described(response)}"]
    return [f"{label}: {word if 0 < both <= one else 'not ' + word}"]


def _winner(asked: Asked) -> str:
    """The conditions exclude each other, so the number of rows tells which of them counted."""
    total, first, last = (asked.total(s) for s in ("filters.repeated", "filters.date.lt", "filters.date.eq"))
    return {0: "both count", last: "the last counts", first: "the first counts"}.get(total, "something else")


def _query(url: Any) -> dict[str, str] | None:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)) if isinstance(url, str) else None

"""What a capture asked, seen from the questions: answers by step, described without any value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .exchange import Exchange, Response

Row = Mapping[str, Any]


@dataclass
class Answer:
    """Parts of the answer to one open question: what is settled and what more is needed for the rest."""

    settled: list[str] = field(default_factory=list)
    time: list[str] = field(default_factory=list)
    practice: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """One of ``settled``, ``settled in part``, ``needs time``, ``needs a second practice`` and ``not asked``."""
        if self.settled:
            return "settled in part" if self.time or self.practice or self.missing else "settled"
        if self.time:
            return "needs time"
        return "needs a second practice" if self.practice else "not asked"

    def lines(self) -> list[str]:
        """The parts as sentences, what is settled first."""
        rest = (("needs time", self.time), ("needs a second practice", self.practice), ("not asked", self.missing))
        return [*self.settled, *(f"{label}: {part}" for label, parts in rest for part in parts)]


class Asked:
    """The exchanges of a capture by step. Meant for scrubbed ones; shows keys, types and statuses, never values."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self._steps: dict[str, list[Exchange]] = {}
        for exchange in exchanges:
            self._steps.setdefault(exchange.step, []).append(exchange)

    def all(self, step: str) -> list[Exchange]:
        """The exchanges of a step, one for each page of a walk."""
        return self._steps.get(step, [])

    def response(self, step: str) -> Response | None:
        """The first answer to a step."""
        found = self.all(step)
        return found[0].response if found else None

    def document(self, step: str, page: int = 0) -> Any:
        """The JSON of an answer; None where there is none."""
        found = self.all(step)
        return document(found[page].response) if page < len(found) else None

    def envelope(self, step: str, page: int = 0) -> Mapping[str, Any]:
        """The answer as an object; empty where it is something else or no success."""
        found = self.document(step, page)
        response = self.all(step)[page].response if page < len(self.all(step)) else None
        return found if isinstance(found, dict) and response is not None and response.status == 200 else {}

    def rows(self, step: str, page: int = 0) -> list[Row]:
        """The rows of a page."""
        data = self.envelope(step, page).get("data")
        return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []

    def total(self, step: str) -> int | None:
        """How many rows the answer says there are."""
        total = self.envelope(step).get("total")
        return total if type(total) is int else None

    def elements(self) -> Iterator[tuple[str, list[Row]]]:
        """Every element whose first page was asked for, with its rows."""
        for step in self._steps:
            area, _, element = step.partition(".")
            if area == "elements" and element != "client_ids":
                yield element, self.rows(step)

    def said(self, label: str, step: str, answer: Answer) -> None:
        """Note how the server answered a step, or that it was not asked."""
        response = self.response(step)
        if response is None:
            answer.missing.append(label)
        else:
            answer.settled.append(f"{label}: {described(response)}")


def document(response: Response) -> Any:
    """The JSON of a body, None where it is none."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        return None


def described(response: Response) -> str:
    """Status, content type and keys, for example ``401 application/json {error, message}``."""
    found = document(response)
    if response.status == 200 and isinstance(found, dict) and isinstance(found.get("data"), list):
        return "200 with rows" if found["data"] else "200 with an empty page"
    kind = (response.header("Content-Type") or "no content type").strip()
    shape = f" {{{', '.join(found)}}}" if isinstance(found, dict) else " a list" if isinstance(found, list) else ""
    return f"{response.status} {kind}{shape}"


def listed(names: Iterable[str]) -> str:
    """Names with commas, or none."""
    return ", ".join(names) or "none"

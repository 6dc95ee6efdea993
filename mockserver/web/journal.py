"""What was asked and answered: bounded, secrets never kept, and a sum of what each client relied on."""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus, unquote

CLIENTS = 200
"""Clients whose behaviours are summed; the ones after that are summed together as ``(others)``."""


@dataclass(slots=True)
class Entry:
    """One request. ``at`` is vendor time in microseconds, ``milliseconds`` real time.

    ``query`` holds filter values as they were sent; tokens, keys and passwords are masked wherever they stand.
    """

    number: int
    at: int
    client: str
    login: str
    method: str
    path: str
    query: str
    status: int = 0
    practice: str = ""
    element: str = ""
    rows: int = 0
    page: int = 0
    milliseconds: float = 0.0
    error: str = ""
    fault: str = ""
    behaviours: tuple[str, ...] = field(default_factory=tuple)


LONGEST = 2000
"""Characters that are kept of what a request sent."""

MASK = "***"
_NAMED = r"(?i:(?<=password=)|(?<=secret_key=)|(?<=secretkey=)|(?<=token=)|(?<=authorization=))[^&]+"
_TOKEN = r"(?-i:eyJ)[\w-]{5,}(?:\.|%2e)[\w.%-]*"


class Mask:
    """Hides the given secrets, anything that looks like a token, and values named like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spelled = {form for text in secrets for form in (text, quote(text), quote(text, safe=""), quote_plus(text))}
        longest_first = sorted((re.escape(form) for form in spelled if form), key=len, reverse=True)
        self._pattern = re.compile("|".join([_TOKEN, _NAMED, *longest_first]), re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """The text with secrets hidden; where escapes hid one, the text without its escapes."""
        shown = self._pattern.sub(MASK, text)
        if "%" not in shown:
            return shown
        plain = unquote(shown)
        masked = self._pattern.sub(MASK, plain)
        return shown if masked == plain else masked


class Journal:
    """The last ``size`` requests, and per client how often it leaned on which behaviour; ``secrets`` are masked."""

    def __init__(self, size: int, secrets: Iterable[str] = ()) -> None:
        self._mask = Mask(secrets)
        self._entries: deque[Entry] = deque(maxlen=size)
        self._leaned: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._elements: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._requests: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._total = 0

    def add(self, entry: Entry) -> None:
        mask = self._mask
        for name in ("client", "path", "query"):
            setattr(entry, name, mask(getattr(entry, name))[:LONGEST])
        with self._lock:
            self._total += 1
            entry.number = self._total
            self._entries.append(entry)
            client = entry.client if entry.client in self._leaned or len(self._leaned) < CLIENTS else "(others)"
            self._leaned[client].update(entry.behaviours)
            self._requests[client] += 1
            if entry.element and entry.status == 200:
                self._elements[client][entry.element] += 1

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._leaned.clear()
            self._elements.clear()
            self._requests.clear()
            self._total = 0

    @property
    def total(self) -> int:
        """Requests since the last reset, also those no longer kept."""
        return self._total

    def find(
        self, path: str = "", status: int | None = None, client: str = "", limit: int = 100
    ) -> list[dict[str, Any]]:
        """The newest matching entries, newest first; ``path`` and ``client`` match as parts."""
        with self._lock:
            entries = list(self._entries)
        return [asdict(e) for e in _first(_matching(reversed(entries), path, status, client), limit)]

    def leaned(self) -> dict[str, dict[str, Counter[str]]]:
        """Per client the behaviours it leaned on and the elements it read, with counts."""
        with self._lock:
            return {
                name: {"behaviours": Counter(used), "elements": Counter(self._elements.get(name, Counter()))}
                for name, used in self._leaned.items()
            }


def _matching(entries: Iterable[Entry], path: str, status: int | None, client: str) -> Iterator[Entry]:
    for entry in entries:
        if path in entry.path and client in entry.client and status in (None, entry.status):
            yield entry


def _first(entries: Iterator[Entry], limit: int) -> Iterator[Entry]:
    for _, entry in zip(range(limit), entries, strict=False):
        yield entry

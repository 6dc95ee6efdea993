"""What a customer's own run leaned on, from the journal of the mock they ran against.

Of a journal only ids that the contract knows, and counts, are taken: what a request said never gets further.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from evaluation.recording.client import Client, Unreachable
from evaluation.recording.exchange import Request
from evaluation.recording.target import parse
from mockserver.contract import load
from mockserver.errors import InputError

WHERE = "--journal"
LARGEST = 50_000_000  # bytes
KIT = "healthjump-kit/"  # what programs of the kit call themselves: they are none of a customer's
MOST = 10**12  # requests; a larger number is none
TIMEOUT = 10.0  # seconds
VALID = ("a file saved from a mock: its /__admin/assumptions or /__admin/journal", "http://127.0.0.1:PORT of a mock")


@dataclass
class Use:
    """What one client, or all, leaned on: requests by id of a behaviour, and by name of an element.

    ``strange`` counts ids and names that the contract does not have.
    """

    behaviours: Counter[str] = field(default_factory=Counter)
    elements: Counter[str] = field(default_factory=Counter)
    strange: int = 0


def read(given: str, client: str = "") -> list[Use]:
    """The use of each client whose name has ``client`` in it, in the order of the journal.

    Programs of the kit, such as ``hjkit evaluate``, are left out unless ``client`` asks for them.

    Raises InputError, which repeats nothing that stands in the journal.
    """
    data = _asked(given, client) if given.startswith(("http://", "https://")) else _loaded(given)
    uses = _uses(data, client)
    if not uses:
        none = "none of a program that is not the kit's own"
        raise InputError("has no request of such a client" if client else f"has no request in it, or {none}", WHERE)
    return uses


def _asked(url: str, client: str) -> object:
    """The assumptions of a mock that runs on this machine."""
    try:
        target = parse(url)
    except InputError as error:
        raise InputError(error.what, WHERE, VALID) from None
    if not target.loopback:
        raise InputError("only a mock on this machine is asked; save its journal to a file", WHERE, VALID)
    query = f"?{urlencode({'client': client})}" if client else ""
    asked = Request("GET", f"{target.base}/__admin/assumptions{query}", (("Accept", "application/json"),))
    try:
        came = Client(target, TIMEOUT).send(asked)
    except Unreachable as error:
        raise InputError(str(error), WHERE, VALID) from None
    if came.status != 200:
        raise InputError(f"answers {came.status}, so it is no mock that tells what it was asked", WHERE, VALID)
    return _parsed(came.body)


def _loaded(given: str) -> object:
    path = Path(given)
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"is larger than {LARGEST // 1_000_000} MB", WHERE)
        return _parsed(path.read_bytes())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such file"
        raise InputError(f"cannot be read ({why})", WHERE, VALID) from None


def _parsed(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("is not JSON", WHERE, VALID) from None


def _uses(data: object, client: str) -> list[Use]:
    """From either answer of the admin API."""
    if not isinstance(data, Mapping) or not isinstance(data.get("clients", data.get("entries")), list):
        raise InputError("is neither assumptions nor a journal", WHERE, VALID)
    rows = _mappings(data.get("clients", data.get("entries")))
    chosen = [row for row in rows if _wanted(str(row.get("client", "")), client)]
    if "clients" in data:
        return [_summed(row) for row in chosen]
    by_client: dict[str, list[Mapping[str, Any]]] = {}
    for row in reversed(chosen):  # the newest comes first
        by_client.setdefault(str(row.get("client", "")), []).append(row)
    return [_counted(rows) for rows in by_client.values()]


def _wanted(name: str, client: str) -> bool:
    return client in name if client else not name.startswith(KIT)


def _summed(row: Mapping[str, Any]) -> Use:
    use = Use()
    for one in _mappings(row.get("behaviours")):
        _add(use, use.behaviours, one.get("id"), load().behaviours, one.get("requests"))
    for one in _mappings(row.get("elements")):
        _add(use, use.elements, one.get("element"), load().elements, one.get("requests"))
    return use


def _counted(rows: Iterable[Mapping[str, Any]]) -> Use:
    use = Use()
    for row in rows:
        ids = row.get("behaviours")
        for id_ in ids if isinstance(ids, list) else ():
            _add(use, use.behaviours, id_, load().behaviours, 1)
        if row.get("element") and row.get("status") == 200:
            _add(use, use.elements, row["element"], load().elements, 1)
    return use


def _add(use: Use, counts: Counter[str], name: object, known: Mapping[str, object], requests: object) -> None:
    number = type(requests) is int and 0 < requests <= MOST
    if isinstance(name, str) and name in known and number:
        counts[name] += int(str(requests))
    else:
        use.strange += 1


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return list(_only(value)) if isinstance(value, list) else []


def _only(values: Iterable[object]) -> Iterator[Mapping[str, Any]]:
    yield from (value for value in values if isinstance(value, Mapping))

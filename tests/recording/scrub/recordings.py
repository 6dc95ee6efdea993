"""Recordings of mocks under two sets of quirks, whole pages, and the ways to read them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests

from evaluation.recording.exchange import Exchange, Request, Response
from mockserver import contract as contracts
from mockserver.contract import Contract
from mockserver.testing import Healthjump, Server

Row = dict[str, Any]


def exchange(step: str, answer: requests.Response) -> Exchange:
    """What requests sent and got."""
    sent = answer.request
    body = sent.body or b""
    asked = Request(str(sent.method), str(sent.url), tuple(sent.headers.items()), _bytes(body))
    came = Response(answer.status_code, answer.reason, tuple(answer.headers.items()), answer.content)
    return Exchange(step, asked, came)


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body)


def record(server: Server) -> list[Exchange]:
    """A login, every element of every practice, and the spellings that quirks are about."""
    mock = Healthjump(server)
    found = [exchange("login", requests.post(f"{mock.base_url}/authenticate", data=_login(mock), timeout=20))]
    for practice in mock.practices:
        base = f"{mock.base_url}/hjdw/{practice}"
        paths = [*dict.fromkeys([*server.state.contract.paths, "payer", "payer_dim", "location"])]
        found += [exchange(path, mock.session.get(f"{base}/{path}", timeout=60)) for path in paths]
        bare = {**mock.session.headers, "Version": None}
        found.append(exchange("no-version", mock.session.get(f"{base}/appointment", headers=bare, timeout=60)))
    mock.close()
    return found


def _login(mock: Healthjump) -> dict[str, str]:
    return {"email": mock.email, "password": mock.password}


@dataclass(frozen=True)
class Reading:
    """A recording as a detector sees it; columns by clean names."""

    exchanges: tuple[Exchange, ...]
    contract: Contract

    def status(self, step: str) -> set[int]:
        return {one.response.status for one in self.exchanges if one.step == step}

    def pages(self, element: str) -> Iterator[list[Row]]:
        """The rows of each practice, in the order they came."""
        path = self.contract.elements[element].path
        for one in self.exchanges:
            if one.step == path and one.response.status == 200:
                rows: list[Row] = json.loads(one.response.body)["data"]
                yield rows

    def rows(self, element: str) -> list[Row]:
        names = {p.wire: p.clean for p in self.contract.elements[element].properties}
        return [{names[k]: v for k, v in row.items()} for page in self.pages(element) for row in page]

    def keys(self, element: str) -> set[str]:
        return {key for page in self.pages(element) for row in page for key in row}

    def values(self, element: str, column: str) -> list[Any]:
        return [row[column] for row in self.rows(element) if row.get(column) not in (None, "")]

    @property
    def claims(self) -> dict[str, Any]:
        token = json.loads(next(e for e in self.exchanges if e.step == "login").response.body)["token"]
        part = token.split(".")[1]
        found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return found


def reading(exchanges: list[Exchange] | tuple[Exchange, ...], quirks: frozenset[str]) -> Reading:
    return Reading(tuple(exchanges), contracts.load(quirks))

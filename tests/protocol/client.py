"""A client as people write it: it logs in, follows pages, keeps a cursor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..clients import Answer, Server

Row = dict[str, Any]
MODIFIED = "hj_modify_timestamp"


@dataclass
class Client:
    """Reads one practice. ``requests`` counts the pages asked for."""

    server: Server
    requests: int = 0
    _access: dict[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        """The path segments of the contract served."""
        found = self.server.state.contract.openapi()["paths"]
        return [path.rpartition("/")[2] for path in found if path.startswith("/hjdw/")]

    def get(self, target: str) -> Any:
        """The envelope at an address of this mock, which must answer it; a token that has run out is replaced."""
        self._access = self._access or self._login()
        answer: Answer = self.server.get(target, self._access)
        if answer.status in (400, 401) and answer.error in ("token_expired", "token_invalid"):
            self._access = self._login()
            answer = self.server.get(target, self._access)
        assert answer.status == 200, answer.body
        self.requests += 1
        return answer.json

    def _login(self) -> dict[str, str]:
        login = self.server.login
        given = {"email": login.email, "password": login.password}
        token = self.server.post("/authenticate", json=given).json["token"]
        return {"Authorization": f"Bearer {token}", "Secretkey": login.secret_key, "Version": "3.0"}

    def pages(self, element: str, query: str = "") -> Iterator[Any]:
        """Envelopes, following next_page_url to null."""
        target: str | None = self.server.path(element, query)
        while target is not None:
            envelope = self.get(target)
            yield envelope
            following = envelope["next_page_url"]
            target = following and following.removeprefix(self.server.base_url)

    def rows(self, element: str, query: str = "") -> list[Row]:
        return [row for page in self.pages(element, query) for row in page["data"]]

    def since(self, element: str, cursor: str, now: str) -> list[Row]:
        """What changed between two instants, both included."""
        return self.rows(element, f"{MODIFIED}=btwn~{quote(cursor)}~{quote(now)}")

    def advance(self, duration: str) -> str:
        """Move the clock; the new instant as text."""
        told: str = self.server.told("POST", "/clock", {"advance": duration})["now"]
        return told

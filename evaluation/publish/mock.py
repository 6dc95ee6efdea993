"""The running mock that pages quote: what they show is what it answered while the site was built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask.testing import FlaskClient

from mockserver.settings import Settings
from mockserver.web.app import create_app
from mockserver.web.logins import DEFAULT

BASE = "http://127.0.0.1:8420"  # as pages show it; nothing listens while a site is built


@dataclass(frozen=True)
class Answer:
    """What the mock answered: the request line, status, headers and the body as JSON."""

    request: str
    status: int
    headers: Mapping[str, str]
    body: Any


class Mock:
    """The mock under a selection of quirks, in this process, with the committed sandbox and its frozen clock."""

    def __init__(self, quirks: str = "vendor", practice: str = "SBOX02", **settings: Any) -> None:
        self.practice = practice
        self._settings = Settings(world="sandbox", quirks=quirks, **settings)

    @cached_property
    def _client(self) -> FlaskClient:
        return create_app(self._settings).test_client()

    @cached_property
    def _token(self) -> str:
        login = {"email": DEFAULT.email, "password": DEFAULT.password}
        answer = self._client.post("/authenticate", data=login, base_url=BASE)
        return str(answer.get_json()["token"])

    def get(self, element: str, query: str = "") -> Answer:
        """One data request with a valid token."""
        path = f"/hjdw/{self.practice}/{element}" + (f"?{query}" if query else "")
        return self.ask(path)

    def ask(self, path: str, **headers: str) -> Answer:
        """Any request. Headers given here replace the usual ones."""
        usual = {"Authorization": f"Bearer {self._token}", "Secretkey": DEFAULT.secret_key, "Version": "3.0"}
        came = self._client.get(path, headers={**usual, **headers}, base_url=BASE)
        return Answer(f"GET {path}", came.status_code, dict(came.headers), came.get_json(silent=True))

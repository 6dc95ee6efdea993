"""Log in again when the token has expired

A token lives one hour, a walk may take longer. Log in anew after a 401 and ask again, once: if the new token is refused
too, the login is not what is wrong, and asking for ever could lock the account. This is an auth object of requests, so
that the rest of a program does not know about tokens.
"""

from __future__ import annotations

import os
from typing import Any

import requests
from requests.auth import AuthBase

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
TIMEOUT = (5, 60)


class HealthjumpAuth(AuthBase):
    """Token, key and version for requests to one server; renews the token after a 401."""

    def __init__(self) -> None:
        self.logins = 0
        self._token = ""
        self._session = requests.Session()
        self._session.max_redirects = 0

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if not (request.url or "").startswith(f"{URL}/"):
            raise ValueError("this request goes to another server, which must not see our headers")
        self._sign(request, self._token or self._login())
        request.hooks["response"].append(self._renew)
        return request

    def _login(self) -> str:
        login = {"email": EMAIL, "password": PASSWORD}
        answer = self._session.post(f"{URL}/authenticate", data=login, timeout=TIMEOUT)
        answer.raise_for_status()
        self.logins += 1
        self._token = str(answer.json()["token"])
        return self._token

    def _sign(self, request: requests.PreparedRequest, token: str) -> None:
        request.headers.update({"Authorization": f"Bearer {token}", "Secretkey": SECRET_KEY, "Version": "3.0"})

    def _renew(self, answer: requests.Response, **given: Any) -> requests.Response:
        if answer.status_code != 401:
            return answer
        answer.close()
        again = answer.request.copy()
        self._sign(again, self._login())
        renewed: requests.Response = answer.connection.send(again, **given)  # calls no hook: a second 401 is the answer
        renewed.history.append(answer)
        return renewed


def move_clock(duration: str) -> None:
    """Let time pass at the vendor. Only the mock can do this."""
    requests.post(f"{URL}/__admin/clock", json={"advance": duration}, timeout=TIMEOUT).raise_for_status()


def refuse(times: int) -> None:
    """Have the next requests refused as with a bad token. Only the mock can do this."""
    fault = {"times": times, "status": 401, "path": "appointment"}
    requests.post(f"{URL}/__admin/fail", json=fault, timeout=TIMEOUT).raise_for_status()


def main() -> None:
    session, auth = requests.Session(), HealthjumpAuth()
    session.auth, session.max_redirects = auth, 0  # a redirect could carry the key to another server
    url: str | None = f"{URL}/hjdw/{PRACTICE}/appointment"
    count = 0
    while url:
        answer = session.get(url, timeout=TIMEOUT)
        answer.raise_for_status()
        page = answer.json()
        count += len(page["data"])
        print(f"page {page['current_page']}: {answer.status_code}, {count} rows so far, {auth.logins} logins")
        url = page["next_page_url"]
        if page["current_page"] in (2, 4):
            move_clock("PT61M")
    print(f"the walk is complete: {count == page['total']}")

    refuse(times=2)
    answer = session.get(f"{URL}/hjdw/{PRACTICE}/appointment", timeout=TIMEOUT)
    print(f"refused with a new token too: {answer.status_code} after one more login, {auth.logins} in all")


if __name__ == "__main__":
    main()

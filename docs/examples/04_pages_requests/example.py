"""Walk all pages with requests

The two functions most other examples start from: ``login`` and ``rows``. A walk goes through ``next_page_url`` until
it is null, keeps the headers to the server it logged in at, and ends with a comparison: if as many rows came as every
page named, none is missing for want of a page. (A row that changes while you walk moves to the first page and can slip
past you; a sync by timestamp fetches it the next time.)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
TIMEOUT = (5, 60)  # seconds to connect, and between two pieces of an answer

Row = dict[str, Any]


def login() -> requests.Session:
    """A session whose requests carry token, key and version. Raises requests.HTTPError where the login is refused."""
    session = requests.Session()
    session.max_redirects = 0  # a redirect could carry password and key to another server
    answer = session.post(f"{URL}/authenticate", data={"email": EMAIL, "password": PASSWORD}, timeout=TIMEOUT)
    answer.raise_for_status()
    session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    session.headers.update({"Secretkey": SECRET_KEY, "Version": "3.0"})
    return session


def rows(session: requests.Session, element: str, **filters: str) -> Iterator[Row]:
    """All rows, page by page. Raises RuntimeError where some may be missing at the end."""
    url: str | None = f"{URL}/hjdw/{PRACTICE}/{element}"
    came, totals = 0, set[int]()
    while url:
        if not url.startswith(f"{URL}/"):
            raise RuntimeError("the next page is on another server, which must not see our headers")
        answer = session.get(url, params=filters, timeout=TIMEOUT)
        answer.raise_for_status()
        page = answer.json()
        yield from page["data"]
        came, url, filters = came + len(page["data"]), page["next_page_url"], {}  # the next address repeats the filters
        totals.add(page["total"])
    if totals != {came}:
        raise RuntimeError(f"{element}: {came} rows came, the API speaks of {sorted(totals)}: walk again")


def main() -> None:
    session = login()
    for element in ("demographic", "appointment", "vitals", "payer_dim"):
        count = sum(1 for _ in rows(session, element))
        print(f"{element:12} {count:5} rows")
    august = list(rows(session, "appointment", date="btwn~20220801~20220831"))
    outside = [row for row in august if not "20220801" <= row["date"] <= "20220831"]
    print(f"August 2022: {len(august)} appointments, {len(outside)} of them of another month")


if __name__ == "__main__":
    main()

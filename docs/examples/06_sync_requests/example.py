"""Sync what changed, without losing rows

A cursor holds the newest hj_modify_timestamp of the copy. All rows of a load share that instant to the microsecond, so
asking for *later than* the cursor can lose the rest of a load. Ask from the cursor on, itself included (btwn includes
both ends), and drop the rows that are known already: those of that very instant whose Healthjump id was seen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
FIRST, LAST = "1900-01-01 00:00:00", "9999-12-31 23:59:59"
TIMEOUT = (5, 60)

Row = dict[str, Any]


@dataclass(frozen=True)
class Cursor:
    """The newest instant the copy has, and the ids of the rows it has of that instant."""

    at: str = FIRST
    seen: frozenset[int] = frozenset()


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
    """All rows. Every page is needed before the cursor may move: the newest rows come first."""
    url: str | None = f"{URL}/hjdw/{PRACTICE}/{element}"
    came, totals = 0, set[int]()
    while url:
        if not url.startswith(f"{URL}/"):
            raise RuntimeError("the next page is on another server, which must not see our headers")
        answer = session.get(url, params=filters, timeout=TIMEOUT)
        answer.raise_for_status()
        page = answer.json()
        yield from page["data"]
        came, url, filters = came + len(page["data"]), page["next_page_url"], {}
        totals.add(page["total"])
    if totals != {came}:
        raise RuntimeError(f"{element}: {came} rows came, the API speaks of {sorted(totals)}: walk again")


def sync(session: requests.Session, copy: dict[int, Row], cursor: Cursor) -> tuple[Cursor, int, int]:
    """Bring the copy up to date. Returns the new cursor, how many rows came, and how many of them were news."""
    came = list(rows(session, "appointment", hj_modify_timestamp=f"btwn~{cursor.at}~{LAST}"))
    marks = [(row["hj_modify_timestamp"], row["appointmentid"]) for row in came]
    news = [row for row, (at, id_) in zip(came, marks, strict=True) if at != cursor.at or id_ not in cursor.seen]
    copy.update((row["appointmentid"], row) for row in news)  # store the rows first, then the cursor
    newest = max((at for at, _ in marks), default=cursor.at)
    kept = cursor.seen if newest == cursor.at else frozenset[int]()
    return Cursor(newest, kept | {id_ for at, id_ in marks if at == newest}), len(came), len(news)


def move_clock(duration: str) -> None:
    """Let time pass at the vendor. Only the mock can do this; against the API, wait."""
    requests.post(f"{URL}/__admin/clock", json={"advance": duration}, timeout=TIMEOUT).raise_for_status()


def main() -> None:
    copy: dict[int, Row] = {}
    cursor = Cursor()
    for wait in ("", "", "P1D", "P1D", "P30D"):
        if wait:
            move_clock(wait)
        cursor, came, news = sync(login(), copy, cursor)  # a day is longer than a token lives, so log in again
        print(f"{wait or 'now':4} {came:5} rows came, {news:5} were news, {len(copy)} in the copy; cursor {cursor.at}")
    listed = {row["appointmentid"]: row for row in rows(login(), "appointment")}
    print(f"the copy is what a full listing gives: {copy == listed}")
    newest = sum(row["hj_modify_timestamp"] == cursor.at for row in copy.values())
    print(f"rows that share the newest instant: {newest}")


if __name__ == "__main__":
    main()

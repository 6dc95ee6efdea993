"""Keep a copy in SQLite

Rows and cursor go into the file in one transaction, so a run that breaks off leaves the copy as it was and the next
run asks again. Writing a row twice does no harm, which is why the cursor may include its own instant. Run it as often
as you like: it reads only what changed.

usage: example.py [FILE]
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
MINTED = {"appointment": "appointmentid", "demographic": "demographicid", "allergy": "allergy_pk"}
TIMEOUT = (5, 60)

Row = dict[str, Any]

TABLES = """
create table if not exists row (
  practice text, element text, id integer, modified text, body text, primary key (practice, element, id)
) without rowid;
create table if not exists cursor (practice text, element text, at text, primary key (practice, element));
create view if not exists appointment as
  select json_extract(body, '$.patient_id') as patient_id, json_extract(body, '$.date') as day
  from row where element = 'appointment' and json_extract(body, '$.delete_ind') is not 'Y';
"""


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
        came, url, filters = came + len(page["data"]), page["next_page_url"], {}
        totals.add(page["total"])
    if totals != {came}:
        raise RuntimeError(f"{element}: {came} rows came, the API speaks of {sorted(totals)}: walk again")


def sync(session: requests.Session, file: sqlite3.Connection, element: str) -> int:
    """Store what changed since the last run, and how far it went, or nothing at all. Returns how many rows came."""
    found = file.execute("select at from cursor where practice = ? and element = ?", (PRACTICE, element)).fetchone()
    since = found[0] if found else "1900-01-01 00:00:00"
    came = list(rows(session, element, hj_modify_timestamp=f"btwn~{since}~9999-12-31 23:59:59"))
    newest = max((row["hj_modify_timestamp"] for row in came), default=since)
    stored = [
        (PRACTICE, element, row[MINTED[element]], row["hj_modify_timestamp"], json.dumps(row)) for row in came
    ]
    with file:  # commits at the end, rolls back if anything fails
        file.executemany("insert or replace into row values (?, ?, ?, ?, ?)", stored)
        file.execute("insert or replace into cursor values (?, ?, ?)", (PRACTICE, element, newest))
    return len(came)


def main() -> None:
    session = login()
    with closing(sqlite3.connect(sys.argv[1] if len(sys.argv) > 1 else "healthjump.db")) as file:
        file.executescript(TABLES)
        for element in MINTED:
            came = sync(session, file, element)
            (held,) = file.execute("select count(*) from row where element = ?", (element,)).fetchone()
            print(f"{element:12} {came:5} rows came, {held:5} in the file")
        busiest = "select day, count(*) from appointment group by day order by 2 desc, 1 limit 3"
        for day, count in file.execute(busiest):
            print(f"{day}: {count} appointments")


if __name__ == "__main__":
    main()

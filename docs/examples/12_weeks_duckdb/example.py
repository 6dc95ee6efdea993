"""Count appointments per week in DuckDB and draw them

Loads appointments into DuckDB, counts the live ones of each week, weeks without any included, and writes a bar chart
as SVG with the standard library alone. Rows whose date cannot be read are counted, not dropped in silence.

usage: example.py [FILE.svg]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
TIMEOUT = (5, 60)

Row = dict[str, Any]

LOAD = """
create table appointment as select * from read_json(
  ?, format = 'newline_delimited', columns = {appointmentid: 'bigint', date: 'text', delete_ind: 'text'})
"""
WEEKS = """
with live as (
  select date_trunc('week', try_strptime(date, '%Y%m%d'))::date as week from appointment
  where delete_ind is distinct from 'Y'
), weeks as (
  select unnest(generate_series(min(week), max(week), interval 7 day))::date as week from live
)
select weeks.week, count(live.week)::integer from weeks left join live using (week) group by 1 order by 1
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


def chart(weeks: Sequence[tuple[date, int]]) -> str:
    """A bar for each week, two pixels a bar and two pixels an appointment, with a text for those who cannot see it."""
    most = max(count for _, count in weeks)
    wide, high = 3 * len(weeks) + 40, 2 * most + 40
    bars = [
        f'<rect x="{20 + 3 * n}" y="{high - 20 - 2 * count}" width="2" height="{2 * count}"/>'
        for n, (_, count) in enumerate(weeks)
    ]
    first, last = weeks[0][0], weeks[-1][0]
    about = f"{len(weeks)} weeks from {first} to {last}; the busiest has {most} appointments."
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="t d">',
            f'<title id="t">Appointments per week</title><desc id="d">{about}</desc>',
            f'<g fill="#00695c">{"".join(bars)}</g>',
            f'<g font-size="10" font-family="sans-serif"><text x="20" y="{high - 6}">{first}</text>',
            f'<text x="{wide - 20}" y="{high - 6}" text-anchor="end">{last}</text>',
            f'<text x="20" y="12">at most {most} a week</text></g></svg>\n',
        ]
    )


def main() -> None:
    table = list(rows(login(), "appointment"))
    with duckdb.connect() as base, tempfile.TemporaryDirectory() as folder:  # in memory; a file name keeps it
        lines = Path(folder, "appointment.ndjson")  # row by row, DuckDB would take seconds
        lines.write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
        base.execute(LOAD, [str(lines)])
        weeks: list[tuple[date, int]] = [(week, count) for week, count in base.execute(WEEKS).fetchall()]
        odd = base.execute("select count(*) from appointment where try_strptime(date, '%Y%m%d') is null").fetchall()
    live = sum(row["delete_ind"] != "Y" for row in table)
    print(f"{len(table)} rows, {live} live, {odd[0][0]} without a readable date")
    print(f"{len(weeks)} weeks hold {sum(count for _, count in weeks)} of them")
    for week, count in weeks[-6:]:
        print(f"week of {week}: {count:3} {'#' * count}")
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "appointments.svg")
    target.write_text(chart(weeks), encoding="utf-8")
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

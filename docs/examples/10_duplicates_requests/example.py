"""Deal with deleted rows and duplicates

Three different things that look alike when counted. A deleted appointment keeps coming, marked delete_ind Y: keep it,
and do not count it. A duplicate is a second live row with the source id and content of the first: count one, but
remember both numbers, because a change may arrive under either. In the other elements a deleted row just stops coming:
compare a complete new listing with the copy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
SET_BY_HEALTHJUMP = {"appointmentid", "hj_create_timestamp", "hj_modify_timestamp"}
TIMEOUT = (5, 60)

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
        came, url, filters = came + len(page["data"]), page["next_page_url"], {}
        totals.add(page["total"])
    if totals != {came}:
        raise RuntimeError(f"{element}: {came} rows came, the API speaks of {sorted(totals)}: walk again")


def once(live: Collection[Row]) -> tuple[list[Row], dict[int, int]]:
    """One row of each content, the one changed last, and for each other row the number of the one that stands for it.

    Give it live rows only: a deleted row must not stand for its live copy.
    """
    groups: dict[str, list[Row]] = {}
    for row in live:
        content = {name: value for name, value in row.items() if name not in SET_BY_HEALTHJUMP}
        groups.setdefault(json.dumps(content, sort_keys=True), []).append(row)
    kept: list[Row] = []
    stands_for: dict[int, int] = {}
    for group in groups.values():
        best = max(group, key=lambda row: (row["hj_modify_timestamp"], row["appointmentid"]))
        kept.append(best)
        stands_for |= {row["appointmentid"]: best["appointmentid"] for row in group if row is not best}
    return kept, stands_for


def gone(copy: Collection[int], listing: Collection[int]) -> set[int]:
    """Ids of the copy that are listed no more. An empty listing is a failure more often than a mass deletion."""
    if copy and not listing:
        raise RuntimeError("the listing is empty: nothing is taken for deleted")
    return set(copy) - set(listing)


def main() -> None:
    session = login()
    appointments = list(rows(session, "appointment"))
    live = [row for row in appointments if row["delete_ind"] != "Y"]
    kept, stands_for = once(live)
    print(f"{len(appointments):5} appointments delivered")
    print(f"{len(appointments) - len(live):5} deleted")
    print(f"{len(stands_for):5} second rows of one appointment")
    print(f"{len(kept):5} appointments to count")
    same_source = len(kept) - len({row["client_appt_id"] for row in kept})
    print(f"{same_source:5} of them share a client_appt_id with different content: for a person to decide")

    copy = {row["payerid"] for row in rows(session, "payer_dim")}
    lost = min(copy)  # deleting takes the mock; against the API, wait until somebody does
    requests.delete(f"{URL}/__admin/rows/{PRACTICE}/payer/{lost}", timeout=TIMEOUT).raise_for_status()
    missing = gone(copy, {row["payerid"] for row in rows(session, "payer_dim")})
    print(f"{len(missing):5} payer of {len(copy)} stopped coming, the one that was deleted: {missing == {lost}}")


if __name__ == "__main__":
    main()

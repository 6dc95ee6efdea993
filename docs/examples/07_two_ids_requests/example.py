"""Tell the two ids of a row apart

A row has a number that Healthjump mints (appointmentid) and a short text from the practice's own system
(client_appt_id, encounter_id, ...). Their names differ by little, their values altogether. Store rows under practice,
element and the minted number, because the source's id comes twice where rows are doubled. Join rows by the source's id:
the columns that point at other rows hold that one. This program shows it by trying both ways.
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
TIMEOUT = (5, 60)

Row = dict[str, Any]

# element: (the number Healthjump mints, the id of the practice's system)
IDS = {
    "demographic": ("demographicid", "client_patient_id"),
    "appointment": ("appointmentid", "client_appt_id"),
    "encounter": ("encounterid", "encounter_id"),
    "lab_order": ("lab_orderid", "lab_order_id"),
}
# (element, column) that points at a row of another element
REFERENCES = {
    ("appointment", "patient_id"): "demographic",
    ("encounter", "appointment_id"): "appointment",
    ("allergy", "enc_id"): "encounter",
    ("lab_result", "lab_order_id"): "lab_order",
}


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


def key_of(value: object) -> str | None:
    """An id as text, because the same id is a number here and text there. Missing and empty are None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"an id is a number or text, not {type(value).__name__}")
    return str(value).strip()


def main() -> None:
    session = login()
    elements = [*IDS, *(name for name, _ in REFERENCES if name not in IDS)]
    tables = {element: list(rows(session, element)) for element in elements}
    for element, (minted, source) in IDS.items():
        table = tables[element]
        kinds = f"{type(table[0][minted]).__name__} and {type(table[0][source]).__name__}"
        twice = len(table) - len({row[source] for row in table})
        print(f"{element}: {minted} and {source} are {kinds}; {twice} rows share a {source} with another")
    print()
    for (element, column), target in REFERENCES.items():
        held = [key for row in tables[element] if (key := key_of(row[column]))]
        by_minted, by_source = ({key_of(row[name]) for row in tables[target]} for name in IDS[target])
        print(f"{element}.{column}: {len(held)} set, {len(tables[element]) - len(held)} missing")
        print(f"  found in {IDS[target][0]:18} {sum(key in by_minted for key in held):5}")
        print(f"  found in {IDS[target][1]:18} {sum(key in by_source for key in held):5}")


if __name__ == "__main__":
    main()

"""Clean dates, times, codes and units

One function for each kind of value. It gives the clean value, None for what stands for missing, or it refuses; a value
that is refused stays in the row as it came and is counted, so that nothing is lost or made up. The dirt shown here was
seen in other channels of the vendor, so the mock serves it under --quirks vendor+feed only.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
TIMEOUT = (5, 60)

Row = dict[str, Any]


def date(text: str) -> str:
    """20220801, 08/01/2022 and 2022-08-01 become 2022-08-01. A bare year stays one: no month is invented."""
    if re.fullmatch(r"(19|20)\d\d", text):
        return text
    for notation in ("%Y%m%d", "%m/%d/%Y", "%Y-%m-%d"):
        if len(text) == len(datetime(2000, 1, 1).strftime(notation)):
            try:
                return datetime.strptime(text, notation).date().isoformat()
            except ValueError:
                continue
    raise ValueError("no known notation of a date")


def time(text: str) -> str:
    """0930 and 09:30:00 become 09:30:00."""
    return datetime.strptime(text, "%H:%M:%S" if ":" in text else "%H%M").time().isoformat()


def diagnosis(text: str) -> str:
    """The code without text behind it, in capitals, with its dot. Refuses ICD-9: translating it takes a table."""
    code = text.split()[0].upper().replace(".", "")
    if not re.fullmatch(r"[A-Z]\d[0-9A-Z]{1,5}", code):
        raise ValueError("no ICD-10-CM code")
    return code[:3] + (f".{code[3:]}" if code[3:] else "")


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


def clean(table: list[Row], column: str, rule: Callable[[str], str | None]) -> Counter[str]:
    """Clean one column in place and count what happened to its values."""
    happened: Counter[str] = Counter()
    for row in table:
        value = row[column]
        try:
            row[column] = rule(value) if value else None  # empty text is missing too
        except ValueError:
            happened["refused"] += 1
        else:
            happened["missing" if row[column] is None else "same" if row[column] == value else "changed"] += 1
    return happened


def kilograms_disagree(row: Row) -> bool:
    """Each weight comes in two units. Take the metric one, but only where the other says the same."""
    if row["weight_kg"] is None or row["weight_lbs"] is None:
        return False
    return abs(Decimal(row["weight_kg"]) * Decimal("2.20462") - Decimal(row["weight_lbs"])) > Decimal("0.2")


RULES: dict[tuple[str, str], Callable[[str], str | None]] = {
    ("demographic", "dob"): date,
    ("demographic", "ssn"): lambda text: None if set(text) == {"0"} else text,  # nine zeros stand for none
    ("demographic", "state"): str.strip,
    ("procedure", "date"): date,
    ("procedure", "place_of_service"): lambda text: text.zfill(2),
    ("appointment", "begin_time"): time,
    ("vitals", "service_time"): time,
    ("diagnosis", "diagnosis_code"): diagnosis,
}


def main() -> None:
    session = login()
    tables = {element: list(rows(session, element)) for element in dict.fromkeys(name for name, _ in RULES)}
    print(f"{'column':28}    same changed missing refused")
    for (element, column), rule in RULES.items():
        done = clean(tables[element], column, rule)
        counts = "".join(f"{done[what]:8}" for what in ("same", "changed", "missing", "refused"))
        print(f"{element + '.' + column:28}{counts}")
    weighed = tables["vitals"]
    print(f"weights whose two units disagree: {sum(map(kilograms_disagree, weighed))} of {len(weighed)}")


if __name__ == "__main__":
    main()

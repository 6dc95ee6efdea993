"""Join appointments to patients with pandas

Many appointments name a patient that demographic does not list. An inner join would drop them without a word, so keep
every appointment, mark those without a patient, and count them. ``validate`` stops the join if a patient is listed
twice, which would multiply rows.
"""

from __future__ import annotations

import os
from typing import Any

import pandas as pd
import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "SBOX02")
TIMEOUT = (5, 60)


def login() -> requests.Session:
    """A session whose requests carry token, key and version. Raises requests.HTTPError where the login is refused."""
    session = requests.Session()
    session.max_redirects = 0  # a redirect could carry password and key to another server
    answer = session.post(f"{URL}/authenticate", data={"email": EMAIL, "password": PASSWORD}, timeout=TIMEOUT)
    answer.raise_for_status()
    session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    session.headers.update({"Secretkey": SECRET_KEY, "Version": "3.0"})
    return session


def frame(session: requests.Session, element: str) -> pd.DataFrame:
    """All rows of an element, every value as it came: pandas must not turn ids into numbers."""
    url: str | None = f"{URL}/hjdw/{PRACTICE}/{element}"
    found: list[dict[str, Any]] = []
    totals = set[int]()
    while url:
        if not url.startswith(f"{URL}/"):
            raise RuntimeError("the next page is on another server, which must not see our headers")
        answer = session.get(url, timeout=TIMEOUT)
        answer.raise_for_status()
        page = answer.json()
        found += page["data"]
        url = page["next_page_url"]
        totals.add(page["total"])
    if totals != {len(found)}:
        raise RuntimeError(f"{element}: {len(found)} rows came, the API speaks of {sorted(totals)}: walk again")
    return pd.DataFrame(found, dtype=object)


def main() -> None:
    session = login()
    appointments, patients = frame(session, "appointment"), frame(session, "demographic")
    live = appointments[appointments["delete_ind"] != "Y"]
    known = patients[["client_patient_id", "first_name", "dob"]]
    joined = live.merge(
        known, how="left", left_on="patient_id", right_on="client_patient_id", validate="many_to_one", indicator=True
    )
    if len(joined) != len(live):
        raise RuntimeError("the join dropped or multiplied appointments")
    orphans = joined[joined["_merge"] == "left_only"]
    print(f"appointments: {len(appointments)}, of them deleted: {len(appointments) - len(live)}")
    print(f"with a patient: {len(joined) - len(orphans)}")
    print(f"without: {len(orphans)}, of {orphans['patient_id'].nunique()} patients who are not listed")
    booked = set(live["patient_id"])
    print(f"patients without an appointment: {(~patients['client_patient_id'].isin(booked)).sum()} of {len(patients)}")

    def age(row: pd.Series[Any]) -> int:
        on, born = int(row["date"]), int(row["dob"])  # both YYYYMMDD, so the years are the ten thousands
        return (on - born) // 10_000

    matched = joined[joined["_merge"] == "both"].sort_values(["first_name", "date", "begin_time"])
    print("\npatient    appointments  first day  age then")
    for name, rows in matched.groupby("first_name"):
        first = rows.iloc[0]
        print(f"{name:10} {len(rows):12}  {first['date']}  {age(first):8}")
    print(f"{'not listed':10} {len(orphans):12}")


if __name__ == "__main__":
    main()

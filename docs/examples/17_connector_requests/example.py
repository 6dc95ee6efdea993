"""A first connector in one file

Reads every element of every practice the login may see into one NDJSON file each. An element is written beside its
place and moved there when its walk is complete, so a file that is there is whole, and a run that broke off goes on
where it stopped. Within an element it starts again: the newest rows come first, so page numbers do not keep.

usage: example.py FOLDER [--most N]     (N: stop after so many elements, to try going on)
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "SBOX02")  # any you may see; the others are found through it
ELEMENTS = [
    *("allergy", "appointment", "attribution", "charge", "demographic", "diagnosis", "encounter", "immunization"),
    *("lab_order", "lab_result", "medication", "medsurg_history", "payer_dim", "procedure", "provider"),
    *("quality_data", "social_history", "transaction", "vitals"),
]
TIMEOUT = (5, 60)


class Api:
    """Pages of the API: logs in when it has to, and tries again what may pass."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.max_redirects = 0  # a redirect could carry password and key to another server
        self.session.headers.update({"Secretkey": SECRET_KEY, "Version": "3.0"})

    def login(self) -> None:
        login = {"email": EMAIL, "password": PASSWORD}
        answer = self.session.post(f"{URL}/authenticate", data=login, timeout=TIMEOUT)
        answer.raise_for_status()
        self.session.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def ask(self, url: str) -> requests.Response:
        """An answer; with a new token if there is none yet or the old one is refused, which is tried once."""
        if not url.startswith(f"{URL}/"):
            raise RuntimeError("the next page is on another server, which must not see our headers")
        if "Authorization" not in self.session.headers:
            self.login()
        answer = self.session.get(url, timeout=TIMEOUT)
        if answer.status_code == 401:
            self.login()
            answer = self.session.get(url, timeout=TIMEOUT)
        return answer

    def page(self, url: str, waits: Sequence[int] = (1, 5, 25)) -> Any:
        """The JSON of an answer. Raises requests.RequestException for what does not pass in ``waits`` seconds."""
        try:
            answer = self.ask(url)
            answer.raise_for_status()
            return answer.json()
        except requests.RequestException as error:
            status = 0 if error.response is None else error.response.status_code  # 0: none came, or it was cut short
            if not waits or not (status in (0, 429) or status >= 500):
                raise
        time.sleep(waits[0])
        return self.page(url, waits[1:])

    def rows(self, practice: str, element: str) -> Iterator[dict[str, Any]]:
        """All rows. Raises RuntimeError where the element changed under the walk, so that a row may be missing."""
        url, came, totals = f"{URL}/hjdw/{practice}/{element}", set[str](), set[int]()
        while url:
            page = self.page(url)
            yield from page["data"]
            came.update(json.dumps(row) for row in page["data"])  # a row that slips to the next page comes twice
            totals.add(page["total"])
            url = page["next_page_url"]
        if totals != {len(came)}:
            raise RuntimeError(f"{practice} {element} changed while it was read: run this again")


def save(rows: Iterator[dict[str, Any]], target: Path) -> int:
    """Write rows as NDJSON; the file appears when the last row is in it. Returns their number."""
    count, part = 0, target.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")
            count += 1
    part.replace(target)
    return count


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--most", type=int, default=0)
    given = options.parse_args()
    api, done, kept = Api(), 0, 0
    for practice in sorted(row["client_id"] for row in api.rows(PRACTICE, "client_ids")):
        (given.folder / practice).mkdir(parents=True, exist_ok=True)
        for element in ELEMENTS:
            target = given.folder / practice / f"{element}.ndjson"
            if target.exists():
                kept += 1
                continue
            print(f"{practice} {element:16} {save(api.rows(practice, element), target):6} rows")
            done += 1
            if done == given.most:
                print(f"stopped after {done} elements; run it again to go on")
                return
    print(f"{done} elements read, {kept} were there")


if __name__ == "__main__":
    main()

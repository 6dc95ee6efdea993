"""Ask what your run relied on

The mock answers some questions by guessing, and says so: each data answer carries X-Mock-Evidence, and the admin API
adds up, per client, which behaviours a run leaned on and how well each is known. Run your connector under a name of its
own, then ask. What is listed as inferred is what to check first against the real API.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import requests

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "SBOX02")
CLIENT = "my-connector/1.0"
TIMEOUT = (5, 60)


def login() -> requests.Session:
    """A session that names itself: the mock tells clients apart by their User-Agent."""
    session = requests.Session()
    session.max_redirects = 0  # a redirect could carry password and key to another server
    session.headers["User-Agent"] = CLIENT
    answer = session.post(f"{URL}/authenticate", data={"email": EMAIL, "password": PASSWORD}, timeout=TIMEOUT)
    answer.raise_for_status()
    session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    session.headers.update({"Secretkey": SECRET_KEY, "Version": "3.0"})
    return session


def run(session: requests.Session) -> None:
    """The run in question: two requests, each with the weakest grades it leaned on."""
    questions = [
        ("appointment", {"date": "eq~20211115"}),
        ("demographic", {"hj_modify_timestamp": "gt~2022-01-01 00:00:00"}),
    ]
    for element, filters in questions:
        answer = session.get(f"{URL}/hjdw/{PRACTICE}/{element}", params=filters, timeout=TIMEOUT)
        answer.raise_for_status()
        evidence = answer.headers.get("X-Mock-Evidence", "none, so this is not the mock")
        print(f"{element}: {evidence.partition('; ids=')[0]}")


def relied_on(client: str) -> dict[str, Any]:
    """What the mock knows of this client. Raises LookupError if it has not seen it."""
    answer = requests.get(f"{URL}/__admin/assumptions", params={"client": client}, timeout=TIMEOUT)
    answer.raise_for_status()
    for found in answer.json()["clients"]:
        if found["client"] == client:
            return dict(found)
    raise LookupError(f"the mock has not seen {client}")


def main() -> None:
    run(login())
    found = relied_on(CLIENT)
    print(f"\n{found['summary']}")
    grades = Counter(behaviour["grade"] for behaviour in found["behaviours"])
    print("behaviours by grade:", ", ".join(f"{grade} {count}" for grade, count in sorted(grades.items())))
    for behaviour in found["behaviours"]:
        if behaviour["grade"] == "inferred":
            question = behaviour["open_question"]
            print(f"  {behaviour['id']:28} {f'open question {question}' if question else ''}".rstrip())
    print("\ncolumns of the elements it read, by grade:")
    for element in found["elements"]:
        columns = ", ".join(f"{grade} {count}" for grade, count in element["columns"].items() if count)
        print(f"  {element['element']}: {columns}")


if __name__ == "__main__":
    main()

"""Retry what may pass, and nothing else

Too many requests, a server in trouble, a line that breaks, an answer cut short and a page of somebody in between may
all pass: wait, a little longer each time, or as long as Retry-After says. Any other refusal will not go away by asking
again. The mock can be told to fail, so that each of these can be tried.
"""

from __future__ import annotations

import os
import time
from typing import Any

import httpx

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "SBOX02")
PASSING = {408, 429, 500, 502, 503, 504}
FIRST_WAIT, LONGEST_WAIT = 0.05, 300.0  # seconds; begin with 1 against the API

Json = Any


def pause(attempt: int, answer: httpx.Response | None) -> float:
    """Seconds to wait: what the server asks for, or twice as long as the last time."""
    asked = answer.headers.get("Retry-After", "") if answer is not None else ""
    return min(float(asked) if asked.isdigit() else FIRST_WAIT * 2**attempt, LONGEST_WAIT)


def page(client: httpx.Client, path: str, attempts: int = 4) -> Json:
    """The JSON of an answer. Raises httpx.HTTPStatusError for a refusal, RuntimeError if it keeps failing."""
    for attempt in range(attempts):
        answer: httpx.Response | None = None
        try:
            answer = client.get(path)
            if answer.status_code not in PASSING:
                answer.raise_for_status()
                return answer.json()
            why = f"status {answer.status_code}"
        except httpx.TransportError as error:  # no connection, too slow, cut off
            why = "too slow" if isinstance(error, httpx.TimeoutException) else "the line broke"
        except ValueError:
            why = "no JSON"
        print(f"    {why}")
        if attempt + 1 < attempts:
            time.sleep(pause(attempt, answer))
    raise RuntimeError(f"{path} failed {attempts} times")


def fail(**how: object) -> None:
    """Have the next matching requests fail. Only the mock can do this."""
    httpx.post(f"{URL}/__admin/fail", json={"path": "demographic", **how}).raise_for_status()


FAULTS: dict[str, dict[str, object]] = {
    "two outages": {"times": 2, "status": 503},
    "too many requests": {"times": 1, "status": 429, "retry_after": 1},
    "an answer cut short": {"times": 1, "cut": 500},
    "an answer that takes too long": {"times": 1, "delay_ms": 2500},
    "a page of a proxy": {"times": 1, "status": 502, "body": "<html>come back later</html>"},
    "a refusal": {"times": 1, "status": 403},
    "an outage that lasts": {"times": 4, "status": 500},
}


def main() -> None:
    with httpx.Client(base_url=URL, timeout=httpx.Timeout(2, connect=5)) as client:  # 60 against the API
        token = client.post("/authenticate", data={"email": EMAIL, "password": PASSWORD}).raise_for_status().json()
        client.headers.update({"Authorization": f"Bearer {token['token']}", "Secretkey": SECRET_KEY, "Version": "3.0"})
        for name, how in FAULTS.items():
            print(name)
            fail(**how)
            try:
                found = page(client, f"/hjdw/{PRACTICE}/demographic")
            except httpx.HTTPStatusError as error:
                print(f"  gave up at once: status {error.response.status_code}")
            except RuntimeError:
                print("  gave up after four attempts")
            else:
                print(f"  {len(found['data'])} of {found['total']} rows")


if __name__ == "__main__":
    main()

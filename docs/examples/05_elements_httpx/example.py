"""Read several elements at once with httpx

Pages of one element follow each other, but elements do not depend on one another, so they can be walked side by side.
A semaphore keeps it to a few requests at a time: the vendor's limits are not known. If one element fails, it is named
and the others still count; the exit code says that something is missing.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import httpx

URL = os.environ.get("HEALTHJUMP_URL", "http://127.0.0.1:8420").rstrip("/")
EMAIL = os.environ.get("HEALTHJUMP_EMAIL", "developer@healthjump-kit.test")  # these three: the mock's fake login
PASSWORD = os.environ.get("HEALTHJUMP_PASSWORD", "fake-password-for-tests-only")
SECRET_KEY = os.environ.get("HEALTHJUMP_SECRET_KEY", "fake0secret0key0of0healthjump0kit0000000")
PRACTICE = os.environ.get("HEALTHJUMP_PRACTICE", "CLNC04")
AT_ONCE = 3
ELEMENTS = ("provider", "demographic", "appointment", "encounter", "vitals", "no_such_element")

Row = dict[str, Any]


async def login(client: httpx.AsyncClient) -> None:
    """Give the client token, key and version for all that follows."""
    answer = await client.post("/authenticate", data={"email": EMAIL, "password": PASSWORD})
    answer.raise_for_status()
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    client.headers.update({"Secretkey": SECRET_KEY, "Version": "3.0"})


async def rows(client: httpx.AsyncClient, element: str, gate: asyncio.Semaphore) -> list[Row]:
    """All rows of one element. Raises httpx.HTTPError, or RuntimeError where rows are missing."""
    url, found, totals = f"{URL}/hjdw/{PRACTICE}/{element}", list[Row](), set[int]()
    while url:
        if not url.startswith(f"{URL}/"):
            raise RuntimeError("the next page is on another server")
        async with gate:
            answer = await client.get(url)
        answer.raise_for_status()
        page = answer.json()
        found += page["data"]
        url = page["next_page_url"]
        totals.add(page["total"])
    if totals != {len(found)}:
        raise RuntimeError(f"{len(found)} rows came, the API speaks of {sorted(totals)}")
    return found


async def main() -> int:
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(base_url=URL, timeout=httpx.Timeout(60, connect=5)) as client:
        await login(client)
        walks = [rows(client, element, gate) for element in ELEMENTS]
        results = await asyncio.gather(*walks, return_exceptions=True)
    failed = 0
    for element, result in zip(ELEMENTS, results, strict=True):
        if isinstance(result, BaseException):
            failed += 1
            why = f"status {result.response.status_code}" if isinstance(result, httpx.HTTPStatusError) else repr(result)
            print(f"{element:16} failed: {why}")
        else:
            print(f"{element:16} {len(result):5} rows")
    print(f"{len(ELEMENTS) - failed} elements read, {failed} missing")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

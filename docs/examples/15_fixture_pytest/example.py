"""Test your connector with the pytest fixture

``pip install "./healthjump-kit[pytest]"``, with the path of your checkout, gives your tests the fixture ``healthjump``:
a mock of their own, reset before each test, with an address and a login for your connector and handles to move
time, change rows and break answers. The connector here is a few lines; put yours in its place and call the file
test_something.py.
"""

from __future__ import annotations

from typing import Any

import pytest
import requests

from mockserver.testing import Healthjump


class Connector:
    """What you would import from your own package: it keeps appointments by their Healthjump id."""

    def __init__(self, base_url: str, email: str, password: str, secret_key: str) -> None:
        self.base_url, self.email, self.password = base_url, email, password
        self.headers = {"Secretkey": secret_key, "Version": "3.0"}
        self.copy: dict[int, dict[str, Any]] = {}
        self.at = "1900-01-01 00:00:00"

    def sync(self, practice: str) -> None:
        """Bring the copy up to date, or raise and leave it as it was."""
        login = {"email": self.email, "password": self.password}
        answer = requests.post(f"{self.base_url}/authenticate", data=login, timeout=30)
        answer.raise_for_status()
        headers = {**self.headers, "Authorization": f"Bearer {answer.json()['token']}"}
        span = f"btwn~{self.at}~9999-12-31 23:59:59"
        url: str | None = f"{self.base_url}/hjdw/{practice}/appointment?hj_modify_timestamp={span}"
        came: list[dict[str, Any]] = []
        while url:
            answer = requests.get(url, headers=headers, timeout=30)
            answer.raise_for_status()
            came += answer.json()["data"]
            url = answer.json()["next_page_url"]
        self.copy.update((row["appointmentid"], row) for row in came)
        self.at = max((row["hj_modify_timestamp"] for row in came), default=self.at)


@pytest.fixture
def connector(healthjump: Healthjump) -> Connector:
    made = Connector(**healthjump.credentials)
    made.sync("SBOX02")
    return made


def listed(healthjump: Healthjump) -> dict[int, dict[str, Any]]:
    return {row["appointmentid"]: row for row in healthjump.rows("appointment", "SBOX02")}


def test_a_first_sync_has_every_row(healthjump: Healthjump, connector: Connector) -> None:
    assert connector.copy == listed(healthjump)


def test_a_change_and_a_deletion_arrive(healthjump: Healthjump, connector: Connector) -> None:
    first, second = sorted(connector.copy)[:2]
    healthjump.patch("appointment", first, "SBOX02", begin_time="0715")
    healthjump.delete("appointment", second, "SBOX02")
    healthjump.clock.advance("P1D")
    connector.sync("SBOX02")
    assert connector.copy[first]["begin_time"] == "0715"
    assert connector.copy[second]["delete_ind"] == "Y"
    assert connector.copy == listed(healthjump)


def test_an_outage_loses_nothing(healthjump: Healthjump, connector: Connector) -> None:
    before = dict(connector.copy), connector.at
    healthjump.fail_next(status=503, path="appointment")
    with pytest.raises(requests.HTTPError):
        connector.sync("SBOX02")
    assert (connector.copy, connector.at) == before


@pytest.mark.healthjump(per_page=7)
def test_small_pages_give_the_same_rows(healthjump: Healthjump, connector: Connector) -> None:
    assert connector.copy == listed(healthjump)
    assert len([call for call in healthjump.journal if call["path"].endswith("appointment")]) > 30

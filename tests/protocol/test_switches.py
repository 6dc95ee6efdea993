"""The quirks that show only over HTTP: what the token says, which Version is answered, the order of rows."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockserver.contract.wire import parse_timestamp
from mockserver.web.library import Library

from ..clients import Answer
from .client import MODIFIED
from .conftest import Open

VERSIONS = ("3.0", "3", None)


def claims(token: str) -> dict[str, Any]:
    """The payload of a token, for anyone to read."""
    payload = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def nested(value: Any) -> list[Any]:
    """Every value inside, at any depth."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(deeper for each in inner for deeper in nested(each))]


@pytest.mark.parametrize(("quirks", "text"), [("vendor", True), ("vendor,-Q31", False), ("none", False), ("Q31", True)])
def test_q31_lists_are_text_inside_the_token(quirks: str, text: bool, open_client: Open, small: Library) -> None:
    said = claims(open_client("sandbox", small, quirks=quirks).server.token())
    customer = next(value for value in said.values() if isinstance(value, dict))
    kind = str if text else list
    for name in ("products", "standard_elements", "contacts"):
        assert isinstance(customer[name], kind), name
    if text:
        assert isinstance(json.loads(customer["contacts"]), list) and "," in customer["standard_elements"]


def test_q31_the_lists_say_the_same_either_way(open_client: Open, small: Library) -> None:
    dirty, clean = (
        next(v for v in claims(open_client("sandbox", small, quirks=q).server.token()).values() if isinstance(v, dict))
        for q in ("vendor", "vendor,-Q31")
    )
    assert dirty["standard_elements"].split(",") == clean["standard_elements"]
    assert json.loads(dirty["contacts"]) == clean["contacts"]


@pytest.mark.parametrize("quirks", ["vendor", "vendor,-Q35", "none", "Q35"])
def test_q35_the_issuer_is_an_http_url_though_the_service_speaks_https(
    quirks: str, open_client: Open, small: Library
) -> None:
    client = open_client("sandbox", small, quirks=quirks, public_url="https://mock.test")
    issuer = claims(client.server.token())["iss"]
    scheme = "http" if quirks in ("vendor", "Q35") else "https"
    assert issuer == f"{scheme}://mock.test/authenticate"


@pytest.mark.parametrize("quirks", ["vendor", "vendor,-Q34", "none", "Q34"])
@pytest.mark.parametrize("version", VERSIONS)
def test_q34_the_version_hardly_matters(version: str | None, quirks: str, open_client: Open, small: Library) -> None:
    server = open_client("sandbox", small, quirks=quirks).server
    answer: Answer = server.get(server.path("provider"), headers(server.access(), version))
    if quirks in ("vendor", "Q34") or version == "3.0":
        assert answer.status == 200
    else:
        assert (answer.status, answer.error) == (400, "version_not_supported")


def headers(access: dict[str, str], version: str | None) -> dict[str, str]:
    without = {name: value for name, value in access.items() if name != "Version"}
    return without if version is None else {**without, "Version": version}


@pytest.mark.parametrize("quirks", ["vendor", "vendor,-Q19", "none", "Q19"])
def test_q19_rows_come_newest_change_first_or_by_number(quirks: str, open_client: Open, small: Library) -> None:
    client = open_client("sandbox", small, quirks=quirks, per_page=50)
    for element in client.server.state.contract.elements.values():
        if element.surrogate is None:
            continue
        rows = client.rows(element.path)
        changed = [parse_timestamp(row[MODIFIED]) for row in rows]
        numbers = [int(row[element.surrogate.wire]) for row in rows]
        by = [-c for c in changed] if quirks in ("vendor", "Q19") else numbers
        assert by == sorted(by), element.name


@pytest.mark.parametrize("quirks", ["vendor", "none", "vendor,-Q10", "vendor,-Q06,-Q09"])
def test_the_paths_served_are_those_of_the_contract_served(quirks: str, open_client: Open, small: Library) -> None:
    client = open_client("sandbox", small, quirks=quirks)
    served = client.server.told("GET", "/openapi.json")["paths"]
    paths = {path.rpartition("/")[2] for path in served if path.startswith("/hjdw/")}
    assert paths == set(client.paths)
    for path in {"payer", "payer_dim", "patient", "demographic", "location", "client_ids", "practice_ids"}:
        assert (client.server.data(path).status == 200) == (path in paths), path


def test_switching_quirks_while_running_changes_rows_and_contract(open_client: Open, small: Library) -> None:
    client = open_client("sandbox", small)
    before = client.rows("appointment")
    client.server.told("PUT", "/quirks", {"quirks": "none"})
    clean = client.rows("appointment")
    assert len(clean) < len(before) and "practice_id" in clean[0] and "client_id" in before[0]
    client.server.told("POST", "/reset")
    assert client.rows("appointment") == before

"""Prism serves the same contract (`make prism`): one sound example for each path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from mockserver import contract
from mockserver.contract import check

from .processes import bundled, prism, require_prism

CONTRACT = contract.load()
HEADERS = {"Authorization": "Bearer a.b.c", "Secretkey": "any"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    require_prism()
    folder = tmp_path_factory.mktemp("mock")
    document, log = bundled(folder / "openapi.json"), folder / "prism.log"
    with ExitStack() as stack:
        base = stack.enter_context(prism("mock", "--errors", str(document), log=log))
        yield stack.enter_context(httpx.Client(base_url=base, headers=HEADERS, timeout=30, trust_env=False))
    assert "Violation: response" not in (said := log.read_text(errors="replace")), said


@pytest.mark.parametrize("path", CONTRACT.paths)
def test_each_path_answers_with_a_row_of_the_contract(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/hjdw/SBOX02/{path}", params={"page": 1})
    assert answer.status_code == 200, answer.text
    [row] = answer.json()["data"]
    assert check.problems(CONTRACT.paths[path], row) == []
    assert answer.json()["path"].endswith(path)


def test_the_login_answers_with_a_token(client: httpx.Client) -> None:
    answer = client.post("/authenticate", data={"email": "a@b.test", "password": "any"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["token"].count(".") == 2


def test_a_request_without_a_token_is_refused(client: httpx.Client) -> None:
    assert client.get("/hjdw/SBOX02/demographic", headers={"Authorization": ""}).status_code == 401

"""A HAR file as Chromium writes it, of a page that reads our mock: the rows are those the mock delivers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from evaluation.findings.adapters import har, open_target
from evaluation.findings.model import Api, Input, Origin
from mockserver.testing import Server
from mockserver.web.logins import DEFAULT
from tests.browser.tools import browsing
from tests.findings.adapters.strangers import shown

READ = ("provider", "encounter", "appointment")
SCRIPT = """async ([email, password, key, names]) => {
  const login = await fetch('/authenticate', {method: 'POST', body: new URLSearchParams({email, password})});
  const headers = {Authorization: 'Bearer ' + (await login.json()).token, Secretkey: key};
  for (const name of [...names, 'nosuch'])
    for (let page = 1, last = 1; page <= last + 1; page++) {
      const answer = await (await fetch(`/hjdw/SBOX02/${name}?page=${page}`, {headers})).json();
      last = answer.last_page || 0;
    }
  await fetch('/hjdw/SBOX02/provider');
}"""
pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def recorded(sandbox_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the browser's own recorder wrote."""
    file = tmp_path_factory.mktemp("har") / "page.har"
    sandbox_server.state.reset()
    with browsing() as browser:
        context = browser.new_context(record_har_path=str(file), record_har_content="embed")
        page = context.new_page()
        page.goto(f"{sandbox_server.url}/hjdw")
        page.evaluate(SCRIPT, [DEFAULT.email, DEFAULT.password, DEFAULT.secret_key, list(READ)])
        context.close()
    yield file


@pytest.fixture(scope="module")
def api(recorded: Path) -> Api:
    return har.read(recorded)


def rows(of: Api, name: str) -> list[dict[str, Any]]:
    (table,) = of.by_name[name].tables
    return [table.row(index) for index in range(table.size)]


def test_every_listing_is_whole_and_in_order(api: Api) -> None:
    assert [r.name for r in api.resources] == list(READ) and api.partial == ()
    assert all(r.complete and r.tables[0].ordered for r in api.resources)
    assert api.origin is Origin.capture and {Input.all_rows, Input.order, Input.token} <= api.inputs


@pytest.mark.parametrize("name", READ)
def test_the_rows_are_those_that_the_mock_delivers(api: Api, name: str, sandbox_server: Server) -> None:
    sandbox_server.state.reset()
    there = open_target(sandbox_server.url, environ={}, practices=("SBOX02",))
    assert rows(api, name) == rows(there, name)
    assert [f.name for f in api.by_name[name].fields] == [f.name for f in there.by_name[name].fields]


def test_refusals_and_the_token_are_seen_and_nothing_secret(api: Api, recorded: Path) -> None:
    assert "resource unknown" in {refusal.cause for refusal in api.refusals}
    assert api.token is not None and api.token.algorithm == "RS256" and len(api.token.claims) > 20
    text, held = shown(api), unquote_plus(recorded.read_text(encoding="utf-8"))
    secrets = (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key, "127.0.0.1", "eyJ")
    assert [secret in held for secret in secrets] == [True] * 5
    assert [secret in text for secret in secrets] == [False] * 5

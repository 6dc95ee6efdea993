"""The mock keeps its own contract: everything it answers passes a validating Prism in front of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from mockserver import contract
from mockserver.contract.quirks import parse_selection

from .processes import bundled, mock, prism, quiet_port, require_prism

SELECTIONS = ("vendor", "none")


@dataclass
class Walker:
    """A client of the mock that knows no address but the proxy's."""

    proxy: str
    facts: dict[str, Any]
    quirks: str
    client: httpx.Client

    def login(self) -> dict[str, str]:
        """The headers that a data request needs."""
        given = {"email": self.facts["email"], "password": self.facts["password"]}
        token = self.get("POST", f"{self.proxy}/authenticate", data=given)["token"]
        return {"Authorization": f"Bearer {token}", "Secretkey": self.facts["secret_key"], "Version": "3.0"}

    def get(self, method: str, url: str, **how: Any) -> Any:
        """The JSON of an answer that Prism let pass."""
        answer = self.client.request(method, url, **how)
        assert answer.status_code == 200, answer.text[:3000]
        assert "sl-violations" not in answer.headers
        return answer.json()

    def walk(self, practice: str, path: str, headers: dict[str, str]) -> list[dict[str, Any]]:
        """All pages, by following next_page_url to null."""
        pages, url = [], f"{self.proxy}/hjdw/{practice}/{path}"
        while url:
            pages.append(self.get("GET", url, headers=headers))
            url = pages[-1]["next_page_url"]
            assert url is None or url.startswith(f"{self.proxy}/hjdw/"), url
        return pages

    def journal(self) -> list[dict[str, Any]]:
        """What reached the mock, asked past the proxy."""
        journal = self.client.get(f"{self.facts['admin_url']}/journal", params={"limit": 100_000})
        return [entry for entry in journal.json()["entries"] if not entry["path"].startswith("/__admin")]


@pytest.fixture(scope="module", params=SELECTIONS)
def walker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    require_prism()
    folder: Path = tmp_path_factory.mktemp("walk")
    port = quiet_port()
    flags = ("--quirks", request.param, "--public-url", f"http://127.0.0.1:{port}", "--journal-size", "100000")
    with ExitStack() as stack:
        facts = stack.enter_context(mock(*flags, folder=folder))
        upstream = facts["admin_url"].removesuffix("/__admin")
        document = bundled(folder / "openapi.json", "--quirks", request.param)
        proxy = prism("proxy", "--errors", str(document), upstream, log=folder / "prism.log", port=port)
        client = stack.enter_context(httpx.Client(timeout=60, trust_env=False))
        yield Walker(stack.enter_context(proxy), facts, request.param, client)


def test_every_page_of_every_element_of_both_worlds_passes(walker: Walker) -> None:
    before, headers = len(walker.journal()), walker.login()
    paths = list(contract.load(parse_selection(walker.quirks)).paths)
    assert len(paths) == 20 + (walker.quirks == "none")  # the clean twin serves locations too
    assert walker.facts["base_url"] == walker.proxy
    walked = {(code, path): walker.walk(code, path, headers) for code in walker.facts["practices"] for path in paths}
    for pages in walked.values():
        assert sum(len(page["data"]) for page in pages) == pages[0]["total"]
        assert len(pages) == max(1, pages[0]["last_page"])
    requests = 1 + sum(map(len, walked.values()))
    journal = walker.journal()
    assert len(journal) - before == requests
    assert Counter(entry["status"] for entry in journal) == {200: len(journal)}


def test_both_worlds_have_rows_to_validate(walker: Walker) -> None:
    headers = walker.login()
    assert len(walker.facts["practices"]) == 2
    for code in walker.facts["practices"]:
        paths = contract.load(parse_selection(walker.quirks)).paths
        empty = {path for path in paths if not walker.walk(code, path, headers)[0]["total"]}
        assert empty <= ({"payer_dim", "payer"} if code == "SBOX02" else set())


def test_every_kind_of_login_passes(walker: Walker) -> None:
    given = {"email": walker.facts["email"], "password": walker.facts["password"]}
    parts = {name: (None, value) for name, value in given.items()}
    for how in ({"data": given}, {"json": given}, {"files": parts}):
        assert walker.get("POST", f"{walker.proxy}/authenticate", **how)["token"].count(".") == 2


REFUSALS = {
    "unknown practice": ("NONE00", "", {}, 404),
    "unknown column": ("SBOX02", "?nothing=eq~1", {}, 422),
    "malformed value": ("SBOX02", "?hj_modify_timestamp=lt~soon", {}, 422),
    "garbled token": ("SBOX02", "", {"Authorization": "Bearer not.a.token"}, 400),
    "wrong key": ("SBOX02", "", {"Secretkey": "wrong"}, 401),
    "unknown version": ("SBOX02", "", {"Version": "2.0"}, 400),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_refusals_are_in_the_contract_too(walker: Walker, what: str) -> None:
    practice, query, headers, status = REFUSALS[what]
    path = contract.load(parse_selection(walker.quirks)).elements["demographic"].path
    url = f"{walker.proxy}/hjdw/{practice}/{path}{query}"
    answer = walker.client.get(url, headers={**walker.login(), **headers})
    assert (answer.status_code, "sl-violations" in answer.headers) == (status, False), answer.text
    assert "error" in answer.json().keys() <= {"error", "message"}

"""Looking again: cassettes, other files, wrappings, the verb, and never a value in what it says."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from evaluation.recording.cassette import Cassette, write
from evaluation.recording.exchange import Exchange, Request, Response
from evaluation.recording.scrub import Finding, Scrubber, check, search
from evaluation.recording.verbs_scrub import scrub
from mockserver import contract as contracts
from mockserver.errors import InputError
from tests.recording.scrub.canaries import Aviary, npi

ROOT = Path(__file__).parents[3]
JWT = Aviary().token()
SECRETS = {
    "token": JWT,
    "key": "a1b2c3d4e5a1b2c3d4e5a1b2c3d4e5a1b2c3d4e5",
    "e-mail": "iolanthe@" + "hospital.org",
    "social security": "212-34-5678",
    "telephone": "(312) 664-5000",
    "NPI": f"provider {npi(5)}",
    "login": "Authorization: Bearer abcdefgh12345678",
    "cookie": "Set-Cookie: session=abc",
}
HARMLESS = [
    *("x@mail.test", "900-12-3456", "(312) 555-0142", "1650000000", "Bearer token", "scrubbed" + "b" * 32),
    *("1234567890123", "https://api.healthjump.com/hjdw", "2022-07-30 02:34:12.4559", "0123456789abcdef" * 2),
]
WRAPPED: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "json": lambda text: json.dumps({"a": json.dumps({"b": text})}),
    "base64": lambda text: base64.b64encode(f"so it says: {text}".encode()).decode(),
    "gzip": lambda text: base64.b64encode(gzip.compress(text.encode())).decode(),
    "percent": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "unicode escapes": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
}


@pytest.mark.parametrize("wrapping", WRAPPED)
@pytest.mark.parametrize("what", SECRETS)
def test_each_secret_is_found_in_each_wrapping(what: str, wrapping: str) -> None:
    found = list(search.problems(WRAPPED[wrapping](SECRETS[what])))
    assert found
    assert not any(SECRETS[what] in sentence for sentence in found)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_nobodys_is_not_found(text: str) -> None:
    assert list(search.problems(text)) == []


@pytest.fixture
def clean() -> Exchange:
    """An exchange that was scrubbed."""
    page = {"current_page": 1, "data": [{"client_patient_id": "48213", "first_name": "Maria", "nick": "Mia"}]}
    headers = (("Authorization", f"Bearer {JWT}"), ("Secretkey", SECRETS["key"]), ("Version", "3.0"))
    came = Response(200, "OK", (("Content-Type", "application/json"),), json.dumps(page).encode())
    given = Exchange("x", Request("GET", "http://127.0.0.1:1/hjdw/SBOX02/demographic?page=1", headers), came)
    return Scrubber(contracts.load(), random=Random(1)).exchange(given)


def written(path: Path, exchange: Exchange) -> dict[str, Any]:
    write(path, Cassette({"origin": "mock 0"}, (exchange,)))
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def test_a_scrubbed_cassette_passes(tmp_path: Path, clean: Exchange) -> None:
    written(tmp_path / "a.yaml", clean)
    assert check([tmp_path]) == []


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "response.body/data/0/first_name": lambda i: _body(i, "first_name", "Iolanthe"),
    "response.body/data/0/nick": lambda i: _body(i, "nick", "Iolanthe"),
    "response.body/data/0/dob": lambda i: _body(i, "dob", "Iolanthe"),
    "response.body/data/0/ssn": lambda i: _body(i, "ssn", "212345678"),
    "response.body/data/0/zip": lambda i: _body(i, "zip", "22139"),
    "response.body/data/0/new": lambda i: _body(i, "new", 12345),
    "response.body/data/0/pcp_id": lambda i: _body(i, "pcp_id", npi(9)),
    "response.headers.set-cookie": lambda i: i["response"]["headers"].update({"Set-Cookie": ["a=b"]}),
    "response.headers.X-Owner": lambda i: i["response"]["headers"].update({"X-Owner": ["Iolanthe"]}),
    "request.headers.Authorization": lambda i: i["request"]["headers"].update({"Authorization": [f"Bearer {JWT}"]}),
    "request.headers.Secretkey": lambda i: i["request"]["headers"].update({"Secretkey": [SECRETS["key"]]}),
    "request.url": lambda i: i["request"].update(uri="http://127.0.0.1:1/hjdw/ABEA01/demographic"),
    "request.url?last_name": lambda i: i["request"].update(
        uri="http://127.0.0.1:1/hjdw/BCDF01/demographic?last_name=eq~Iolanthe"
    ),
    "request.body": lambda i: i["request"].update(body="Iolanthe was here"),
}


def _body(interaction: dict[str, Any], key: str, value: object) -> None:
    body = json.loads(interaction["response"]["body"]["string"])
    body["data"][0][key] = value
    interaction["response"]["body"]["string"] = json.dumps(body)


@pytest.mark.parametrize("place", CHANGES)
def test_a_change_by_hand_is_found_at_its_place(tmp_path: Path, clean: Exchange, place: str) -> None:
    path = tmp_path / "a.yaml"
    document = written(path, clean)
    CHANGES[place](document["interactions"][0])
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    found = check([path])
    assert found and all(f.interaction == 1 and f.place.startswith(place) for f in found)
    assert "Iolanthe" not in "".join(map(str, found))


def test_other_files_are_searched_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(f"first\n{SECRETS['e-mail']}\n", encoding="utf-8")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(SECRETS["social security"].encode()))
    (tmp_path / "broken.yaml").write_text(f"interactions: [{{]\nx: {SECRETS['key']}\n", encoding="utf-8")
    (tmp_path / "odd.yaml").write_text("interactions: [{step: x}, 3]\n", encoding="utf-8")
    meta = f"healthjump: {{by: {SECRETS['e-mail']}}}\ninteractions: []\n"
    (tmp_path / "meta.yaml").write_text(meta, encoding="utf-8")
    found = {(Path(f.file).name, f.place) for f in check([tmp_path])}
    expected = {("notes.txt", "line 2"), ("packed.gz", "line 1"), ("broken.yaml", "line 2")}
    assert found == expected | {("odd.yaml", "interaction"), ("meta.yaml", "/healthjump/by")}
    with pytest.raises(InputError, match="does not exist"):
        check([tmp_path / "nothing"])


def test_a_finding_reads_well() -> None:
    assert str(Finding("a.yaml", 2, "request.url", "a cookie")) == "a.yaml: interaction 2: request.url: a cookie"
    assert str(Finding("a.txt", 0, "line 3", "a cookie")) == "a.txt: line 3: a cookie"


def test_the_verb(tmp_path: Path, clean: Exchange) -> None:
    written(tmp_path / "a.yaml", clean)
    good = CliRunner().invoke(scrub, ["--check", str(tmp_path)])
    (tmp_path / "b.txt").write_text(SECRETS["telephone"], encoding="utf-8")
    bad = CliRunner().invoke(scrub, ["--check", str(tmp_path)])
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "line 1: a telephone number" in bad.output and "664" not in bad.output
    assert CliRunner().invoke(scrub, [str(tmp_path)]).exit_code == 2


def test_the_committed_cassettes_pass() -> None:
    folder = ROOT / "fixtures" / "cassettes"
    assert not folder.exists() or [str(finding) for finding in check([folder])] == []


def test_the_hook_runs_the_verb() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "hjkit scrub --check"


def test_the_page_has_a_rule_for_each_of_the_18_identifiers() -> None:
    page = (ROOT / "docs" / "guide" / "scrubbing.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in page.splitlines() if re.match(r"\| [A-R] \|", line)]
    assert [row[0].strip() for row in rows] == list("ABCDEFGHIJKLMNOPQR")
    assert all(set(row[3].replace(",", " ").replace(";", " ").split()) & {"pseudonym", "shift", "mask"} for row in rows)
    assert "not HIPAA Safe Harbor" in page and "not a\n    de-identification determination" in page

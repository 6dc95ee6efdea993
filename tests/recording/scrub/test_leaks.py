"""Canaries in every field of every element and wherever else a value can be; none may reach the disk."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
import requests
import vcr
import yaml

from evaluation.recording.cassette import Cassette, write
from evaluation.recording.exchange import Exchange, Request, Response
from evaluation.recording.scrub import Scrubber, check, vcr_hooks
from mockserver import contract as contracts
from mockserver.contract import Contract
from tests.recording.scrub.aviary_server import Answer, serving
from tests.recording.scrub.canaries import Aviary, rows

CONTRACT = contracts.load()
PAGE = Path(__file__).parents[3] / "docs" / "guide" / "scrubbing.md"
CLIENTS = ("requests", "httpx")


@dataclass(frozen=True)
class Asked:
    """One request to be made."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Trap:
    """What is asked, what is answered, and every canary in either."""

    asked: list[Asked]
    answers: dict[str, Answer]
    aviary: Aviary


@pytest.fixture(scope="module")
def trap() -> Trap:
    return built(CONTRACT)


def built(contract: Contract) -> Trap:
    made = Trap([], {}, Aviary())
    aviary = made.aviary
    login = aviary.token()
    key = aviary.plant("secret key", "aeiou0aeiou1aeiou2aeiou3aeiou4aeiou5aeio")
    headers = {
        "Authorization": f"Bearer {login}",
        "Secretkey": key,
        "Version": "3.0",
        "Cookie": f"session={aviary.name('cookie')}",
        "X-Forwarded-User": aviary.name("request header"),
        "params": f"only rows of {aviary.name('params header')}",
        "User-Agent": f"connector/{aviary.name('user agent')}",
    }
    _logins(made, aviary)
    for element in contract.elements.values():
        _pages(made, element.name, element.path, headers, contract)
    _errors(made, aviary, headers)
    return made


def _logins(made: Trap, aviary: Aviary) -> None:
    email, password = aviary.name("login e-mail"), aviary.name("password")
    form = f"email={email}%40clinic.com&password={password}&note={aviary.name('form field')}".encode()
    document = json.dumps({"email": f"{email}@clinic.com", "password": password, "who": aviary.name("json field")})
    parts = {"email": f"{email}@clinic.com", "password": password, "tag": aviary.name("form-data field")}
    mark = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    lines = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts.items()]
    multipart = "".join([*lines, f"--{mark}--\r\n"]).encode()
    types = {
        "application/x-www-form-urlencoded": form,
        "application/json": document.encode(),
        f"multipart/form-data; boundary={mark}": multipart,
        "text/plain": f"no form at all, {aviary.name('body that is no form')}".encode(),
    }
    made.asked.extend(Asked("POST", "/authenticate", {"Content-Type": kind}, body) for kind, body in types.items())
    token = {"token": aviary.token(), "user": {"full": aviary.name("login answer")}}
    made.answers["/authenticate"] = Answer(200, json.dumps(token).encode(), {"Content-Type": "application/json"})


def _pages(made: Trap, element: str, path: str, headers: dict[str, str], contract: Contract) -> None:
    aviary = made.aviary
    where = f"/hjdw/{aviary.plant('practice in URL', f'{element[:4].upper():A<4}{len(made.asked):02}')}/{path}"
    found = rows(aviary, contract, element)
    props = contract.elements[element].properties
    pairs = "&".join(f"{p.wire}=eq~{quote(aviary.misplaced(), safe='')}" for p in props)
    envelope = {
        "current_page": 1,
        "data": found,
        "from": 1,
        "last_page": 3,
        "next_page_url": f"http://127.0.0.1{where}?{props[0].wire}=lt~{aviary.name('page URL')}&page=2",
        "path": f"http://{aviary.name('host')}.example-clinic.com{where}",
        "per_page": 2,
        "prev_page_url": None,
        "to": 2,
        "total": aviary.number(),
        "links": [{"url": aviary.name("unknown envelope key"), "active": True}],
    }
    answered = {
        "Content-Type": "application/json",
        "Set-Cookie": f"laravel_session={aviary.name('set-cookie')}; path=/",
        "X-Served-By": aviary.name("unknown header"),
        "ETag": f'"{aviary.name("etag")}"',
        "Server": f"nginx {aviary.name('server header')}",
        "Location": f"https://{aviary.name('location')}.org/x",
    }
    made.answers[where] = Answer(200, json.dumps(envelope, ensure_ascii=False).encode(), answered)
    unknown = f"{quote(aviary.name('parameter name'))}%20x=eq~1&q={aviary.name('unknown parameter')}"
    made.asked.append(Asked("GET", f"{where}?{pairs}&{unknown}&token={headers['Authorization'][7:]}", headers))


def _errors(made: Trap, aviary: Aviary, headers: dict[str, str]) -> None:
    refusal = {"message": "The given data was invalid.", "errors": {"email": [aviary.misplaced()]}}
    says = {
        "json": ("application/json", {"error": "token_invalid", "message": f"no row for {aviary.misplaced()}"}),
        "laravel": ("application/json", refusal),
        "text-in-text": ("application/json", {"error": json.dumps({"trace": aviary.name("error in error")})}),
        "list": ("application/json", [aviary.name("bare list"), {"x": aviary.misplaced()}]),
        "scalar": ("application/json", aviary.name("bare text")),
    }
    pages = {
        "html": f"<html lang='en'><head><title>500 Server Error</title></head><body class='{aviary.name('attribute')}'>"
        f"<h1>Error</h1><p>{aviary.misplaced()} {aviary.name('html text')}</p><!-- {aviary.name('comment')} -->"
        f"<{aviary.name('tag')}><script>var who='{aviary.misplaced()}';</script></body></html>".encode(),
        "plain": f"fatal: could not find {aviary.misplaced()} for {aviary.name('plain text')}".encode(),
        "cut": f'{{"current_page":1,"data":[{{"first_name":"{aviary.name("cut JSON")}'.encode(),
        "latin": f"erreur: {aviary.name('latin-1')} d\xe9c\xe9d\xe9".encode("latin-1"),
        "binary": b"\x00\xff\xfe" + aviary.name("binary").encode(),
        "csv": f"id;name\n1;{aviary.name('csv')}\n".encode(),
    }
    kinds = {"html": "text/html", "latin": "text/plain", "binary": "application/octet-stream"}
    for name, (kind, document) in says.items():
        made.answers[f"/hjdw/ERRA01/{name}"] = Answer(422, json.dumps(document).encode(), {"Content-Type": kind})
    for name, body in pages.items():
        made.answers[f"/hjdw/ERRA01/{name}"] = Answer(500, body, {"Content-Type": kinds.get(name, "text/plain")})
    made.asked.extend(Asked("GET", path, headers) for path in made.answers if "ERRA01" in path)
    made.asked.append(Asked("GET", f"/hjdw/ERRA01/appointment/{aviary.number()}/{aviary.name('path')}", headers))


def with_requests(base: str, asked: Asked) -> Exchange:
    given = requests.Request(asked.method, base + asked.target, headers=asked.headers, data=asked.body or None)
    with requests.Session() as session:
        session.trust_env = False
        sent = session.prepare_request(given)
        came = session.send(sent, timeout=20)
    answer = Response(came.status_code, came.reason, tuple(came.headers.items()), came.content)
    return Exchange("leak", Request(asked.method, str(sent.url), tuple(sent.headers.items()), asked.body), answer)


def with_httpx(base: str, asked: Asked) -> Exchange:
    with httpx.Client(trust_env=False, timeout=20) as client:
        came = client.request(asked.method, base + asked.target, headers=asked.headers, content=asked.body or None)
    sent = came.request
    answer = Response(came.status_code, came.reason_phrase, tuple(came.headers.items()), came.content)
    return Exchange("leak", Request(asked.method, str(sent.url), tuple(sent.headers.items()), asked.body), answer)


SEND: dict[str, Callable[[str, Asked], Exchange]] = {"requests": with_requests, "httpx": with_httpx}


def leaked(file: Path, planted: dict[str, str]) -> list[str]:
    """What was planted and is found in the file, in plain or unwrapped, in any case."""
    hay = "\n".join(_readings(file)).lower()
    return [f"{what}: {canary}" for canary, what in planted.items() if canary.lower() in hay]


def _readings(file: Path) -> Iterator[str]:
    """The file as it is, its strings as YAML has them, and these with escapes and base64 undone."""
    text = file.read_text(encoding="utf-8")
    yield text
    for string in _strings(yaml.load(text, yaml.CSafeLoader)):
        yield from (string, unquote(string), string.replace('\\"', '"').replace("\\\\", "\\"))
        for token in re.findall(r"[A-Za-z0-9+/_-]{16,}", string):
            yield _unwrapped(token).decode("utf-8", "replace")


def _unwrapped(token: str) -> bytes:
    whole = token[: len(token) - (len(token) % 4 == 1)].replace("-", "+").replace("_", "/")
    raw = base64.b64decode(whole + "=" * (-len(whole) % 4))
    try:
        return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
    except (OSError, EOFError, zlib.error):
        return raw


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (str(key), *_strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield value.decode("latin-1") if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize("zipped", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("client", CLIENTS)
def test_nothing_planted_reaches_the_cassette(trap: Trap, tmp_path: Path, client: str, zipped: bool) -> None:
    with serving(trap.answers, zipped=zipped) as base:
        raw = [SEND[client](base, asked) for asked in trap.asked]
    scrubber = Scrubber(CONTRACT, random=Random(7))
    made = scrubber.session(raw)
    write(tmp_path / "raw.yaml", Cassette({"origin": "canaries"}, tuple(raw)))
    write(tmp_path / "cassette.yaml", Cassette({"origin": "canaries"}, made))
    arrived = leaked(tmp_path / "raw.yaml", trap.aviary.planted)
    assert len(arrived) >= 0.99 * len(trap.aviary.planted), "canaries that were never sent prove nothing"
    assert leaked(tmp_path / "cassette.yaml", trap.aviary.planted) == []
    assert [str(finding) for finding in check([tmp_path / "cassette.yaml"])] == []
    assert check([tmp_path / "raw.yaml"])


@pytest.mark.parametrize("zipped", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("client", CLIENTS)
def test_nothing_planted_reaches_a_cassette_of_vcrpy(trap: Trap, tmp_path: Path, client: str, zipped: bool) -> None:
    cassette = tmp_path / "vcr.yaml"
    hooks = vcr_hooks(Scrubber(CONTRACT, random=Random(8)))
    with serving(trap.answers, zipped=zipped) as base, vcr.VCR(record_mode="once", **hooks).use_cassette(str(cassette)):
        for asked in trap.asked:
            SEND[client](base, asked)
    written = yaml.load(cassette.read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert len(written["interactions"]) == len(trap.asked)
    assert leaked(cassette, trap.aviary.planted) == []
    assert [str(finding) for finding in check([cassette])] == []


def test_one_by_one_leaks_no_more_than_together(trap: Trap, tmp_path: Path) -> None:
    scrubber = Scrubber(CONTRACT, random=Random(9))
    with serving(trap.answers, zipped=False) as base:
        made = tuple(scrubber.exchange(with_requests(base, asked)) for asked in trap.asked)
    write(tmp_path / "cassette.yaml", Cassette({}, made))
    assert leaked(tmp_path / "cassette.yaml", trap.aviary.planted) == []


def test_the_page_publishes_what_was_planted(trap: Trap, record_property: Callable[[str, object], None]) -> None:
    """Leaked and falsely blocked are 0 whenever the tests above pass: a blocked exchange fails them."""
    planted = len(trap.aviary.planted)
    record_property("canaries planted / leaked / falsely blocked", f"{planted} / 0 / 0")
    assert planted >= 600
    said = PAGE.read_text(encoding="utf-8")
    assert f"| {planted} | 0 | 0 |" in said, f"the page must say: | {planted} | 0 | 0 |"

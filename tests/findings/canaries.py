"""An API full of canaries, as a server, a cassette and a folder: wherever a value can stand, one stands."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.recording.cassette import Cassette, write
from evaluation.recording.exchange import Exchange
from mockserver import contract as contracts
from tests.recording import captures
from tests.recording.scrub.aviary_server import Answer, serving
from tests.recording.scrub.canaries import Aviary, rows, spelt

CONTRACT = contracts.load()
ODD = {
    "quality_data": "a bare page of an error",
    "vitals": "broken JSON",
    "payer_dim": "an error of the server",
    "transaction": "a redirect",
    "charge": "a page URL that leads away",
    "lab_order": "a page URL that leads back",
    "attribution": "entries that are no rows",
}
"""Resources that answer badly, each in its own way."""


@dataclass
class Aviaries:
    """``birds`` are all canaries; ``practices`` their codes; ``pages`` what each path of the API answers."""

    aviary: Aviary = field(default_factory=Aviary)
    practices: list[str] = field(default_factory=list)
    pages: dict[str, Answer] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def birds(self) -> Mapping[str, str]:
        return self.aviary.planted


def built() -> Aviaries:
    """Two practices, two logins' worth of odd answers, and rows in which most checks find something."""
    made = Aviaries()
    made.practices = [made.aviary.plant("practice code", f"QZ{letters}{n}") for n, letters in ((71, "XV"), (72, "WK"))]
    made.tables = {path: _rows(made, path) for path in CONTRACT.paths if path != "client_ids"}
    for path, found in made.tables.items():
        for practice in made.practices:
            made.pages[f"/hjdw/{practice}/{path}"] = _answer(made, path, found)
    listed = [{"client_id": code, "client": made.aviary.name("practice name")} for code in made.practices]
    for code in (*made.practices, "SBOX02"):
        made.pages[f"/hjdw/{code}/client_ids"] = _page(made, listed)
    made.pages["/authenticate"] = _said(made, {"token": _token(made), made.aviary.name("key of the login"): 1})
    for code in made.practices:
        made.pages[f"/hjdw/{code}/no_such_element"] = refusal(made, 404)
    made.pages["/hjdw"] = refusal(made, 400)
    made.pages["/hjdw/ZZZZ99/allergy"] = refusal(made, 403)
    return made


def _rows(made: Aviaries, path: str) -> list[dict[str, Any]]:
    """Rows in their own notation and in others', a copy, padded, emptied and deleted ones, and odd keys."""
    element = CONTRACT.paths[path].name
    found = [row for _ in range(3) for row in rows(made.aviary, CONTRACT, element)]
    texts = {key: value for key, value in found[0].items() if isinstance(value, str)}
    found.append({**found[0], "hj_modify_timestamp": found[2].get("hj_modify_timestamp")})
    found.append({**found[0], **{key: f"  {value} " for key, value in texts.items()}})
    found.append({**found[0], **{key: value.upper() for key, value in texts.items()}, "delete_ind": "Y"})
    found.append({**found[2], **dict.fromkeys(list(texts)[::2], ""), **dict.fromkeys(list(texts)[1::2])})
    odd = {made.aviary.misplaced(): 1, f"{made.aviary.name('key')}@mail.com": "x", "": made.aviary.name("no key")}
    found.append({**found[1], **odd, "list": [made.aviary.name("in a list")]})
    return found


def _answer(made: Aviaries, path: str, found: list[dict[str, Any]]) -> Answer:
    """A page, or the bad answer that ODD has for this path."""
    how = ODD.get(path)
    bad = f"http://{made.aviary.plant('host', f'oriole{spelt(next(made.aviary.numbers))}.example')}/canary"
    if how == "broken JSON":
        return Answer(200, _page(made, found).body[:-40], _headers(made))
    if how == "an error of the server":
        return refusal(made, 500)
    if how == "a bare page of an error":
        return _said(made, {"error": made.aviary.misplaced(), "row": found[0]})
    if how == "a redirect":
        return Answer(302, b"", {**_headers(made), "Location": bad})
    if how == "a page URL that leads away":
        return _page(made, found, next_page_url=bad)
    if how == "a page URL that leads back":
        return _page(made, found, next_page_url=f"http://{{host}}/hjdw/{made.practices[0]}/{path}")
    if how == "entries that are no rows":
        return _page(made, [*found, made.aviary.name("no row"), [made.aviary.number()]])  # type: ignore[list-item]
    return _page(made, found)


def _page(made: Aviaries, found: list[dict[str, Any]], **envelope: Any) -> Answer:
    path = f"http://{made.aviary.plant('path', f'wren{spelt(next(made.aviary.numbers))}.example')}"
    return _said(made, {"data": found, "next_page_url": None, "path": path, "total": len(found), **envelope})


def refusal(made: Aviaries, status: int) -> Answer:
    """An error whose body and headers are full of them."""
    said = made.aviary.name("error message")
    words = {"error": made.aviary.misplaced(), "message": said, "code": made.aviary.number()}
    body = {**words, f"{made.aviary.name('key of an error')} x": {"trace": made.aviary.name("trace")}}
    return _said(made, body, status)


def _said(made: Aviaries, body: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(body).encode(), _headers(made))


def _headers(made: Aviaries) -> dict[str, str]:
    kind = f"application/{made.aviary.name('media type').lower()}"
    made.aviary.plant("media type", kind.partition("/")[2])
    others = {"Set-Cookie": "session=", "X-Request-Id": "", "ETag": "", "Warning": "299 - "}
    return {"Content-Type": kind} | {key: lead + made.aviary.name(f"header {key}") for key, lead in others.items()}


def _token(made: Aviaries) -> str:
    """A token with staff in it, and with claims whose names are values."""
    head, payload, signature = made.aviary.token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims |= {"exp": claims["iat"] + 3600, made.aviary.misplaced(): 1, f"{made.aviary.name('claim')} x": 2}
    claims["products"] = f"{made.aviary.name('product')},{made.aviary.name('product')}"
    claims["issuer_scheme"] = claims["alg"] = made.aviary.name("claim")
    coded = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return made.aviary.plant("token", f"{head}.{coded}.{signature}", coded)


@contextmanager
def server(made: Aviaries) -> Iterator[str]:
    """All of it on a port of this machine."""
    pages = dict(made.pages)
    with serving(pages, zipped=False) as url:
        for path, answer in made.pages.items():
            pages[path] = Answer(answer.status, answer.body.replace(b"http://{host}", url.encode()), answer.headers)
        yield url


def cassette(made: Aviaries, folder: Path, origin: str) -> Path:
    """What the default plan gets, written without any scrubbing: worse than a cassette can be."""
    with server(made) as url:
        plan = captures.default_plan(variables={"practice": made.practices[0]})
        exchanges: list[Exchange] = captures.capture(url, plan).exchanges
    write(folder / "elements.yaml", Cassette({"origin": origin, "area": "elements"}, tuple(exchanges)))
    return folder


def files(made: Aviaries, folder: Path) -> Path:
    """A folder for each practice; JSON, NDJSON and CSV, some broken, some named after a person."""
    for practice in made.practices:
        below = folder / practice
        below.mkdir(parents=True)
        for number, (path, found) in enumerate(made.tables.items()):
            _file(made, below, number, path, found)
    return folder


def _file(made: Aviaries, below: Path, number: int, path: str, found: list[dict[str, Any]]) -> None:
    name = f"{made.aviary.name('file name')}, born {1900 + number}" if number % 5 == 4 else path
    if number % 3 == 0:
        text = json.dumps({"data": found})
        (below / f"{name}.json").write_text(text[:-30] if number == 3 else text, encoding="utf-8")
    elif number % 3 == 1:
        lines = [json.dumps(row) for row in found]
        (below / f"{name}.ndjson").write_text("\n".join(lines + ['{"a": "'] * (number == 4)), encoding="utf-8")
    else:
        heading = [key for key in found[0] if isinstance(found[0][key], str)]
        cells = [",".join('"' + str(row.get(key) or "").replace('"', '""') + '"' for key in heading) for row in found]
        (below / f"{name}.csv").write_text("\n".join([",".join(heading), *cells]), encoding="utf-8")

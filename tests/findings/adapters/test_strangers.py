"""Nothing of a HAR file, a Postman collection or FHIR samples is shown but names, counts and shapes."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.adapters import fhir, har, postman
from evaluation.findings.evaluate import run
from evaluation.findings.model import Api
from evaluation.findings.output import FORMATS, Report, as_terminal, facts
from mockserver.errors import InputError
from tests.findings.adapters import strangers
from tests.findings.adapters.strangers import HOST, collection, entry, example, jwt, put, request

MARK = "QXCANARY"
ROWS = [
    {
        "id": f"{MARK} {n}", "patient_id": f"{MARK}-7", "last_name": MARK, "born": f"{MARK} 1970-01-01", 
        "weight": "70.5", "note": f"  {MARK} ", "flag": "Y", "more": {"inner": MARK, f"{MARK}@mail.example": 1},
        "list": [MARK, {MARK: MARK}], f"{MARK} Smith": MARK, f"{MARK}@mail.example": MARK, f"{MARK}2024": 1, "": MARK,
    }
    for n in (1, 2, 2)
]  # fmt: skip
"""Rows with odd keys, copies and notations, so that checks find something in them."""
ERROR = {"code": f"{MARK}_x", "message": f"No token {MARK}", f"{MARK} y": 1, "trace": [MARK]}


def recorded() -> dict[str, Any]:
    token = jwt(
        iss=f"http://{MARK}.example.org", sub=MARK, roles=f"{MARK},{MARK},x", iat=1, exp=9, **{f"{MARK} z": MARK}
    )
    host = HOST.replace("//", f"//{MARK}:{MARK}@{MARK}.")
    headers = {"Authorization": f"Bearer {token}", "Cookie": MARK, f"X-{MARK}": MARK}
    kept = {"host": host, "headers": headers}
    made = strangers.har(
        entry(f"/api/patients?page=1&name={MARK}#{MARK}", {"data": ROWS, "total": 3, "next": MARK}, **kept),
        entry("/api/patients", ROWS, **kept), entry(f"/api/patients/{MARK}-1", {**ROWS[0], "id": f"{MARK}-1"}, **kept),
        entry(f"/api/visits/{MARK}%20x/charges", ROWS, **kept), entry("/api/patients", ERROR, 401, **kept),
        entry("/api/login", {"token": token}, method="POST", **kept), entry("/api/x", text=f'{{"{MARK}', **kept),
        entry("/other", ROWS, host=f"https://{MARK}2.example.org"),
    )  # fmt: skip
    made["log"] |= {"comment": MARK, "pages": [{"title": MARK, "id": MARK}], "browser": {"name": MARK, "version": MARK}}
    made["log"]["entries"][0] |= {"serverIPAddress": MARK, "connection": MARK, "comment": MARK, "_x": MARK}
    made["log"]["entries"][0]["request"] |= {
        "cookies": [{"name": MARK, "value": MARK}], "queryString": [{"name": MARK, "value": MARK}], "httpVersion": MARK,
        "postData": {"mimeType": MARK, "text": MARK, "params": [{"name": MARK, "value": MARK}]},
    }  # fmt: skip
    made["log"]["entries"][0]["response"] |= {
        "statusText": MARK, "redirectURL": MARK, "headers": [{"name": "Set-Cookie", "value": MARK}], "comment": MARK,
    }  # fmt: skip
    return made


def saved() -> dict[str, Any]:
    asked = {"method": "GET", "url": f"{{{{base}}}}/patients?x={MARK}", "header": [{"key": MARK, "value": MARK}]}
    answers = [
        example({"data": ROWS, "total": 3}, name=MARK, status=MARK, originalRequest=asked, cookie=[{"value": MARK}]),
        example(ERROR, 401, mime=f"application/{MARK}"), example(ERROR, 429, _postman_previewlanguage=MARK),
    ]  # fmt: skip
    url = {"raw": f"https://{MARK}/patients", "host": [MARK], "path": ["patients", ":id"], "query": [{"value": MARK}],
           "variable": [{"key": MARK, "value": MARK}]}  # fmt: skip
    made = collection({"name": MARK, "item": [request(url, *answers), request(f"{{{{{MARK}}}}}/visits", *answers)]})
    made["info"] |= {"name": MARK, "description": MARK, "_postman_id": MARK}
    inner = made["item"][0]["item"][0]
    inner["request"] |= {"auth": {"bearer": [{"value": MARK}]}, "body": {"raw": MARK}, "description": MARK}
    script = [{"listen": "test", "script": {"exec": [MARK]}}]
    return {**made, "variable": [{"key": MARK, "value": MARK}], "auth": {"basic": MARK}, "event": script}


def sampled() -> dict[str, Any]:
    statement = json.loads((strangers.FHIR / "capability.json").read_text(encoding="utf-8"))
    statement |= {"publisher": MARK, "description": MARK, "url": MARK, "software": {"name": MARK, "version": MARK}}
    statement["rest"][0]["documentation"] = statement["implementation"]["description"] = MARK
    rows = [{"resourceType": "Patient", "_born": {"id": MARK}, "meta": {"lastUpdated": MARK}, **row} for row in ROWS]
    strange = {"resourceType": MARK, "id": MARK}
    resources = [statement, *rows, strange, {"resourceType": "Encounter", "id": MARK, "subject": {"reference": MARK}}]
    bundle = {"resourceType": "Bundle", "id": MARK, "link": [{"url": MARK}]}
    return {**bundle, "entry": [{"fullUrl": MARK, "resource": one, "request": {"url": MARK}} for one in resources]}


SOURCES: dict[str, tuple[Callable[[], dict[str, Any]], Callable[[Path], Api]]] = {
    "har": (recorded, har.read), "postman": (saved, postman.read), "fhir": (sampled, fhir.read),
}  # fmt: skip


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Callable[[Path], Api]]:
    content, read = SOURCES[request.param]
    return content(), read


def test_no_format_shows_a_canary(source: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    content, read = source
    caplog.set_level(logging.DEBUG)
    evaluation = run(read(put(tmp_path, content)))
    made = facts(Report(evaluation, (), None))
    texts = [as_terminal(made, 100), *(FORMATS[shape](made) for shape in sorted(FORMATS)), json.dumps(made)]
    assert any(result.failed for result in evaluation.results) and not evaluation.defects
    assert MARK not in "\n".join([*texts, caplog.text]).upper()


def test_the_values_that_are_held_are_canaries(source: Any, tmp_path: Path) -> None:
    """Else nothing of the rest would mean anything."""
    content, read = source
    held = [str(sample) for r in read(put(tmp_path, content)).resources for f in r.fields for sample in f.samples]
    assert sum(MARK in value for value in held) > 5


def places(node: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """Where a text stands in a document."""
    if isinstance(node, str):
        yield path
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(inner, *path, key)


def planted(content: Any, path: tuple[Any, ...]) -> Any:
    made = deepcopy(content)
    node = made
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = f"{MARK} {node[path[-1]]}"
    return made


def test_a_canary_in_any_one_text_is_in_nothing_that_may_be_shown(source: Any, tmp_path: Path) -> None:
    """Also where it breaks the file: errors are looked at with all they were raised from."""
    content, read = source
    everywhere = list(places(content))
    assert len(everywhere) > 50
    for path in everywhere:
        try:
            said = strangers.shown(read(put(tmp_path, planted(content, path))))
        except InputError as error:
            said = "".join(traceback.format_exception(error)) + repr(error.__cause__)
        assert MARK not in said.upper(), path


@pytest.mark.parametrize("read", [har.read, postman.read, fhir.read])
@pytest.mark.parametrize(
    "text", [MARK, f'{{"{MARK}": ', f'["{MARK}"]', f'{{"log": {{"version": "{MARK}", "entries": []}}}}', ""]
)
def test_a_file_that_is_none_says_nothing_of_itself(read: Callable[[Path], Api], text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read(put(tmp_path, text))
    assert MARK not in "".join(traceback.format_exception(refused.value))

"""Files that were made to break what reads descriptions and recordings; each must stay in its bounds."""

from __future__ import annotations

import json
import os
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluation.findings.adapters import bodies, files, har, har_entries, har_rows, open_target
from evaluation.findings.adapters.fhir_definitions import MOST_CODES, Definitions
from evaluation.findings.output import markdown
from evaluation.verbs import evaluate
from mockserver.errors import InputError

HOSTILE = "![x](http://example.com/x.png) [y](javascript:alert(1)) `z` | <b>"


def recorded(*entries: tuple[str, str]) -> dict[str, Any]:
    """A HAR of addresses and the bodies that were answered."""
    answered = [
        {
            "request": {"method": "GET", "url": url},
            "response": {"status": 200, "content": {"mimeType": "application/json", "text": body}},
        }
        for url, body in entries
    ]
    return {"log": {"version": "1.2", "entries": answered}}


def saved(folder: Path, name: str, tree: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def collection(body: str) -> dict[str, Any]:
    request = {"method": "GET", "url": "https://{{host}}/visits"}
    item = {"name": "r", "request": request, "response": [{"code": 200, "body": body}]}
    return {"info": {"name": "x", "_postman_id": "x"}, "item": [item]}


def test_values_of_bodies_are_counted_before_they_are_parsed() -> None:
    assert bodies.values('{"a": [1, 2]}') >= 4
    text = json.dumps(["a, b, [c], {d}" * 100] * 3)
    assert bodies.values(text, 5) < 10 < bodies.values(text), "commas inside of texts are no values"


def test_a_body_with_too_many_values_is_never_built() -> None:
    body = "[" + "[]," * 1_500_000 + "[]]"
    tracemalloc.start()
    try:
        assert bodies.parsed(body) is None
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_text_of_millions_of_signs_needs_no_stack() -> None:
    body = '["' + "[]," * 3_000_000 + '\\"' * 1000 + '"]'
    assert bodies.values(body, 100) < 10


@pytest.mark.parametrize("kind", ["har", "postman"])
def test_too_many_values_in_all_answers_together_are_one_sentence(kind: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(bodies.Budget.__init__, "__defaults__", (50,))
    body = json.dumps([{"id": n} for n in range(40)])
    tree = recorded(*[(f"https://example.com/visits?page={n}", body) for n in (1, 2)])
    path = saved(tmp_path, f"x.{kind}.json", tree if kind == "har" else collection(body))
    with pytest.raises(InputError, match=r"holds more than 50 values in its answers$"):
        open_target(f"{kind}:{path}")


def test_an_address_with_thousands_of_questions_is_not_taken_apart(tmp_path: Path) -> None:
    many = "a=1&" * (har_entries.QUESTIONS + 1)
    rows = '[{"id": 1}]'
    path = saved(tmp_path, "x.har", recorded((f"https://example.com/visits?{many}", rows), ("https://a.b/x", rows)))
    assert [r.name for r in har.read(path).resources] == ["x"]


def test_pages_of_a_long_listing_are_put_together_in_one_pass() -> None:
    pages = [
        har_rows.Answer(("visits",), (("page", str(n)),), bodies.Rows([{"id": n}], listed=True)) for n in range(1, 4001)
    ]
    calls = 0

    def count(frame: Any, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        found = har_rows._following(pages)
    finally:
        sys.setprofile(None)
    assert found == pages and calls < 100 * len(pages), "a step for each page, not for each pair of pages"


def test_a_row_of_ndjson_has_a_limit(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(files, "LINE", 1_000_000)
    path = tmp_path / "visit.ndjson"
    path.write_text('{"id": 1}\n{"id": "' + "x" * 2_000_000 + '"}\n', encoding="utf-8")
    api = open_target(str(tmp_path))
    assert api.resources[0].tables[0].size == 1
    assert any("has a row longer than 1 MB in line 2; only rows before it were read" in text for text in api.partial)


def bound(parts: list[dict[str, Any]], elements: int) -> Definitions:
    """A type whose elements are all bound to one set of codes."""
    binding = {"strength": "required", "valueSet": "v"}
    shown = [
        {"path": f"Visit.e{n}", "max": "1", "type": [{"code": "code"}], "binding": binding} for n in range(elements)
    ]
    found = Definitions()
    for resource in (
        {"resourceType": "CodeSystem", "url": "u", "content": "complete", "concept": [{"code": "a"}, {"code": "b"}]},
        {"resourceType": "ValueSet", "url": "v", "compose": {"include": parts}},
        {"resourceType": "StructureDefinition", "kind": "resource", "type": "Visit", "snapshot": {"element": shown}},
    ):
        found.add(resource)
    return found


def test_a_set_of_codes_is_put_together_once(monkeypatch: Any) -> None:
    asked: list[object] = []
    whole = Definitions._included
    monkeypatch.setattr(Definitions, "_included", lambda self, part: asked.append(part) or whole(self, part))
    fields = bound([{"system": "u"}], 50).fields("Visit", ())
    assert len(asked) == 1 and {field.enum for field in fields} == {("a", "b")} and len(fields) == 50


def test_a_set_of_endless_parts_tells_no_codes() -> None:
    assert bound([{"system": "u"}] * (MOST_CODES + 1), 1).fields("Visit", ())[0].enum == ()


def test_a_set_that_comes_later_is_not_missed() -> None:
    found = bound([{"system": "other"}], 1)
    assert found.fields("Visit", ())[0].enum == ()
    found.add({"resourceType": "CodeSystem", "url": "other", "content": "complete", "concept": [{"code": "c"}]})
    assert found.fields("Visit", ())[0].enum == ("c",)


def test_a_pipe_is_not_said_to_be_missing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.json")
    with pytest.raises(InputError, match="is neither a file nor a folder"):
        open_target(f"fhir:{tmp_path / 'p.json'}")


def test_markdown_has_no_link_and_no_picture_of_somebody_elses() -> None:
    assert markdown.cell(HOSTILE) == (r"!\[x\](http://example.com/x.png) \[y\](javascript:alert(1)) \`z\` \| &lt;b>")


@pytest.mark.parametrize("targets", [("a",), ("a", "b")])
def test_a_title_is_no_markup_in_any_report(targets: tuple[str, ...], tmp_path: Path) -> None:
    for name in targets:
        info = {"title": HOSTILE[:60], "version": "1"}
        saved(tmp_path, f"{name}.json", {"openapi": "3.0.0", "info": info, "paths": {}})
    asked = [f"openapi:{tmp_path / name}.json" for name in targets]
    done = CliRunner().invoke(evaluate, [*asked, "--format", "md"])
    assert done.exit_code == 0 and "![" not in done.stdout and "](" not in done.stdout.replace(r"\](", "")


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.json", {"openapi": "3.0.0", "info": {"title": "x"}, "paths": {}})
    done = CliRunner().invoke(evaluate, [f"openapi:{path}", "--out", "/dev/full"])
    assert isinstance(done.exception, InputError)
    assert str(done.exception).startswith("/dev/full: cannot be written (")

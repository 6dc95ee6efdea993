"""A description is read from this machine only, judged by every check, and leaves sentences behind, never values."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from evaluation.findings import catalogue
from evaluation.findings.outcome import Verdict
from evaluation.radar import criteria_file, describing, scorecard
from evaluation.radar.criteria import Limit
from mockserver import __version__
from mockserver.errors import InputError

from . import descriptions
from .descriptions import DAY, MUDDLED, TIDY

CANARY = "Zanzibar-77-canary"


def test_every_check_is_decided_or_unknown_with_a_reason(tmp_path: Path) -> None:
    found = descriptions.read(descriptions.file(tmp_path))
    assert sorted([*found.facts, *found.unknown]) == list(catalogue.load())
    assert found.verdict("HJ-001") is Verdict.fail and "visit.visitid" in found.facts["HJ-001"].says
    assert all(found.unknown.values()) and "it holds no rows" in found.unknown["HJ-024"]


def test_the_source_names_title_digest_day_and_kit(tmp_path: Path) -> None:
    path = descriptions.file(tmp_path)
    source = descriptions.read(path).source
    assert "Muddle" in source.title and "1.2" in source.title and str(tmp_path) not in source.title
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.read, source.kit, source.partial) == (DAY, __version__, ())


def test_a_description_says_the_same_by_name_or_by_content(tmp_path: Path) -> None:
    path = descriptions.file(tmp_path)
    assert dict(describing.read(str(path), DAY).facts) == dict(descriptions.read(path).facts)


def test_no_example_of_a_description_is_kept(tmp_path: Path) -> None:
    fields = {**MUDDLED["visit"], "note": {"type": "string", "example": CANARY, "description": CANARY}}
    found = descriptions.read(descriptions.file(tmp_path, {"visit": fields, "patient": MUDDLED["patient"]}))
    from evaluation.radar import described

    assert CANARY not in described.text(found)


HOSTILE = ["<script>alert(1)</script>", "a: b # c", "*x* | `y` [z](q)", "x\n---\ny: 1", "é" * 999]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_a_line_of_text(tmp_path: Path, title: str) -> None:
    shown = descriptions.read(descriptions.file(tmp_path, TIDY, title=title)).source.title
    assert shown.isprintable() and 0 < len(shown) <= describing.LONGEST


def test_a_tidy_and_a_muddled_one_are_told_apart_and_neither_gets_to_trial(tmp_path: Path) -> None:
    criteria = criteria_file.load()
    tidy, muddled = (
        scorecard.of_described(descriptions.read(descriptions.file(tmp_path, resources)), criteria)
        for resources in (TIDY, MUDDLED)
    )
    assert tidy.score > muddled.score and tidy.ring == muddled.ring == "assess"
    needs = [limit for limit in criteria.rings["trial"] if limit.of in criteria.items]
    assert needs and not any(tidy.keeps(limit) for limit in needs)
    assert tidy.scale(Limit("proven", 0)) > 0


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/openapi.yaml", "https://engine.test/openapi.json"])
def test_a_server_is_never_asked(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describing, "open_target", lambda _: pytest.fail("it was opened"))
    with pytest.raises(InputError, match="is a server, which is asked and not read; save its description to a file"):
        describing.read(target, DAY)


ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("contract", "is the kit's own contract, whose facts are graded already"),
        ("contract:none", "is the kit's own contract"),
        (str(ROOT / "fixtures" / "worlds" / "sandbox"), "is a set of rows or answers that somebody received"),
        (str(ROOT / "fixtures" / "cassettes" / "vendor"), "is a recording of our own mock"),
    ],
)
def test_what_is_no_description_is_refused_with_the_reason(target: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        describing.read(target, DAY)
    assert says in str(caught.value) and "valid: openapi:FILE" in str(caught.value)


HAR = {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [{
    "request": {"method": "GET", "url": "https://api.engine.test/v1/visits", "headers": [], "queryString": []},
    "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "text": '[{"id": 1}]'}},
}]}}  # fmt: skip
STATEMENT = {
    "resourceType": "CapabilityStatement", "status": "active", "kind": "instance", "fhirVersion": "4.0.1",
    "format": ["json"], "software": {"name": "Some server", "version": "3"},
    "rest": [{"mode": "server", "resource": [{"type": "Patient", "interaction": [{"code": "read"}]}]}],
}  # fmt: skip
COLLECTION = {
    "info": {"name": "Some collection", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "item": [{
        "name": "visits", "request": {"method": "GET", "url": "https://api.engine.test/v1/visits"},
        "response": [{"name": "ok", "code": 200, "header": [], "body": '[{"visitid": 1, "visit_id": "a"}]'}],
    }],
}  # fmt: skip


@pytest.mark.parametrize("prefix", ["har:", ""])
def test_recorded_traffic_is_no_description(tmp_path: Path, prefix: str) -> None:
    path = tmp_path / "some.har"
    path.write_text(json.dumps(HAR), encoding="utf-8")
    with pytest.raises(InputError, match="is traffic that somebody recorded"):
        describing.read(f"{prefix}{path}", DAY)


@pytest.mark.parametrize(("kind", "data"), [("fhir", STATEMENT), ("postman", COLLECTION)])
def test_other_kinds_of_descriptions_make_facts_too(tmp_path: Path, kind: str, data: object) -> None:
    path = tmp_path / "some.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = describing.read(f"{kind}:{path}", DAY)
    assert found.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert sorted([*found.facts, *found.unknown]) == list(catalogue.load())
    assert str(tmp_path) not in found.source.title


def test_what_could_not_be_read_of_a_description_is_kept_as_a_sentence(tmp_path: Path) -> None:
    fields = {**MUDDLED["visit"], "other": {"$ref": "https://engine.test/other.yaml#/Other"}}
    found = descriptions.read(descriptions.file(tmp_path, {"visit": fields}))
    assert len(found.source.partial) == 1 and "engine.test" not in found.source.partial[0]


def test_every_origin_but_a_description_has_its_reason() -> None:
    from evaluation.findings.model import Origin

    assert set(describing.WHAT) == set(Origin) - {Origin.description}


def test_the_digest_of_a_folder_depends_on_names_and_contents_only(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "below").mkdir(parents=True)
        (tmp_path / name / "below" / "a.json").write_text("{}")
        (tmp_path / name / "b.json").write_text("[]")
    before = describing.digest(tmp_path / "one")
    assert before == describing.digest(tmp_path / "two")
    (tmp_path / "two" / "b.json").rename(tmp_path / "two" / "c.json")
    (tmp_path / "one" / "b.json").write_text("[1]")
    assert len({before, describing.digest(tmp_path / "one"), describing.digest(tmp_path / "two")}) == 3


def test_a_file_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        describing.read(f"openapi:{tmp_path / 'none.yaml'}", DAY)

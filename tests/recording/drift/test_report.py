"""What is printed and proposed: every difference with its id, and nothing that anybody's row or token said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from evaluation.recording.cassette import Cassette
from evaluation.recording.drift import Result, compare, propose, report
from evaluation.recording.drift.asking import Asked
from evaluation.recording.drift.facts import View
from evaluation.recording.exchange import Exchange

from .pages import BASE, CAME, CONTRACT, answered, page, row

TODAY = date(2026, 1, 31)
CANARY = "Zq7canary"


def result(*exchanges: Exchange, origin: str = "live 2026-01-01", asked: tuple[Asked, ...] = ()) -> Result:
    meta = {"origin": origin, "recorded": "2026-01-01", "plan": "default"}
    return compare(Cassette(meta, exchanges), asked, CONTRACT, TODAY)


def canaries() -> Iterator[Exchange]:
    """Answers in which everything that is no key is a canary, right types and wrong ones."""
    for path, element in CONTRACT.paths.items():
        texts: dict[str, Any] = {p.wire: f"{CANARY}{i}" for i, p in enumerate(element.properties)}
        yield page(path, [texts, {**texts, "unknown_column": CANARY}], step=f"{CANARY}/1234567")
        yield page(path, [texts], query=f"{CANARY}=eq~{CANARY}")
        yield page(path, [{p.wire: [CANARY] for p in element.properties}], step=f"elements.{path}", path_=CANARY)
        yield page(path, [{CANARY + " 12345 key": {CANARY: CANARY}}], total=CANARY, next_page_url=CANARY)
    claims = {"token": f"{CANARY}.{CANARY}.{CANARY}", "user": {"email": f"{CANARY}@x.test"}}
    yield answered(f"{BASE}/authenticate", claims, method="POST", step="login")
    came = (*CAME, ("Content-Type", CANARY), ("X-RateLimit-Limit", CANARY), ("Cache-Control", CANARY))
    for document in ({"error": CANARY}, {"message": CANARY, "trace": [CANARY]}, [CANARY], CANARY):
        yield answered(f"{BASE}/hjdw/{CANARY}/nothing?x={CANARY}", document, 404, came=came)


def outputs(found: Result) -> Iterator[str]:
    yield report.as_text(found)
    yield json.dumps(report.as_json(found))
    yield propose.document(found, CONTRACT, TODAY)
    yield repr(found)


def test_no_output_holds_a_value() -> None:
    exchanges = tuple(canaries())
    live = Asked(View("live", exchanges), vendor=True)
    found = result(*exchanges, asked=(live,))
    assert len(found.differences) > 60
    leaked = [text[max(0, text.find(CANARY) - 80) :][:160] for text in outputs(found) if CANARY in text]
    assert leaked == []


def test_the_table_names_views_ids_and_grades() -> None:
    text = report.as_text(result(page("demographic", [row("demographic", dob=None)], step="elements.demographic")))
    assert "demographic.dob" in text
    assert "observed" in text or "adjacent" in text or "inferred" in text
    assert "of live 2026-01-01, captured 2026-01-01, 30 days ago" in text
    assert "seen at elements.demographic (demographic)" in text
    assert text.endswith("1 difference\n")
    assert all(len(line) < 200 for line in text.splitlines())


def test_json_holds_the_same_facts() -> None:
    facts = report.as_json(result(page("demographic", [row("demographic", dob=None)], step="elements.demographic")))
    [found] = facts["differences"]
    assert found["id"] == "demographic.dob"
    assert found["says"] == {"contract": "never null", "recording": "null"}
    assert found["places"] == [{"step": "elements.demographic", "element": "demographic", "column": "dob"}]
    assert facts["age_days"] == 30
    assert "demographic.city" in facts["confirmed"]["recording"]


CHANGES = (
    (page("appointment", [row("appointment", duration=15)]), {"type": ["integer"]}),
    (page("appointment", [row("appointment", date=None)]), {"type": ["string", "null"]}),
    (page("appointment", [{k: v for k, v in row("appointment").items() if k != "detail"}]), {"remove": True}),
    (page("appointment", [row("appointment", nickname="x")]), {"add": True, "x-format": "(to be found)"}),
    (answered(f"{BASE}/hjdw/SBOX02/nothing", {"error": "resource_not_found"}, 400), {"status": 400}),
    (page("appointment", [], per_page=500), {"claim": "(to be worded) Seen: 500."}),
)


@pytest.mark.parametrize(("exchange", "patch"), CHANGES)
def test_a_proposal_says_file_key_and_patch(exchange: Exchange, patch: dict[str, Any]) -> None:
    found = yaml.safe_load(propose.document(result(exchange), CONTRACT, TODAY))
    [change] = found["changes"]
    assert change["patch"] == {**patch, "x-evidence": {"grade": "observed", "sources": ["live-2026-01-01"]}}
    assert change["file"] == ("behaviours.yaml" if change["at"] in CONTRACT.behaviours else "elements/appointment.yaml")
    [(source, facts)] = found["sources.yaml"].items()
    assert (source, facts["channel"], facts["seen"]) == ("live-2026-01-01", "api", "2026-01-01")


def test_what_the_vendor_kept_may_rise() -> None:
    found = yaml.safe_load(propose.document(result(page("vitals", [row("vitals")])), CONTRACT, TODAY))
    rises = {(rise["file"], rise["at"]): rise for rise in found["grades"]}
    assert found["changes"] == []
    assert rises["elements/vitals.yaml", "properties.vitalsid"] == {
        "file": "elements/vitals.yaml", "at": "properties.vitalsid",
        "from": str(CONTRACT.elements["vitals"].by_wire["vitalsid"].evidence.grade), "to": "observed",
        "add_source": "live-2026-01-01",
    }  # fmt: skip
    assert not any(rise["from"] == "observed" for rise in found["grades"])


@pytest.mark.parametrize("origin", ["mock 0.1.0", "loopback 2026-01-01", "unknown"])
def test_only_the_vendor_raises_a_grade(origin: str) -> None:
    exchange = page("vitals", [row("vitals", bmi=25)])
    found = yaml.safe_load(propose.document(result(exchange, origin=origin), CONTRACT, TODAY))
    assert found["grades"] == []
    assert "sources.yaml" not in found
    assert [change["patch"] for change in found["changes"]] == [{"type": ["integer"]}]
    beside_live = result(exchange, origin=origin, asked=(Asked(View("live", (exchange,)), vendor=False),))
    assert beside_live.vendor == ""


def test_a_live_view_is_a_source_of_its_own_day() -> None:
    live = Asked(View("live", (page("vitals", [row("vitals")]),)), vendor=True)
    found = yaml.safe_load(propose.document(result(origin="mock 0.1.0", asked=(live,)), CONTRACT, TODAY))
    assert list(found["sources.yaml"]) == ["live-2026-01-31"]
    assert found["grades"]

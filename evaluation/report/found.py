"""Findings as data: what speaks against the vendor, what only this run shows, and what somebody has accepted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from evaluation.findings import catalogue
from evaluation.findings.catalogue import Severities
from evaluation.findings.outcome import Verdict
from evaluation.findings.output.places import sentence, shown
from evaluation.radar.scorecard import Mark, Scorecard

GROUPS, NAMES = 6, 8  # of a finding that are written out
LOWER = "; a step lower, because only one resource has it"
LETTERS = 700  # of an answer
TENANT = re.compile(r"/hjdw/([^/\s?]+)")
KEPT = ("id", "title", "why", "effect", "rule", "seen")
Facts = dict[str, Any]


def as_data(facts: Facts, card: Scorecard, levels: Severities, public: bool) -> Facts:
    """``vendor``: known of the vendor, with its grade; ``here``: seen in this run only. Both worst first."""
    marks = {mark.item.id: mark for mark in card.marks}
    found = [(r, _known(r, marks.get(r["id"]))) for r in facts["results"]]
    open_ = [(r, known) for r, known in found if not r["accepted"]]
    vendor = [_finding(r, known, levels, public) for r, known in open_ if known["verdict"] == "fail"]
    here = [_finding(r, k, levels, public) for r, k in open_ if r["verdict"] == "fail" and k["verdict"] != "fail"]
    accepted = [{"id": r["id"], "title": r["title"], "reason": r["accepted"]} for r, _ in found if r["accepted"]]
    return {"vendor": _sorted(vendor, levels), "here": _sorted(here, levels), "accepted": accepted}


def _known(result: Facts, mark: Mark | None) -> Facts:
    """What counts of the vendor: the stronger of what was known and what it said itself in this run."""
    known = {key: result["known"][key] for key in ("verdict", "grade", "sources", "says")}
    if mark is None or mark.grade is None or str(mark.grade) == known["grade"]:
        return known
    return {"verdict": str(mark.verdict), "grade": str(mark.grade), "sources": [], "says": result["seen"]}


def _finding(result: Facts, known: Facts, levels: Severities, public: bool) -> Facts:
    usual = levels.consequences[catalogue.load()[result["id"]].consequence]
    some, more = shown(result["groups"], GROUPS)
    where = [sentence(group, NAMES) for group in some] + ([more] if more else [])
    made = {
        **{key: result[key] for key in KEPT},
        "severity": result["severity"] or usual[0],
        "means": usual[1] + (LOWER if result["severity"] not in (None, usual[0]) else ""),
        "run": result["verdict"],
        "where": where,
        "known": known,
        "workaround": result["workaround"],
    }
    bad = made["severity"] != levels.levels[-1] and result["verdict"] == str(Verdict.fail)
    exchange = result.get("exchange") if bad else None
    return made | {"exchange": _exchange(exchange, public)} if exchange else made


def _exchange(asked: Mapping[str, Any], public: bool) -> Facts:
    """Request and answer of our own mock, the answer cut; in public without the name of the practice."""
    body = _compact(asked["body"])
    cut = f"{body[:LETTERS]} … and {len(body) - LETTERS} letters more" if len(body) > LETTERS else body
    made = {"request": asked["request"].strip().partition("\n")[0], "status": asked["status"], "body": cut}
    names = TENANT.findall(made["request"]) if public else []
    for name in names:
        for key in ("request", "body"):
            made[key] = re.sub(rf"\b{re.escape(name)}\b", "PRACTICE", made[key])
    return made


def _compact(body: str) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return body


def _sorted(found: list[Facts], levels: Severities) -> list[Facts]:
    return sorted(found, key=lambda one: (levels.levels.index(one["severity"]), one["id"]))

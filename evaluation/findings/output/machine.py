"""JSON, JUnit and SARIF: the same facts for programs."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from mockserver import __version__

from .facts import Facts

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"high": "error", "medium": "warning", "low": "note"}


def as_json(facts: Facts) -> str:
    """The facts themselves."""
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def as_junit(facts: Facts) -> str:
    """One test case for each check, in a suite for each topic. Unknown and accepted ones are skipped, never passed."""
    root = ElementTree.Element("testsuites", {"name": f"hjkit evaluate {facts['target']}"})
    for topic in sorted({result["topic"] for result in facts["results"]}):
        results = sorted((r for r in facts["results"] if r["topic"] == topic), key=lambda r: str(r["id"]))
        _suite(root, topic, results, facts)
    ElementTree.indent(root, " ")
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: ElementTree.Element, topic: str, results: list[Facts], facts: Facts) -> None:
    failed = sum(1 for r in results if r["verdict"] == "fail" and not r["accepted"])
    skipped = sum(1 for r in results if r["verdict"] == "unknown" or r["accepted"])
    numbers = {"tests": len(results), "failures": failed, "errors": 0, "skipped": skipped, "time": 0}
    suite = ElementTree.SubElement(root, "testsuite", {"name": topic, **{k: str(v) for k, v in numbers.items()}})
    for result in results:
        _case(suite, result)
    if facts["partial"]:
        ElementTree.SubElement(suite, "system-err").text = "partial: " + "\n".join(facts["partial"])


def _case(suite: ElementTree.Element, result: Facts) -> None:
    name = f"{result['id']} {result['title']}"
    case = ElementTree.SubElement(suite, "testcase", {"classname": result["topic"], "name": name, "time": "0"})
    if result["accepted"]:
        ElementTree.SubElement(case, "skipped", {"message": f"accepted: {result['accepted']}"})
    elif result["verdict"] == "unknown":
        ElementTree.SubElement(case, "skipped", {"message": f"unknown: {result['why']}"})
    elif result["verdict"] == "fail":
        failure = ElementTree.SubElement(case, "failure", {"type": result["severity"], "message": result["why"]})
        failure.text = "\n".join(_line(place) for place in result["places"])


def _line(place: Facts) -> str:
    return f"{place['at']}: {place['detail']}" if place.get("detail") else str(place["at"])


def as_sarif(facts: Facts) -> str:
    """SARIF 2.1.0. Places are logical locations; unknown has kind ``open``, accepted ones carry a suppression."""
    results = sorted(facts["results"], key=lambda result: str(result["id"]))
    driver = {"name": "hjkit evaluate", "version": __version__, "rules": [_rule(result) for result in results]}
    properties = {"target": facts["target"], "origin": facts["origin"], "worth": facts["worth"]}
    notifications = [{"level": "error", "message": {"text": text}} for text in facts["partial"]]
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not facts["partial"], "toolExecutionNotifications": notifications}],
        "results": [_sarif_result(result, index) for index, result in enumerate(results)],
        "properties": properties,
    }
    return as_json({"$schema": SARIF, "version": "2.1.0", "runs": [run]})


def _rule(result: Facts) -> Facts:
    help_ = result["workaround"]["text"] or result["effect"]
    return {
        "id": result["id"],
        "name": "".join(word.capitalize() for word in result["title"].replace("-", " ").split()),
        "shortDescription": {"text": result["title"]},
        "fullDescription": {"text": result["rule"]},
        "help": {"text": help_},
        "properties": {"topic": result["topic"], "claims": result["claims"]},
    }


def _sarif_result(result: Facts, index: int) -> Facts:
    failed = result["verdict"] == "fail"
    kind = {"fail": "fail", "pass": "pass", "unknown": "open"}[result["verdict"]]
    made: dict[str, Any] = {
        "ruleId": result["id"],
        "ruleIndex": index,
        "kind": kind,
        "level": LEVELS.get(result["severity"] or "", "warning") if failed else "none",
        "message": {"text": result["why"]},
        "partialFingerprints": {"check": result["id"]},
        "properties": {"seen": result["seen"], "known": result["known"]},
    }
    if result["places"]:
        made["locations"] = [{"logicalLocations": [_location(place)]} for place in result["places"]]
    if result["accepted"]:
        made["suppressions"] = [{"kind": "external", "justification": result["accepted"]}]
    return made


def _location(place: Facts) -> Facts:
    return {"fullyQualifiedName": place["at"], "kind": "member" if "." in place["at"] else "type"}

"""A page for each check: what it found in the mock, what is known of the vendor, what it costs and what helps."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from evaluation.findings import catalogue
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.registry import checks_by_id
from mockserver.contract import load
from mockserver.contract.quirks import catalogue as quirks

from .facts import TARGETS
from .markdown import as_json, cell, code, fence, link, section, table
from .page import Page
from .words import GRADES, count

FOLDER = "findings"
SECTION = ("Findings", "Each check")
PLACES = 12
Facts = Mapping[str, Any]


def path(id_: str) -> str:
    """Where the page of a check is."""
    return f"{FOLDER}/{id_.lower()}.md"


def page(result: Facts, runs: Mapping[str, Evaluation]) -> Page:
    """The page of one check. ``result`` is what the mock showed, ``runs`` has all adapters."""
    here = path(result["id"])
    parts = (
        _head(result),
        _grades(result, here),
        _rule(result, here),
        _seen(result),
        section("## What it costs", cell(result["effect"])),
        _workaround(result),
        _check(result["id"]),
        _adapters(result["id"], runs),
    )
    return Page(here, f"{result['id']} {result['title']}", section(*parts), SECTION)


VERDICTS = {"fail": "found", "pass": "looked for and not found", "unknown": "cannot tell"}
KNOWN = {"fail": "yes", "pass": "known not to be so", "unknown": "not known"}


def severity(result: Facts) -> str:
    """How bad it is: as found in the mock, else as its consequence says if it is known of the vendor; else empty."""
    if result["severity"] or result["known"]["verdict"] != "fail":
        return result["severity"] or ""
    return catalogue.severities().consequences[catalogue.load()[result["id"]].consequence][0]


def _head(result: Facts) -> str:
    known, level = result["known"], severity(result)
    grade = f" ({known['grade']})" if known["grade"] else ""
    told = f"**{f'Severity {level}.' if level else 'No finding.'}** "
    told += f"Known of the vendor: {KNOWN[known['verdict']]}{grade}."
    shown = f"In the mock: {VERDICTS[result['verdict']]}."
    return section(f"# {result['id']} {cell(result['title'])}", f"{told} {shown} {_sentence(cell(result['why']))}")


def _sentence(text: str) -> str:
    """With a capital in front, unless it begins with the name of a column."""
    start = text[:1] if "_" in text.partition(" ")[0] else text[:1].upper()
    return f"{start}{text[1:]}".rstrip(".") + "."


def _grades(result: Facts, here: str) -> str:
    """The two grades beside each other, never as one."""
    known = result["known"]
    facts = ", ".join(fact(id_, here) for id_ in known["facts"])
    worth = cell(known["says"]) + (f" Facts: {facts}." if facts else "")
    worth += f" Sources: {_sources(known['sources'], here)}." if known["sources"] else ""
    grade = known["grade"] or "none"
    rows = [
        ["this run, on our mock", result["verdict"], "none", cell(_sentence(result["seen"]))],
        ["known of the vendor", known["verdict"], grade, worth],
    ]
    return section("## Two grades", table(["who says so", "verdict", "grade", "what that is worth"], rows))


def _sources(ids: list[str], here: str) -> str:
    return ", ".join(link(code(id_), f"reference/sources.md#{id_}", here) for id_ in ids)


def fact(id_: str, here: str) -> str:
    """A link to the place where a fact of the contract is told."""
    quirk, element = id_.partition("/")[0], id_.partition(".")[0]
    if quirk in quirks():
        return link(code(id_), f"reference/quirks.md#{quirk.lower()}", here)
    if element in load().elements and id_ not in load().behaviours:
        return link(code(id_), f"reference/elements/{element}.md#columns", here)
    kind = load().behaviours[id_].kind if id_ in load().behaviours else ""
    return link(code(id_), f"reference/{'filters' if kind == 'filter' else 'protocol'}.md", here) if kind else code(id_)


def _rule(result: Facts, here: str) -> str:
    levels = catalogue.severities()
    entry = catalogue.load()[result["id"]]
    level, means = levels.consequences[entry.consequence]
    usual = f"`{entry.consequence}`: {means}. That is {level}."
    if result["severity"] and result["severity"] != level:
        usual += f" Found in one single resource, it is one step lower: {result['severity']}."
    claims = "; ".join(link(f"claim {id_}", "radar/healthjump.md#claims", here) for id_ in result["claims"])
    told = f"Tests {claims} of the radar entry." if claims else "No claim of the radar entry is about it."
    return section("## When it fires", _sentence(cell(entry.rule)), f"**Severity.** {usual}", told)


def _seen(result: Facts) -> str:
    places = result["places"]
    if not places:
        return ""
    rows = [[code(place["at"]), cell(place.get("detail", ""))] for place in places[:PLACES]]
    more = f"And {count(len(places) - PLACES, 'more place')}." if len(places) > PLACES else ""
    return section("## Seen in the mock", table(["where", "what"], rows), more, _exchange(result))


def _exchange(result: Facts) -> str:
    """Request and answer, as the mock gave it while the site was built."""
    asked = result.get("exchange")
    if asked is None:
        return ""
    body = json.loads(asked["body"])
    whole = isinstance(body, dict) and "data" in body
    told = "in an envelope, cut to the first two rows" if whole else "the row in question"
    answer = f"It answers {asked['status']}" + (f", {told}:" if asked["status"] == 200 else ":")
    shown = asked["request"].replace("\n", f"\nHost: {TARGETS['mock'].partition('//')[2]}\n", 1)
    return section("The request:", fence(shown, "http"), answer, fence(as_json(body), "json"))


def _workaround(result: Facts) -> str:
    work = result["workaround"]
    if not work["code"]:
        return section("## What helps", cell(work["text"]) or "Nothing that a program can do.")
    module, _, name = work["code"].partition(":")
    function = getattr(import_module(module), name)
    source = inspect.getsource(function)
    told = f"`{name}` of `{module.replace('.', '/')}.py`, which needs nothing but Python and has tests of its own:"
    return section("## What helps", cell(work["text"]), told, fence(source, "python"))


def _check(id_: str) -> str:
    check = checks_by_id()[id_]
    module, _, name = check.name.partition(":")
    needs = ", ".join(str(need) for need in check.needs)
    told = f"The function `{name}` of `{module.replace('.', '/')}.py`. It needs {needs}. Run it again:"
    return section("## The check", told, fence(f"hjkit evaluate {TARGETS['mock']} --only {id_}", "sh"))


def _adapters(id_: str, runs: Mapping[str, Evaluation]) -> str:
    rows = []
    for name, run in runs.items():
        outcome = run.by_id[id_].outcome
        rows.append([name, code(TARGETS[name]), str(outcome.verdict), cell(_sentence(outcome.why))])
    told = "The same vendor state in four forms. Unknown is never counted as a pass."
    return section("## Through each adapter", told, table(["adapter", "target", "verdict", "why"], rows))


def legend() -> str:
    """What each grade means, as a table."""
    return table(["grade", "how it is known"], [[grade, told] for grade, told in GRADES.items()])

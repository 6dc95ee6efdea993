"""The report on one target as a page: what the facts say, in order of severity, and nothing that is not escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from evaluation.findings import claims
from evaluation.findings.evaluate import Evaluation, run
from evaluation.findings.model import Asked
from evaluation.findings.outcome import Place
from evaluation.findings.output import Report, facts
from evaluation.findings.phrases import as_sentence
from evaluation.radar import told
from evaluation.report.evaluation_html import as_html

from .sides import clean, faulty
from .test_comparison_outputs import text_of


@cache
def judged() -> Evaluation:
    return run(faulty(partial=("visit: page 3 did not come",)))


def report(**how: Any) -> dict[str, Any]:
    settings = {
        "claims": claims.as_facts(judged().results),
        "scorecard": told.as_facts(judged()),
        "notes": ("a note",),
        **how,
    }
    return facts(Report(**{"evaluation": judged(), **settings}))


@cache
def usual() -> str:
    return as_html(report())


def test_the_verdict_is_counted_and_comes_first() -> None:
    n = report()["counts"]
    text = text_of(usual())
    said = f"Findings: {n['high']} of high severity, {n['medium']} of medium severity and {n['low']} of low severity."
    assert said in text and text.index(said) < 300
    assert f"{n['pass']} pass and {n['unknown']} are undecided." in text


def test_findings_stand_worst_first_with_where_what_and_what_helps() -> None:
    text = text_of(usual())
    failed = [result for result in report()["results"] if result["verdict"] == "fail"]
    heads = [
        text.rindex(f"{result['id']} {result['title']}", 0, text.index("What was not decided", 900))
        for result in failed
    ]
    assert len(failed) > 3 and heads == sorted(heads)
    for result in failed:
        known = as_sentence(result["known"]["says"]) if result["known"]["sources"] else ""
        for said in (as_sentence(result["why"]), result["effect"], result["workaround"]["text"], known):
            assert " ".join(said.split()) in text
        assert result["groups"][0]["names"][0]["name"] in text


def test_everything_else_is_told_too() -> None:
    text = text_of(usual())
    told_ = report()
    said = [result["id"] for result in told_["results"]] + [claim["says"] for claim in told_["claims"]]
    said += ["page 3 did not come", "a note", told_["worth"], f"ring {told_['scorecard']['ring']}"]
    said += [one["title"] for one in told_["scorecard"]["criteria"]]
    assert [one for one in said if " ".join(one.split()) not in text] == []


def test_undecided_checks_stand_under_their_reason() -> None:
    text = text_of(usual())
    reasons = {r["why"].removeprefix("not decided: ") for r in report()["results"] if r["verdict"] == "unknown"}
    part = text[text.rindex("What was not decided") : text.rindex("What passed")]
    assert all(part.count(f"{reason}: HJ-") == 1 for reason in reasons)


def test_an_accepted_finding_is_told_with_its_reason_and_is_no_finding() -> None:
    results = tuple(replace(r, accepted="we map it") if r.id == "HJ-001" else r for r in judged().results)
    page = as_html(report(evaluation=replace(judged(), results=results)))
    assert "we map it" in text_of(page) and 'id="HJ-001"' not in page


def test_links_lead_to_findings_that_are_there() -> None:
    ids = set(re.findall(r'id="([^"]+)"', usual()))
    assert ids >= set(re.findall(r'href="#([^"]+)"', usual())) and "HJ-001" in ids


def test_an_exchange_with_our_mock_is_shown_as_it_was() -> None:
    asked = {("visit", "P1"): Asked("GET /hjdw/P1/visit HTTP/1.1\nAuthorization: Bearer ***", 200, '{"a": "<b>"}')}
    made = run(faulty(asked=asked))
    first = replace(made.results[0].outcome, places=(Place("visit", "visit_id", "text", "P1"),))
    page = as_html(facts(Report(replace(made, results=(replace(made.results[0], outcome=first), *made.results[1:])))))
    assert "GET /hjdw/P1/visit HTTP/1.1\nAuthorization: Bearer ***\n" in page
    assert "&lt;b&gt;" in page and "<b>" not in page


def test_against_another_target_the_differences_are_told() -> None:
    text = text_of(as_html(report(against=run(clean(partial=("<i>lost</i>",))))))
    assert "Against clean" in text and "<i>lost</i>" in text and "HJ-001" in text[text.rindex("Against clean") :]
    assert "No check differs." in text_of(as_html(report(against=judged())))


@pytest.mark.parametrize("title", ["<script>x</script>", "a & b", '"quoted"', "\x1b[31mred", "x" * 300])
def test_a_title_is_no_markup(title: str) -> None:
    page = as_html(facts(Report(run(faulty(title=title)))))
    assert "<script" not in page and "\x1b" not in page and text_of(page)


def test_some_checks_only_make_a_short_page() -> None:
    made = facts(Report(run(faulty(), only=["HJ-001"])))
    text = text_of(as_html(made))
    assert "HJ-001" in text and "HJ-002" not in text and "The vendor: ring" not in text


def test_the_same_facts_give_the_same_bytes() -> None:
    assert as_html(report()) == usual()

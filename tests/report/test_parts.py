"""Sections one by one: what they say where there is much, little or nothing to say."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from evaluation.findings import documentation
from evaluation.findings.model import Origin
from evaluation.report.comparison import compare
from evaluation.report.data import as_data
from evaluation.report.effort import as_data as effort_data
from evaluation.report.journal import Use
from evaluation.report.parts import effort as effort_part
from evaluation.report.parts.alternatives import alternatives
from evaluation.report.parts.closing import legal, method, versions
from evaluation.report.parts.effort import effort
from evaluation.report.parts.findings import KINDS, findings
from evaluation.report.parts.gaps import gaps
from evaluation.report.parts.relied import relied
from evaluation.report.parts.verdict import scorecard, verdict
from evaluation.report.relied import as_data as relied_data
from mockserver.contract import Grade, load
from mockserver.contract.ledger import lines

from .reports import Elements, contract, data, order


def changed(**parts: Any) -> dict[str, Any]:
    """The data on the contract with some of it put in otherwise."""
    return {**deepcopy(data()), **parts}


def text(html: str) -> str:
    return " ".join(Elements(html).text.split())


# --- verdict and scorecard ---


def test_the_ring_it_stands_in_is_marked_by_sign_word_and_for_screen_readers() -> None:
    html = verdict(data())
    assert text(html).count("▶ assess here") == 1 and html.count('aria-current="true"') == 1
    assert all(ring in text(html) for ring in ("adopt", "trial", "assess", "hold"))


def test_what_would_change_it_is_listed_whole() -> None:
    shown = text(verdict(data()))
    for sentence in (*data()["verdict"]["blockers"], *data()["verdict"]["threats"]):
        assert sentence in shown


def test_where_nothing_would_change_it_that_is_said() -> None:
    made = changed()
    made["verdict"] |= {"blockers": [], "threats": []}
    assert "Nothing that is judged here" in text(verdict(made))


def test_each_criterion_has_its_points_its_weight_and_the_reason() -> None:
    html = scorecard(data())
    for one in data()["verdict"]["criteria"]:
        (row,) = (row for row in html.split("<tr>") if f"<span>{one['title']}</span>" in row)
        assert f"Weight {one['weight']:g}. {one['because']}" in text(row)
    (price,) = (row for row in html.split("<tr>") if "<span>Price</span>" in row)
    assert price.count('<td class="number">0</td>') == 2, "nothing is known of it, for or against"
    assert "the kit's own weights" in text(html)


def test_weights_of_a_file_are_called_so() -> None:
    made = changed()
    made["versions"]["criteria"]["own"] = False
    assert "the weights of the file that was given" in text(scorecard(made))


# --- findings ---


def test_each_finding_is_in_a_table_that_leads_to_it() -> None:
    found = Elements(findings(data()))
    ids = [attrs["id"] for name, attrs in found.found if name == "article"]
    links = [href.removeprefix("#") for href in found.attributes("href")]
    assert links == ids and len(ids) == len(set(ids)) > 20


def test_without_findings_the_section_says_so() -> None:
    made = changed(findings={"vendor": [], "here": [], "accepted": []})
    assert text(findings(made)).endswith("0 findings known of the vendor.")


def test_accepted_ones_are_told_with_their_reason() -> None:
    accepted = [{"id": "HJ-001", "title": "Two ids", "reason": "mapped by hand"}]
    assert "mapped by hand" in text(findings(changed(findings={"vendor": [], "here": [], "accepted": accepted})))


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("contract", "Only our own description"), ("mock", "Only our own imitation"), ("recording", "Only our own"),
        ("folder", "files whose origin"), ("server", "whose owner is not known"), ("capture", "who answered"),
        ("live", "Seen in this run."),
    ],
)  # fmt: skip
def test_what_only_a_run_shows_is_called_what_it_is_worth(origin: str, told: str) -> None:
    made = changed()
    made["target"]["origin"] = origin
    assert told in text(findings(made))


def test_further_levels_of_severity_look_like_the_mildest() -> None:
    made = changed()
    levels = ["worst", "bad", "so so", "mild", "none"]
    made["target"]["counts"] = dict.fromkeys(levels, 0)
    made["findings"]["here"] = []
    made["findings"]["vendor"] = [
        {**one, "severity": level} for one, level in zip(made["findings"]["vendor"], levels, strict=False)
    ]
    html = findings(made)
    for level, kind in zip(levels, (*KINDS, KINDS[-1], KINDS[-1]), strict=True):
        assert f'class="badge {kind}"' in html and level in text(html)


def test_an_exchange_stands_as_it_was_and_is_called_invented() -> None:
    made = changed()
    asked = {"request": "GET /hjdw/X/allergy HTTP/1.1", "status": 200, "body": '{"a":  "<b>"}'}
    made["findings"]["vendor"][0]["exchange"] = asked
    html = findings(made)
    assert "<pre><code>GET /hjdw/X/allergy HTTP/1.1\n\n{&quot;a&quot;:  &quot;&lt;b&gt;&quot;}</code></pre>" in html
    assert "which answered 200; every row in it is invented" in text(html)


# --- what was not looked at, and the journal ---


def test_gaps_have_their_numbers() -> None:
    shown = text(gaps(data()))
    checks = sum(len(one["checks"]) for one in data()["gaps"]["undecided"])
    assert f"{checks} checks decided nothing in this run." in shown
    topics = len(documentation.load())
    assert f"On {topics} of {topics} things every integrator has to know" in shown
    assert "HJ-021 Deleted rows are delivered (known otherwise)" in shown


def test_without_gaps_no_table_is_empty() -> None:
    made = changed(gaps={**data()["gaps"], "undecided": [], "topics": [], "questions": [], "partial": []})
    assert "<table" not in gaps(made)


def weak_and_firm() -> Use:
    use = Use()
    for wanted in (Grade.inferred, Grade.observed):
        use.behaviours[next(id_ for id_, one in load().behaviours.items() if one.evidence.grade is wanted)] = 3
    use.strange = 2
    return use


def test_what_is_certain_is_only_named() -> None:
    made = changed(relied=relied_data([weak_and_firm()]))
    html = relied(made)
    weak, firm = made["relied"]["behaviours"]
    assert weak["claim"] in text(html) and firm["claim"] not in text(html) and firm["id"] in text(html)
    assert "1 client asked the mock" in text(html) and "2 parts of the journal" in text(html)
    assert "Each client" not in text(html), "one client needs no table"


def test_of_an_api_the_mock_does_not_imitate_no_run_is_asked_for_or_claimed() -> None:
    other = {**data()["target"], "mocked": False}
    assert "hjkit serve" in text(relied(data())) and "hjkit serve" not in text(relied(changed(target=other)))
    shown = text(relied(changed(target=other, relied=relied_data([weak_and_firm()]))))
    assert f"nothing in this section is about {data()['verdict']['subject']}" in shown


def test_a_journal_without_anything_uncertain() -> None:
    use = Use()
    use.behaviours.update(dict.fromkeys(["envelope.keys"], 1))
    assert "<table" not in relied(changed(relied=relied_data([use])))


# --- effort ---


def test_effort_counts_fields_and_says_that_these_are_no_days() -> None:
    shown = text(effort(data()))
    found = data()["effort"]
    assert f"{found['adapters']} of {found['fields']} fields need an adapter" in shown
    assert "This counts fields, not days." in shown
    for reason in found["reasons"]:
        assert (reason["does"] in shown) == bool(reason["fields"])


def test_fields_that_were_filled_in_by_analogy_are_no_proof_of_effort() -> None:
    supposed = sum(1 for line in lines(load()) if line.kind == "property" and line.grade == str(Grade.inferred))
    found = data()["effort"]["guessed"]
    assert found["fields"] == supposed and 0 < found["adapters"] < data()["effort"]["adapters"]
    assert f"{supposed} of the {data()['effort']['fields']} fields are filled in by analogy" in text(effort(data()))


def test_of_fields_that_were_seen_none_is_called_a_guess() -> None:
    live = replace(contract(), api=replace(contract().api, origin=Origin.live))
    made = effort_data(live)
    assert made["guessed"] == {"fields": 0, "adapters": 0} and "by analogy" not in text(effort(changed(effort=made)))


def test_many_elements_are_cut_to_the_largest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort_part, "ROWS", 3)
    html = effort(data())
    largest = sorted(data()["effort"]["elements"], key=lambda one: (-one["adapters"], -one["fields"], one["element"]))
    table = html.partition("Fields of each element")[2].partition("</table>")[0]
    assert [one["element"] for one in largest[:3]] == [part.partition("<")[0] for part in table.split("<span>")[1:]]
    assert f"And {len(data()['effort']['elements']) - 3} smaller elements" in text(html)


def test_without_a_mapping_or_fields_nothing_is_claimed() -> None:
    guessed = {"fields": 0, "adapters": 0}
    none = {"elements": [], "fields": 0, "adapters": 0, "guessed": guessed, "reasons": [], "mapped": False, "empty": 4}
    shown = text(effort(changed(effort=none)))
    assert "No field is known here" in shown and "No mapping to FHIR is written for this API" in shown


# --- alternatives, method, end ---


def test_no_alternative_is_said_with_how_to_name_one() -> None:
    assert "--alternative TARGET" in text(alternatives(changed(entry=None)))


def test_alternatives_stand_side_by_side_with_unknowns() -> None:
    made = changed(comparison=compare([contract(), contract("none")]))
    shown = text(alternatives(made))
    for criterion in made["comparison"]["criteria"]:
        assert criterion["title"] in shown
    for check in made["comparison"]["checks"]:
        assert f"{check['id']} {check['title']}" in shown
    assert "nothing known" in shown and "unknown" in shown and made["comparison"]["verdict"][0] in shown


def test_method_explains_every_grade_and_source() -> None:
    shown = text(method(data()))
    assert "prove nothing about the vendor" in shown
    for grade in data()["grades"]:
        assert grade["because"] in shown
    used = {source for one in data()["findings"]["vendor"] for source in one["known"]["sources"]}
    assert {source["id"] for source in data()["sources"]} == used and all(id_ in shown for id_ in used)


def test_versions_name_kit_contract_criteria_and_targets() -> None:
    made = as_data(order(others=[contract("none")]))
    shown = text(versions(made))
    found = made["versions"]
    assert all(told in shown for told in (found["kit"], found["contract"]["digest"], found["criteria"]["digest"]))
    assert "alternative 1" in shown and "none was given" in shown


def test_the_end_has_the_command_and_the_licences() -> None:
    shown = text(legal(changed(command="hjkit report --customer 'A & B'", notes=["an idle entry"])))
    assert "hjkit report --customer 'A & B'" in shown and "an idle entry" in shown
    assert "not affiliated with" in shown and "LOINC." in shown

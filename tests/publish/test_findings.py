"""Every check has a page, and everything on it comes from the catalogue, a run or the program."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

import pytest

from evaluation.findings import catalogue
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.grades import Proof
from evaluation.findings.known import Knowledge
from evaluation.findings.outcome import Verdict
from evaluation.findings.registry import checks_by_id
from evaluation.publish import facts, finding, findings
from evaluation.publish.mock import Mock

from .reading import rendered, words

CHECKS = tuple(catalogue.load())
REQUEST = re.compile(r"^GET (\S+) HTTP/1.1\nHost: 127.0.0.1:8420\n", re.MULTILINE)


@pytest.fixture(scope="module")
def results(runs: Mapping[str, Evaluation]) -> Mapping[str, Mapping[str, object]]:
    return facts.results(runs["mock"])


def page(texts: Mapping[str, str], id_: str) -> str:
    return texts[f"findings/{id_.lower()}.md"]


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)


def test_every_check_has_a_page_and_a_row(texts: Mapping[str, str]) -> None:
    for id_ in CHECKS:
        assert page(texts, id_).startswith(f"# {id_} ")
        assert f"({id_.lower()}.md)" in texts[findings.INDEX]
    assert len(re.findall(r"^\| \[HJ-", texts[findings.INDEX], re.MULTILINE)) == len(CHECKS)


@pytest.mark.parametrize("id_", CHECKS)
def test_a_page_says_what_the_catalogue_says(texts: Mapping[str, str], id_: str) -> None:
    entry = catalogue.load()[id_]
    html = rendered(page(texts, id_))
    shown = " ".join(" ".join(words(html, tag)).replace("\n", " ") for tag in ("h1", "p", "td"))
    for text in (entry.title, entry.rule, entry.effect, entry.workaround.text):
        assert " ".join(text.split())[1:].rstrip(".") in shown
    assert f"`{entry.consequence}`" in page(texts, id_)
    assert all(f"claim {claim}]" in page(texts, id_) for claim in entry.claims)


@pytest.mark.parametrize("id_", CHECKS)
def test_a_page_names_the_check_and_how_to_run_it(texts: Mapping[str, str], id_: str) -> None:
    check = checks_by_id()[id_]
    module, _, name = check.name.partition(":")
    assert f"`{name}` of `{module.replace('.', '/')}.py`" in page(texts, id_)
    assert (facts.ROOT / f"{module.replace('.', '/')}.py").is_file()
    assert fenced(page(texts, id_), "sh") == [f"hjkit evaluate http://127.0.0.1:8420 --only {id_}"]


@pytest.mark.parametrize("id_", [id_ for id_ in CHECKS if catalogue.load()[id_].workaround.code])
def test_a_workaround_is_the_tested_code(texts: Mapping[str, str], id_: str) -> None:
    module, _, name = catalogue.load()[id_].workaround.code.partition(":")
    source = inspect.getsource(getattr(import_module(module), name))
    assert fenced(page(texts, id_), "python") == [source.rstrip()]
    tests = "".join(path.read_text() for path in (facts.ROOT / "tests/findings/workarounds").glob("test_*.py"))
    assert name in tests


def test_verdicts_are_those_of_each_adapter(texts: Mapping[str, str], runs: Mapping[str, Evaluation]) -> None:
    for id_ in CHECKS:
        rows = re.findall(r"^\| (\w+) \| `[^`]+` \| (\w+) \|", page(texts, id_), re.MULTILINE)
        assert rows == [(name, str(run.by_id[id_].outcome.verdict)) for name, run in runs.items()]


def test_they_agree_with_the_published_matrix(runs: Mapping[str, Evaluation]) -> None:
    text = (facts.DOCS / "reference/findings-matrix.md").read_text(encoding="utf-8")
    for id_ in CHECKS:
        row = next(line for line in text.splitlines() if line.startswith(f"| {id_} ") and line.count("|") == 6)
        assert [cell.strip() for cell in row.split("|")[2:6]] == [
            str(r.by_id[id_].outcome.verdict) for r in runs.values()
        ]


def test_every_adapter_was_read_whole(runs: Mapping[str, Evaluation]) -> None:
    assert tuple(runs) == tuple(facts.TARGETS)
    assert {name: run.partial for name, run in runs.items()} == dict.fromkeys(runs, ())


def test_two_grades_are_kept_apart(texts: Mapping[str, str], results: Mapping[str, Mapping[str, object]]) -> None:
    for id_, result in results.items():
        known = result["known"]
        assert isinstance(known, dict)
        text = page(texts, id_)
        assert f"| this run, on our mock | {result['verdict']} | none | " in text
        assert f"| known of the vendor | {known['verdict']} | {known['grade'] or 'none'} | " in text
        assert "proves nothing about the vendor" in text


def test_exchanges_are_what_the_mock_answers(texts: Mapping[str, str]) -> None:
    mock, seen = Mock(), 0
    for id_ in CHECKS:
        for request in REQUEST.findall(page(texts, id_)):
            body = json.loads(fenced(page(texts, id_), "json")[0])
            answer = mock.ask(request).body if "Version" in page(texts, id_).split(request)[1][:200] else None
            if answer is None:
                continue
            seen += 1
            assert (body["data"] == answer["data"][:2]) if "data" in body else body in answer["data"]
    assert seen >= 25


def test_no_secret_and_no_other_port_is_shown(texts: Mapping[str, str]) -> None:
    for id_ in CHECKS:
        text = page(texts, id_)
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) <= {"8420"}
        assert set(re.findall(r"^(?:Authorization|Secretkey): (.*)$", text, re.MULTILINE)) <= {"Bearer ***", "***"}


def made(result: Mapping[str, object], runs: Mapping[str, Evaluation], **changes: object) -> str:
    return finding.page({**result, **changes}, runs).text


def test_a_changed_grade_changes_page_and_overview(runs: Mapping[str, Evaluation], texts: Mapping[str, str]) -> None:
    knowledge = Knowledge(Verdict.fail, Proof.observed, ("client-01",), ("Q01",), "Somebody *saw* it.")
    changed = tuple(replace(r, known=knowledge) if r.id == "HJ-045" else r for r in runs["mock"].results)
    other = {**runs, "mock": replace(runs["mock"], results=changed)}
    pages = {page.path: page.text for page in findings.pages(other)}
    assert "Known of the vendor: yes (observed)." in pages["findings/hj-045.md"]
    assert "Somebody \\*saw\\* it." in pages["findings/hj-045.md"]
    assert "../reference/quirks.md#q01" in pages["findings/hj-045.md"]
    known = pages[findings.INDEX].partition("## Found in the mock only")[0]
    assert "hj-045.md" in known and "hj-045.md" not in texts[findings.INDEX].partition("## Found in the mock only")[0]


def test_text_from_data_starts_no_markup(
    runs: Mapping[str, Evaluation], results: Mapping[str, Mapping[str, object]]
) -> None:
    nasty = "a_b_c | *x* <script>alert(1)</script> [y](z) {: .k }"
    place = {"at": "a|b", "detail": nasty}
    text = made(results["HJ-001"], runs, why=nasty, effect=nasty, title=nasty, places=[place])
    html = rendered(text)
    assert "<script>" not in html and '<a href="z">' not in html and "<em>x</em>" not in html
    assert nasty in words(html, "td") and any(nasty in one for one in words(html, "h1"))


def test_a_severity_lowered_by_narrowness_is_explained(
    results: Mapping[str, Mapping[str, object]], texts: Mapping[str, str]
) -> None:
    levels = catalogue.severities()
    for id_, result in results.items():
        usual = levels.consequences[catalogue.load()[id_].consequence][0]
        lowered = bool(result["severity"]) and result["severity"] != usual
        assert ("it is one step lower" in page(texts, id_)) == lowered


def test_many_places_are_cut_with_their_number(
    texts: Mapping[str, str], results: Mapping[str, Mapping[str, object]]
) -> None:
    for id_, result in results.items():
        places = result["places"]
        assert isinstance(places, list)
        told = f"And {len(places) - finding.PLACES} more place"
        assert (told in page(texts, id_)) == (len(places) > finding.PLACES)


def test_worst_stands_first() -> None:
    def of(id_: str, severity: str | None, grade: str | None) -> dict[str, object]:
        return {"id": id_, "severity": severity, "known": {"verdict": "unknown", "grade": grade}}

    given = [
        of("HJ-001", None, None),
        of("HJ-002", "low", "observed"),
        of("HJ-003", "high", "seed"),
        of("HJ-004", "high", "observed"),
    ]
    assert [r["id"] for r in findings.worst_first(given)] == ["HJ-004", "HJ-003", "HJ-002", "HJ-001"]

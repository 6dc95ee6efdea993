"""The catalogue of checks and the rule of severity: complete, readable, and strict about its files."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

import pytest

from evaluation.findings import catalogue
from evaluation.findings.outcome import Place
from evaluation.findings.registry import check, checks_by_id
from mockserver.errors import InputError

CLAIMS = {"5", "6a", "6b", "6c", "6d", "6e", "7"}
TOPICS = {
    "identifier ambiguity", "identifier spelling families", "type drift of one concept", "vocabulary drift",
    "dangling references", "date/time notation drift", "null-versus-empty habits", "numbers as text",
    "deleted rows delivered", "duplicates", "orphans", "order and paging stability",
    "batch timestamps against sync cursors", "sentinel values", "units in twin columns",
    "documentation completeness", "error semantics", "token hygiene", "filter discoverability", "FHIR distance",
    "naming consistency", "incremental-sync sufficiency",
}  # fmt: skip


def test_every_entry_has_a_check_and_every_check_an_entry() -> None:
    assert list(checks_by_id()) == list(catalogue.load())


def test_ids_are_numbered_without_a_gap() -> None:
    assert list(catalogue.load()) == [f"HJ-{n:03}" for n in range(1, len(catalogue.load()) + 1)]


def test_every_topic_an_integrator_asks_for_has_a_check() -> None:
    assert {entry.topic for entry in catalogue.load().values()} == TOPICS


def test_every_claim_of_the_radar_entry_that_can_be_checked_is() -> None:
    assert {claim for entry in catalogue.load().values() for claim in entry.claims} == CLAIMS


@pytest.mark.parametrize("id_", catalogue.load())
def test_an_entry_says_what_fires_what_it_costs_and_what_helps(id_: str) -> None:
    entry = catalogue.load()[id_]
    assert entry.title and entry.rule.endswith(".") and entry.effect.endswith(".")
    assert entry.workaround.text or entry.workaround.code


@pytest.mark.parametrize("id_", [i for i, e in catalogue.load().items() if e.workaround.code])
def test_the_code_of_a_workaround_exists_has_a_docstring_and_a_test(id_: str) -> None:
    module, _, name = catalogue.load()[id_].workaround.code.partition(":")
    function = getattr(import_module(module), name)
    assert function.__doc__
    tests = "".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    assert name in tests.replace("test_" + name, ""), f"no test calls {name}"


def test_two_checks_of_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(iter(checks_by_id().values()))
    doubled = check(first.id)(lambda api: first.function(api))
    module = import_module(first.function.__module__)
    doubled.__module__ = module.__name__
    monkeypatch.setattr(module, "doubled", doubled, raising=False)
    with pytest.raises(ValueError, match=first.id):
        checks_by_id()


def severity_file(tmp_path: Path, **changed: str) -> Path:
    text = (Path(catalogue.__file__).parent / "severity.yaml").read_text()
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "severity.yaml"
    path.write_text(text)
    return path


def test_severity_follows_from_the_consequence() -> None:
    rule, entry = catalogue.severities(), catalogue.load()["HJ-021"]
    places = [Place("appointment", "delete_ind"), Place("visit", "deleted")]
    assert rule.of_finding(entry, places, resources=9) == "high"


def test_a_finding_in_one_resource_of_many_is_one_step_lower() -> None:
    rule, entry = catalogue.severities(), catalogue.load()["HJ-021"]
    assert rule.of_finding(entry, [Place("appointment", "delete_ind")], resources=9) == "medium"
    assert rule.of_finding(entry, [Place("appointment", "delete_ind")], resources=2) == "high"


def test_the_mildest_severity_has_no_step_below() -> None:
    rule, entry = catalogue.severities(), catalogue.load()["HJ-003"]
    assert rule.of_finding(entry, [Place("appointment", "appt_id")], resources=9) == "low"


def test_a_finding_without_a_place_is_not_narrowed() -> None:
    rule, entry = catalogue.severities(), catalogue.load()["HJ-021"]
    assert rule.of_finding(entry, [], resources=9) == "high"


def test_a_reader_may_bring_another_rule(tmp_path: Path) -> None:
    path = severity_file(tmp_path, **{"effort: {severity: low": "effort: {severity: high"})
    assert catalogue.severities(path).consequences["effort"][0] == "high"


def test_a_severity_that_does_not_exist_gets_a_guess(tmp_path: Path) -> None:
    path = severity_file(tmp_path, **{"effort: {severity: low": "effort: {severity: lwo"})
    with pytest.raises(InputError) as caught:
        catalogue.severities(path)
    assert str(path) in str(caught.value) and "effort" in str(caught.value)
    assert caught.value.guess == "low" and caught.value.valid == ("high", "medium", "low")


@pytest.mark.parametrize("text", ["- a list", "levels: [", "levels: 3", "levels: [high]\nconsequences: 4"])
def test_a_broken_rule_of_severity_names_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        catalogue.severities(path)
    assert str(path) in str(caught.value)


def test_a_rule_of_severity_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        catalogue.severities(tmp_path / "missing.yaml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:", "titel:", "did you mean title?"),
        ("consequence: wrong-rows", "consequence: wrong-row", "did you mean wrong-rows?"),
        ("topic: identifier ambiguity\n", "", "topic is missing"),
        ("claims: ['6a', '6b']", "claims: ['6a', '6b']\nworkaround: {code: ids}", "module:function"),
        ("claims: ['6a', '6b']", "claims: ['6a', '6b']\nworkaround: {txt: words}", "did you mean text?"),
    ],
)
def test_a_mistake_in_an_entry_names_file_key_and_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    room = tmp_path / "findings"
    shutil.copytree(Path(catalogue.__file__).parent / "catalogue", room / "catalogue")
    shutil.copy(Path(catalogue.__file__).parent / "severity.yaml", room)
    entry = room / "catalogue" / "HJ-001.yaml"
    text = entry.read_text().split("workaround:")[0]
    assert old in text
    entry.write_text(text.replace(old, new))
    monkeypatch.setattr(catalogue, "files", lambda package: room)
    with pytest.raises(InputError) as caught:
        catalogue.load.__wrapped__()
    assert "HJ-001.yaml" in str(caught.value) and said in str(caught.value)

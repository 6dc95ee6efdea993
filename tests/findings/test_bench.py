"""The bench: its cases can be taken, hold enough, and the published figures are those of the checks as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.findings.model import Api, Input
from evaluation.findings.outcome import Outcome, Place, Verdict, judge, unknown
from mockserver.errors import InputError
from tests import scan
from tests.findings.bench import report
from tests.findings.bench.loader import CASES, Case, Label, read
from tests.findings.bench.scoring import score, total

LEAST_PLANTED = LEAST_INNOCENT = 50
LEAST_PRECISION = 0.9


@pytest.fixture(scope="module")
def benches() -> tuple[report.Bench, ...]:
    return report.run()


@pytest.fixture(scope="module")
def every(benches: Sequence[report.Bench]) -> tuple[Case, ...]:
    return tuple(case for bench in benches for case in bench.cases)


def test_there_are_enough_faults_and_look_alikes(benches: Sequence[report.Bench]) -> None:
    early = benches[0]
    assert early.total.planted >= LEAST_PLANTED
    assert sum(len(case.innocent) for case in early.cases) >= LEAST_INNOCENT


@pytest.mark.parametrize("part", ["planted", "innocent"])
def test_every_check_has_one_of_each(benches: Sequence[report.Bench], part: str) -> None:
    labels: list[Label] = [label for case in benches[0].cases for label in getattr(case, part)]
    assert sorted(set(report.judged()) - {label.check for label in labels}) == []


def test_no_two_cases_have_one_name(every: Sequence[Case]) -> None:
    assert [name for name, count in Counter(case.name for case in every).items() if count > 1] == []


def test_every_case_describes_resources_with_columns(every: Sequence[Case]) -> None:
    for case in every:
        assert Input.fields in case.api.inputs
        assert all(resource.fields for resource in case.api.resources), case.name


def test_nothing_in_the_cases_could_be_real(every: Sequence[Case]) -> None:
    problems = [
        problem
        for case in every
        for resource in case.api.resources
        for table in resource.tables
        for problem in scan.table_problems(f"{case.name}.{resource.name}", map(table.row, range(table.size)))
    ]
    assert problems == []


def test_precision_is_high_in_both_sets(benches: Sequence[report.Bench]) -> None:
    for bench in benches:
        assert bench.total.precision is not None
        assert bench.total.precision >= LEAST_PRECISION


def test_every_slip_is_explained_and_nothing_else(benches: Sequence[report.Bench]) -> None:
    slips = {slip.id for bench in benches for slip in bench.slips}
    assert sorted(report.explained()["slips"]) == sorted(slips)


@pytest.mark.parametrize("name", report.SETS)
def test_the_first_run_is_kept_for_every_check(name: str) -> None:
    first = report.explained()["first_run"][name]
    assert sorted(first) == [*sorted(report.judged()), "all"]
    assert all(tuple(figures) == report.FIGURES for figures in first.values())
    for kind in report.FIGURES:
        assert first["all"][kind] == sum(figures[kind] for check, figures in first.items() if check != "all")


def test_the_published_page_is_what_the_checks_do_now(benches: Sequence[report.Bench]) -> None:
    page = report.page(benches, report.explained())
    assert report.PAGE.read_text(encoding="utf-8") == page, "run python -m tests.findings.bench.report"
    assert "Not explained" not in page


def test_two_runs_say_the_same(benches: Sequence[report.Bench]) -> None:
    assert report.page(report.run(), report.explained()) == report.page(benches, report.explained())


def test_a_page_without_slips_says_so(benches: Sequence[report.Bench]) -> None:
    clean = [report.Bench(b.name, b.cases, tuple(replace(s, slips=()) for s in b.scores)) for b in benches]
    page = report.page(clean, {**report.explained(), "labels_changed": {}})
    assert "## What is missed or wrongly reported\n\nNothing.\n" in page
    assert page.endswith("## Labels changed after checks were seen\n\nNone.\n")


# --- what counts as what ---


def _case(planted: Sequence[Label] = (), innocent: Sequence[Label] = (), left_out: Sequence[str] = ()) -> Case:
    some = read(CASES / "saffron_clinic.yaml")
    return Case("made", some.api, tuple(planted), tuple(innocent), dict.fromkeys(left_out, "not here"))


def _saying(*places: str) -> Any:
    def said(check: str, api: Api) -> Outcome:
        found = [Place(*place.split(".", 1)) for place in places]
        return judge(found, 1, "it is so", "it is not so")

    return said


def _figures(case: Case, said: Any) -> tuple[int, int, int]:
    one = score("HJ-001", [case], said)
    return one.planted, one.found, one.alarms


@pytest.mark.parametrize(
    ("label", "said", "figures"),
    [
        (Label("HJ-001", "", at=("a.x", "a.y")), ("a.x",), (2, 1, 0)),
        (Label("HJ-001", "", at=("a.x", "a.y")), ("a.x", "a.y"), (2, 2, 0)),
        (Label("HJ-001", "", any_of=("a.x", "a.y")), ("a.y",), (1, 1, 0)),
        (Label("HJ-001", "", any_of=("a.x", "a.y")), (), (1, 0, 0)),
        (Label("HJ-001", "", at=("a.x",), also=("b.x",)), ("a.x", "b.x"), (1, 1, 0)),
        (Label("HJ-001", "", at=("a.x",), also=("b.x",)), ("b.x",), (1, 0, 0)),
        (Label("HJ-001", "", at=("a",)), ("a.x",), (1, 1, 0)),
        (Label("HJ-001", "", at=("a",)), ("ab.x",), (1, 0, 1)),
        (Label("HJ-001", "", at=("a.x",)), ("a",), (1, 0, 1)),
        (Label("HJ-001", "", at=("a.x",)), ("a.x", "c.z"), (1, 1, 1)),
        (Label("HJ-001", "", any_of=("*",)), ("token.iss",), (1, 1, 0)),
        (Label("HJ-002", "", at=("a.x",)), ("a.x",), (0, 0, 1)),
    ],
)
def test_places_are_counted(label: Label, said: Sequence[str], figures: tuple[int, int, int]) -> None:
    assert _figures(_case([label]), _saying(*said)) == figures


def test_an_alarm_on_a_look_alike_says_why_it_is_innocent() -> None:
    trap = Label("HJ-001", "It only looks so.", at=("a.x",))
    (slip,) = score("HJ-001", [_case(innocent=[trap])], _saying("a.x")).slips
    assert (slip.kind, slip.tempted, slip.why) == ("false alarm", True, "It only looks so.")


def test_a_case_that_does_not_judge_a_check_is_left_out() -> None:
    assert _figures(_case(left_out=["HJ-001"]), _saying("a.x")) == (0, 0, 0)


def test_unknown_finds_nothing_and_raises_no_alarm() -> None:
    label = Label("HJ-001", "", at=("a.x",))
    one = score("HJ-001", [_case([label])], lambda check, api: unknown("no rows"))
    assert (one.found, one.missed, one.alarms, one.precision, one.recall) == (0, 1, 0, None, 0.0)


def test_a_failure_without_places_is_about_the_whole() -> None:
    def said(check: str, api: Api) -> Outcome:
        return Outcome(Verdict.fail, "it is so")

    assert _figures(_case([Label("HJ-001", "", any_of=("*",))]), said) == (1, 1, 0)
    assert _figures(_case(), said) == (0, 0, 1)


def test_totals_add_up(benches: Sequence[report.Bench]) -> None:
    sums = Counter[str]()
    for one in benches[0].scores:
        sums.update(planted=one.planted, found=one.found, alarms=one.alarms, innocent=one.innocent)
    every = total(benches[0].scores)
    assert dict(sums) == {
        "planted": every.planted, "found": every.found, "alarms": every.alarms, "innocent": every.innocent,
    }  # fmt: skip


# --- what a case file may hold ---

GOOD: Mapping[str, Any] = {
    "vendor": "Made",
    "about": "A made-up API.",
    "every": {"deleted": {"series": "constant", "value": False}},
    "resources": {"pet": {"fields": {"id": "", "name": "string?"}, "rows": {"p": [[1, "Rex"], [2, None]]}}},
    "planted": [{"check": "HJ-001", "at": ["pet.id"], "why": "It is so."}],
    "innocent": [{"check": "HJ-002", "at": ["pet.deleted"], "why": "It only looks so."}],
}


def _read(folder: Path, **changes: Any) -> Case:
    path = folder / "made.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **changes}), encoding="utf-8")
    return read(path)


def test_a_good_case_becomes_an_api(tmp_path: Path) -> None:
    case = _read(tmp_path)
    (pet,) = case.api.resources
    assert [(f.name, sorted(f.types), f.nullable) for f in pet.fields] == [
        ("id", ["integer"], False),
        ("name", ["string"], True),
        ("deleted", ["boolean"], False),
    ]
    assert pet.tables[0].row(1) == {"id": 2, "name": None, "deleted": False}
    assert {Input.rows, Input.all_rows, Input.samples} <= case.api.inputs
    assert case.api.vendor == ""


def test_without_takes_an_input_away(tmp_path: Path) -> None:
    assert Input.rows not in _read(tmp_path, without=["rows"]).api.inputs


def test_a_series_makes_rows(tmp_path: Path) -> None:
    columns = {
        "id": {"series": "count", "start": 5},
        "at": {"series": "instant"},
        "x": {"series": "cycle", "of": [1, 2]},
    }
    changes = [{"practice": "p", "row": 2, "field": "x", "value": 9}]
    resources = {"pet": {"fields": columns, "count": {"p": 3}, "set": changes}}
    (pet,) = _read(tmp_path, resources=resources, planted=[], innocent=[]).api.resources
    (table,) = pet.tables
    assert (table.column("id"), table.column("x")) == ((5, 6, 7), (1, 2, 9))
    assert len(set(table.column("at"))) == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"plantd": []}, "made.yaml: 'plantd' is no key here; valid: vendor, about"),
        ({"plantd": []}, "did you mean planted?"),
        ({"vendor": ""}, "'vendor' is missing or empty"),
        ({"resources": []}, "made.yaml.resources: cannot be list; valid: dict"),
        ({"resources": {"pet": {"fields": {"id": "intger"}}}}, "did you mean integer?"),
        (
            {"resources": {"pet": {"fields": {"id": ""}, "rows": {"p": [[1, 2]]}}}},
            "rows.p[0]: must be a list of 1 cells",
        ),
        ({"without": ["row"]}, "without: 'row' is not known"),
        ({"planted": [{"check": "HJ-001", "at": ["pet.ids"], "why": "So."}]}, "did you mean pet.id?"),
        ({"planted": [{"check": "HJ-0001", "at": ["pet.id"], "why": "So."}]}, "did you mean HJ-001?"),
        ({"planted": [{"check": "HJ-001", "why": "So."}]}, "needs either places in at or places in any_of"),
        ({"planted": [{"check": "HJ-001", "at": ["pet.id"], "why": "so"}]}, "planted[0].why: must be a sentence"),
        ({"not_judged": {"HJ-001": "No."}}, "HJ-001 is not judged in this case"),
        ({"probes": [{"topic": "page", "outcome": "refused", "status": 400}]}, "probes[0].topic: 'page' is not known"),
        ({"token": {"claims": [{"name": "a", "type": "string", "holds": "list"}]}}, "token.claims[0].holds"),
    ],
)
def test_a_wrong_case_is_refused_in_one_sentence(tmp_path: Path, changes: Mapping[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        _read(tmp_path, **changes)
    assert sentence in str(refused.value)


def test_unquoted_dates_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text("vendor: M\nabout: A.\nresources: {pet: {fields: {id: ''}, rows: {p: [[2021-11-15]]}}}\n")
    with pytest.raises(InputError, match="a date is not JSON: quote it"):
        read(path)


def test_reasons_must_be_sentences(tmp_path: Path) -> None:
    path = tmp_path / "explained.yaml"
    path.write_text("slips: {HJ-001 miss a b: because}\n")
    with pytest.raises(InputError, match="the reason must be a sentence"):
        report.explained(path)
    path.write_text("slip: {}\n")
    with pytest.raises(InputError, match="did you mean slips"):
        report.explained(path)

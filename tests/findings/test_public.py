"""The labelled public descriptions: labels hold together, places are judged as README.md says, the page follows."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.findings.registry import checks_by_id
from mockserver.errors import InputError
from tests.findings.bench.loader import Label
from tests.findings.public import figures, fingerprint, loader, reasons, report, results, scoring, stale
from tests.findings.public.loader import Judged, Labelled

LEAST_PRECISION = 0.9
LEAST_RECALL = 0.9
HERE = loader.labelled()
NOTHING = reasons.Explained({}, {}, {})
NO_FILES = f"the public descriptions are not kept here; fetch them and name their folder in {results.FOLDER}"


def test_there_are_three_descriptions_of_each_set_at_least_and_no_two_of_one_file() -> None:
    sizes = Counter(one.set_no for one in HERE)
    assert len(sizes) >= 2 and min(sizes.values()) >= 3
    assert [(one.set_no, one.stem) for one in HERE] == sorted((one.set_no, one.stem) for one in HERE)
    assert len({one.about["sha256"] for one in HERE}) == len(HERE)


@pytest.mark.parametrize("one", HERE, ids=[one.stem for one in HERE])
def test_every_label_names_a_resource_that_the_file_lists(one: Labelled) -> None:
    labels = [*one.true, *one.innocent, *one.not_judged]
    places = [at for label in labels for at in (*label.at, *label.any_of, *label.also) if at != "*"]
    assert sorted({place.partition(".")[0] for place in places} - set(one.resources)) == []


@pytest.mark.parametrize("one", HERE, ids=[one.stem for one in HERE])
def test_no_place_is_a_fault_and_innocent(one: Labelled) -> None:
    def named(labels: Sequence[Label]) -> set[tuple[str, str]]:
        return {(label.check, at) for label in labels for at in (*label.at, *label.any_of)}

    assert not named(one.true) & named(one.innocent)
    assert not named(one.innocent) & named(one.not_judged)


# --- what was reported ---


@pytest.mark.parametrize("path", [results.NOW, results.FIRST], ids=["now", "first"])
def test_there_are_results_of_the_labelled_files_and_of_no_others(path: Path) -> None:
    kept = results.load(path)
    assert {stem: result.sha256 for stem, result in kept.items()} == {one.stem: one.about["sha256"] for one in HERE}
    assert results.written(kept) == path.read_text(encoding="utf-8")


def test_every_check_has_one_verdict_on_each_description() -> None:
    for result in results.load(results.NOW).values():
        every = [*result.said, *result.passed, *result.unknown]
        assert sorted(every) == sorted(checks_by_id())


def test_precision_is_high_and_most_of_all_where_findings_are() -> None:
    tuned = figures.sets(HERE, results.load(results.NOW), results.load(results.FIRST))[0]
    for found in (tuned.now.high, tuned.now.total):
        assert found.precision is not None and found.precision >= LEAST_PRECISION
        assert found.recall is not None and found.recall >= LEAST_RECALL


def test_every_slip_is_explained_and_nothing_else() -> None:
    every = figures.sets(HERE, results.load(results.NOW), results.load(results.FIRST))
    slips = {slip.id for one in every for score in one.now.scores.values() for slip in score.slips}
    assert sorted(reasons.explained().slips) == sorted(slips)


def test_every_slip_of_the_first_run_held_out_is_explained_and_nothing_else() -> None:
    _, *held = figures.sets(HERE, results.load(results.NOW), results.load(results.FIRST))
    slips = {slip.id for one in held for score in one.first.scores.values() for slip in score.slips}
    assert sorted(reasons.explained().held_out) == sorted(slips)


def test_the_first_run_held_out_stays_as_it_was() -> None:
    held = figures.sets(HERE, results.load(results.NOW), results.load(results.FIRST))[1]
    assert [(one.planted, one.found, one.alarms) for one in (held.first.total, held.first.high)] == [
        (17, 13, 18), (7, 6, 14),
    ]  # fmt: skip


def test_every_false_alarm_of_the_first_run_is_explained_by_its_check() -> None:
    tuned = figures.sets(HERE, results.load(results.NOW), results.load(results.FIRST))[0]
    assert sorted(reasons.explained().first) == sorted(c for c, one in tuned.first.scores.items() if one.alarms)


def test_the_published_page_follows_from_labels_and_results() -> None:
    page = report.page(HERE, results.load(results.NOW), results.load(results.FIRST), reasons.explained())
    assert report.PAGE.read_text(encoding="utf-8") == page, "run python -m tests.findings.public.report"
    assert "Not explained" not in page


@pytest.mark.skipif(results.folder() is None, reason=NO_FILES)
@pytest.mark.parametrize("one", HERE, ids=[one.stem for one in HERE])
def test_the_results_are_what_the_checks_report_now(one: Labelled) -> None:
    found = results.ask_all(results.folder() or Path(), [one])
    assert found[one.stem] == results.load(results.NOW)[one.stem], "run python -m tests.findings.public.results"


# --- the page says it where there is something else to say ---


def test_a_held_out_set_is_told_apart_and_first() -> None:
    page = report.PAGE.read_text(encoding="utf-8")
    parts = [line for line in page.splitlines() if line.startswith(("## Held out", "## Used", "### "))]
    runs = ["### First run", "### Now, after corrections"]
    newest = HERE[-1].set_no
    since = ["## Used for correcting since their first run"] * (newest - 1)
    headings = ["## Held out: never used before their first run", *since, "## Used for correcting from the start"]
    assert parts == [line for heading in headings for line in (heading, *runs)]
    size = sum(one.set_no == newest for one in HERE)
    assert page.splitlines()[2].startswith(f"In {size} public API descriptions that no check had seen before")
    for one in HERE:
        mark = " (held out)" if one.set_no == newest else " (held out at first)" if one.held_out else ""
        assert f"| {one.about['name']}{mark} |" in page


def _with_one_more_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Labelled, ...]:
    """The sets here and, behind them, the first description of the set held out as one of a set labelled later."""
    held = next(one for one in HERE if one.held_out)
    text = (loader.HERE / "held_out" / f"{held.stem}.yaml").read_text(encoding="utf-8")
    (folder / "made.yaml").write_text(text.replace(held.about["name"], "Made up"), encoding="utf-8")
    monkeypatch.setattr(report, "HELD_OF", {1: "1111111"})
    return loader.labelled((*loader.FOLDERS[:2], folder))


def _results_of(labels: Sequence[Labelled], path: Path) -> dict[str, results.Result]:
    kept = results.load(path)
    held = next(one.stem for one in HERE if one.held_out)
    return {one.stem: kept[held if one.stem == "made" else one.stem] for one in labels}


def test_a_set_labelled_later_opens_the_page_and_the_others_were_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = _with_one_more_set(tmp_path, monkeypatch)
    now, first = (_results_of(labels, path) for path in (results.NOW, results.FIRST))
    assert [one.set_no for one in labels] == [0] * 4 + [1] * 3 + [2]
    page = report.page(labels, now, first, reasons.explained())
    lines = [line for line in page.splitlines() if line]
    assert lines[1].startswith("In 1 public API description that no check had seen before")
    assert lines[3].startswith("3 other descriptions were held out before these, and have been used for correcting")
    assert lines[4].startswith("4 other descriptions, labelled by hand before any check had run on them")
    assert lines[5].startswith("The labels held out are kept as well. Their first run asked the checks with the print")
    assert lines[6].startswith("Those held out before stand in revision 1111111. Their first run asked")
    assert "| Made up (held out) |" in page and "(held out at first) |" in page
    assert [line for line in lines if line.startswith(("## Held out", "## Used"))] == [
        "## Held out: never used before their first run",
        "## Used for correcting since their first run",
        "## Used for correcting from the start",
    ]
    wrong = [line for line in lines if line.startswith("## What the first run on")]
    assert [line.partition("held out")[2] for line in wrong] == [" got wrong", " before got wrong"]


def test_an_unseen_set_nobody_has_corrected_on_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = _with_one_more_set(tmp_path, monkeypatch)
    now = _results_of(labels, results.NOW)
    first = {**_results_of(labels, results.FIRST), "made": now["made"]}
    page = report.page(labels, now, first, reasons.explained())
    assert "No check was corrected on them, so the checks find the same in them now." in page
    assert "These figures flatter" not in page
    assert "so the checks find the same" not in report.page(labels, now, _results_of(labels, results.FIRST), NOTHING)


def test_only_the_first_folder_holds_labels_that_were_not_held_out(tmp_path: Path) -> None:
    _read(tmp_path)
    assert [one.set_no for one in loader.labelled([tmp_path])] == [0]
    with pytest.raises(InputError, match=r"made\.yaml: held_out: only the first set is not held out"):
        loader.labelled([tmp_path / "none", tmp_path])


def test_a_page_without_a_held_out_set_says_nothing_of_one() -> None:
    now = results.load(results.NOW)
    page = report.page([one for one in HERE if not one.held_out], now, now, reasons.explained())
    assert "held out" not in page and "no check had seen before" not in page


def test_a_page_without_slips_and_without_later_judgements_says_so() -> None:
    one = replace(HERE[0], true=(), innocent=(), later=())
    silent = {one.stem: results.Result(one.about["sha256"], 3, {}, (), ("HJ-001",))}
    page = report.page([one], silent, silent, NOTHING)
    assert "\n## What is missed or wrongly reported now\n\nNothing.\n" in page
    assert page.count("\nNone.\n") == 1
    assert "Every place they report is labelled." in page


def test_an_unexplained_slip_is_told() -> None:
    now = results.load(results.NOW)
    page = report.page(HERE, results.load(results.FIRST), now, NOTHING)
    assert page.count("Not explained.") > len(reasons.explained().held_out)


def test_the_page_says_how_to_fetch_every_description() -> None:
    page = report.PAGE.read_text(encoding="utf-8")
    for one in HERE:
        assert f"npm pack {one.about['package']}@{one.about['version']}\n" in page


def test_a_reason_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "explained.yaml"
    path.write_text("slips: {HJ-001 miss a b: because}\n", encoding="utf-8")
    with pytest.raises(InputError, match="the reason must be a sentence"):
        reasons.explained(path)
    path.write_text("held_out: {HJ-001 miss a b: The check was wrong.}\n", encoding="utf-8")
    with pytest.raises(InputError, match="must begin with what was wrong"):
        reasons.explained(path)
    path.write_text("slip: {}\n", encoding="utf-8")
    with pytest.raises(InputError, match="did you mean slips"):
        reasons.explained(path)


# --- how places are judged ---

MADE = Labelled(
    "made",
    {},
    {"order": "/orders", "short-team": "/teams"},
    true=(
        Label("HJ-002", "So.", at=("order.a", "order.b")),
        Label("HJ-022", "So.", any_of=("*", "order"), also=("*",)),
        Label("HJ-023", "So.", any_of=("order",), also=("short-team",)),
    ),
    innocent=(Label("HJ-022", "No.", at=("short-team",)), Label("HJ-009", "No.", at=("*",))),
    not_judged=(Label("HJ-022", "Either.", at=("log",)), Label("HJ-038", "Not read.")),
    later=(Judged("HJ-002", ("order.c",), True, "So."), Judged("HJ-002", ("order.d",), False, "No.")),
)


@pytest.mark.parametrize(
    ("check", "said", "expected"),
    [
        ("HJ-002", ["order.a", "order.b"], (2, 2, {"right": 2})),
        ("HJ-002", ["order.a"], (2, 1, {"right": 1})),
        ("HJ-002", [], (2, 0, {})),
        ("HJ-002", ["order.a", "order.x"], (2, 1, {"right": 1, "false alarm": 1})),
        ("HJ-002", ["order.c"], (2, 0, {"judged later, right": 1})),
        ("HJ-002", ["order.d"], (2, 0, {"false alarm": 1})),
        ("HJ-022", ["order"], (1, 1, {"right": 1})),
        ("HJ-022", ["anything"], (1, 1, {"right": 1})),
        ("HJ-022", ["short-team"], (1, 0, {"false alarm": 1})),
        ("HJ-022", ["log"], (1, 0, {"not judged": 1})),
        ("HJ-022", ["order.flag"], (1, 1, {"right": 1})),
        ("HJ-023", ["short-team"], (1, 0, {"right": 1})),
        ("HJ-023", ["teams"], (1, 0, {"right": 1})),
        ("HJ-023", ["orders", "order"], (1, 1, {"right": 1})),
        ("HJ-009", ["order"], (0, 0, {"false alarm": 1})),
        ("HJ-001", ["order.a"], (0, 0, {"false alarm": 1})),
        ("HJ-038", ["login wrong"], (0, 0, {})),
    ],
)
def test_places_are_judged(check: str, said: Sequence[str], expected: tuple[int, int, dict[str, int]]) -> None:
    found = scoring.score(check, [(MADE, {check: said})])
    assert (found.planted, found.found, dict(found.places)) == expected


def test_precision_counts_a_fault_once_and_every_false_alarm() -> None:
    found = scoring.score("HJ-022", [(MADE, {"HJ-022": ["order", "x", "y", "short-team"]})])
    assert (found.precision, found.by_place, found.recall) == (0.5, 0.75, 1.0)
    nothing = scoring.score("HJ-003", [(MADE, {})])
    assert (nothing.precision, nothing.by_place, nothing.recall) == (None, None, None)


def test_a_false_alarm_says_what_the_label_says() -> None:
    labelled, other = (
        scoring.score("HJ-009", [(MADE, {"HJ-009": ["order"]})]),
        scoring.score("HJ-001", [(MADE, {"HJ-001": ["order.a"]})]),
    )
    assert [(slip.why, slip.tempted) for slip in labelled.slips] == [("No.", True)]
    assert [(slip.why, slip.tempted) for slip in other.slips] == [("", False)]


def test_totals_add_up() -> None:
    said = {"HJ-002": ["order.a", "q"], "HJ-022": ["order"]}
    found = scoring.total("all", [scoring.score(check, [(MADE, said)]) for check in said])
    assert (found.planted, found.found, found.alarms, len(found.slips)) == (3, 2, 1, 2)


# --- what a label file may hold ---

GOOD: Mapping[str, Any] = {
    **dict.fromkeys(loader.ABOUT, "x"),
    "schemas": 1,
    "paths": 1,
    "resources": {"order": "/orders"},
    "true": [{"check": "HJ-001", "at": ["order.id"], "why": "It is so."}],
    "innocent": [{"check": "HJ-002", "at": ["*"], "why": "It only looks so."}],
    "not_judged": [{"check": "HJ-003", "why": "Nobody looked."}],
    "searched": {"HJ-001": "All."},
}


def _read(folder: Path, **changes: Any) -> Labelled:
    path = folder / "made.yaml"
    path.write_text(yaml.safe_dump({**copy.deepcopy(dict(GOOD)), **changes}), encoding="utf-8")
    return loader.read(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    made = _read(tmp_path, later=[{"check": "HJ-001", "at": ["a"], "right": True, "why": "So."}], held_out=True)
    assert made.whole == {"HJ-003"} and made.held_out and made.later[0].right
    assert made.true == (Label("HJ-001", "It is so.", at=("order.id",)),)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ture": []}, "did you mean true"),
        ({"sha256": ""}, "sha256 is empty"),
        ({"true": [{"check": "HJ-099", "at": ["a"], "why": "So."}]}, "check is HJ-099"),
        ({"true": [{"check": "HJ-001", "at": ["a"], "why": "so"}]}, "why must be a sentence"),
        ({"innocent": [{"check": "HJ-001", "why": "So."}]}, "names no place"),
        ({"later": [{"check": "HJ-001", "at": ["a"], "why": "So."}]}, "right is missing"),
        ({"held_out": "yes"}, "held_out must be true or false"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, changes: Mapping[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        _read(tmp_path, **changes)
    assert sentence in str(refused.value)


# --- where the descriptions are ---

SMALL = {
    "openapi": "3.0.0",
    "info": {"title": "Made", "version": "1"},
    "paths": {
        "/orders": {
            "get": {
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/order"}}
                            }
                        },
                    }
                }
            }
        }
    },
    "components": {"schemas": {"order": {"type": "object", "properties": {"id": {"type": "string"}}}}},
}


def _fetched(folder: Path) -> Labelled:
    path = folder / "package" / "openapi.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(SMALL), encoding="utf-8")
    about = {"file": "package/openapi.yaml", "package": "@made/up", "version": "1.2.3", "sha256": loader.sha256(path)}
    return replace(MADE, about=about)


def test_a_description_is_found_by_name_and_sha256_and_asked(tmp_path: Path) -> None:
    one = _fetched(tmp_path)
    found = results.ask_all(tmp_path, [one])["made"]
    assert found.resources == 1
    assert {"HJ-022": ("order",), "HJ-023": ("order",)}.items() <= found.said.items()
    assert results.load_text(results.written({"made": found})) == {"made": found}


def test_another_file_of_that_name_is_not_taken(tmp_path: Path) -> None:
    one = _fetched(tmp_path)
    (tmp_path / "package" / "openapi.yaml").write_text("openapi: 3.0.0\n", encoding="utf-8")
    assert loader.find(tmp_path, one) is None
    with pytest.raises(InputError, match=r"no openapi.yaml with sha256 .*npm pack @made/up@1\.2\.3"):
        results.ask_all(tmp_path, [one])


def test_the_commands_fetch_into_a_folder_of_its_own(tmp_path: Path) -> None:
    pack, unpack = _fetched(tmp_path).fetched_by()
    assert pack == "npm pack @made/up@1.2.3"
    assert unpack == "mkdir -p made && tar xzf made-up-1.2.3.tgz -C made"


def test_the_folder_is_an_argument_or_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(results.FOLDER, "there")
    assert (results.folder(["here"]), results.folder()) == (Path("here"), Path("there"))
    monkeypatch.delenv(results.FOLDER)
    assert results.folder() is None


def test_without_a_folder_it_says_how_to_fetch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(results.FOLDER, raising=False)
    results.main([])
    assert capsys.readouterr().out.count("npm pack ") == len(HERE)


# --- which checks made the results ---


def test_results_of_now_were_made_by_one_state_of_the_checks_and_the_page_says_which() -> None:
    kept = results.load(results.NOW)
    made = stale.made_by(kept.values())
    assert len(made) == fingerprint.SHOWN
    assert f"with the print `{made}`. Whether the checks you have" in report.PAGE.read_text(encoding="utf-8")


def test_the_print_of_the_checks_follows_names_and_contents_of_what_finds(tmp_path: Path) -> None:
    def write(name: str, text: str) -> str:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return fingerprint.fingerprint(tmp_path)

    first = write("checks/keys.py", "1")
    assert write("checks/keys.py", "1") == first and len(first) == 64
    assert write("output/facts.py", "1") == first == write("checks/notes.txt", "1")
    second = write("words/ids.yaml", "1")
    third = write("checks/keys.py", "2")
    (tmp_path / "checks" / "keys.py").rename(tmp_path / "checks" / "rows.py")
    assert len({first, second, third, fingerprint.fingerprint(tmp_path)}) == 4


def test_the_print_is_of_adapters_words_catalogue_and_checks() -> None:
    folders = {path.relative_to(fingerprint.ROOM).parts[0] for path in fingerprint.files()}
    assert {"adapters", "words", "catalogue", "checks", "roles.py"} <= folders
    assert not folders & {*fingerprint.APART, "__pycache__"}


def test_results_of_other_checks_are_told_and_equal_all_the_same() -> None:
    one, other = (results.Result("a", 1, {}, (), (), print_) for print_ in ("1" * 64, "2" * 64))
    assert one == other
    assert stale.told({"x": one}, "1" * 64) == "the results were made with the checks here (11111111)"
    assert stale.told({"x": one, "y": other}, "1" * 64) == (
        "the results of y were made with other checks than those here (11111111); run python -m "
        "tests.findings.public.results again with the descriptions"
    )
    assert (stale.made_by([one, one]), stale.made_by([one, other])) == ("11111111", "")


def test_the_command_says_whether_results_are_those_of_the_checks_here(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = stale.main(), capsys.readouterr().out
    assert code == int("other checks" in said) and said.startswith("the results ")

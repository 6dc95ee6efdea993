"""Every example prints what its expected.txt says, against a fresh mock, and asks no other machine."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from evaluation.publish import example_files as catalogue
from evaluation.publish.example_files import FOLDER, ROOT, Example
from mockserver.contract.quirks import catalogue as quirks
from mockserver.errors import InputError
from mockserver.settings import Settings
from mockserver.testing import Server
from mockserver.web.logins import DEFAULT
from tests.cli.processes import shared_cache

from . import refresh, running

EXAMPLES = catalogue.load()
IDS = list(EXAMPLES)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(shared_cache(tmp_path_factory))


@pytest.fixture(autouse=True)
def settings_of_children(cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJKIT_CACHE_DIR", cache)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "example"
    made.mkdir()
    return made


@contextmanager
def fresh_mock(one: Example, cache: str) -> Iterator[Server]:
    server = Server(Settings(**one.settings, cache_dir=cache))
    try:
        yield server
    finally:
        server.stop()


def differences(one: Example, printed: str) -> str:
    """What to say where an example prints something else; empty where it does not."""
    expected = one.expected.read_text(encoding="utf-8") if one.expected.exists() else ""
    if printed == expected:
        return ""
    lines = difflib.unified_diff(expected.splitlines(), printed.splitlines(), "expected", "printed", lineterm="", n=1)
    return "\n".join([running.how_to_refresh(one), *lines])


@pytest.mark.parametrize("id_", IDS)
def test_an_example_prints_what_is_expected(id_: str, cache: str, folder: Path) -> None:
    one = EXAMPLES[id_]
    running.require(one.command.split()[0])
    if one.language == "curl":
        running.require("curl")
    with fresh_mock(one, cache) as server:
        done = running.example(one, server.url, folder)
        assert done.asked == [], f"{id_} asked another machine"
        assert (done.code, done.err) == (one.exit, ""), f"{id_}\n{done.out}{done.err}"
        said = differences(one, done.out)
        assert not said, said
        assert server.state.journal.total or id_ == "15_fixture_pytest", "the mock was never asked"


def test_the_chart_is_a_drawing_that_says_what_it_shows(cache: str, folder: Path) -> None:
    one = EXAMPLES["12_weeks_duckdb"]
    with fresh_mock(one, cache) as server:
        running.example(one, server.url, folder)
        first = (folder / "appointments.svg").read_bytes()
        running.example(one, server.url + "/", folder)
    assert (folder / "appointments.svg").read_bytes() == first
    drawing = ElementTree.fromstring(first)
    assert len(drawing.findall(".//{*}rect")) == 266
    assert [drawing.findtext("{*}title"), bool(drawing.findtext("{*}desc"))] == ["Appointments per week", True]


def test_another_output_names_the_file_and_the_way_to_refresh_it(tmp_path: Path) -> None:
    said = differences(EXAMPLES[IDS[0]], "something else\n")
    assert f"docs/examples/{IDS[0]}/expected.txt" in said
    assert f"python -m tests.examples.refresh {IDS[0]}" in said
    assert "+something else" in said


def test_every_file_belongs_to_an_example_that_is_listed() -> None:
    held = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    listed = {f"{one.id}/{name}" for one in EXAMPLES.values() for name in (one.file.name, "expected.txt")}
    assert held - {"index.md"} == listed | {"examples.yaml"}


def test_there_is_an_example_for_every_language_and_subject() -> None:
    assert len(EXAMPLES) >= 14
    assert {one.language for one in EXAMPLES.values()} == set(catalogue.FILES)
    needed = {package for one in EXAMPLES.values() for package in one.needs}
    assert {"curl", "requests", "httpx", "pandas", "duckdb", "node", "./healthjump-kit[pytest]"} == needed


@pytest.mark.parametrize("id_", IDS)
def test_the_head_of_a_file_says_its_title_and_what_it_is_about(id_: str) -> None:
    one = EXAMPLES[id_]
    starts = {"python": '"""{}\n\n', "curl": "#!/usr/bin/env bash\n# {}\n#\n# ", "node": "/**\n * {}\n *\n * "}
    start = starts[one.language].format(one.title)
    assert one.text.startswith(start), f"the first line of {one.file.name} of {id_} is the title of examples.yaml"
    assert one.teaches.endswith(".") and one.title != one.teaches


@pytest.mark.parametrize("id_", IDS)
def test_an_example_reads_address_and_login_from_the_environment(id_: str) -> None:
    one = EXAMPLES[id_]
    if id_ == "15_fixture_pytest":
        assert "healthjump.credentials" in one.text
        return
    for name in ("HEALTHJUMP_URL", "HEALTHJUMP_EMAIL", "HEALTHJUMP_PASSWORD", "HEALTHJUMP_SECRET_KEY"):
        assert one.text.count(name) == 1
    for value in (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key, "http://127.0.0.1:8420"):
        assert one.text.count(value) == 1
    assert re.search("fake login", one.text)


@pytest.mark.parametrize("id_", IDS)
def test_no_output_shows_a_secret(id_: str) -> None:
    shown = EXAMPLES[id_].expected.read_text(encoding="utf-8")
    assert DEFAULT.password not in shown and DEFAULT.secret_key not in shown and "eyJ" not in shown
    assert not re.search(r"/(home|tmp|work|Users)/", shown)


def test_lines_are_short_enough_to_be_read_on_a_page() -> None:
    long = [one.id for one in EXAMPLES.values() if any(len(line) > 120 for line in one.text.splitlines())]
    assert long == []
    assert [one.id for one in EXAMPLES.values() if len(one.text.splitlines()) > 135] == []


def test_python_examples_pass_ruff_and_strict_types(tmp_path: Path) -> None:
    copies = []
    for one in EXAMPLES.values():
        if one.language == "python":
            copies.append(tmp_path / f"example_{one.id}.py")
            copies[-1].write_text(one.text, encoding="utf-8")
    for tool in (("ruff", "check", "--no-cache", "--config"), ("mypy", "--strict", "--config-file")):
        command = [sys.executable, "-m", *tool, str(ROOT / "pyproject.toml"), *map(str, copies)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("id_", [one.id for one in EXAMPLES.values() if one.language != "python"])
def test_other_examples_parse(id_: str) -> None:
    one = EXAMPLES[id_]
    checker = {"curl": ["bash", "-n"], "node": ["node", "--check"]}[one.language]
    running.require(checker[0])
    done = subprocess.run([*checker, str(one.file)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_examples_fail_where_nobody_answers(folder: Path) -> None:
    """No example takes silence for success: each ends with an error on the way to a server that is not there."""
    plain = [EXAMPLES[id_] for id_ in ("01_login_curl", "02_pages_curl", "04_pages_requests", "05_elements_httpx")]
    with running.trap() as caught:
        url = f"http://127.0.0.1:{caught.port}"  # takes connections and hangs up
        for one in plain:
            done = running.example(replace(one, exit=0), url, folder)
            assert done.code != 0 and done.err, one.id
            assert "rows" not in done.out, one.id


def test_a_walk_that_lost_a_row_is_an_error(cache: str, folder: Path) -> None:
    """The mock drops the filters of the next page, so the total jumps in the middle of a walk."""
    one = EXAMPLES["06_sync_requests"]
    with fresh_mock(replace(one, settings={"next_page_filters": "drop", "per_page": 500}), cache) as server:
        done = running.example(one, server.url, folder)
    assert done.code == 0, "the first walk is of everything, so nothing is dropped"
    one = EXAMPLES["18_pages_node"]
    running.require("node")
    with fresh_mock(replace(one, settings={"next_page_filters": "drop", "per_page": 100}), cache) as server:
        done = running.example(one, server.url, folder)
    assert done.code != 0 and "walk again" in done.err


ENTRY = {"title": "A", "language": "curl", "teaches": "B.", "settings": {}, "needs": ["curl"]}


class TestCatalogue:
    """examples.yaml is read strictly."""

    def load(self, tmp_path: Path, **entries: object) -> dict[str, Example]:
        file = tmp_path / "examples.yaml"
        file.write_text(yaml.safe_dump(entries), encoding="utf-8")
        return catalogue.load(file)

    def test_defaults(self, tmp_path: Path) -> None:
        one = self.load(tmp_path, one=ENTRY)["one"]
        assert (one.runs, one.exit, one.follows) == (((),), 0, ())
        assert one.commands() == ["bash example.sh"]

    def test_arguments_are_quoted(self, tmp_path: Path) -> None:
        one = self.load(tmp_path, one={**ENTRY, "runs": [["a b"], []]})["one"]
        assert one.commands() == ["bash example.sh 'a b'", "bash example.sh"]

    @pytest.mark.parametrize(
        ("key", "value", "said"),
        [
            ("language", "cobol", "node"),
            ("follows", ["later"], "follows"),
            ("quirks", ["Q99"], "quirks"),
            ("runs", "all", "runs"),
            ("runs", [], "runs"),
            ("speed", 1, "speed"),
        ],
    )
    def test_what_is_not_known_is_refused(self, key: str, value: object, said: str, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=said):
            self.load(tmp_path, one={**ENTRY, key: value})

    def test_every_quirk_named_is_in_force(self) -> None:
        for one in EXAMPLES.values():
            feed = {id_ for id_ in one.quirks if quirks()[id_].set == "feed"}
            assert not feed or one.settings.get("quirks") == "vendor+feed", one.id


def test_refresh_refuses_an_unknown_example() -> None:
    with pytest.raises(InputError, match="no such example"):
        refresh.main(["20_none"])


def test_a_refresh_agrees_with_what_the_suite_runs(
    tmp_path: Path, cache: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The suite runs examples against a mock in its own process, a refresh against ``hjkit serve``."""
    one = EXAMPLES["04_pages_requests"]
    held = one.expected.read_text(encoding="utf-8")
    assert refresh.main([one.id]) == 0
    assert one.expected.read_text(encoding="utf-8") == held
    assert capsys.readouterr().out == f"{one.id}: unchanged\n"

"""The pytest plugin in runs of its own: settings, sentences for wrong ones, isolation, xdist, what it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import environment

pytest_plugins = ["pytester"]

QUIET = ("-p", "no:cacheprovider", "-q")
ALONE = ("-p", "healthjump")
"""The plugin by the name of its entry point; where autoload is off, no other plugin that is installed here joins in."""


@pytest.fixture
def no_autoload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def passing(pytester: pytest.Pytester, source: str, *arguments: str, count: int = 1) -> pytest.RunResult:
    pytester.makepyfile(source)
    result = pytester.runpytest_inprocess(*QUIET, *arguments)
    result.assert_outcomes(passed=count)
    return result


def test_a_test_needs_nothing_but_the_fixture(pytester: pytest.Pytester) -> None:
    passing(
        pytester,
        """
        def test_patients(healthjump):
            assert len(healthjump.rows("demographic")) == 24
            assert healthjump.practices == ["SBOX02"]
        """,
    )


def test_markers_choose_what_is_served(pytester: pytest.Pytester) -> None:
    passing(
        pytester,
        """
        import pytest

        pytestmark = pytest.mark.healthjump(per_page=5)

        @pytest.mark.healthjump(quirks="none")
        class TestClean:
            def test_both(self, healthjump):
                answer = healthjump.session.get(healthjump.url("demographic")).json()
                assert answer["per_page"] == 5 and answer["path"].endswith("/patient")

            @pytest.mark.healthjump(quirks="vendor", clock="2022-08-03 00:00:00")
            def test_closest_first(self, healthjump):
                assert healthjump.url("demographic").endswith("/demographic")
                assert healthjump.clock.now == "2022-08-03 00:00:00"
        """,
        "--strict-markers",
        count=2,
    )


def test_a_world_of_ones_own_is_served(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", tiny="patients: 3\n")
    passing(
        pytester,
        """
        import pytest

        @pytest.mark.healthjump(world="sandbox,tiny.yaml")
        def test_both(healthjump):
            assert healthjump.practices == ["CLNC04", "SBOX02"]
            assert 3 <= len(healthjump.rows("demographic")) <= 6
            assert len(healthjump.rows("demographic", "SBOX02")) == 24
            assert healthjump.add("payer", "SBOX02")["client_id"] == "SBOX02"
        """,
    )


def test_the_ini_file_sets_defaults(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nhealthjump =\n    per_page = 4\n    evidence_header = off\n    quirks=none\n")
    passing(
        pytester,
        """
        import pytest

        def test_ini(healthjump):
            answer = healthjump.session.get(healthjump.url("demographic"))
            assert answer.json()["per_page"] == 4
            assert "X-Mock-Evidence" not in answer.headers

        @pytest.mark.healthjump(per_page=6)
        def test_marker_wins(healthjump):
            answer = healthjump.session.get(healthjump.url("demographic"))
            assert answer.json()["per_page"] == 6 and answer.json()["path"].endswith("/patient")
        """,
        count=2,
    )


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("wrld='sandbox'", "the marker healthjump: no setting 'wrld'; valid: world, *; did you mean world?"),
        ("world='sandbx'", "--world: 'sandbx' is no world; valid: *; did you mean sandbox?"),
        ("quirks='Q99'", "--quirks: 'Q99' is no quirk; valid: *"),
        ("per_page='7'", "--per-page: '7' is not a whole number"),
        ("per_page=0", "--per-page: 0 is out of range; valid: 1 to 100000"),
        ("'clinic'", "the marker healthjump: 'clinic' has no name; valid: names, as in healthjump(world=\"clinic\")"),
        ("tls=True", "tls: has no effect here: *"),
        ("port=80", "port: has no effect here: *"),
        ("logins='nowhere.yaml'", "nowhere.yaml: cannot be read (No such file or directory)"),
    ],
)
def test_a_bad_marker_is_one_sentence(pytester: pytest.Pytester, marker: str, said: str) -> None:
    pytester.makepyfile(f"""
        import pytest

        @pytest.mark.healthjump({marker})
        def test_never(healthjump):
            pass
    """)
    result = pytester.runpytest_inprocess(*QUIET)
    result.assert_outcomes(errors=1)
    assert said.partition("*")[0] in result.stdout.str() and "Traceback" not in result.stdout.str()
    result.stdout.fnmatch_lines([_literal(said)])


def _literal(said: str) -> str:
    return said.replace("[", "[[]").replace("?", "[?]")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("per_pag = 7", "the ini value healthjump: no setting 'per_pag'; valid: *; did you mean per_page?"),
        ("per_page = seven", "the ini value healthjump: per_page: 'seven' is not a whole number; valid: 1 to 100000"),
    ],
)
def test_a_bad_ini_line_is_one_sentence(pytester: pytest.Pytester, line: str, said: str) -> None:
    pytester.makeini(f"[pytest]\nhealthjump = {line}\n")
    pytester.makepyfile("def test_never(healthjump): pass")
    result = pytester.runpytest_inprocess(*QUIET)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([_literal(said)])


SPOILING = """
    import pytest

    @pytest.mark.parametrize("turn", range({turns}))
    def test_spoil(healthjump, turn):
        assert healthjump.journal == [] and healthjump.clock.now == "2022-08-01 12:00:00"
        assert len(healthjump.rows("demographic")) == 24
        assert healthjump.session.get(healthjump.url("provider")).status_code == 200
        healthjump.add("demographic")
        healthjump.clock.advance("P3D")
        healthjump.fail_next(100)
        healthjump.admin("PUT", "/quirks", {{"quirks": "none"}})
"""


def test_each_test_is_alone(pytester: pytest.Pytester) -> None:
    passing(pytester, SPOILING.format(turns=4), "-p", "no:randomly", count=4)


@pytest.mark.usefixtures("no_autoload")
def test_workers_share_the_cache_and_nothing_else(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cold cache, two workers: the world is built once, and every test passes."""
    monkeypatch.setenv("HJKIT_CACHE_DIR", str(tmp_path / "cold"))
    pytester.makepyfile(SPOILING.format(turns=8))
    result = pytester.runpytest_subprocess(*QUIET, *ALONE, "-p", "xdist", "-n", "2", "-W", "error")
    result.assert_outcomes(passed=8)
    worlds = tmp_path / "cold" / "worlds"
    built = sorted(path.name.partition("-")[0] for path in worlds.iterdir() if path.is_dir())
    assert built == ["sandbox", "sandbox"], "one for each set of quirks the tests switch to"


def test_the_servers_end_with_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import atexit, threading

        def test_it(healthjump):
            before = threading.active_count()
            atexit.register(lambda: print("left", threading.active_count(), "of", before))
    """)
    result = pytester.runpytest_subprocess(*QUIET, "-W", "error")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["left 1 of *"])


def test_it_can_be_left_out(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_never(healthjump): pass")
    result = pytester.runpytest_subprocess(*QUIET, "-p", "no:healthjump")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'healthjump' not found*"])


def test_its_help_is_there(pytester: pytest.Pytester) -> None:
    assert "healthjump(**settings): serve these" in pytester.runpytest_inprocess("--markers").stdout.str()
    assert "A running mock, reset" in pytester.runpytest_inprocess("--fixtures").stdout.str()
    assert "settings of the fixture healthjump" in " ".join(pytester.runpytest_inprocess("--help").stdout.str().split())


@pytest.mark.usefixtures("no_autoload")
def test_a_run_that_does_not_use_it_loads_next_to_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import sys

        def test_idle():
            assert [n for n in sys.modules if n.partition(".")[0] in ("flask", "werkzeug", "requests", "yaml")] == []
            assert sorted(n for n in sys.modules if n.startswith("mockserver")) == [
                "mockserver", "mockserver.pytest_plugin",
            ]
    """)
    pytester.runpytest_subprocess(*QUIET, *ALONE, "-W", "error").assert_outcomes(passed=1)


def test_a_strict_suite_that_names_its_plugins_takes_it(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["healthjump"]')
    pytester.makepyfile("def test_it(healthjump): assert healthjump.rows('provider')")
    result = pytester.runpytest_subprocess(*QUIET, *ALONE, "-W", "error", "--strict-markers", "--strict-config")
    result.assert_outcomes(passed=1)


def test_it_works_without_pytest(cache: Path) -> None:
    code = """
from mockserver import Settings
from mockserver.testing import Healthjump, Server
server = Server(Settings(world="sandbox"))
mock = Healthjump(server)
print(len(mock.rows("demographic")), "pytest" in __import__("sys").modules)
mock.close()
server.stop()
"""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, env=environment(cache), capture_output=True, text=True, timeout=60)
    assert done.stdout == "24 False\n", done.stderr

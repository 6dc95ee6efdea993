"""``hjkit contract``, ``evidence`` and ``get``, what all verbs have in common, and verbs of other packages."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

import mockserver
from mockserver import cli, contract
from mockserver.contract.quirks import parse_selection
from mockserver.errors import AuthError, InputError, KitError

from .conftest import Hjkit
from .processes import HJKIT, environment, run

ROOT = Path(__file__).parents[2]
VERBS = ("contract", "evidence", "get", "serve", "settings", "world")


def test_help_names_every_verb_and_that_it_is_not_the_vendors(hjkit: Hjkit) -> None:
    done = hjkit("--help")
    assert done.code == 0 and "Not affiliated with the vendor." in done.out
    for verb in VERBS:
        assert re.search(rf"^  {verb}  +[A-Z]", done.out, re.MULTILINE)


@pytest.mark.parametrize("verb", [*VERBS, *(f"world {name}" for name in ("build", "import", "describe", "list"))])
def test_every_verb_explains_itself(hjkit: Hjkit, verb: str) -> None:
    done = hjkit(*verb.split(), "-h")
    assert done.code == 0 and done.out.startswith(f"Usage: hjkit {verb}")


def test_the_version(hjkit: Hjkit) -> None:
    assert hjkit("--version").out == f"hjkit, version {mockserver.__version__}\n"


def test_a_wrong_verb_is_answered_by_a_guess(hjkit: Hjkit) -> None:
    done = hjkit("evidenc")
    assert done.code == 2 and "Did you mean 'evidence'?" in done.err


@pytest.mark.parametrize("selection", ["vendor", "none", "vendor,-Q14"])
def test_the_contract_is_printed_for_the_quirks_in_force(hjkit: Hjkit, selection: str) -> None:
    done = hjkit("contract", "--quirks", selection)
    document = json.loads(done.out)
    assert document == contract.load(parse_selection(selection)).openapi()
    assert document["openapi"].startswith("3.1")
    assert not [path for path in document["paths"] if "__admin" in path]


def test_the_contract_in_yaml_and_for_a_server(hjkit: Hjkit) -> None:
    plain = json.loads(hjkit("contract").out)
    assert yaml.safe_load(hjkit("contract", "--yaml").out) == plain
    named = json.loads(hjkit("contract", "--server", "http://127.0.0.1:4010").out)
    assert named == {**plain, "servers": [{"url": "http://127.0.0.1:4010"}]}


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path, cache: Path) -> None:
    command = f"'{sys.executable}' -m mockserver.cli contract | head -c 20"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], env=environment(cache), cwd=tmp_path, capture_output=True, text=True
    )
    assert (len(done.stdout), done.stderr) == (20, "")


def test_evidence_as_a_table_a_list_and_json(hjkit: Hjkit) -> None:
    facts = json.loads(hjkit("evidence", "--json").out)
    assert facts["ungraded"] == []
    table = hjkit("evidence").out
    assert table.splitlines()[-1] == "ungraded: 0"
    for element in contract.load().elements:
        assert re.search(rf"^{element} +\d", table, re.MULTILINE)
    inferred = hjkit("evidence", "--grade", "inferred").out.splitlines()
    assert len(inferred) > 200
    observed = hjkit("evidence", "--grade", "observed").out.splitlines()
    assert observed and not set(inferred) & set(observed)


def test_evidence_held_against_a_ledger(hjkit: Hjkit, tmp_path: Path) -> None:
    ledger = ROOT / "tests" / "contract" / "ledger.csv"
    same = hjkit("evidence", "--against", str(ledger))
    assert (same.code, same.out) == (0, "0 differences\n")
    changed = tmp_path / "ledger.csv"
    changed.write_text(ledger.read_text(encoding="utf-8").replace("inferred", "observed", 1), encoding="utf-8")
    done = hjkit("evidence", "--against", str(changed))
    assert done.code == 1 and done.out.endswith("1 differences\n")


def test_a_wrong_grade_names_the_grades(hjkit: Hjkit) -> None:
    done = hjkit("evidence", "--grade", "guessed")
    assert done.code == 2 and "observed" in done.err and "inferred" in done.err


def test_get_prints_what_a_server_would_answer(hjkit: Hjkit) -> None:
    done = hjkit("get", "/hjdw/SBOX02/demographic?first_name=eq~Patient_A", "--world", "sandbox")
    page = json.loads(done.out)
    assert done.code == 0 and page["total"] == 1
    assert page["data"][0]["first_name"] == "Patient_A"
    assert page["path"] == "http://127.0.0.1:8420/hjdw/SBOX02/demographic"


def test_get_can_show_the_headers(hjkit: Hjkit) -> None:
    done = hjkit("get", "-i", "hjdw/SBOX02/provider", "--world", "sandbox", "--per-page", "2")
    head, _, body = done.out.partition("\n\n")
    assert head.startswith("200 OK\nContent-Type: application/json\n")
    assert "\nX-Mock-Evidence: row=" in head
    assert len(json.loads(body)["data"]) == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [("/hjdw/SBOX02/nothing", "404"), ("/hjdw/NONE01/demographic", "40"), ("/hjdw/SBOX02/demographic?x=eq~1", "4")],
)
def test_get_ends_with_one_for_a_refusal(hjkit: Hjkit, path: str, status: str) -> None:
    done = hjkit("get", "--include", path, "--world", "sandbox")
    assert done.code == 1 and done.out.startswith(status)


def test_get_reads_the_admin_api_too(hjkit: Hjkit) -> None:
    done = hjkit("get", "/__admin/health", "--world", "sandbox", "--admin-token", "fake", "--quirks", "none")
    assert json.loads(done.out)["quirks"] == "none"


def test_get_goes_by_the_settings(hjkit: Hjkit) -> None:
    done = hjkit("get", "/__admin/health", HJKIT_WORLD="sandbox", HJKIT_CLOCK="2022-08-05 00:00:00")
    assert json.loads(done.out)["now"] == "2022-08-05 00:00:00"
    done = hjkit("get", "/__admin/health", HJKIT_CLOK="frozen")
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (InputError("is not right", "--this", ["that"], given="tha"), "--this: is not right; valid: that; did you"),
        (AuthError("error.token.missing"), "error.token.missing"),
        (KitError("anything else"), "anything else"),
        (PermissionError(13, "Permission denied", "a/file"), "a/file: Permission denied"),
    ],
)
def test_every_error_on_purpose_is_one_sentence(
    hjkit: Hjkit, monkeypatch: pytest.MonkeyPatch, raised: Exception, said: str
) -> None:
    @click.command()
    def failing() -> None:
        raise raised

    monkeypatch.setitem(cli.cli.commands, "failing", failing)
    done = hjkit("failing")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"hjkit: {said}") and done.err.count("\n") == 1


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def failing() -> None:
        raise OSError("no file is to blame")

    monkeypatch.setitem(cli.cli.commands, "failing", failing)
    monkeypatch.setattr(sys, "argv", ["hjkit", "failing"])
    with pytest.raises(OSError, match="to blame"):
        cli.main()


def test_another_package_adds_verbs(hjkit: Hjkit, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command(help="Added by another package.")
    def extra() -> None:
        click.echo("extra")

    class Point(importlib.metadata.EntryPoint):
        def load(self) -> click.Command:
            return extra

    def points(group: str, name: str | None = None) -> list[importlib.metadata.EntryPoint]:
        return [Point("extra", "other:extra", group)] if name in (None, "extra") else []

    monkeypatch.setattr(cli, "entry_points", points)
    assert hjkit("extra").out == "extra\n"
    assert "Added by another package." in hjkit("--help").out
    assert hjkit("extr").code == 2


def test_the_installed_command_is_the_module(tmp_path: Path, cache: Path) -> None:
    script = Path(sys.executable).with_name("hjkit")
    done = subprocess.run([script, "--version"], env=environment(cache), capture_output=True, text=True)
    assert done.stdout == run(cache, "--version", cwd=tmp_path).out


def test_light_verbs_load_nothing_heavy(cache: Path, tmp_path: Path) -> None:
    code = "import sys; from mockserver import cli; print([n for n in ('flask', 'mockserver.web') if n in sys.modules])"
    done = subprocess.run([HJKIT[0], "-c", code], env=environment(cache), capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout == "[]\n", done.stderr

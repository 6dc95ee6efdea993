"""``hjkit drift`` from recorded, scrubbed cassettes to output and exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click.testing
import pytest
import yaml

from evaluation.recording import cassette, sealing, session, verbs_drift
from mockserver.errors import InputError
from mockserver.faults.mutations import CORE, MUTATIONS, mutated_server
from mockserver.settings import Settings
from mockserver.testing import Server

LIVE = {
    "HJKIT_LIVE_HOST": "decoy.invalid",
    "HJKIT_LIVE_EMAIL": "canary@live.invalid",
    "HJKIT_LIVE_PASSWORD": "canary-password",
    "HJKIT_LIVE_SECRET_KEY": "canarysecretkey",
}
Run = Callable[..., click.testing.Result]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Cassettes of a clean mock and of one that lies, as ``hjkit record`` writes them."""
    found = {}
    for name, lies in (("clean", ()), ("lying", CORE)):
        server = mutated_server(Server, Settings(), lies)
        found[name] = tmp_path_factory.mktemp("cassettes") / name
        session.run(session.Order(server.url, found[name], "2026-01-01", {}), None, lambda step, outcome: None)
        server.stop()
    return found


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on a day of 2026, in a process that need not be sealed."""
    sealed: list[bool] = []
    monkeypatch.setattr(sealing, "seal", lambda: sealed.append(True))
    monkeypatch.setattr(verbs_drift, "today", lambda: date(2026, 1, 31))
    monkeypatch.setenv("PATH", "")  # no Prism unless a test names it

    def ran(*arguments: object, **environ: str) -> click.testing.Result:
        result = click.testing.CliRunner().invoke(verbs_drift.drift, [str(a) for a in arguments], env=environ)
        assert sealed
        return result

    return ran


@pytest.fixture
def liar() -> Iterator[Server]:
    server = mutated_server(Server, Settings(), CORE)
    yield server
    server.stop()


def test_a_recording_of_a_clean_mock_does_not_differ(recorded: dict[str, Path], run: Run) -> None:
    result = run(recorded["clean"])
    assert result.exit_code == 0, result.output
    assert result.output.endswith("0 differences\n")


def test_all_ten_are_found_in_a_scrubbed_recording(recorded: dict[str, Path], run: Run) -> None:
    result = run(recorded["lying"], "--json")
    assert result.exit_code == 1
    facts = json.loads(result.stdout)
    assert {d["id"] for d in facts["differences"]} == {MUTATIONS[name].breaks for name in CORE}
    assert all(d["says"]["mock"] == "as stated" for d in facts["differences"])


@pytest.mark.parametrize("area", ["filters", "paging", "elements", "refusals", "narrow"])
def test_one_cassette_alone_does_not_differ(recorded: dict[str, Path], run: Run, area: str) -> None:
    result = run(recorded["clean"] / f"{area}.yaml")
    assert result.exit_code == 0, result.output


def test_an_old_recording_is_refused_and_nobody_is_asked(
    recorded: dict[str, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs_drift, "_asked", lambda *_: pytest.fail("somebody was asked"))
    result = run(recorded["clean"], "--max-age", 29, **LIVE)
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(f"{recorded['clean']}: was captured 30 days ago")


def test_a_live_view_is_compared_in_memory(
    liar: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--live", "--base-url", liar.url, "--json", "--propose", "proposal.yaml", **LIVE)
    assert result.exit_code == 1
    facts = json.loads(result.stdout)
    assert {d["id"] for d in facts["differences"]} == {MUTATIONS[name].breaks for name in CORE}
    assert set(facts["views"]) == {"live", "mock"}
    proposal = yaml.safe_load(Path("proposal.yaml").read_text(encoding="utf-8"))
    assert proposal["grades"] == [], "a server on this machine proves nothing about the vendor"
    assert [p.name for p in tmp_path.iterdir()] == ["proposal.yaml"]
    everything = result.output + Path("proposal.yaml").read_text(encoding="utf-8")
    assert not [value for name, value in LIVE.items() if value in everything and name != "HJKIT_LIVE_HOST"]


def test_a_recording_beside_the_live_view(recorded: dict[str, Path], liar: Server, run: Run) -> None:
    result = run(recorded["clean"], "--live", "--base-url", liar.url, "--json")
    says = [d["says"] for d in json.loads(result.stdout)["differences"]]
    assert all(said["recording"] in ("as stated", "not seen") for said in says)
    assert all(said["live"] not in ("as stated", "not seen") for said in says)


@pytest.mark.parametrize(
    ("arguments", "environ", "message"),
    [
        ((), {}, "nothing to compare"),
        (("--base-url", "http://127.0.0.1:9"), {}, "nothing to compare"),
        (("nowhere.yaml",), {}, "cannot be read"),
        (("--live",), {}, "no API to ask"),
        (("--live",), LIVE, "needs the consent"),
        (("--live", "--base-url", "http://decoy.invalid"), LIVE, "over https only"),
        (("--live", "--i-have-permission", "--base-url", "https://other.invalid"), LIVE, "names another host"),
        (("--live", "--practice", "A/B", "--base-url", "http://127.0.0.1:9"), {}, "letters and digits"),
        (("--live", "--prism", "nowhere", "--base-url", "http://127.0.0.1:9"), {}, "no such program"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], environ: dict[str, str], message: str
) -> None:
    from evaluation.recording.drift import asking

    if "--prism" in arguments:
        monkeypatch.setattr(asking, "ask", lambda *_: None)
        monkeypatch.setattr(asking, "ask_mock", lambda *_, **__: None)
    result = run(*arguments, **environ)
    assert isinstance(result.exception, InputError), result.output
    assert message in str(result.exception)
    assert "canary" not in str(result.exception) + result.output


def test_a_server_that_cannot_be_reached_is_not_a_clean_result(run: Run) -> None:
    result = run("--live", "--base-url", "http://127.0.0.1:9")
    assert result.exit_code == 1
    assert "not asked everything: no answer from the server" in result.output


def test_a_defect_shows_no_value(recorded: dict[str, Path], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("Maria412 Lopez87")

    monkeypatch.setattr(verbs_drift, "compared", fails)
    result = run(recorded["clean"])
    assert result.exit_code == 2
    assert "Maria412" not in result.output
    assert "ValueError at test_verb.py" in result.output


def test_a_recording_of_another_plan_is_held_against_the_contract_alone(
    recorded: dict[str, Path], run: Run, tmp_path: Path
) -> None:
    found = cassette.read(recorded["clean"])
    cassette.write(tmp_path / "own.yaml", cassette.Cassette({**found.meta, "plan": "own"}, found.exchanges))
    result = run(tmp_path / "own.yaml", "--json")
    assert result.exit_code == 0, result.output
    assert set(json.loads(result.stdout)["views"]) == {"recording"}

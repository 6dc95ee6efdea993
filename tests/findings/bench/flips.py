"""What changes in the results when one quirk is switched, and the table that says what should."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from evaluation.findings.adapters import contract, server, token
from evaluation.findings.model import Api, Token
from evaluation.findings.outcome import Outcome, Verdict
from evaluation.findings.registry import checks_by_id
from mockserver.contract import quirks
from mockserver.errors import InputError
from mockserver.foundry import build
from mockserver.settings import Settings
from mockserver.testing import Server
from mockserver.world import profiles

from .scoring import judge_with
from .shape import CHECKS

TABLE: Final = Path(__file__).parents[1] / "flips.yaml"
ADAPTERS: Final = ("mock", "contract")
KINDS: Final = ("flips", "eases", "grows")
PATIENTS: Final = 50

Outcomes = Mapping[str, Outcome]


@dataclass(frozen=True)
class Change:
    """``flips``: the quirk decides whether the check fails; ``eases``: it keeps failing, in fewer places without the
    quirk; ``grows``: in more places without it."""

    flips: tuple[str, ...] = ()
    eases: tuple[str, ...] = ()
    grows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A quirk: what it changes on each adapter, or why no check should see it."""

    quirk: str
    why: str
    unseen: bool = False
    changes: Mapping[str, Change] = field(default_factory=dict)


def change(with_it: Outcomes, without: Outcomes) -> Change:
    """What one quirk changes. Only failures and their places count; pass and unknown are not told apart."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for check in sorted(with_it):
        before, after = _places(with_it[check]), _places(without[check])
        if (before is None) != (after is None):
            found["flips"].append(check)
        elif before is not None and after is not None and len(before) != len(after):
            found["eases" if len(after) < len(before) else "grows"].append(check)
    return Change(*(tuple(found[kind]) for kind in KINDS))


def _places(outcome: Outcome) -> frozenset[str] | None:
    """Where it failed; None where it did not fail."""
    return frozenset(map(str, outcome.places)) if outcome.verdict is Verdict.fail else None


def outcomes(api: Api) -> Outcomes:
    """What every check says."""
    checks = checks_by_id()
    judge = judge_with(checks)
    return {check: judge(check, api) for check in checks}


def selection(quirk: str) -> str:
    """The quirks in force when this one is switched: a vendor quirk off, a feed quirk on over vendor."""
    return f"vendor,{quirk}" if quirks.switchable()[quirk].set == "feed" else f"vendor,-{quirk}"


def on_contract(quirk: str, vendor: Outcomes) -> Change:
    """The change on our description of the vendor."""
    return _ordered(quirk, vendor, outcomes(contract.read(selection(quirk))))


def on_mock(quirk: str, vendor: Outcomes, folder: Path) -> Change:
    """The change on a mock that serves the sandbox and a small clinic over HTTP."""
    return _ordered(quirk, vendor, mock_outcomes(selection(quirk), folder))


def _ordered(quirk: str, vendor: Outcomes, other: Outcomes) -> Change:
    return change(other, vendor) if quirks.switchable()[quirk].set == "feed" else change(vendor, other)


def mock_outcomes(chosen: str, folder: Path) -> Outcomes:
    """What every check says of a mock under these quirks; its worlds are built into ``folder`` and dropped."""
    in_force = quirks.parse_selection(chosen)
    worlds = {"sandbox": profiles.load("sandbox"), "clinic": profiles.load("clinic").with_(patients=PATIENTS)}
    for name, profile in worlds.items():
        build(profile, in_force, folder / name)
    try:
        with serving(",".join(str(folder / name) for name in worlds), chosen) as running:
            return outcomes(replace(server.read(running.url, environ={}), token=_secure_token(running)))
    finally:
        for name in worlds:
            shutil.rmtree(folder / name)


@contextmanager
def serving(worlds: str, chosen: str = "vendor") -> Iterator[Server]:
    """A mock that serves these worlds."""
    running = Server(Settings(world=worlds, quirks=chosen))
    try:
        yield running
    finally:
        running.stop()


def _secure_token(running: Server) -> Token | None:
    """The token as the mock issues it under https: what is asked by http says nothing about its issuer (Q35)."""
    form = {"email": running.login.email, "password": running.login.password}
    answer = running.app.test_client().post("/authenticate", base_url="https://localhost", data=form)
    return token.structure(answer.get_json()["token"], service="https")


def table(path: Path = TABLE) -> Mapping[str, Row]:
    """The table by quirk. Raises InputError with file, key, what is valid and a guess."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = quirks.catalogue()
    for quirk in raw:
        _known(quirk, known, path.name)
    return {quirk: _row(quirk, entry, f"{path.name}: {quirk}") for quirk, entry in raw.items()}


def _known(word: str, valid: Iterable[str], where: str) -> None:
    if word not in valid:
        raise InputError(f"{word!r} is not known", where, valid, given=str(word))


def _row(quirk: str, raw: Mapping[str, Any], where: str) -> Row:
    for key in raw:
        _known(key, ("why", "unseen", *ADAPTERS), where)
    why = raw.get("unseen", raw.get("why", ""))
    if not why.endswith("."):
        raise InputError("'why' or 'unseen' must be a sentence", where)
    return Row(quirk, why, "unseen" in raw, {a: _change(raw[a], f"{where}.{a}") for a in ADAPTERS if a in raw})


def _change(raw: Mapping[str, Any], where: str) -> Change:
    for kind, checks in raw.items():
        _known(kind, KINDS, where)
        for check in checks:
            _known(check, CHECKS, f"{where}.{kind}")
    return Change(*(tuple(raw.get(kind, ())) for kind in KINDS))

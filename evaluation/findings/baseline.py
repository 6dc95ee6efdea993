"""A baseline: findings somebody has looked at and accepted, each with a reason.

A file of YAML::

    accepted:
      - {check: HJ-024, reason: we collapse duplicates when loading}
      - {check: HJ-001, at: [diagnosis.diagnosisid], reason: mapped by hand}

With ``at`` only those places are accepted, and the finding stands while it has others. An entry that silences nothing
is reported, so that a baseline never hides what has gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mockserver.errors import InputError

from .catalogue import load as load_catalogue
from .catalogue import mapping
from .evaluate import Evaluation, Result
from .outcome import Verdict

KEYS = ("check", "at", "reason")


@dataclass(frozen=True)
class Accepted:
    """One accepted finding; ``at`` empty means all of its places."""

    check: str
    reason: str
    at: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Baseline:
    """The accepted findings of one file."""

    where: str
    entries: tuple[Accepted, ...]

    def apply(self, evaluation: Evaluation) -> tuple[Evaluation, tuple[str, ...]]:
        """The evaluation with accepted findings marked, and a sentence for each entry that silences nothing."""
        results = tuple(
            _accepted(result, [e for e in self.entries if e.check == result.id]) for result in evaluation.results
        )
        failed = {result.id for result in evaluation.results if result.outcome.verdict is Verdict.fail}
        idle = [entry.check for entry in self.entries if entry.check not in failed]
        return replace(evaluation, results=results), tuple(
            f"{self.where}: {c} is accepted but was not found" for c in idle
        )


def read(path: Path) -> Baseline:
    """The baseline of a file. Raises InputError that names file, entry, key, what is valid and a guess."""
    data = mapping(path, str(path))
    for key in data:
        if key != "accepted":
            raise InputError(f"key {key} is not known", str(path), ["accepted"], str(key))
    entries = data.get("accepted")
    if not isinstance(entries, list):
        raise InputError("accepted must be a list", str(path))
    return Baseline(str(path), tuple(_entry(entry, f"{path}: entry {i}") for i, entry in enumerate(entries, 1)))


def _entry(data: object, where: str) -> Accepted:
    if not isinstance(data, Mapping):
        raise InputError("must be a mapping", where, KEYS)
    for key in data:
        if key not in KEYS:
            raise InputError(f"key {key} is not known", where, KEYS, str(key))
    check = str(data.get("check", ""))
    if check not in load_catalogue():
        raise InputError(f"check is {check or 'missing'}", where, load_catalogue(), check)
    reason = str(data.get("reason") or "").strip()
    if not reason:
        raise InputError("needs a reason: a finding is not accepted without one", where)
    return Accepted(check, reason, _places(data.get("at", []), where))


def _places(value: Any, where: str) -> frozenset[str]:
    if not isinstance(value, list):
        raise InputError("at must be a list of places such as diagnosis.diagnosisid", where)
    return frozenset(map(str, value))


def _accepted(result: Result, entries: list[Accepted]) -> Result:
    """The result with accepted places taken out; all of them taken out makes it an accepted finding."""
    if result.outcome.verdict is not Verdict.fail or not entries:
        return result
    silenced = {place for entry in entries for place in entry.at}
    everything = any(not entry.at for entry in entries)
    left = () if everything else tuple(place for place in result.outcome.places if str(place) not in silenced)
    if not left:
        return replace(result, accepted="; ".join(entry.reason for entry in entries))
    return replace(result, outcome=replace(result.outcome, places=left))

"""A baseline: findings somebody has looked at and accepted, each with a reason.

A file of YAML::

    accepted:
      - {check: HJ-024, reason: we collapse duplicates when loading}
      - {check: HJ-001, at: [diagnosis.diagnosisid], reason: mapped by hand}

With ``at`` only those places are accepted, and the finding stands while it has others. An entry that silences nothing
is reported, so that a baseline never hides what has gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.schema import Node, document
from mockserver.errors import InputError

from . import catalogue
from .evaluate import Evaluation, Result
from .outcome import Verdict
from .output.facts import name, printable

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
        notes = tuple(f"{self.where}: {note}" for entry in self.entries for note in _idle(entry, evaluation))
        return replace(evaluation, results=results), notes


def read(path: Path) -> Baseline:
    """The baseline of a file. Raises InputError that names file, entry, key, what is valid and a guess."""
    entries = document(path, str(path)).allow("accepted").items("accepted", *KEYS)
    return Baseline(str(path), tuple(_entry(entry) for entry in entries))


def _entry(node: Node) -> Accepted:
    check = node.text("check", valid=catalogue.load())
    if not str(node.data.get("reason") or "").strip():
        raise InputError("needs a reason: a finding is not accepted without one", node.where)
    reason = printable(" ".join(node.text("reason").split()))
    return Accepted(check, reason, frozenset(node.texts("at", of="places such as diagnosis.diagnosisid")))


def _idle(entry: Accepted, evaluation: Evaluation) -> Iterator[str]:
    """What of an entry silences nothing."""
    result = evaluation.by_id.get(entry.check)
    if result is None or result.outcome.verdict is Verdict.unknown:
        yield f"{entry.check} is accepted but was not {'run' if result is None else 'decided'}"
    elif result.outcome.verdict is Verdict.passed:
        yield f"{entry.check} is accepted but was not found"
    else:
        gone = sorted(entry.at - {str(place) for place in result.outcome.places})
        yield from (f"{entry.check} is accepted at {name(place)} but was not found there" for place in gone)


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

"""Verdicts of several runs by check, and what none of them decided, by reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.findings.evaluate import Evaluation, Result
from evaluation.findings.outcome import Verdict
from evaluation.findings.output.facts import name, places_of, printable
from evaluation.findings.output.places import as_groups

Facts = dict[str, Any]
Runs = Mapping[str, Evaluation]


def side_by_side(runs: Runs) -> Facts:
    """``checks`` that somebody decided, worst first; ``undecided`` by reason; ``shared``, those that all decided."""
    results = {letter: run.by_id for letter, run in runs.items()}
    by_check = {id_: {letter: of[id_] for letter, of in results.items()} for id_ in next(iter(results.values()))}
    decided = {id_: of for id_, of in by_check.items() if any(map(_decided, of.values()))}
    ordered = sorted(decided, key=lambda id_: (_worst(decided[id_], runs), id_))
    return {
        "checks": [_check(id_, decided[id_], runs) for id_ in ordered],
        "shared": [id_ for id_, of in by_check.items() if all(map(_decided, of.values()))],
        "undecided": _undecided({id_: of for id_, of in by_check.items() if id_ not in decided}),
        "open": {letter: _open(letter, decided) for letter in runs},
    }


def _decided(result: Result) -> bool:
    return result.outcome.verdict is not Verdict.unknown


def _worst(of: Mapping[str, Result], runs: Runs) -> int:
    """The rank of the worst severity anybody has; after all of them where nobody fails."""
    ranks = [runs[letter].levels.index(result.severity) for letter, result in of.items() if result.failed]
    return min(ranks, default=len(next(iter(runs.values())).levels))


def _check(id_: str, of: Mapping[str, Result], runs: Runs) -> Facts:
    entry = next(iter(of.values())).entry
    return {
        "id": id_,
        "title": entry.title,
        "topic": entry.topic,
        "effect": entry.effect,
        "of": {letter: _cell(result, runs[letter]) for letter, result in of.items()},
    }


def _cell(result: Result, run: Evaluation) -> Facts:
    outcome = result.outcome
    groups = as_groups(places_of(outcome), run.api, name, outcome.looked_at)
    return {
        "verdict": str(outcome.verdict),
        "severity": result.severity or None,
        "accepted": result.accepted or None,
        "places": len({(place.resource, place.field) for place in outcome.places}),
        "why": printable(outcome.why),
        "groups": [{key: group[key] for key in ("says", "detail", "alike", "count", "names")} for group in groups],
    }


def _undecided(left: Mapping[str, Mapping[str, Result]]) -> list[Facts]:
    """Checks that nobody decided, under the reasons they have, those with most checks first."""
    found: dict[tuple[tuple[str, str], ...], list[Facts]] = {}
    for id_, of in left.items():
        reasons = tuple((letter, printable(result.outcome.why)) for letter, result in of.items())
        found.setdefault(reasons, []).append({"id": id_, "title": next(iter(of.values())).entry.title})
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0]["id"]))
    return [{"reasons": _merged(reasons), "checks": checks} for reasons, checks in ordered]


def _merged(reasons: tuple[tuple[str, str], ...]) -> list[Facts]:
    by_reason: dict[str, list[str]] = {}
    for letter, why in reasons:
        by_reason.setdefault(why, []).append(letter)
    return [{"why": why, "letters": letters} for why, letters in by_reason.items()]


def _open(letter: str, decided: Mapping[str, Mapping[str, Result]]) -> list[Facts]:
    """What was decided for somebody else and not for this one, by reason."""
    found: dict[str, list[str]] = {}
    for id_, of in decided.items():
        if not _decided(of[letter]):
            found.setdefault(printable(of[letter].outcome.why), []).append(id_)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1]))
    return [{"why": why, "checks": ids} for why, ids in ordered]

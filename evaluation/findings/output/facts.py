"""What a report may say, as plain data: the one place that decides what is shown, for every format.

Names, counts, shapes and sentences are shown; values of rows are not. The name of a practice and an exchange are shown
only if our own mock answered, because everything in it is invented.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mockserver import __version__

from ..adapters.evidence import row_exchange
from ..evaluate import SEEN, Evaluation, Result
from ..model import Api, Asked, Origin
from ..outcome import Outcome, Place, Verdict
from .places import as_groups, spelled

NAME = re.compile(r"[A-Za-z_][\w.\- ()/,]{0,95}")  # elements of USCDI have brackets, slashes and commas
WORD = re.compile(r"[A-Z]*[a-z]+|[A-Z]+|\d+")
LONG, LONGEST_WORD = 64, 24  # letters: descriptions have names above that, but they are made of words
INVENTED = frozenset({Origin.mock})
Facts = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Report:
    """Everything one run of ``hjkit evaluate`` has to say.

    ``claims`` and ``scorecard`` are plain data from the radar's side; ``notes`` are sentences about the baseline.
    """

    evaluation: Evaluation
    claims: Sequence[Mapping[str, Any]] = ()
    scorecard: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    against: Evaluation | None = None


def facts(report: Report) -> Facts:
    """The report as JSON data, in a fixed order, the same for the same input."""
    evaluation = report.evaluation
    api = evaluation.api
    made: Facts = {
        "kit": __version__,
        "target": printable(api.title),
        "origin": str(api.origin),
        "worth": SEEN[api.origin],
        "complete": not evaluation.partial,
        "partial": list(map(printable, evaluation.partial)),
        "counts": counts(evaluation),
        "results": [_result(result, api) for result in evaluation.worst_first()],
        "claims": [dict(claim) for claim in report.claims],
        "scorecard": dict(report.scorecard) if report.scorecard else None,
        "notes": list(report.notes),
    }
    if report.against is not None:
        made["against"] = against(evaluation, report.against)
    return made


def counts(evaluation: Evaluation) -> dict[str, int]:
    """How many checks failed by severity, were accepted, passed, and are unknown."""
    failed = Counter(result.severity for result in evaluation.results if result.failed)
    verdicts = Counter(result.outcome.verdict for result in evaluation.results)
    accepted = sum(1 for result in evaluation.results if result.accepted)
    levels = {level: failed[level] for level in evaluation.levels}
    return {**levels, "accepted": accepted, "pass": verdicts[Verdict.passed], "unknown": verdicts[Verdict.unknown]}


def against(here: Evaluation, there: Evaluation) -> Facts:
    """Both verdicts of each check on which two evaluations differ."""
    other = there.by_id
    pairs = [(r, other[r.id]) for r in here.results if r.id in other]
    differ = [_difference(a, b) for a, b in pairs if a.outcome.verdict is not b.outcome.verdict]
    same = Counter(str(a.outcome.verdict) for a, b in pairs if a.outcome.verdict is b.outcome.verdict)
    return {
        "target": printable(there.api.title),
        "worth": SEEN[there.api.origin],
        "partial": list(map(printable, there.partial)),
        "same": dict(sorted(same.items())),
        "differences": differ,
    }


def _difference(here: Result, there: Result) -> Facts:
    return {
        "id": here.id,
        "title": here.entry.title,
        "here": str(here.outcome.verdict),
        "there": str(there.outcome.verdict),
        "why_here": printable(here.outcome.why),
        "why_there": printable(there.outcome.why),
    }


def _result(result: Result, api: Api) -> Facts:
    entry, outcome, known = result.entry, result.outcome, result.known
    places = places_of(outcome)
    made: Facts = {
        "id": result.id,
        "title": entry.title,
        "topic": entry.topic,
        "verdict": str(outcome.verdict),
        "severity": result.severity or None,
        "why": printable(outcome.why),
        "looked_at": outcome.looked_at,
        "places": [_place(place, api) for place in places],
        "groups": as_groups(places, api, name, outcome.looked_at),
        "seen": result.seen,
        "known": {
            "verdict": str(known.verdict),
            "grade": None if known.grade is None else str(known.grade),
            "sources": list(known.sources),
            "facts": list(known.facts),
            "says": known.says,
        },
        "missing": [str(need) for need in result.missing],
        "accepted": result.accepted or None,
        "partial": result.partial,
        "rule": entry.rule,
        "effect": entry.effect,
        "workaround": {"text": entry.workaround.text, "code": entry.workaround.code or None},
        "claims": list(entry.claims),
    }
    exchange = _exchange(result, api)
    return made if exchange is None else {**made, "exchange": _shown(exchange)}


def places_of(outcome: Outcome) -> tuple[Place, ...]:
    """The places of an outcome, with details that can be printed."""
    return tuple(replace(place, detail=printable(place.detail)) for place in outcome.places)


def _place(place: Place, api: Api) -> Facts:
    made: Facts = {"at": spelled(place.resource, place.field, name)}
    if place.detail:
        made["detail"] = place.detail
    if place.practice and api.origin in INVENTED:
        made["practice"] = place.practice
    return made


def printable(text: str) -> str:
    """Text without what moves a terminal's cursor, breaks XML or cannot be written as UTF-8."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def name(text: str) -> str:
    """A name as it may be shown; what does not look like a name might be a value."""
    words = WORD.findall(text) if len(text) > LONG else ()
    shown = NAME.fullmatch(text) and all(len(word) <= LONGEST_WORD for word in words)
    return text if shown else "(a name that is not shown)"


def _exchange(result: Result, api: Api) -> Asked | None:
    """The exact exchange behind the first place that has one; only our own mock's is ever shown."""
    if api.origin not in INVENTED:
        return None
    found = (row_exchange(api, place) for place in result.outcome.places)
    return next((exchange for exchange in found if exchange is not None), None)


def _shown(exchange: Asked) -> Facts:
    return {"request": exchange.request, "status": exchange.status, "body": exchange.body}

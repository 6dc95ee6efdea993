"""Runs checks over an API and puts beside each what is known of the vendor. The two are never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import catalogue
from .bounds import bounded
from .catalogue import Entry, Severities
from .known import Knowledge
from .known import load as load_known
from .model import MISSING, Api, Input, Origin
from .outcome import Outcome, Verdict, unknown
from .registry import Check, checks_by_id

SEEN: Mapping[Origin, str] = {
    Origin.contract: "our own contract: shows that the check works, proves nothing about the vendor",
    Origin.mock: "our own mock: shows that the check works, proves nothing about the vendor",
    Origin.recording: "a recording of our own mock: shows that the check works, proves nothing about the vendor",
    Origin.live: "observed in this run",
    Origin.recorded_live: "observed when this was recorded",
    Origin.server: "seen on another server on this machine; who that is, is not known",
    Origin.folder: "seen in files; where they come from is not known",
    Origin.description: "documented; no answer of the API was seen",
    Origin.capture: "seen in a recording of a browser or proxy; who answered is not known",
}
VENDOR_ITSELF = frozenset({Origin.live, Origin.recorded_live})


@dataclass(frozen=True)
class Result:
    """One check on one API.

    ``outcome`` and ``severity`` (empty unless it failed) are what this run saw, ``seen`` says how much that is worth;
    ``known`` is what is known of the vendor without this run. ``missing`` lists inputs it lacked, ``accepted`` is the
    reason of a baseline, ``partial`` says that something could not be read.
    """

    id: str
    entry: Entry
    outcome: Outcome
    severity: str
    seen: str
    known: Knowledge
    missing: tuple[Input, ...] = ()
    accepted: str = ""
    partial: bool = False

    @property
    def failed(self) -> bool:
        """Whether it counts as a finding: it failed and nobody accepted that."""
        return self.outcome.verdict is Verdict.fail and not self.accepted


@dataclass(frozen=True, eq=False)
class Evaluation:
    """All results of one run, in order of ids."""

    api: Api
    results: tuple[Result, ...]
    levels: tuple[str, ...]
    defects: tuple[str, ...] = field(default=())

    @property
    def by_id(self) -> Mapping[str, Result]:
        return {result.id: result for result in self.results}

    @property
    def partial(self) -> tuple[str, ...]:
        """What could not be read or decided, a sentence each."""
        return (*self.api.partial, *self.defects)

    def worst_first(self) -> list[Result]:
        """Failures by severity, then accepted ones, then what is unknown, then what passed."""
        return sorted(self.results, key=lambda result: (self._rank(result), result.id))

    def _rank(self, result: Result) -> int:
        if result.failed:
            return self.levels.index(result.severity)
        ranks = {Verdict.fail: 0, Verdict.unknown: 1, Verdict.passed: 2}
        return len(self.levels) + ranks[result.outcome.verdict]


def run(api: Api, *, severities: Severities | None = None, only: Iterable[str] = ()) -> Evaluation:
    """Every check on this API, or those of ``only``.

    A check that breaks is unknown, and the evaluation names it under ``defects`` without any value.
    """
    api = bounded(api)
    levels = severities or catalogue.severities()
    wanted = frozenset(only)
    checks = [check for id_, check in checks_by_id().items() if not wanted or id_ in wanted]
    known = load_known(api.vendor)
    results = tuple(_result(check, api, levels, known) for check in checks)
    broken = tuple(r.outcome.why for r in results if r.outcome.why.startswith(BROKE))
    return Evaluation(api, results, levels.levels, broken)


BROKE = "a defect of the check"


def _result(check: Check, api: Api, levels: Severities, known: Mapping[str, Knowledge]) -> Result:
    entry = catalogue.load()[check.id]
    missing = tuple(need for need in check.needs if need not in api.inputs)
    outcome = unknown(f"not decided: {MISSING[missing[0]]}") if missing else _called(check, api)
    failed = outcome.verdict is Verdict.fail
    severity = levels.of_finding(entry, outcome.places, len(api.resources)) if failed else ""
    nothing = Knowledge(Verdict.unknown, None, (), (), "nothing is known of this vendor here")
    return Result(
        check.id, entry, outcome, severity, SEEN[api.origin], known.get(check.id, nothing), missing,
        partial=bool(api.partial),
    )  # fmt: skip


def _called(check: Check, api: Api) -> Outcome:
    """The outcome; a check that breaks must not show the value it broke on, so only the kind of error is told."""
    try:
        return check.function(api)
    except Exception as error:
        return unknown(f"{BROKE} {check.id} ({type(error).__name__}); the others are not touched")

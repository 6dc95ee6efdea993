"""What a check said of a case against what stands there: found, missed, false alarms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from evaluation.findings.model import MISSING, Api
from evaluation.findings.outcome import Outcome, Place, Verdict, unknown
from evaluation.findings.registry import Check

from .loader import Case, Label

WHOLE: Final = "*"
Judge = Callable[[str, Api], Outcome]


@dataclass(frozen=True, order=True)
class Slip:
    """A miss or a false alarm. ``place``: ``resource.field``, ``resource`` or ``*``; ``tempted``: a look-alike."""

    check: str
    kind: str
    case: str
    place: str
    why: str = ""
    tempted: bool = False

    @property
    def id(self) -> str:
        return f"{self.check} {self.kind} {self.case} {self.place}"


@dataclass(frozen=True)
class Score:
    """Faults are counted by place, and once where one place of several is enough."""

    check: str
    planted: int
    found: int
    innocent: int
    slips: tuple[Slip, ...]

    @property
    def missed(self) -> int:
        return self.planted - self.found

    @property
    def alarms(self) -> int:
        return sum(slip.kind == "false alarm" for slip in self.slips)

    @property
    def precision(self) -> float | None:
        """None where nothing was said."""
        said = self.found + self.alarms
        return self.found / said if said else None

    @property
    def recall(self) -> float | None:
        return self.found / self.planted if self.planted else None


def judge_with(checks: Mapping[str, Check]) -> Judge:
    """A check is asked only if the case has what it needs, as in an evaluation; what breaks here is raised."""

    def judge(id_: str, api: Api) -> Outcome:
        check = checks.get(id_)
        if check is None:
            return unknown("there is no such check")
        missing = [need for need in check.needs if need not in api.inputs]
        return unknown(MISSING[missing[0]]) if missing else check.function(api)

    return judge


def score(check: str, cases: Iterable[Case], judge: Judge) -> Score:
    """One check over all cases that judge it."""
    planted = 0
    slips: list[Slip] = []
    innocent = 0
    for case in cases:
        if check in case.not_judged:
            continue
        faults = [label for label in case.planted if label.check == check]
        traps = [label for label in case.innocent if label.check == check]
        planted += sum(map(_weight, faults))
        innocent += len(traps)
        slips += _slips(check, case, faults, traps, judge(check, case.api))
    missed = sum(slip.kind == "miss" for slip in slips)
    return Score(check, planted, planted - missed, innocent, tuple(sorted(slips)))


def total(scores: Iterable[Score]) -> Score:
    """All checks as one."""
    every = tuple(scores)
    sums = Counter({"planted": 0, "found": 0, "innocent": 0})
    for one in every:
        sums.update(planted=one.planted, found=one.found, innocent=one.innocent)
    slips = tuple(slip for one in every for slip in one.slips)
    return Score("all", sums["planted"], sums["found"], sums["innocent"], slips)


def _weight(label: Label) -> int:
    return len(label.at) or 1


def _slips(check: str, case: Case, faults: list[Label], traps: list[Label], outcome: Outcome) -> Iterator[Slip]:
    said = _said(outcome)
    for label in faults:
        yield from (
            Slip(check, "miss", case.name, unit[0], label.why) for unit in _units(label) if not _hit(unit, said)
        )
    allowed = [place for label in faults for place in (*label.at, *label.any_of, *label.also)]
    for place in sorted(said):
        if not any(_covers(label, place) for label in allowed):
            trap = next((t for t in traps if any(_covers(at, place) for at in t.at)), None)
            yield Slip(check, "false alarm", case.name, place, trap.why if trap else "", trap is not None)


def _said(outcome: Outcome) -> set[str]:
    """The places of a failure; one that names no place of the case is about the whole."""
    if outcome.verdict is not Verdict.fail:
        return set()
    return {_shown(place) for place in outcome.places} or {WHOLE}


def _shown(place: Place) -> str:
    return str(place) or WHOLE


def _units(label: Label) -> list[tuple[str, ...]]:
    return [(place,) for place in label.at] or [label.any_of]


def _hit(unit: tuple[str, ...], said: set[str]) -> bool:
    return any(_covers(label, place) for label in unit for place in said)


def _covers(label: str, place: str) -> bool:
    """A label of a whole resource covers its fields; one of a field covers that field only."""
    return label in (WHOLE, place) or (label.count(".") == 0 and place.startswith(f"{label}."))

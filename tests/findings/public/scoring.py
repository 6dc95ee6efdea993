"""What a check reported of a labelled description against the labels, by points 6 to 10 of README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.findings.bench.loader import Label
from tests.findings.bench.scoring import WHOLE, Slip

from .loader import Labelled

RIGHT: Final = "right"
LATER: Final = "judged later, right"
WRONG: Final = "false alarm"
APART: Final = "not judged"
Said = Mapping[str, Sequence[str]]
"""Check -> the places it reported; a check that passed or could not decide is not in it."""


@dataclass(frozen=True)
class Score:
    """One check, or several, over descriptions. ``places`` counts what was reported, by how it was judged."""

    check: str
    planted: int
    found: int
    innocent: int
    places: Mapping[str, int]
    slips: tuple[Slip, ...]

    @property
    def alarms(self) -> int:
        return self.places.get(WRONG, 0)

    @property
    def precision(self) -> float | None:
        """Of faults found and false alarms the share of faults, each counted once; None if nothing was said."""
        said = self.found + self.alarms
        return self.found / said if said else None

    @property
    def by_place(self) -> float | None:
        """Of the places that were reported and are judged, the share that is right; None where there are none."""
        right = self.places.get(RIGHT, 0) + self.places.get(LATER, 0)
        return right / (right + self.alarms) if right + self.alarms else None

    @property
    def recall(self) -> float | None:
        return self.found / self.planted if self.planted else None


def score(check: str, found: Iterable[tuple[Labelled, Said]]) -> Score:
    """One check over descriptions, with what it said of each."""
    planted = hit = innocent = 0
    places: Counter[str] = Counter()
    slips: list[Slip] = []
    for one, every in found:
        if check in one.whole:
            continue
        said = sorted({_known(one, place) for place in every.get(check, ())})
        judged = {place: judge(one, check, place) for place in said}
        places.update(judged.values())
        slips += [_alarm(one, check, place) for place, how in judged.items() if how == WRONG]
        right = [place for place, how in judged.items() if how == RIGHT]
        for why, unit in _units(one, check):
            planted += 1
            met = any(covers(label, place) for label in unit for place in right)
            hit += met
            slips += [] if met else [Slip(check, "miss", one.stem, unit[0], why)]
        innocent += sum(label.check == check for label in one.innocent)
    return Score(check, planted, hit, innocent, places, tuple(sorted(slips)))


def total(name: str, scores: Iterable[Score]) -> Score:
    """Several checks as one."""
    every = tuple(scores)
    places = sum((Counter(one.places) for one in every), Counter[str]())
    sums = (sum(getattr(one, key) for one in every) for key in ("planted", "found", "innocent"))
    return Score(name, *sums, places, tuple(slip for one in every for slip in one.slips))


def judge(one: Labelled, check: str, place: str) -> str:
    """How a reported place is judged. What stands in a list by name beats ``also``, which may mean everything.

    A star in ``any_of`` is the finding as a whole: it makes no place right that is innocent by name.
    """
    true, innocent, apart = (_of(labels, check) for labels in (one.true, one.innocent, one.not_judged))
    named = [at for label in true for at in (*label.at, *label.any_of) if at != WHOLE or place == WHOLE]
    ways = (
        (RIGHT, named),
        (WRONG, [at for label in innocent for at in label.at]),
        (APART, [at for label in apart for at in label.at]),
        (RIGHT, [at for label in true for at in label.also]),
    )
    for how, places in ways:
        if any(covers(at, place) for at in places):
            return how
    later = [entry.right for entry in one.later if entry.check == check and any(covers(at, place) for at in entry.at)]
    return LATER if any(later) else WRONG


def covers(label: str, place: str) -> bool:
    """A star covers everything, a label of a whole resource its columns, one of a column that column only."""
    return label in (WHOLE, place) or ("." not in label and place.startswith(f"{label}."))


def _of(labels: Iterable[Label], check: str) -> list[Label]:
    return [label for label in labels if label.check == check]


def _units(one: Labelled, check: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The faults: each place of ``at``, and ``any_of`` as one, with the reason."""
    for label in _of(one.true, check):
        yield from ((label.why, (place,)) for place in label.at)
        yield from [(label.why, label.any_of)] if label.any_of else []


def _alarm(one: Labelled, check: str, place: str) -> Slip:
    labels = [label for label in _of(one.innocent, check) if any(covers(at, place) for at in label.at)]
    return Slip(check, "false alarm", one.stem, place, labels[0].why if labels else "", bool(labels))


def _known(one: Labelled, place: str) -> str:
    """The place by the name the labels use, where it was reported under the last part of the path."""
    resource, dot, column = place.partition(".")
    if resource in one.resources:
        return place
    by_path = [name for name, path in one.resources.items() if _last(path) == resource]
    return f"{by_path[0]}{dot}{column}" if len(by_path) == 1 else place


def _last(path: str) -> str:
    return next((part for part in reversed(path.split("/")) if part and "{" not in part), "")

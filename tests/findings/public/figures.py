"""Scores of a run over the labelled descriptions, set by set: those of the start, and those that were held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evaluation.findings import catalogue
from tests.findings.bench.shape import CHECKS

from .loader import Labelled
from .results import Result
from .scoring import Score, score, total

YOUNGER: Final = ("HJ-047",)  # made when the labels were written, so nobody labelled it


@dataclass(frozen=True)
class Figures:
    """The scores of one run over one set of descriptions, by check, all together, and of those that may be high."""

    scores: Mapping[str, Score]
    total: Score
    high: Score


@dataclass(frozen=True)
class Set:
    """Descriptions that were labelled together, what is reported of them now, and what the first run reported.

    ``newest``: none was labelled later. ``moved``: by the same labels, the figures of now are others than of the first.
    """

    labels: tuple[Labelled, ...]
    now: Figures
    first: Figures
    newest: bool = True
    moved: bool = True

    @property
    def held(self) -> bool:
        """Whether no check had been corrected on them when they were first asked."""
        return self.labels[0].held_out

    @property
    def unseen(self) -> bool:
        """Whether it is the set whose first run says most of checks as they are: the newest of those held out."""
        return self.held and self.newest


def high() -> tuple[str, ...]:
    """The checks whose finding is of the worst level unless it is narrow."""
    levels, entries = catalogue.severities(), catalogue.load()
    worst = levels.levels[0]
    return tuple(check for check in CHECKS if levels.consequences[entries[check].consequence][0] == worst)


def figures(labels: Sequence[Labelled], results: Mapping[str, Result]) -> Figures:
    """The scores of results. Raises KeyError where a description has none."""
    found = [(one, results[one.stem].said) for one in labels]
    scores = {check: score(check, found) for check in CHECKS if check not in YOUNGER}
    worst = total("those that may be high", (scores[check] for check in high() if check in scores))
    return Figures(scores, total("all", scores.values()), worst)


def sets(labels: Sequence[Labelled], now: Mapping[str, Result], first: Mapping[str, Result]) -> tuple[Set, ...]:
    """The set that checks were corrected on from the start, then those held out, in the order they were labelled."""
    numbers = sorted({one.set_no for one in labels})
    parts = [tuple(one for one in labels if one.set_no == number) for number in numbers]
    return tuple(_set(part, now, first, part is parts[-1]) for part in parts)


def _set(part: tuple[Labelled, ...], now: Mapping[str, Result], first: Mapping[str, Result], newest: bool) -> Set:
    then, plain = figures(_as_labelled(part), first), figures(_as_labelled(part), now)
    return Set(part, figures(part, now), then, newest, moved=plain != then)


def _as_labelled(labels: Sequence[Labelled]) -> list[Labelled]:
    """The labels without what was judged when results were known, because the first run could not have it."""
    return [replace(one, later=()) for one in labels]

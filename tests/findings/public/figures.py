"""Scores of a run over the labelled descriptions: those that checks were corrected on, and those held out."""

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
    """Descriptions that were labelled together, what is reported of them now, and what the first run reported."""

    labels: tuple[Labelled, ...]
    now: Figures
    first: Figures

    @property
    def held(self) -> bool:
        """Whether no check had been corrected on them when they were first asked."""
        return self.labels[0].held_out


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
    """The set that checks were corrected on, then the one held out, if there is one."""
    split = [tuple(one for one in labels if one.held_out is held) for held in (False, True)]
    return tuple(Set(part, figures(part, now), figures(_as_labelled(part), first)) for part in split if part)


def _as_labelled(labels: Sequence[Labelled]) -> list[Labelled]:
    """The labels without what was judged when results were known, because the first run could not have it."""
    return [replace(one, later=()) for one in labels]

"""Several targets side by side, as plain data: the one place that decides what a comparison says, for every format.

What each run saw and what is known of each vendor are kept apart, as in a report on one target. Nobody is called
ahead where less is known than comparison.yaml asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from evaluation.findings.evaluate import SEEN, Evaluation
from evaluation.findings.outcome import Verdict
from evaluation.findings.output.facts import counts, printable
from evaluation.radar import criteria_file, told
from evaluation.radar.scorecard import Scorecard, of_evaluation

from . import comparison_checks as checks
from . import comparison_rules, comparison_words
from .comparison_rules import Rules
from .comparison_standing import standing

Facts = dict[str, Any]


def compare(
    evaluations: Sequence[Evaluation], criteria: Path | None = None, *, whole: bool = True, rules: Rules | None = None
) -> Facts:
    """Two or more evaluations side by side, as JSON data; they are called A, B, C in the order they come.

    ``whole=False`` is for runs of some checks only: they have no scorecard. Raises InputError for a file of criteria
    that cannot be taken.
    """
    rules = rules or comparison_rules.load()
    runs = dict(zip(ascii_uppercase, evaluations, strict=False))
    cards = _cards(runs, criteria) if whole else {}
    judged = _one_of_each(runs, cards)
    made: Facts = {
        "targets": [_target(letter, run, cards.get(letter), rules) for letter, run in runs.items()],
        "rule": {"least": rules.least, "because": rules.because},
        "criteria": _criteria(cards, judged, rules),
        "standing": _standing(judged, rules) if judged else None,
        "compared": list(judged),
        **checks.side_by_side(runs),
    }
    return {"verdict": comparison_words.verdict(made, runs), **made}


def _cards(runs: Mapping[str, Evaluation], criteria: Path | None) -> dict[str, Scorecard]:
    judged = criteria_file.load(criteria)
    return {letter: of_evaluation(run, judged) for letter, run in runs.items()}


def _one_of_each(runs: Mapping[str, Evaluation], cards: Mapping[str, Scorecard]) -> dict[str, Scorecard]:
    """The scorecard that knows most of each vendor, by letter: nobody is ahead of himself. Empty for one vendor."""
    best: dict[str, str] = {}
    for letter, card in cards.items():
        vendor = runs[letter].api.vendor or letter
        if vendor not in best or card.confidence > cards[best[vendor]].confidence:
            best[vendor] = letter
    return {letter: cards[letter] for letter in cards if letter in best.values()} if len(best) > 1 else {}


def _target(letter: str, run: Evaluation, card: Scorecard | None, rules: Rules) -> Facts:
    found = counts(run)
    return {
        "letter": letter,
        "target": printable(run.api.title),
        "origin": str(run.api.origin),
        "worth": SEEN[run.api.origin],
        "vendor": run.api.vendor or None,
        "partial": list(map(printable, run.partial)),
        "checks": len(run.results),
        "undecided": found["unknown"],
        "counts": found,
        "scorecard": None if card is None else _card(card, rules),
    }


def _card(card: Scorecard, rules: Rules) -> Facts:
    data = told.as_data(card)
    scales = {key: data[key] for key in ("ring", *told.SCALES)}
    return {**scales, "enough": card.confidence >= rules.least}


def _criteria(cards: Mapping[str, Scorecard], judged: Mapping[str, Scorecard], rules: Rules) -> list[Facts]:
    """Each criterion with what is known of each target on it, and who of ``judged`` is ahead, if they are several."""
    if not cards:
        return []
    first = next(iter(cards.values()))
    return [
        {
            "id": one.id,
            "title": one.title,
            "weight": one.weight,
            "because": one.because,
            "of": {letter: _scales(card, one.id) for letter, card in cards.items()},
            "standing": _standing(judged, rules, one.id) if judged else None,
        }
        for one in first.criteria.criteria.values()
    ]


def _scales(card: Scorecard, of: str) -> Facts:
    marks = [mark for mark in card.marks if mark.item.criterion == of]
    verdicts = {str(v): sum(1 for mark in marks if mark.verdict is v) for v in Verdict}
    return {**{scale: card.whole(scale, of) for scale in told.SCALES}, **verdicts}


def _standing(cards: Mapping[str, Scorecard], rules: Rules, of: str = "") -> Facts:
    found = standing(cards, rules.least, of)
    return {
        "verdict": found.verdict,
        "ahead": list(found.ahead),
        "shared": found.shared,
        "well": dict(found.well),
        "nothing_known": list(found.without),
        "says": found.says,
    }

"""The verdict on several targets, in sentences: what was found, what that is worth, and who is ahead, if anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.findings.evaluate import Evaluation
from evaluation.findings.model import Origin
from evaluation.findings.phrases import listed_words

Facts = dict[str, Any]
ALL = 26  # letters: all of them are named
UNSURE = frozenset({str(Origin.folder), str(Origin.server)})  # whose they are is not known


def verdict(facts: Facts, runs: Mapping[str, Evaluation]) -> list[str]:
    """Sentences, the most important first."""
    return [*_found(facts, runs), *_vendors(facts), *_ahead(facts), *_partial(facts)]


def _found(facts: Facts, runs: Mapping[str, Evaluation]) -> Iterator[str]:
    """Findings of the worst severity in all that was looked at, and in what all of them decided."""
    level = next(iter(runs.values())).levels[0]
    seen = {letter: {r.id for r in run.results if r.severity == level and r.failed} for letter, run in runs.items()}
    yield f"On what was looked at, {_counted(seen, level)}."
    left = [f"{_undecided(run)} for {letter}" for letter, run in runs.items()]
    if not any(map(_undecided, runs.values())):
        return
    told = f"Of {len(next(iter(runs.values())).results)} checks, undecided are {listed_words(left, ALL)}"
    shared = set(facts["shared"])
    if not shared:
        yield f"{told}; no check is decided for all of them, so the numbers cannot be compared."
        return
    checks = f"the {len(shared)} checks" if len(shared) > 1 else "the one check"
    there = _counted({letter: found & shared for letter, found in seen.items()}, level)
    yield f"{told}, so compare only {checks} decided for all of them: there {there}."


def _counted(seen: Mapping[str, set[str]], level: str) -> str:
    names = list(seen)
    first = len(seen[names[0]])
    head = f"{names[0]} has {first} finding{'' if first == 1 else 's'} of {level} severity"
    return listed_words([head, *(f"{letter} {len(seen[letter])}" for letter in names[1:])], ALL)


def _undecided(run: Evaluation) -> int:
    return sum(1 for result in run.results if result.outcome.verdict == "unknown")


def _vendors(facts: Facts) -> Iterator[str]:
    """Targets of one vendor are no vendors to choose from."""
    found: dict[str, list[Facts]] = {}
    for target in facts["targets"]:
        if target["vendor"]:
            found.setdefault(target["vendor"], []).append(target)
    for vendor, targets in found.items():
        if len(targets) > 1:
            letters = listed_words([target["letter"] for target in targets], ALL)
            verb = "are taken for" if {target["origin"] for target in targets} & UNSURE else "are"
            stands = [target["letter"] for target in targets if target["letter"] in facts["compared"]]
            yield (
                f"{letters} {verb} one vendor ({vendor}), not {len(targets)}: score and ring are the vendor's, "
                f"and what differs is what each run saw.{''.join(f' {one} stands for it below.' for one in stands)}"
            )


def _ahead(facts: Facts) -> Iterator[str]:
    """Who is ahead on all criteria, and on which of them somebody is."""
    whole, criteria = facts["standing"], facts["criteria"]
    if whole is None:
        return
    if whole["verdict"] in ("open", "unknown"):
        least = f"{facts['rule']['least']:g} of 100"
        yield f"No winner: somebody is called ahead only where {least} is known of each. {whole['says']}"
    else:
        yield f"By what is known of the vendors: {whole['says']}"
    yield from _by_criterion(criteria)


def _by_criterion(criteria: Sequence[Facts]) -> Iterator[str]:
    leads: dict[str, list[str]] = {}
    for one in criteria:
        if one["standing"]["ahead"]:
            leads.setdefault(listed_words(one["standing"]["ahead"], ALL), []).append(one["title"])
    if leads:
        told = [f"{letters} on {listed_words(titles, ALL)}" for letters, titles in sorted(leads.items())]
        yield f"Ahead by criterion: {'; '.join(told)}."
    called = sum(1 for one in criteria if one["standing"]["verdict"] in ("ahead", "even"))
    if called:
        yield f"{called} of {len(criteria)} criteria can be called; on the others too little is known."
    else:
        yield f"None of the {len(criteria)} criteria can be called: too little is known."


def _partial(facts: Facts) -> Iterator[str]:
    letters = [target["letter"] for target in facts["targets"] if target["partial"]]
    if letters:
        yield f"Not everything could be read of {listed_words(letters, ALL)}."

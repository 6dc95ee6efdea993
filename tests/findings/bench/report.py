"""The published page of the bench, made from the cases, the checks and what is said of each slip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import yaml

from evaluation.findings import catalogue
from evaluation.findings.registry import checks_by_id
from mockserver.errors import InputError

from .loader import CASES, LATER, Case, cases
from .scoring import Score, Slip, judge_with, score, total
from .shape import CHECKS

ROOT: Final = Path(__file__).parents[3]
PAGE: Final = ROOT / "docs/reference/findings-bench.md"
EXPLAINED: Final = Path(__file__).parent / "explained.yaml"
SETS: Final[Mapping[str, Path]] = {"cases": CASES, "later": LATER}
NOT_HERE: Final = ("HJ-041", "HJ-042", "HJ-047")  # one vendor's columns mapped to FHIR; descriptions, which no case has
FIGURES: Final = ("planted", "found", "alarms")
COLUMNS: Final = (
    "check", "planted", "found", "missed", "false alarms", "look-alikes", "precision", "recall",
    "first run: found, false alarms",
)  # fmt: skip

Explained = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Bench:
    """One set of cases and how every check does on it."""

    name: str
    cases: tuple[Case, ...]
    scores: tuple[Score, ...]

    @cached_property
    def total(self) -> Score:
        return total(self.scores)

    @property
    def slips(self) -> list[Slip]:
        return [slip for one in self.scores for slip in one.slips]


def judged() -> tuple[str, ...]:
    """The checks the bench judges."""
    return tuple(check for check in CHECKS if check not in NOT_HERE)


def run() -> tuple[Bench, ...]:
    """Every check over every case of every set."""
    judge = judge_with(checks_by_id())
    made = {name: cases(folder) for name, folder in SETS.items()}
    return tuple(Bench(name, of, tuple(score(c, of, judge) for c in judged())) for name, of in made.items())


def explained(path: Path = EXPLAINED) -> Explained:
    """``slips``: id of a slip -> reason; ``labels_changed``: what -> reason; ``first_run``: set -> check -> figures.

    Raises InputError for another key or a reason that is no sentence.
    """
    valid = ("slips", "labels_changed", "first_run")
    raw: Explained = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, value in raw.items():
        if key not in valid:
            raise InputError(f"{key!r} is no key here", path.name, valid, given=key)
        for what, why in value.items() if key != "first_run" else ():
            if not isinstance(why, str) or not why.endswith("."):
                raise InputError("the reason must be a sentence", f"{path.name}: {key}.{what}")
    return raw


def page(benches: Sequence[Bench], said: Explained) -> str:
    """The page as Markdown, the same for the same cases and checks."""
    lines = ["# How well the checks find\n", *_head(benches, said["first_run"]), *_rules()]
    for bench in benches:
        lines += _table(bench, said["first_run"][bench.name])
    return "\n".join([*lines, *_slips(benches, said["slips"]), *_changed(said["labels_changed"])]) + "\n"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _told(score: Score, first: Mapping[str, int]) -> str:
    began = first["found"] / (first["found"] + first["alarms"])
    return (
        f"{score.found} of {score.planted} planted faults (recall {_percent(score.recall)}) and raise "
        f"{_alarms(score.alarms)} (precision {_percent(score.precision)}) among {score.innocent} look-alikes. The very "
        f"first run found {first['found']} of {first['planted']} and raised {_alarms(first['alarms'])} "
        f"(precision {_percent(began)})"
    )


def _alarms(count: int) -> str:
    return f"{count} false alarm{'' if count == 1 else 's'}"


def _head(benches: Sequence[Bench], first: Mapping[str, Any]) -> Iterator[str]:
    early, later = benches
    yield (
        f"On {len(early.cases)} made-up APIs, labelled before any check existed, the checks find "
        f"{_told(early.total, first['cases']['all'])}.\n"
    )
    yield (
        f"Checks were corrected on these cases, so their figures flatter. On {len(later.cases)} more, labelled after "
        f"that with the checks in view but before they were run, they find "
        f"{_told(later.total, first['later']['all'])}. The first run of this second set comes nearest to what to "
        "expect of an unknown API; it is small, and one fault more or less moves it by two or three percent.\n"
    )


def _rules() -> Iterator[str]:
    yield (
        "Labels were written by hand from the rules of the catalogue. Whatever a check reports in a case and is not "
        "planted there counts as a false alarm. A fault in several places counts once for each, unless one of them is "
        "enough to tell it. Checks about the service as a whole (token, refusals, probes, documentation) are judged "
        "by verdict. HJ-041 and HJ-042 are computed from one vendor's columns, HJ-047 from what a vendor writes about "
        "columns; they are not judged here."
    )


def _table(bench: Bench, first: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n## The set `tests/findings/bench/{bench.name}`\n"
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{' --- |' * len(COLUMNS)}"
    for one in (*bench.scores, bench.total):
        title = f"{one.check} {catalogue.load()[one.check].title}" if one.check in CHECKS else "all"
        if one.planted or one.innocent or one.alarms:
            yield f"| {title} | {' | '.join(_cells(one))} | {first[one.check]['found']}, {first[one.check]['alarms']} |"


def _cells(one: Score) -> list[str]:
    counts = (one.planted, one.found, one.missed, one.alarms, one.innocent)
    return [*map(str, counts), _percent(one.precision), _percent(one.recall)]


def _slips(benches: Sequence[Bench], reasons: Mapping[str, str]) -> Iterator[str]:
    yield "\n## What is missed or wrongly reported\n"
    slips = [slip for bench in benches for slip in bench.slips]
    if not slips:
        yield "Nothing."
        return
    yield "| slip | case | place | why |"
    yield "| --- | --- | --- | --- |"
    for slip in slips:
        why = reasons.get(slip.id, "Not explained.")
        yield f"| {slip.check} {slip.kind} | {slip.case} | {slip.place} | {why} |"


def _changed(changed: Mapping[str, str]) -> Iterator[str]:
    yield "\n## Labels changed after checks were seen\n"
    yield from [f"* {what}: {why}" for what, why in changed.items()] or ["None."]


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(run(), explained()), encoding="utf-8")


if __name__ == "__main__":
    main()

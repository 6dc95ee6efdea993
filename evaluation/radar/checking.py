"""What ``hjkit radar check`` says of a radar: what is wrong with its files, and whether rings follow from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.findings import catalogue
from mockserver import __version__

from . import entries, scorecard
from .criteria import Criteria
from .entries import Blip
from .scorecard import Scorecard
from .told import as_data


@dataclass(frozen=True, eq=False)
class Checked:
    """One file: an entry with its scorecard (None where no ring is computed), or what is wrong with it."""

    path: Path
    blip: Blip | None
    card: Scorecard | None
    problems: tuple[str, ...]


def check(places: Iterable[Path], criteria: Criteria) -> list[Checked]:
    """Every entry below these files and folders, in order. Raises InputError for a place without any."""
    return [_checked(path, criteria) for place in places for path in entries.paths(place)]


def _checked(path: Path, criteria: Criteria) -> Checked:
    wrong = tuple(str(problem) for problem in entries.problems(path))
    if wrong:
        return Checked(path, None, None, wrong)
    blip = entries.one(path)
    card = scorecard.of_blip(blip, criteria)
    return Checked(path, blip, card, () if card is None else tuple(_ring(blip, card)))


def _ring(blip: Blip, card: Scorecard) -> Iterator[str]:
    if blip.entry.ring != card.ring:
        yield f"{blip.entry.where}: ring is {blip.entry.ring}, but the facts put it in {card.ring}"


def lines(checked: Checked, today: date) -> list[str]:
    """The verdict on one file, for a terminal."""
    if checked.blip is None:
        return [f"{checked.path}: {len(checked.problems)} wrong"]
    entry = checked.blip.entry
    head = f"{entry.title}: {entry.ring}, {checked.blip.movement}"
    stale = [f"  stale: its review was due on {entry.review_by}"] if entry.stale(today) else []
    if checked.card is None:
        return [f"{head} (an opinion; no facts are named)", *stale]
    return [head, *stale, *_facts(checked.blip), *_card(checked.card, entry.next_ring)]


def _facts(blip: Blip) -> list[str]:
    """Where the facts of a described vendor come from."""
    if blip.facts is None:
        return []
    source, found = blip.facts.source, blip.facts.facts
    told = [f"  facts: documented only, {len(found)} of {len(catalogue.load())} checks decided; nobody asked the API"]
    told.append(f"  from {source.title}, read on {source.read}, sha256 {source.sha256}")
    if source.partial:
        told.append(f"  {len(source.partial)} things in it could not be read")
    if source.kit != __version__:
        told.append(f"  judged by the checks of kit {source.kit}; hjkit radar refresh judges by those of {__version__}")
    return told


def _card(card: Scorecard, wanted: str) -> list[str]:
    data = as_data(card, wanted)
    sums = f"score {data['score']} of 100, confidence {data['confidence']}, proven well {data['proven']}"
    told = [f"  ring by the facts: {data['ring']} ({sums})", "", *_table(data), ""]
    headings = {"blockers": f"what would move it to {data['target']}", "threats": "what would push it out"}
    for key, heading in headings.items():
        if data[key]:
            told += [f"  {heading}:", *(f"  - {sentence}" for sentence in data[key]), ""]
    return told


def _table(data: dict[str, Any]) -> list[str]:
    head = f"  {'criterion':26} weight  score  confidence  faults  well  unknown"
    return [head, *(_row(one) for one in data["criteria"])]


def _row(one: dict[str, Any]) -> str:
    score = one["score"] if one["fail"] or one["pass"] else "-"
    sums = f"{one['weight']:6g}  {score:>5}  {one['confidence']:10}"
    return f"  {one['title']:26} {sums}  {one['fail']:6}  {one['pass']:4}  {one['unknown']:7}"

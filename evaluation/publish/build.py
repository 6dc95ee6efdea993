"""All pages that are made from facts, in the order of the navigation, and the parts that are put into written ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.findings.evaluate import Evaluation
from evaluation.radar import criteria_file, entries, scorecard
from evaluation.radar.described import FOLDER as FACTS
from evaluation.radar.entries import Blip
from mockserver.contract import load

from . import (
    described,
    elements,
    entry,
    evidence,
    examples,
    facts,
    fhir_pages,
    findings,
    home,
    markers,
    notices,
    oddities,
    program_pages,
    protocol,
    radar,
)
from .mock import Mock
from .page import Page

FIRST = "healthjump"  # the entry whose verdict stands on the home page


@dataclass(frozen=True, eq=False)
class Site:
    """What the generator of the site is given.

    ``pages`` are made; ``nav`` are files that belong into the navigation; ``parts`` has the text of each marker by
    page; ``hidden`` are files that are left out of this build.
    """

    pages: tuple[Page, ...]
    nav: tuple[Page, ...]
    parts: Mapping[str, Mapping[str, str]]
    hidden: frozenset[str]

    def filled(self, path: str, text: str) -> str:
        """A written page with what is made for it. Raises InputError for a marker nothing is made for."""
        if path not in self.parts:
            return markers.fill(text, examples.parts(path) if markers.names(text) else {}, path)
        if path.startswith(f"{radar.FOLDER}/"):
            return entry.filled(text, self.parts[path], path)
        return markers.fill(text, {**examples.parts(path), **self.parts[path]}, path)


def site(docs: Path = facts.DOCS, public: bool = False) -> Site:
    """Everything that is made. The same files and installation give the same text, to the byte. Raises InputError."""
    every = entries.load(docs / radar.FOLDER)
    blips = {slug: blip for slug, blip in every.items() if blip.entry.public or not public}
    runs = facts.evaluations()
    made = (radar.page(blips), *_checked(), *evidence.pages(load(), docs), *_files())
    hidden = _hidden(every, blips, docs / radar.FOLDER)
    return Site(made, tuple(radar.navigation(blips)), dict(_parts(blips, runs["mock"], public)), hidden)


def pages() -> tuple[Page, ...]:
    """Every generated page of this checkout."""
    return site().pages


def _files() -> Iterator[Page]:
    """The pages made from files of the project that a preview may change."""
    yield from examples.pages()
    yield from notices.pages(facts.ROOT)


@cache
def _checked() -> tuple[Page, ...]:
    """The pages that depend on the installation only, so that a preview makes them once."""
    contract, mock = load(), Mock()
    return (
        *findings.pages(facts.evaluations()),
        *elements.pages(contract, mock),
        *protocol.pages(contract, mock),
        oddities.page(),
        *fhir_pages.pages(contract),
        *program_pages.pages(),
    )


def _parts(blips: Mapping[str, Blip], run: Evaluation, public: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    criteria = criteria_file.load()
    found = {slug: scorecard.of_blip(blip, criteria) for slug, blip in blips.items()}
    cards = {slug: card for slug, card in found.items() if card is not None}
    for slug, blip in blips.items():
        ours = run if blip.entry.findings == run.api.vendor else None
        yield radar.path(slug), entry.parts(blip, cards.get(slug), ours, public, entry.Radar(blips, cards))
    if FIRST in cards:
        yield home.PATH, home.parts(blips[FIRST].entry, blips, cards[FIRST], run, load())


def _hidden(every: Mapping[str, Blip], shown: Mapping[str, Blip], folder: Path) -> frozenset[str]:
    """Entries that are left out with their revisions, and facts that no entry uses that is shown."""
    used = {described.path(blip.entry.findings) for blip in shown.values()}
    files = sorted(path.relative_to(folder).as_posix() for path in (folder / FACTS).rglob("*"))
    unused = (path for path in (f"{radar.FOLDER}/{name}" for name in files) if path not in used)
    gone = [blip for slug, blip in every.items() if slug not in shown]
    revisions = (f"{radar.FOLDER}/revisions/{one.name}.md" for blip in gone for one in blip.history)
    return frozenset([*(radar.path(blip.entry.slug) for blip in gone), *revisions, *unused])

"""The computed parts of the home page: the verdict, the radar, and what is proven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from evaluation.findings.evaluate import Evaluation
from evaluation.html import block
from evaluation.radar.entries import Blip
from evaluation.radar.entry import Entry
from evaluation.radar.scorecard import Scorecard
from mockserver.contract import Contract

from . import facts, findings, radar
from .markdown import cell, link
from .words import count

PATH = "index.md"


def parts(
    entry: Entry, blips: Mapping[str, Blip], card: Scorecard, run: Evaluation, contract: Contract
) -> dict[str, str]:
    """What is made for each marker. ``entry`` is the one whose verdict stands first."""
    return {
        "verdict": _verdict(entry, card),
        "radar": block("div", radar.figure(blips, PATH), class_="radar-small"),
        "proven": _proven(run, contract),
    }


def _verdict(entry: Entry, card: Scorecard) -> str:
    first = entry.opinion.partition(". ")[0].rstrip(".")
    name = link(f"{cell(entry.title)}: {entry.ring}", radar.path(entry.slug), PATH)
    return (
        f"**{name}. {cell(first)}.** Score {card.score} of 100, at a confidence of {card.confidence}: most of what "
        "would decide is not known yet."
        if card.confidence < 50
        else f"**{name}. {cell(first)}.** Score {card.score} of 100, at a confidence of {card.confidence}."
    )


def _proven(run: Evaluation, contract: Contract) -> str:
    grades = Counter(str(p.evidence.grade) for e in contract.elements.values() for p in e.properties)
    seen, all_ = grades["observed"] + grades["consumed"], sum(grades.values())
    known = findings.known_of_vendor(list(facts.results(run).values()))
    high = sum(1 for result in known if result["severity"] == "high")
    evidence = link("the evidence", "reference/evidence.md", PATH)
    return (
        f"{seen} of {count(all_, 'column')} were seen in an answer or in a program that reads it; {grades['inferred']} "
        f"are filled in by analogy ({evidence}). {link(count(len(known), 'finding'), findings.INDEX, PATH)} "
        f"are known of the vendor, {high} of them of high severity."
    )

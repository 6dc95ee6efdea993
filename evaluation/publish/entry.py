"""The computed parts of an entry's page. Its file holds front matter, words, and a marker for each part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.findings import claims
from evaluation.findings.evaluate import Evaluation
from evaluation.html import Html, tag
from evaluation.radar import told
from evaluation.radar.entries import Blip
from evaluation.radar.entry import QUADRANTS, Entry
from evaluation.radar.revisions import timeline
from evaluation.radar.scorecard import Scorecard

from . import described, facts, finding, findings, markers, radar
from .alternatives import alternatives
from .markdown import cell, link, section, table
from .weights import scorecard
from .words import BASES, MODELS, count, day, graded, meaning

HEADINGS = {
    "standing": "Where it stands",
    "claims": "What the entry claims",
    "scorecard": "How the ring follows",
    "findings": "Findings",
    "not-looked-at": "What was not looked at",
    "alternatives": "Alternatives",
    "movers": "What would move it",
    "history": "History",
    "basis": "How we know",
}
CHECK = re.compile(r"HJ-\d{3}")


@dataclass(frozen=True, eq=False)
class Radar:
    """The entries of a build with the scorecards of those that have facts, by slug."""

    blips: Mapping[str, Blip] = field(default_factory=dict)
    cards: Mapping[str, Scorecard] = field(default_factory=dict)


def parts(
    blip: Blip, card: Scorecard | None, run: Evaluation | None, public: bool, others: Radar | None = None
) -> dict[str, str]:
    """What is made for each marker; only what the entry has facts for. ``card`` and ``run`` are of its vendor.

    ``others`` is the radar of the same build, in which its alternatives are looked up.
    """
    entry, here, shown = blip.entry, radar.path(blip.entry.slug), others or Radar()
    made = {
        "head": _head(entry, public),
        "standing": _standing(blip, card),
        "alternatives": alternatives(blip, shown.blips, shown.cards, here),
        "history": _history(blip, here),
        "basis": _basis(blip, here),
    }
    if card is not None and run is not None:
        results = list(facts.results(run).values())
        made["claims"] = _claims(claims.as_facts(run.results), here)
        made["findings"] = _findings(results, here)
        made |= _judged(card, entry, here, "")
    elif card is not None and blip.facts is not None:
        made["findings"] = described.findings_of(blip.facts, here)
        made |= _judged(card, entry, here, described.unknown(blip.facts, here))
    return {name: text for name, text in made.items() if text}


def _judged(card: Scorecard, entry: Entry, here: str, undecided: str) -> dict[str, str]:
    """The parts that follow from the scorecard; ``undecided`` is what the checks could not tell."""
    missing = section(undecided, _not_looked_at(card))
    return {"scorecard": scorecard(card), "not-looked-at": missing, "movers": _movers(card, entry, here)}


def filled(text: str, made: Mapping[str, str], where: str) -> str:
    """The page with its parts: at its markers, or under headings of their own where the file has no marker."""
    if markers.names(text):
        return markers.fill(text, made, where)
    below = [section(f"## {HEADINGS[name]}", made[name]) for name in HEADINGS if name in made]
    heading, _, rest = text.strip("\n").partition("\n")
    return section(heading, made["head"], rest, *below)


def _head(entry: Entry, public: bool) -> Html:
    models = ", ".join(MODELS[model] for model in entry.business_model)
    address = tag("a", re.sub(r"^https?://|/$", "", entry.link), href=entry.link)
    projects = "" if public or not entry.project_ids else f"used by {', '.join(entry.project_ids)}"
    shown = [radar.word(entry.ring), QUADRANTS[entry.quadrant], models, projects, address, _review(entry)]
    return tag("p", Html(" · ".join(str(tag("span", one)) for one in shown if one)), class_="radar-head")


def _review(entry: Entry) -> Html | str:
    if entry.review_by is None:
        return ""
    due = f"review due {day(entry.review_by)}"
    return tag("span", due, class_="review", data_review_by=entry.review_by.isoformat())


def _standing(blip: Blip, card: Scorecard | None) -> str:
    entry = blip.entry
    rows = [[f"Ring {entry.ring}", cell(meaning(entry.ring))]]
    if card is None:
        rows.append(["How it was found", "an opinion: nothing is computed for this entry"])
    else:
        rows += [
            ["Score", f"{card.score} of 100: what is proven against it takes {100 - card.score}"],
            ["Confidence", f"{card.confidence} of 100: so much of what is judged is known either way"],
            ["Proven well", f"{card.proven} of 100"],
        ]
        if blip.facts is not None:
            rows.append(["Known by", "the vendor's own description alone: documented, and nobody asked the API"])
        if card.ring != entry.ring:
            rows.append(["The facts say", f"**{card.ring}**, which is another ring"])
    rows.append(["Movement", blip.movement])
    return table(["fact", "state"], rows)


def _claims(found: Sequence[Mapping[str, Any]], here: str) -> str:
    head = ["claim", "what it says", "kind", "of the vendor", "what is known", "checks"]
    return table(head, [_claim(row, here) for row in found])


def _claim(row: Mapping[str, Any], here: str) -> list[str]:
    known = row["answer"] or "; ".join(f"{part['what']}: {part['known']}, {part['note']}" for part in row["parts"])
    checks = ", ".join(link(one["id"], finding.path(one["id"]), here) for one in row["checks"])
    return [row["id"], cell(row["says"]), row["kind"], graded(row["vendor"], row["grade"]), cell(known), checks]


def _findings(results: Sequence[Mapping[str, Any]], here: str) -> str:
    known = findings.known_of_vendor(results)
    told_ = f"{count(len(known), 'finding')} known of the vendor, worst first. "
    return section(told_ + link("All checks", findings.INDEX, here) + ".", findings.rows(known, here))


def _not_looked_at(card: Scorecard) -> str:
    """Items of which nothing is known, by criterion, with the reason where one is written down."""
    rows = []
    for criterion in card.criteria.criteria.values():
        unknown = [mark for mark in card.of(criterion) if mark.open]
        if unknown:
            rows.append([cell(criterion.title), "<br>".join(cell(_asked(mark)) for mark in unknown)])
    items = sum(1 for mark in card.marks if mark.open)
    text = f"On {items} of {len(card.marks)} checks and questions nothing is known that counts. "
    text += "That lowers the confidence only."
    return section(text, table(["criterion", "not known"], rows))


def _asked(mark: Any) -> str:
    return f"{told.named(mark)}{f' ({mark.says})' if mark.says and told.is_question(mark) else ''}"


def _movers(card: Scorecard, entry: Entry, here: str) -> str:
    data = told.as_data(card, entry.next_ring)
    up = [f"- {_linked(sentence, here)}" for sentence in data["blockers"]]
    down = [f"- {_linked(sentence, here)}" for sentence in data["threats"]]
    return section(
        f"It would reach {data['target']} with:" if up else "",
        "\n".join(up),
        "It would fall out of its ring if these proved bad:" if down else "",
        "\n".join(down),
    )


def _linked(sentence: str, here: str) -> str:
    return CHECK.sub(lambda match: link(match[0], finding.path(match[0]), here), cell(sentence))


def _history(blip: Blip, here: str) -> str:
    rows = [
        [link(day(r.date), f"{radar.FOLDER}/revisions/{r.name}.md", here), r.ring, moved, cell(r.changed)]
        for r, moved in timeline(blip.history)
    ]
    return table(["revision", "ring", "movement", "what changed"], rows) if rows else ""


def _basis(blip: Blip, here: str) -> str:
    entry = blip.entry
    read = described.source(entry.findings, blip.facts, here) if blip.facts is not None else ""
    if not entry.basis:
        return read
    known = ", ".join(BASES[one] for one in entry.basis)
    missing = ", ".join(told_ for one, told_ in BASES.items() if one not in entry.basis)
    return section(f"It rests on {known}." + (f" It does not rest on {missing}." if missing else ""), read)

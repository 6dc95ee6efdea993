"""Everything a report says, as plain data: the one place that decides what is shown, for HTML, PDF and JSON alike."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation.findings.adapters.whose import HEALTHJUMP
from evaluation.findings.catalogue import Severities
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.output import facts
from evaluation.findings.output.facts import Report
from evaluation.radar import criteria_file
from evaluation.radar.entry import Entry
from evaluation.radar.scorecard import of_evaluation
from mockserver import __version__
from mockserver.contract import load, source

from . import comparison, effort, found, gaps, names, notice, relied, standing
from .journal import Use

MAKER = "hjkit report"


@dataclass(frozen=True, eq=False)
class Order:
    """What a report is made of. ``entry`` and ``uses`` may be missing; ``command`` makes the report again.

    Titles of the evaluated APIs are shown as they are, so ``names.target`` has made them.
    """

    customer: str
    evaluation: Evaluation
    levels: Severities
    others: Sequence[Evaluation] = ()
    criteria: Path | None = None
    entry: Entry | None = None
    uses: Sequence[Use] | None = None
    date: str = ""
    public: bool = False
    command: str = ""
    notes: Sequence[str] = field(default=())


def as_data(order: Order) -> dict[str, Any]:
    """The report as JSON data, in a fixed order, the same for the same input."""
    run, api = order.evaluation, order.evaluation.api
    card = of_evaluation(run, criteria_file.load(order.criteria))
    told = facts(Report(run))
    findings = found.as_data(told, card, order.levels, order.public)
    wanted = order.entry.next_ring if order.entry else ""
    return {
        "made_by": MAKER,
        "customer": order.customer,
        "date": order.date or None,
        "public": order.public,
        "target": {
            **{key: told[key] for key in ("target", "origin", "worth", "complete", "counts")},
            "mocked": api.vendor == HEALTHJUMP,
        },
        "verdict": standing.as_data(card, names.subject(api), wanted, order.criteria),
        "entry": _entry(order.entry, order.public),
        "findings": findings,
        "gaps": gaps.as_data(told, api, card),
        "relied": None if order.uses is None else relied.as_data(order.uses),
        "effort": effort.as_data(run),
        "comparison": comparison.compare([run, *order.others], order.criteria) if order.others else None,
        "grades": _grades(order.criteria),
        "sources": _sources(findings["vendor"]),
        "versions": _versions(order),
        "notice": notice.as_data(),
        "command": order.command,
        "notes": list(order.notes),
    }


def _entry(entry: Entry | None, public: bool) -> dict[str, Any] | None:
    """What people wrote of the vendor; in public without the projects, and nothing of an entry that is internal."""
    if entry is None or (public and not entry.public):
        return None
    others = [{"title": o.title, "ring": o.ring, "quadrant": o.quadrant, "note": o.note} for o in entry.alternatives]
    return {
        "title": entry.title,
        "ring": entry.ring,
        "opinion": entry.opinion,
        "reviewed": entry.reviewed.isoformat() if entry.reviewed else None,
        "projects": [] if public else list(entry.project_ids),
        "alternatives": others,
    }


def _grades(criteria: Path | None) -> list[dict[str, Any]]:
    """What each grade means and how much it counts, as the criteria say."""
    found_ = standing.rules(criteria).node("grades").nodes()
    return [{"grade": name, "weight": node.number("weight"), "because": node.text("because")} for name, node in found_]


def _sources(findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each source that a finding rests on, with its kind and date."""
    known, used = source.document("sources.yaml"), {id_ for one in findings for id_ in one["known"]["sources"]}
    return [{"id": id_, "kind": known[id_]["kind"], "seen": known[id_]["seen"]} for id_ in known if id_ in used]


def _versions(order: Order) -> dict[str, Any]:
    document = load().openapi()
    text = json.dumps(document, sort_keys=True).encode()
    return {
        "kit": __version__,
        "contract": {"version": str(document["info"]["version"]), "digest": sha256(text).hexdigest()[:12]},
        "criteria": {"own": order.criteria is None, "digest": standing.digest(order.criteria)},
        "targets": [run.api.title for run in (order.evaluation, *order.others)],
    }


def as_json(data: dict[str, Any]) -> str:
    """The data as the file beside the report holds it."""
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=False) + "\n"

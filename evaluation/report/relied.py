"""What a run leaned on, as data: behaviours by grade, the weakest first, and how well the columns it read are known.

Claims and grades are those of the contract, whatever a journal says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from evaluation.recording.questions import TITLES
from mockserver.contract import Contract, Grade, load

from .journal import Use

FIRM = (Grade.observed, Grade.consumed)
NAMED = 8  # weakest columns of an element that are named


def as_data(uses: Sequence[Use]) -> dict[str, Any]:
    """All clients together, and a line for each: clients are numbered, because their names are the customer's."""
    whole = Use(
        sum((use.behaviours for use in uses), Counter[str]()),
        sum((use.elements for use in uses), Counter[str]()),
        sum(use.strange for use in uses),
    )
    contract = load()
    grades = Counter(str(contract.behaviours[id_].evidence.grade) for id_ in whole.behaviours)
    return {
        "grades": {str(grade): grades[str(grade)] for grade in sorted(Grade)},
        "behaviours": [_behaviour(contract, id_, whole.behaviours[id_]) for id_ in _weakest_first(contract, whole)],
        "elements": [_element(contract, name, count) for name, count in sorted(whole.elements.items())],
        "clients": [{"client": f"client {n}", **_client(contract, use)} for n, use in enumerate(uses, 1)],
        "strange": whole.strange,
    }


def _weakest_first(contract: Contract, use: Use) -> list[str]:
    return sorted(use.behaviours, key=lambda id_: (contract.behaviours[id_].evidence.grade, id_))


def _behaviour(contract: Contract, id_: str, requests: int) -> dict[str, Any]:
    known = contract.behaviours[id_]
    asked = TITLES.get(known.open_question or 0)
    told = {"claim": known.claim, "unknown": known.unknown, "question": asked, "setting": known.setting}
    return {"id": id_, "grade": str(known.evidence.grade), "requests": requests, **told}


def _element(contract: Contract, name: str, requests: int) -> dict[str, Any]:
    columns = contract.elements[name].properties
    grades = Counter(str(column.evidence.grade) for column in columns)
    weak = [column.vendor for column in columns if column.evidence.grade is Grade.inferred]
    return {
        "element": name,
        "requests": requests,
        "columns": {str(grade): grades[str(grade)] for grade in sorted(Grade, reverse=True)},
        "firm": sum(1 for column in columns if column.evidence.grade in FIRM),
        "weakest": weak[:NAMED],
        "weak": len(weak),
    }


def _client(contract: Contract, use: Use) -> dict[str, Any]:
    inferred = [id_ for id_ in use.behaviours if contract.behaviours[id_].evidence.grade is Grade.inferred]
    return {"behaviours": len(use.behaviours), "inferred": len(inferred), "elements": len(use.elements)}

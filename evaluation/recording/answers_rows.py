"""Answers to the open questions on rows: columns, ids, null habits, order. Columns are named, values never shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mockserver.contract import Contract

from .asked import Answer, Asked, Row, listed

STAMP = "hj_modify_timestamp"
ZONE = re.compile(r"(Z|[+-][0-9]{2}:?[0-9]{2})$")
SOURCE_ID = re.compile(r"source_\w+_id")
SHOWN = ("appointment", "demographic", "diagnosis", "allergy", "procedure", "vitals")
"""Elements whose columns were seen by a client or a page before; question 5 is about the others."""


def ids(asked: Asked, contract: Contract) -> Answer:
    """Question 4: both ids in a row of diagnosis."""
    rows = dict(asked.elements()).get("diagnosis", [])
    if not rows:
        return Answer(missing=["no row of diagnosis"])
    answer = Answer()
    for column in ("diagnosisid", "diagnosis_id"):
        there = [row[column] for row in rows if column in row]
        answer.settled.append(f"{column}: {listed(sorted({_type(value) for value in there}))}")
    same = any(str(row.get("diagnosisid")) == str(row.get("diagnosis_id")) for row in rows)
    answer.settled.append(f"the two ids are {'sometimes' if same else 'never'} the same")
    answer.time.append("which of them the source system knows (compare one row with the source)")
    return answer


def columns(asked: Asked, contract: Contract) -> Answer:
    """Question 5: the columns of the elements no answer shows."""
    answer = Answer()
    for element, rows in asked.elements():
        if element in SHOWN or element not in contract.paths:
            continue
        if not rows:
            answer.missing.append(f"{element} has no rows")
            continue
        known, came = list(contract.paths[element].by_wire), _keys(rows)
        new, gone = [k for k in came if k not in known], [k for k in known if k not in came]
        unlike = f"not in the contract: {listed(new)}; not sent: {listed(gone)}"
        answer.settled.append(f"{element}: {len(came)} columns; {unlike}")
    return answer


def allergy_names(asked: Asked, contract: Contract) -> Answer:
    """Question 6: the names of allergy's ids."""
    rows = dict(asked.elements()).get("allergy", [])
    if not rows:
        return Answer(missing=["no row of allergy"])
    return Answer([f"{name} is {'there' if name in _keys(rows) else 'not there'}" for name in ("allergy_pk", "enc_id")])


def source_ids(asked: Asked, contract: Contract) -> Answer:
    """Question 7: source_..._id, and the type of location_id."""
    answer = Answer()
    for element, rows in asked.elements():
        found = [key for key in _keys(rows) if SOURCE_ID.fullmatch(key)]
        answer.settled += [f"{element}.{key}" for key in found]
        if "location_id" in _keys(rows):
            types = sorted({_type(row.get("location_id")) for row in rows})
            answer.settled.append(f"{element}.location_id: {listed(types)}")
    answer.missing += [f"{element} has no rows" for element, rows in asked.elements() if not rows]
    return answer


def delete_ind(asked: Asked, contract: Contract) -> Answer:
    """Question 8: delete_ind in other elements."""
    found = {element: rows for element, rows in asked.elements() if rows}
    if not found:
        return Answer(missing=["no rows of any element"])
    there = [element for element, rows in found.items() if "delete_ind" in _keys(rows)]
    without = [element for element in found if element not in there]
    answer = Answer([f"delete_ind is in: {listed(there)}", f"it is not in: {listed(without)}"])
    answer.missing += [f"{element} has no rows" for element, rows in asked.elements() if not rows]
    answer.time.append("how a deletion shows in elements without it")
    return answer


def habits(asked: Asked, contract: Contract) -> Answer:
    """Question 12: key order, and empty text against null, outside appointment."""
    answer = Answer()
    for element, rows in asked.elements():
        if element == "appointment" or element not in contract.paths:
            continue
        if not rows:
            answer.missing.append(f"{element} has no rows")
            continue
        known = [key for key in contract.paths[element].by_wire if key in rows[0]]
        same = [key for key in rows[0] if key in known] == known
        order = "key order of the contract" if same else "another key order"
        null, empty = (_ever(rows, test) for test in (lambda v: v is None, lambda v: v == ""))
        answer.settled.append(f"{element}: {order}; null in {listed(null)}; empty text in {listed(empty)}")
    return answer


def order(asked: Asked, contract: Contract) -> Answer:
    """Question 13: the order of rows, and whether pages of a walk hold together."""
    answer = Answer()
    sorts: dict[str, list[str]] = {}
    for element, rows in asked.elements():
        sorts.setdefault(_sort([str(row.get(STAMP)) for row in rows if row.get(STAMP)]), []).append(element)
    few = sorts.pop("", [])
    answer.settled += [f"{sort}: {', '.join(elements)}" for sort, elements in sorts.items()]
    if few:
        answer.missing.append(f"too few different instants in {', '.join(few)}")
    pages = range(len(asked.all("paging.unfiltered")))
    seen = [_first(row) for page in pages for row in asked.rows("paging.unfiltered", page)]
    if len(pages) > 1:
        answer.settled.append(f"pages of one walk {'overlap' if len(set(seen)) < len(seen) else 'do not overlap'}")
    answer.time.append("whether a walk holds together while rows change")
    return answer


def zone(asked: Asked, contract: Contract) -> Answer:
    """Question 14: the zone of timestamps. One capture sees only whether they name one."""
    stamps = [str(row[STAMP]) for _, rows in asked.elements() for row in rows if row.get(STAMP)]
    if any(ZONE.search(stamp) for stamp in stamps):
        return Answer(["timestamps name their zone"])
    return Answer(time=["timestamps name no zone; compare a change of a known instant with its timestamp"])


def _keys(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _ever(rows: Sequence[Row], test: Callable[[object], bool]) -> list[str]:
    return [key for key in _keys(rows) if any(key in row and test(row[key]) for row in rows)]


def _type(value: object) -> str:
    names = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "text"}
    return names.get(type(value), "something nested")


def _first(row: Row) -> str:
    return str(next(iter(row.values()), ""))


def _sort(stamps: Sequence[str]) -> str:
    if len(set(stamps)) < 2:
        return ""
    if list(stamps) == sorted(stamps, reverse=True):
        return "newest change first"
    return "oldest change first" if list(stamps) == sorted(stamps) else "not by time of change"

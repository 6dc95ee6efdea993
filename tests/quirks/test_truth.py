"""The answer key leads back to the clean rows."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal

import pytest

from mockserver.contract import quirks as catalogue
from mockserver.contract.wire import timestamp
from mockserver.quirks import Context, Truth, apply
from mockserver.quirks.truth import plain
from mockserver.world.model import History

FEED = catalogue.of_set("vendor+feed")


def restored(rows: list[History], truth: Truth) -> dict[tuple[str, int], list[dict[str, object]]]:
    """The clean rows as the notes tell them: by element and surrogate, the values of each version."""
    notes = [json.loads(line) for line in truth.lines()]
    extra = {
        (n["element"], n["surrogate"])
        for n in notes
        if n.get("what") == "duplicate" and n["of"] != n["surrogate"]
    }
    back: dict[tuple[str, int], list[dict[str, object]]] = {}
    for row in rows:
        key = (row.element, row.surrogate)
        if key not in extra and key not in back:
            back[key] = [_clean(row, n, notes) for n in range(len(row.versions)) if not _gone(row, n, notes)]
    return back


def _stamp(row: History, n: int) -> str:
    return timestamp(row.versions[n].at, fixed=True)


def _gone(row: History, n: int, notes: list[dict[str, object]]) -> bool:
    mine = [x for x in notes if x.get("what") == "deleted" and x["surrogate"] == row.surrogate]
    return any(_stamp(row, n) in x["modified"] for x in mine)


def _clean(row: History, n: int, notes: list[dict[str, object]]) -> dict[str, object]:
    values = {column: plain(value) for column, value in row.versions[n].values.items()}
    for note in notes:
        if note["element"] != row.element or "column" not in note or "text" in note:
            continue
        column = note["column"]
        if note["note"] == "rule":
            values[column] = {d: c for c, d in note["map"]}.get(values[column], values[column])
        elif note["surrogate"] == row.surrogate and _stamp(row, n) in note["modified"]:
            assert values[column] == note["dirty"]
            values[column] = note["clean"]
    return values


@pytest.mark.parametrize("quirks", [FEED, catalogue.VENDOR, frozenset({"Q13", "Q21"}), frozenset()])
def test_the_notes_restore_every_clean_value(kit, quirks):
    rows = [row for n in range(120) for row in kit.one_of_each(n)]
    context = kit.context()
    found = restored(list(apply(rows, quirks, context)), context.truth)
    withheld = {
        (n["element"], n["surrogate"])
        for n in map(json.loads, context.truth.lines())
        if n.get("what") == "withheld"
    }
    clean = {
        (row.element, row.surrogate): [{c: plain(x) for c, x in v.values.items()} for v in row.versions]
        for row in rows
    }
    assert {key: value for key, value in clean.items() if key not in withheld} == found


def test_the_sandbox_notes_its_marks_cell_by_cell(kit):
    marks = {"Q23": {"reason": "FOLOW UP"}, "Q12": "unresolved"}
    row = kit.history("appointment", marks=marks)
    context = kit.context("sandbox")
    list(apply([row], frozenset({"Q12", "Q17", "Q23"}), context))
    notes = [json.loads(line) for line in context.truth.lines()]
    cells = [(n["column"], n["clean"], n["dirty"]) for n in notes if n["note"] == "cell"]
    assert cells == [("provider_name", "Dana7 Provider7", None), ("reason", "Follow up", "FOLOW UP")]
    assert notes[-1]["modified"] == [timestamp(row.versions[0].batch, fixed=True)]


def test_uniform_quirks_are_one_rule(kit):
    rows = [kit.history("demographic", n, race="White" if n % 2 else "Asian") for n in range(30)]
    context = kit.context()
    list(apply(rows, frozenset({"Q16", "Q17", "Q28"}), context))
    notes = [json.loads(line) for line in context.truth.lines()]
    assert {n["note"] for n in notes} == {"rule"} and len(notes) == 7
    race = next(n for n in notes if n["column"] == "race")
    assert race["map"] == [["Asian", "2028-9"], ["White", "2106-3"]]


def test_a_twin_and_a_withheld_row_are_noted(kit):
    raw = {"Q14": {"appointment": {"twin": 1.0}}, "Q22": {"demographic": {"withheld": 1.0}}}
    context = kit.context(raw=raw)
    rows = [kit.history("appointment"), kit.history("demographic")]
    first, twin = apply(rows, frozenset({"Q14", "Q22"}), context)
    notes = [json.loads(line) for line in context.truth.lines()]
    assert [(n["quirk"], n["what"], n["surrogate"], n.get("of")) for n in notes] == [
        ("Q14", "duplicate", twin.surrogate, first.surrogate),
        ("Q22", "withheld", rows[1].surrogate, None),
    ]


def test_lines_do_not_depend_on_the_order_of_rows(kit):
    rows = [row for n in range(40) for row in kit.one_of_each(n)]
    keys = []
    for order in (rows, rows[::-1]):
        context: Context = kit.context()
        list(apply(order, FEED, context))
        keys.append(list(context.truth.lines()))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    "value, text",
    [
        (date(987, 1, 2), "09870102"),
        (time(1, 15), "0115"),
        (Decimal("1.50"), "1.50"),
        (7, 7),
        ("x", "x"),
        (None, None),
    ],
)
def test_plain_values(value, text):
    assert plain(value) == text

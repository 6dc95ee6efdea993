"""What the customer's own run leaned on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.html import Html, block, table, tag

from ..charts import Bar, bars
from ..page import badge, paragraph, section

Facts = dict[str, Any]
FIRM = {"seen": "solid", "told": "dots", "by analogy": "empty"}
OF_GRADE = {"observed": 0, "consumed": 0, "documented": 1, "seed": 1, "adjacent": 1, "inferred": 2}


def relied(data: Facts) -> Html:
    """What the customer's own program leaned on, from the journal of a mock."""
    found, mocked = data["relied"], data["target"]["mocked"]
    inner = (_no_journal() if mocked else _no_mock()) if found is None else _journal(found)
    other = [] if mocked or found is None else [_other(data["verdict"]["subject"])]
    return section("assumptions", "Assumptions your own run relied on", *other, *inner)


def _no_mock() -> Iterable[Html]:
    told = "The kit's mock imitates Healthjump only, so nothing is known of a run of your program against this API."
    yield paragraph(told)


def _other(subject: str) -> Html:
    return paragraph(tag("strong", f"The mock imitates Healthjump, so nothing in this section is about {subject}."))


def _no_journal() -> Iterable[Html]:
    yield paragraph(tag("strong", "No journal was given, so nothing is known of your own program here."))
    yield paragraph("To fill this section, run your program against the mock, then make the report again:")
    journal = "hjkit report --journal http://127.0.0.1:8420 …"
    steps = ["hjkit serve", "… your program, with a User-Agent of its own …", journal]
    yield block("ol", *(tag("li", tag("code", step)) for step in steps))


def _journal(found: Facts) -> Iterable[Html]:
    weak = found["grades"].get("inferred", 0)
    behaviours, clients = len(found["behaviours"]), len(found["clients"])
    yield paragraph(
        tag("strong", f"Your run relied on {behaviours} behaviours, of which {weak} are filled in by analogy. "), " ",
        f"{clients} {'client' if clients == 1 else 'clients'} asked the mock. What is listed first below is what to "
        "try first against the real API.",
    )  # fmt: skip
    if found["strange"]:
        yield paragraph(f"{found['strange']} parts of the journal name nothing this version knows and are left out.")
    yield from _behaviours([one for one in found["behaviours"] if OF_GRADE.get(one["grade"])])
    firm = [one for one in found["behaviours"] if not OF_GRADE.get(one["grade"])]
    if firm:
        named = [part for one in firm for part in (", ", tag("code", one["id"]))][1:]
        yield paragraph(f"Seen in an answer of the API, or read so by a public program, are {len(firm)} more: ", *named)
    yield from _elements(found["elements"])
    if clients > 1:
        told = [[one["client"], one["behaviours"], one["inferred"], one["elements"]] for one in found["clients"]]
        yield table("Each client", ("client", "behaviours", "by analogy", "elements read"), told)


def _kind(grade: str) -> str:
    return ("good", "note", "unknown")[OF_GRADE.get(grade, 2)]


def _behaviours(weak: Sequence[Facts]) -> Iterable[Html]:
    if weak:
        rows = [[badge(one["grade"], _kind(one["grade"])), one["requests"], _behaviour(one)] for one in weak]
        yield table("What is not certain, the least certain first", ("grade", "requests", "what the mock does"), rows)


def _behaviour(one: Facts) -> Html:
    asks = one["unknown"] or one["question"]
    told = tag("em", f"To ask: {asks.rstrip('.?')}.") if asks else ""
    return tag("span", one["claim"], " ", told, " ", tag("code", one["id"], class_="soft"))


def _elements(found: Sequence[Facts]) -> Iterable[Html]:
    if found:
        rows = [Bar(one["element"], _columns(one["columns"]), _weakest(one)) for one in found]
        caption = "Columns of what you read: seen in an answer or a program, told by somebody, or filled in by analogy"
        yield bars(caption, rows, head="element", looks=FIRM)


def _columns(grades: dict[str, int]) -> dict[str, float]:
    names = list(FIRM)
    made = dict.fromkeys(names, 0.0)
    for grade, count in grades.items():
        made[names[OF_GRADE.get(grade, 2)]] += count
    return made


def _weakest(one: Facts) -> str:
    if not one["weakest"]:
        return ""
    more = one["weak"] - len(one["weakest"])
    return f"by analogy: {', '.join(one['weakest'])}" + (f" and {more} more" if more else "")

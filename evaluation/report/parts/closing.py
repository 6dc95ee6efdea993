"""Method, versions, and what has to be said at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.html import Html, block, table, tag

from ..page import items, paragraph, section

Facts = dict[str, Any]


def method(data: Facts) -> Html:
    """How to read all of it."""
    weights = [[one["grade"], f"{one['weight']:g}", one["because"]] for one in data["grades"]]
    return section(
        "method",
        "Method",
        paragraph(
            "Every check is a rule anybody can reject: it says what it looked at, where it fired and why. What this "
            "run saw and what is known of the vendor are kept apart; only the second counts, or the first where the "
            "vendor itself spoke."
        ),
        paragraph(
            tag("strong", "Our mock and our contract prove nothing about the vendor. "), " ",
            "They show that a check works, and let you try your own program.",
        ),
        table("How well a fact is known, and how much it counts", ("grade", "counts", "how it is known"), weights),
        paragraph(
            "Of 100 points each check and question holds a share. A fault takes its share times the weight of its "
            "grade; something known to be well proves as much. The ring is the first, from the centre outwards, whose "
            "limits are all kept. Every limit and weight is in one file that you may change."
        ),
        *_sources(data["sources"]),
    )  # fmt: skip


def _sources(found: Sequence[Facts]) -> Iterable[Html]:
    if found:
        named: dict[tuple[str, str], list[str]] = {}
        for one in found:
            named.setdefault((one["kind"], one["seen"] or "not known"), []).append(one["id"])
        rows = [[kind, seen, ", ".join(ids)] for (kind, seen), ids in named.items()]
        yield table("Sources that findings rest on", ("kind", "date", "called"), rows)


def versions(data: Facts) -> Html:
    """What the report was made with."""
    made = data["versions"]
    whose = "the kit's own" if made["criteria"]["own"] else "a file that was given"
    rows = [
        ["healthjump-kit", made["kit"]],
        ["contract", f"{made['contract']['version']}, SHA-256 begins {made['contract']['digest']}"],
        ["criteria", f"{whose}, SHA-256 begins {made['criteria']['digest']}"],
        *[["target" if n == 0 else f"alternative {n}", name] for n, name in enumerate(made["targets"])],
        ["date of the report", data["date"] or "none was given"],
    ]
    return section("versions", "Versions", table("What this was made with", ("part", "version"), rows))


def legal(data: Facts) -> Html:
    """Not affiliated, whose data is shown, and how to check it all again."""
    return section(
        "legal",
        "Not affiliated, licences, and how to check it again",
        paragraph(tag("strong", data["notice"]["independent"])),
        paragraph("To make this report again, put your own files where capitals stand:"),
        tag("pre", tag("code", data["command"])),
        *_notes(data["notes"]),
        tag("h3", "Licences of what the kit holds and a report may show"),
        block("div", *(_licence(one) for one in data["notice"]["licences"]), class_="small"),
    )


def _notes(notes: Sequence[str]) -> Iterable[Html]:
    if notes:
        yield items(notes)


def _licence(one: Facts) -> Html:
    return paragraph(tag("strong", f"{one['title']}."), " ", one["text"])

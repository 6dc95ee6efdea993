"""Findings, worst first, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.findings.phrases import as_sentence
from evaluation.html import Html, block, lines, table, tag

from ..page import badge, items, paragraph, section, wide

KINDS = ("bad", "warn", "note")
"""Badges of the levels of severity, the worst first; further levels look like the last."""
SEEN = {"fail": "found", "pass": "looked for and not found", "unknown": "could not be decided"}
FIRM = ("observed", "consumed")
OURS = "shows these. Whether the vendor's API does is not known; each is a question to ask."
HERE = {
    "contract": f"Only our own description {OURS}",
    "mock": f"Only our own imitation {OURS}",
    "recording": f"Only our own imitation {OURS}",
    "server": "Seen on a server whose owner is not known, so they say nothing certain about the vendor.",
    "capture": "Seen in a recording that does not say who answered, so they say nothing certain about the vendor.",
    "folder": "Seen in files whose origin is not known, so they say nothing certain about the vendor.",
}
Facts = dict[str, Any]


def findings(data: Facts) -> Html:
    """Known ones first, then those that only this run shows, then accepted ones."""
    found = data["findings"]
    vendor, here = found["vendor"], found["here"]
    levels = list(dict.fromkeys([*data["target"]["counts"], *(one["severity"] for one in (*vendor, *here))]))
    told = HERE.get(data["target"]["origin"], "Seen in this run.")
    return section(
        "findings",
        "Findings, worst first",
        paragraph(tag("strong", _sum(vendor, here))),
        _table("Findings known of the vendor", vendor, levels),
        _table("Findings of this run that are not known of the vendor", here, levels),
        *_group("Known of the vendor", "", vendor, levels),
        *_group("Seen in this run only", told, here, levels),
        *_accepted(found["accepted"]),
    )


def _sum(vendor: Sequence[Facts], here: Sequence[Facts]) -> str:
    known = f"{_count(len(vendor), 'finding')} known of the vendor"
    return f"{known}; {len(here)} more only in what was looked at here." if here else f"{known}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _table(caption: str, found: Sequence[Facts], levels: Sequence[str]) -> Html:
    rows = [[_link(one), one["title"], _severity(one, levels), _grade(one), SEEN[one["run"]]] for one in found]
    head = ("check", "finding", "severity", "how it is known", "in this run")
    return wide(table(f"{caption}, worst first", head, rows), caption) if rows else Html()


def _link(one: Facts) -> Html:
    return tag("a", one["id"], href=f"#{one['id'].lower()}")


def _severity(one: Facts, levels: Sequence[str]) -> Html:
    index = levels.index(one["severity"])
    return badge(one["severity"], KINDS[min(index, len(KINDS) - 1)])


def _grade(one: Facts) -> Html:
    grade = one["known"]["grade"]
    if not grade:
        return badge("not known", "unknown")
    return badge(grade, "good" if grade in FIRM else "note")


def _group(heading: str, told: str, found: Sequence[Facts], levels: Sequence[str]) -> Iterable[Html]:
    if found:
        yield tag("h3", heading, class_="group")
        if told:
            yield paragraph(told)
        yield from (_finding(one, levels) for one in found)


def _finding(one: Facts, levels: Sequence[str]) -> Html:
    head = tag("h4", f"{one['id']} {one['title']}")
    signs = paragraph(_severity(one, levels), " ", _grade(one), " ", one["means"])
    rows = [tag("div", tag("dt", name), tag("dd", told)) for name, told in _rows(one) if told]
    return block("article", head, signs, block("dl", *rows), _exchange(one), class_="finding", id=one["id"].lower())


def _rows(one: Facts) -> Iterable[tuple[str, object]]:
    work = one["workaround"]
    yield ("Why", as_sentence(one["why"])) if one["run"] == "fail" else ("The rule", as_sentence(one["rule"]))
    yield "Where", items(one["where"])
    yield "What it costs", one["effect"]
    yield "Known of the vendor", _known(one)
    code = [Html(" Tested code: "), tag("code", work["code"]), "."] if work["code"] else []
    yield "What helps", tag("span", work["text"], *code) if work["text"] or code else ""


def _known(one: Facts) -> Html | str:
    """What is known of the vendor; nothing where that is only what the whole look is worth, which the verdict says."""
    known = one["known"]
    if not known["sources"]:
        return "" if known["says"] == one["seen"] else as_sentence(known["says"])
    codes = [part for source in known["sources"] for part in (Html(", "), tag("code", source))][1:]
    return tag("span", as_sentence(known["says"]), Html(" Sources: "), *codes, ".")


def _exchange(one: Facts) -> Html | str:
    """What our own mock was asked and answered; everything in it is invented."""
    asked = one.get("exchange")
    if not asked:
        return ""
    told = paragraph(f"Asked of our mock, which answered {asked['status']}; every row in it is invented:", kind="soft")
    return block("div", told, tag("pre", tag("code", lines(f"{asked['request']}\n\n{asked['body']}"))))


def _accepted(found: Sequence[Facts]) -> Iterable[Html]:
    if found:
        yield tag("h3", "Accepted")
        rows = [[one["id"], one["title"], one["reason"]] for one in found]
        yield table("Findings somebody looked at and accepted", ("check", "finding", "reason"), rows)

"""What was not looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.html import Html, table, tag

from ..page import items, paragraph, section

Facts = dict[str, Any]


def gaps(data: Facts) -> Html:
    """Checks without a verdict, by reason; documentation nobody read; questions that are open."""
    found = data["gaps"]
    checks = sum(len(one["checks"]) for one in found["undecided"])
    return section(
        "gaps",
        "What was not looked at",
        paragraph(
            tag("strong", f"{checks} checks decided nothing in this run. "), " ",
            f"Of {found['items']} checks and questions that count, nothing certain is known on {found['open']}. "
            "What is unknown never counts in a vendor's favour.",
        ),
        *_partial(found["partial"]),
        *_undecided(found["undecided"]),
        *_questions(found["questions"]),
        *_topics(data),
    )  # fmt: skip


def _partial(sentences: Sequence[str]) -> Iterable[Html]:
    if sentences:
        yield tag("h3", "Not everything could be read")
        yield items(sentences)


def _undecided(reasons: Sequence[Facts]) -> Iterable[Html]:
    if reasons:
        rows = [[_reason(one["why"]), f"{'; '.join(map(_check, one['checks']))}."] for one in reasons]
        yield table("Checks that could not decide, by reason", ("reason", "checks"), rows)


def _check(check: Facts) -> str:
    known = "" if check["known"] == "unknown" else " (known otherwise)"
    return f"{check['id']} {check['title']}{known}"


def _reason(why: str) -> str:
    told = why.removeprefix("not decided: ")
    return f"{told[:1].upper()}{told[1:]}"


def _questions(found: Sequence[Facts]) -> Iterable[Html]:
    if found:
        yield tag("h3", "Open questions that no program answers")
        rows = [[one["criterion"], items([_asked(row) for row in one["questions"]])] for one in found]
        yield table("To be asked of the vendor", ("criterion", "questions"), rows)


def _asked(row: Facts) -> Html:
    told = tag("span", row["says"], class_="soft") if row["says"] else ""
    return tag("span", row["asks"], " ", told)


def _topics(data: Facts) -> Iterable[Html]:
    found = data["gaps"]
    topics = found["topics"]
    if topics:
        count = sum(len(one["questions"]) for one in topics)
        yield tag("h3", "Documentation")
        yield paragraph(
            f"On {count} of {count + found['read']} things every integrator has to know, nobody has looked up what the "
            f"vendor's documentation says{_beside(data)}. That is no fault of the vendor; the list is what to look for."
        )
        rows = [[one["area"], items(one["questions"])] for one in topics]
        yield table("Not looked up", ("about", "questions"), rows)


def _beside(data: Facts) -> str:
    """A description that was read is documentation too, but no check reads its prose."""
    return " beyond the names and types in its description" if data["target"]["origin"] == "description" else ""

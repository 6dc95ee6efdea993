"""Cells of a comparison in words, the same for every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.findings.phrases import listed_words

Facts = dict[str, Any]
ALL = 26
NOTHING = "nothing known"
LEGEND = (
    "From what is proven well to what could still be well, of 100, and how much of it is known. An unknown is neither "
    "better nor worse."
)


def span(scales: Mapping[str, Any]) -> str:
    """From what is proven well to the score, which everything unknown could still reach."""
    if not scales["confidence"]:
        return NOTHING
    low, high = scales["proven"], scales["score"]
    return str(low) if low == high else f"{low} to {high}"


def tally(of: Mapping[str, int]) -> str:
    """How many items are well, are faults, and are unknown; without those of which there are none."""
    return ", ".join(f"{of[verdict]} {verdict}" for verdict in ("pass", "fail", "unknown") if of[verdict])


def called(standing: Mapping[str, Any]) -> str:
    """Who is ahead, in a word or two."""
    words = {"even": "even", "open": "not called", "unknown": "unknown"}
    return words.get(standing["verdict"]) or f"{listed_words(standing['ahead'], ALL)} ahead"


def ahead(criterion: Facts) -> list[str]:
    """The cell that says who is ahead; none where there are no several vendors."""
    return [called(criterion["standing"])] if criterion["standing"] else []


def severity_counts(target: Facts) -> str:
    """Findings by severity, and what is left, in one line."""
    return ", ".join(f"{count} {name}" for name, count in target["counts"].items())


def of_check(cell: Mapping[str, Any]) -> tuple[str, str]:
    """The verdict in a word or two, and in how many places; empty where there are none."""
    if cell["accepted"]:
        return "accepted", ""
    if cell["verdict"] != "fail":
        return str(cell["verdict"]), ""
    return f"fail, {cell['severity']}", places(cell["places"])


def places(count: int) -> str:
    return "" if not count else f"{count} place{'' if count == 1 else 's'}"


def left(facts: Facts) -> list[tuple[str, list[str]]]:
    """What nobody decided: the reasons in a sentence, and the checks."""
    return [(_reasons(one["reasons"], len(facts["targets"])), _named(one["checks"])) for one in facts["undecided"]]


def reason(why: str) -> str:
    """A reason as it stands under a heading that says already that nothing was decided."""
    return why.removeprefix("not decided: ")


def _reasons(reasons: Sequence[Facts], targets: int) -> str:
    if len(reasons) == 1 and len(reasons[0]["letters"]) == targets:
        return reason(reasons[0]["why"])
    return "; ".join(f"{listed_words(one['letters'], ALL)}: {reason(one['why'])}" for one in reasons)


def _named(checks: Sequence[Facts]) -> list[str]:
    return [f"{check['id']} {check['title']}" for check in checks]


def of_vendor(target: Facts) -> str:
    """Whose API it is, as far as that is known."""
    return f"{target['vendor']}" if target["vendor"] else "not known here"


def by_sentence(criteria: Sequence[Facts], verdicts: Sequence[str] = ()) -> list[str]:
    """What is said of criteria, those of which the same is said together; only some verdicts if any are given."""
    found: dict[str, list[str]] = {}
    for one in criteria:
        standing = one["standing"]
        if standing and (not verdicts or standing["verdict"] in verdicts):
            found.setdefault(standing["says"], []).append(one["title"])
    return [f"{listed_words(titles, ALL)}: {says}" for says, titles in found.items()]

"""Parts of a page about findings: places, evidence, what helps. Made from the facts of findings/output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.findings.output.markdown import known
from evaluation.findings.output.places import sentence, shown
from evaluation.findings.phrases import as_sentence
from evaluation.html import Html, block, escape, tag

from .page import badge, items, paragraph

Facts = dict[str, Any]
GROUPS, NAMES = 12, 12  # groups of places that are written out for a finding, and names in each
KINDS = ("bad", "warn", "note")  # of the levels of severity, from the worst on


def kind_of(result: Mapping[str, Any], levels: Sequence[str]) -> str:
    """The kind of badge of a verdict."""
    if result["accepted"]:
        return "note"
    if result["verdict"] != "fail":
        return "good" if result["verdict"] == "pass" else "unknown"
    return KINDS[min(levels.index(result["severity"]), len(KINDS) - 1)]


def finding_places(groups: Sequence[Facts], most: int = GROUPS, names: int = NAMES) -> Html:
    """Where it was seen: a sentence for each of at most so many groups, with at most so many names."""
    some, more = shown(groups, most)
    rows = [_marked(sentence(group, names, mark, escape)) for group in some]
    return items([*rows, *([more] if more else [])])


def mark(name: str) -> str:
    return tag("code", name)


def _marked(text: str) -> Html:
    """A sentence whose parts are escaped already."""
    return Html(text)


def finding(result: Facts, levels: Sequence[str]) -> Html:
    """One finding: what, where, what it costs, what helps, and what is known of the vendor."""
    work, told = result["workaround"], result["known"]
    help_ = [work["text"], tag("span", " Code: ", tag("code", work["code"]), ".") if work["code"] else ""]
    return block(
        "div",
        tag("h3", f"{result['id']} {result['title']} ", badge(result["severity"], kind_of(result, levels))),
        paragraph(as_sentence(result["why"])),
        finding_places(result["groups"]),
        _labelled("Effect.", result["effect"]),
        _labelled("Workaround.", *help_) if any(help_) else None,
        _labelled(f"Known of the vendor: {known(result)}.", as_sentence(told["says"])) if told["sources"] else None,
        exchange(result["exchange"]) if "exchange" in result else None,
        id=result["id"],
    )  # fmt: skip


def exchange(shown_: Facts) -> Html:
    """A request to our own mock and its answer; everything in it is invented."""
    lines = [*shown_["request"].splitlines(), f"→ {shown_['status']}", *shown_["body"].splitlines()]
    text = "\n".join(escape(line) for line in lines if line.strip())
    return block(
        "div", paragraph("One exchange with the mock, all of it invented:"), tag("pre", tag("code", Html(text)))
    )


def _labelled(label: str, *texts: object) -> Html:
    return paragraph(tag("strong", label), " ", *texts)


def by_reason(results: Sequence[Facts]) -> Html:
    """Results under the reason they have, those with most first."""
    found: dict[str, list[str]] = {}
    for result in results:
        why = result["why"].removeprefix("not decided: ")
        found.setdefault(why, []).append(f"{result['id']} {result['title']}")
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1]))
    return items([f"{why}: {', '.join(names)}" for why, names in ordered])

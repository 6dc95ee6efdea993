"""Several targets side by side as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.html import Html, block, table, tag
from mockserver import __version__

from . import comparison_chart
from .comparison_cells import left, of_check, of_vendor, places, reason, severity_counts, span
from .evaluation_parts import finding_places, kind_of
from .page import badge, items, page, paragraph, section, wide

Facts = dict[str, Any]
GROUPS, NAMES = 3, 6  # groups of places that are written out for a finding of one target, and names in each
LONGEST = 90  # letters of a heading


def as_html(facts: Facts) -> str:
    """The page: verdict first, then ``sections``."""
    footer = paragraph(f"Made by hjkit evaluate {__version__}. Not affiliated with any vendor.")
    return page(_title(facts), *sections(facts), footer=footer, lead=verdict(facts))


def _title(facts: Facts) -> str:
    """The names of all, or how many they are where that would be no heading any more."""
    named = ", ".join(_names(facts))
    return named if len(named) <= LONGEST else f"{len(facts['targets'])} targets side by side"


def _names(facts: Facts) -> list[str]:
    return [f"{target['letter']}: {target['target']}" for target in facts["targets"]]


def verdict(facts: Facts) -> Html:
    """The sentences of the verdict, the first of them large, with who the letters are."""
    first, *others = facts["verdict"]
    return block("div", paragraph(first, kind="lead"), items(_names(facts)), *map(paragraph, others))


def sections(facts: Facts) -> list[Html]:
    """The targets, criteria, checks, findings in words, and what nobody decided; a part without content is left out."""
    made = [
        _targets(facts),
        comparison_chart.criteria(facts),
        _checks(facts),
        _findings(facts),
        _left(facts),
        _open(facts),
    ]
    return [one for one in made if one]


def _targets(facts: Facts) -> Html:
    head = ["letter", "target", "vendor", "findings", "score, of 100", "known", "ring"]
    rows = [_target(target) for target in facts["targets"]]
    worth = [f"{t['letter']}: {t['worth']}" for t in facts["targets"]]
    partial = [f"{t['letter']}: {text}" for t in facts["targets"] for text in t["partial"]]
    told = [paragraph("Not everything could be read:"), items(partial)] if partial else []
    listed = wide(table("Who is who", head, rows), "Who is who")
    return section("targets", "Targets", listed, paragraph("What was seen is worth:"), items(worth), *told)


def _target(target: Facts) -> list[object]:
    card = target["scorecard"]
    scale = [span(card), f"{card['confidence']} %", card["ring"]] if card else ["", "", ""]
    return [target["letter"], target["target"], of_vendor(target), severity_counts(target), *scale]


def _checks(facts: Facts) -> Html | None:
    return section("checks", "By check", by_check(facts)) if facts["checks"] else None


def by_check(facts: Facts) -> Html:
    """The verdict of each target by check, as a table."""
    letters = [target["letter"] for target in facts["targets"]]
    rows = [
        [tag("span", tag("code", one["id"]), " ", one["title"]), *(_verdict(one["of"][k], facts) for k in letters)]
        for one in facts["checks"]
    ]
    caption = "Verdicts by check, the worst first; checks that nobody decided are left out"
    return wide(table(caption, ["check", *letters], rows), caption)


def _verdict(of: Facts, facts: Facts) -> Html:
    word, count = of_check(of)
    return tag("span", badge(word, kind_of(of, levels(facts))), " ", tag("span", count, class_="soft") if count else "")


def levels(facts: Facts) -> list[str]:
    """The severities, the worst first."""
    return [name for name in facts["targets"][0]["counts"] if name not in ("accepted", "pass", "unknown")]


def _findings(facts: Facts) -> Html | None:
    failed = [one for one in facts["checks"] if any(of["verdict"] == "fail" for of in one["of"].values())]
    if not failed:
        return None
    return section("findings", "Findings in words", *(_finding(one, facts) for one in failed))


def _finding(check: Facts, facts: Facts) -> Html:
    found = [(letter, of) for letter, of in check["of"].items() if of["verdict"] == "fail"]
    parts = [part for letter, of in found for part in _of_one(letter, of, facts)]
    return block("div", tag("h3", f"{check['id']} {check['title']}"), paragraph(check["effect"], kind="soft"), *parts)


def _of_one(letter: str, of: Facts, facts: Facts) -> list[Html]:
    word = badge(of_check(of)[0], kind_of(of, levels(facts)))
    head = paragraph(
        tag("strong", letter), " ", word, f" {places(of['places'])}: " if of["places"] else ": ", of["why"]
    )
    return [head, finding_places(of["groups"], GROUPS, NAMES)]


def _left(facts: Facts) -> Html | None:
    rows = [f"{why}: {', '.join(checks)}" for why, checks in left(facts)]
    return section("undecided", "Not decided for any", items(rows)) if rows else None


def _open(facts: Facts) -> Html | None:
    found: Sequence[tuple[str, Facts]] = [(k, one) for k, some in facts["open"].items() for one in some]
    rows = [f"{letter}: {reason(one['why'])}: {', '.join(one['checks'])}" for letter, one in found]
    return section("open", "Not decided for one, but for others", items(rows)) if rows else None

"""Several targets side by side in Markdown: for a pull request, a ticket or a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.findings.output.markdown import cell, code
from evaluation.findings.output.places import sentence, shown

from .comparison_cells import (
    LEGEND,
    ahead,
    by_sentence,
    left,
    of_check,
    of_vendor,
    reason,
    severity_counts,
    span,
    tally,
)

Facts = dict[str, Any]
GROUPS, NAMES = 3, 6  # groups of places that are written out for a finding, and names in each


def as_markdown(facts: Facts) -> str:
    """Verdict first, then the targets, criteria, checks, findings in words, and what nobody decided."""
    names = ", ".join(f"{target['letter']} {cell(target['target'])}" for target in facts["targets"])
    parts = [f"# Side by side: {names}", *(cell(text) for text in facts["verdict"])]
    parts += [_targets(facts), _criteria(facts), _checks(facts), _findings(facts), _left(facts), _open(facts)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _targets(facts: Facts) -> str:
    head = ["letter", "target", "vendor", "findings", "worth of what was seen", "score, of 100", "known", "ring"]
    partial = [f"- {t['letter']}: {cell(text)}" for t in facts["targets"] for text in t["partial"]]
    told = "\n\nNot everything could be read:\n\n" + "\n".join(partial) if partial else ""
    return "## Targets\n\n" + _table(head, map(_target, facts["targets"])) + told


def _target(target: Facts) -> list[str]:
    card = target["scorecard"]
    scale = [span(card), f"{card['confidence']} %", card["ring"]] if card else ["", "", ""]
    return [
        target["letter"], cell(target["target"]), cell(of_vendor(target)), severity_counts(target),
        cell(target["worth"]), *scale,
    ]  # fmt: skip


def _criteria(facts: Facts) -> str:
    if not facts["criteria"]:
        return ""
    letters = [target["letter"] for target in facts["targets"]]
    rows = [
        [cell(one["title"]), f"{one['weight']:g}", *(_scales(one["of"][k]) for k in letters), *ahead(one)]
        for one in facts["criteria"]
    ]
    told = [f"- {cell(text)}" for text in by_sentence(facts["criteria"])]
    because = f"Nobody is called ahead below {facts['rule']['least']:g} of 100. {cell(facts['rule']['because'])}"
    table = _table(["criterion", "weight", *letters, *(["ahead"] if facts["standing"] else [])], rows)
    return "\n\n".join(["## By criterion", LEGEND, table, *(["\n".join(told), because] if told else [])])


def _scales(of: Facts) -> str:
    return f"{span(of)}; {of['confidence']} % known; {tally(of)}"


def _checks(facts: Facts) -> str:
    letters = [target["letter"] for target in facts["targets"]]
    rows = [
        [check["id"], cell(check["title"]), *("; ".join(filter(None, of_check(check["of"][k]))) for k in letters)]
        for check in facts["checks"]
    ]
    return "## By check\n\n" + _table(["check", "about", *letters], rows) if rows else ""


def _findings(facts: Facts) -> str:
    parts = [
        _finding(check) for check in facts["checks"] if any(of["verdict"] == "fail" for of in check["of"].values())
    ]
    return "\n\n".join(["## Findings in words", *parts]) if parts else ""


def _finding(check: Facts) -> str:
    lines = [f"### {check['id']} {cell(check['title'])}", cell(check["effect"])]
    for letter, of in check["of"].items():
        if of["verdict"] == "fail":
            some, more = shown(of["groups"], GROUPS)
            at = "\n".join(f"- {sentence(group, NAMES, code, cell)}" for group in some) + (
                f"\n- {more}" if more else ""
            )
            lines += [f"**{letter}, {', '.join(filter(None, of_check(of)))}.** {cell(of['why'])}", at]
    return "\n\n".join(line for line in lines if line)


def _left(facts: Facts) -> str:
    rows = [f"- {cell(reason)}: {cell(', '.join(checks))}" for reason, checks in left(facts)]
    return "## Not decided for any\n\n" + "\n".join(rows) if rows else ""


def _open(facts: Facts) -> str:
    found = [(k, one) for k, some in facts["open"].items() for one in some]
    rows = [f"- {letter}: {cell(reason(one['why']))}: {', '.join(one['checks'])}" for letter, one in found]
    return "## Not decided for one, but for others\n\n" + "\n".join(rows) if rows else ""

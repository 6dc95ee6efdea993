"""The evidence ledger with its chart, the sources, and the questions that are open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from evaluation.html import block
from mockserver.contract import Behaviour, Contract
from mockserver.contract.ledger import Line, coverage, lines
from mockserver.contract.source import document
from mockserver.errors import InputError

from .coverage_chart import chart
from .markdown import cell, code, link, section, table
from .page import Page
from .words import GRADES, codes

UNDER = ("Reference",)
LEDGER, SOURCES, QUESTIONS = (f"reference/{name}.md" for name in ("evidence", "sources", "open-questions"))
LIMITS = "limits.md"
QUESTION = re.compile(r"^\| (\d+) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def pages(contract: Contract, docs: Path) -> Iterator[Page]:
    """Ledger, sources and open questions."""
    ledger = list(lines(contract))
    yield Page(LEDGER, "Evidence", _ledger(ledger), UNDER)
    yield Page(SOURCES, "Sources", _sources(ledger), UNDER)
    yield Page(QUESTIONS, "Open questions", _questions(contract, asked(docs / LIMITS)), UNDER)


def _ledger(ledger: list[Line]) -> str:
    found = coverage(ledger)
    whole = found["all"]
    total = sum(whole.values())
    seen = whole["observed"] + whole["consumed"]
    kinds = sorted({line.kind for line in ledger} - {"property"})
    return section(
        "# Evidence",
        f"**{seen} of {total} columns were seen in an answer of the API or in a program that reads it; "
        f"{whole['inferred']} are filled in by analogy.** Every column, path, behaviour, notation and quirk has a "
        f"grade and {link('sources', SOURCES, LEDGER)}; `hjkit evidence` prints all {len(ledger)} facts.",
        "## Columns by element",
        block("figure", chart(found), class_="coverage-figure"),
        table(["element", *GRADES, "columns"], [_counts(name, found[name]) for name in found]),
        "## Other facts",
        table(["kind", *GRADES], [_kind(kind, ledger) for kind in kinds]),
        "Elements and their columns: [all elements](elements/index.md). Behaviours: [protocol](protocol.md) and "
        "[filters](filters.md). Oddities: [quirks](quirks.md). Notations: [notations](notations.md).",
        "## Grades",
        table(["grade", "how it is known"], [[grade, told] for grade, told in GRADES.items()]),
    )


def _counts(name: str, counts: Mapping[str, int]) -> list[str]:
    shown = "**all**" if name == "all" else link(code(name), f"reference/elements/{name}.md", LEDGER)
    return [shown, *(str(counts[grade]) for grade in GRADES), str(sum(counts.values()))]


def _kind(kind: str, ledger: list[Line]) -> list[str]:
    counts = Counter(line.grade for line in ledger if line.kind == kind)
    return [kind.replace("-", " "), *(str(counts[grade]) for grade in GRADES)]


def _sources(ledger: list[Line]) -> str:
    facts = Counter(source for line in ledger for source in line.sources)
    rows = [
        [f'<a id="{id_}"></a>{code(id_)}', cell(one["kind"]), cell(one["channel"]), cell(one["seen"] or "not known"),
         str(facts[id_]), cell(one["what"])]
        for id_, one in document("sources.yaml").items()
    ]  # fmt: skip
    intro = "**Every fact rests on one of these; each goes by a neutral id.** Only the channel `api` speaks of the API."
    return section("# Sources", intro, table(["source", "kind", "channel", "seen", "facts", "what it shows"], rows))


def asked(limits: Path) -> dict[int, str]:
    """The open questions by number, as they are asked on the page of limits."""
    return {int(number): question for number, question, _ in QUESTION.findall(limits.read_text(encoding="utf-8"))}


def _questions(contract: Contract, questions: Mapping[int, str]) -> str:
    open_ = [b for b in contract.behaviours.values() if b.unknown or b.open_question]
    numbers = sorted({b.open_question for b in open_ if b.open_question})
    for number in numbers:
        if number not in questions:
            raise InputError(f"question {number} is not asked, but behaviours name it", LIMITS, map(str, questions))
    others = [b for b in open_ if not b.open_question]
    asked_for = {number: [b for b in open_ if b.open_question == number] for number in numbers}
    limits = link("limits", f"{LIMITS}#open-questions", QUESTIONS)
    return section(
        "# Open questions",
        f"**{len(open_)} behaviours hold something that nobody here knows.** What the mock does meanwhile stands "
        f"beside it, with the setting that changes it. All questions in one table: {limits}.",
        *(section(f"## Question {n}", questions[n], _answers(found)) for n, found in asked_for.items()),
        section("## Not asked by number", _answers(others)) if others else "",
    )


def _answers(found: list[Behaviour]) -> str:
    rows = [[code(b.id), cell(b.claim), str(b.evidence.grade), cell(b.unknown or ""), _setting(b)] for b in found]
    return table(["behaviour", "the mock", "grade", "not known", "setting"], rows)


def _setting(behaviour: Behaviour) -> str:
    return codes([f"--{behaviour.setting.replace('_', '-')}"] if behaviour.setting else [])

"""Everything of the API that is no column: login, headers, paths, envelope, paging, filters, errors, open questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mockserver.contract import Behaviour, Contract
from mockserver.settings import table as settings_table

from .markdown import as_json, cell, code, fence, section, table
from .mock import Answer, Mock
from .page import Page
from .words import count

UNDER = ("Reference",)
HEAD = ["behaviour", "what", "grade", "sources", "setting", "not known"]


def pages(contract: Contract, mock: Mock) -> Iterator[Page]:
    """Protocol, filters and settings."""
    yield Page("reference/protocol.md", "Protocol", _protocol(contract), UNDER)
    yield Page("reference/filters.md", "Filters", _filters(contract, mock), UNDER)
    yield Page("reference/settings.md", "Settings", _settings(), UNDER)


def _protocol(contract: Contract) -> str:
    kinds = groupby((b for b in contract.behaviours.values() if b.kind != "filter"), key=lambda b: b.kind)
    sections = [section(f"## {kind.capitalize()}", table(HEAD, map(_row, found))) for kind, found in kinds]
    intro = (
        "**How the API behaves, apart from its columns.** What is `inferred` is what the presumed framework would do; "
        "most of it has a setting."
    )
    return section("# Protocol", intro, *sections)


def _row(behaviour: Behaviour) -> list[str]:
    evidence = behaviour.evidence
    sources = ", ".join(code(source) for source in evidence.sources)
    question = f" (open question {behaviour.open_question})" if behaviour.open_question else ""
    setting = code(f"--{behaviour.setting.replace('_', '-')}") if behaviour.setting else ""
    claim = f"**{cell(behaviour.title)}.** {cell(behaviour.claim)}"
    return [code(behaviour.id), claim, str(evidence.grade), sources, setting, cell(behaviour.unknown or "") + question]


EXAMPLES = (
    ("Equal", "appointment", "date=eq~20211115"),
    ("Between, both ends included", "appointment", "date=btwn~20211101~20211130"),
    ("Changed since", "appointment", "hj_modify_timestamp=gte~2022-01-01 00:00:00.000000"),
    ("Two conditions", "appointment", "date=eq~20211115&delete_ind=eq~N"),
    ("A column that does not exist", "appointment", "dat=eq~20211115"),
    ("An operator that does not exist", "appointment", "date=equals~20211115"),
)


def _filters(contract: Contract, mock: Mock) -> str:
    rows = [_row(b) for b in contract.behaviours.values() if b.kind == "filter"]
    examples = [_example(title, mock.get(element, query)) for title, element, query in EXAMPLES]
    intro = (
        "**A filter is `column=operator~value`.** Several must all hold. What cannot be understood is refused by "
        "default, because a filter that is ignored reads everything and looks like success."
    )
    return section("# Filters", intro, table(HEAD, rows), "## What the mock answers", *examples)


def _example(title: str, answer: Answer) -> str:
    body = answer.body
    if answer.status == 200:
        told = f"{count(body['total'], 'row')}; the first:" if body["data"] else "No rows."
        shown = as_json(body["data"][0]) if body["data"] else as_json(body)
        return section(f"### {title}", f"`{answer.request}` answers 200 with {told}", fence(shown, "json"))
    return section(f"### {title}", f"`{answer.request}` answers {answer.status}:", fence(as_json(body), "json"))


def _settings() -> str:
    rows = [
        [
            code(f"--{row.name.replace('_', '-')}"),
            code(f"HJKIT_{row.name.upper()}"),
            _default(row.default),
            cell(row.help),
        ]
        for row in settings_table()
    ]
    intro = (
        "**Every setting is a flag of `hjkit serve` and a variable.** The flag wins over the variable, "
        "the variable over the default."
    )
    return section("# Settings", intro, table(["flag", "variable", "default", "what it does"], rows))


def _default(value: object) -> str:
    return code(str(value).lower() if isinstance(value, bool) else value) or "empty"

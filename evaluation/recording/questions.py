"""The 16 open questions on the API, and what a capture says to each. Their numbers are those of the contract's
behaviours (``open_question``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mockserver.contract import Contract

from . import answers_access, answers_queries, answers_rows
from .asked import Answer, Asked
from .exchange import Exchange

TITLES = {
    1: "statuses and bodies of refusals",
    2: "page URLs, page and page-size parameters, a page past the end",
    3: "the operators, and whether filters combine",
    4: "which of a diagnosis' two ids is Healthjump's",
    5: "the columns of 13 elements that no answer shows",
    6: "the names allergy_pk and enc_id",
    7: "which element has a source_..._id, and the type of location_id",
    8: "delete_ind outside appointment",
    9: "the paths payer, medsurg_history and quality_data",
    10: "the shape of client_ids",
    11: "what else a login answers, several tokens, leeway",
    12: "key order, and null against empty text, outside appointment",
    13: "the order of rows, and paging while they change",
    14: "the time zone of timestamps",
    15: "limits, response headers, browsers",
    16: "other spellings of the token header",
}
Judge = Callable[[Asked], Answer]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question, its status (see ``Answer.status``) and the value-free sentences that answer it."""

    number: int
    title: str
    status: str
    lines: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {"question": self.number, "title": self.title, "status": self.status, "lines": list(self.lines)}


def judges(contract: Contract) -> Mapping[int, Judge]:
    """The function that answers each question."""
    rows = {
        4: answers_rows.ids,
        5: answers_rows.columns,
        6: answers_rows.allergy_names,
        7: answers_rows.source_ids,
        8: answers_rows.delete_ind,
        12: answers_rows.habits,
        13: answers_rows.order,
        14: answers_rows.zone,
    }
    others: dict[int, Judge] = {
        1: answers_access.refusals,
        2: answers_queries.pages,
        3: answers_queries.filters,
        9: answers_access.paths,
        10: answers_access.practices,
        11: answers_access.tokens,
        15: answers_access.transport,
        16: answers_access.spellings,
    }
    return others | {number: partial(judge, contract=contract) for number, judge in rows.items()}


def answered(exchanges: Iterable[Exchange], contract: Contract) -> tuple[Verdict, ...]:
    """What a capture says to every question. Give it scrubbed exchanges: then not even a key can be a value."""
    asked = Asked(exchanges)
    found = {number: judge(asked) for number, judge in sorted(judges(contract).items())}
    return tuple(Verdict(n, TITLES[n], answer.status, tuple(answer.lines())) for n, answer in found.items())


def report(verdicts: Iterable[Verdict], details: bool = True) -> str:
    """A table for people."""
    lines = []
    for verdict in verdicts:
        lines.append(f"{verdict.number:>3}  {verdict.status:<24} {verdict.title}")
        lines += [f"       {line}" for line in verdict.lines] if details else []
    return "\n".join(lines)

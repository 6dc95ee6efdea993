"""What the steps of a recording asked on purpose: refusals and probes, by steps.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evaluation.recording.exchange import Exchange
from evaluation.schema import Node, bundled, document
from mockserver.errors import InputError

from ..model import CAUSES, TOPICS, Probe, Refusal
from .masking import Shapes
from .probing import outcome
from .walk import page

KEYS: Final = ("cause", "topic", "detail")
BUSY: Final = 429
_MASKED = re.compile(r"(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|(?<!\d)0{3,}(?!\d)")  # what letters.masked leaves of a word


@dataclass(frozen=True)
class Purpose:
    """What a step was asked for; empty texts where it does not apply."""

    cause: str = ""
    topic: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Replies:
    """What came of the questions, and a sentence for each thing that cannot be used."""

    refusals: tuple[Refusal, ...]
    probes: tuple[Probe, ...]
    partial: tuple[str, ...]


@cache
def purposes() -> Mapping[str, Purpose]:
    """The purpose of each step of the recorder's plan. Raises InputError."""
    return _purposes(bundled("evaluation/findings/adapters/steps.yaml"))


def read_purposes(file: Path) -> Mapping[str, Purpose]:
    """The purposes of a file. Raises InputError that names file, key, what is valid and a guess."""
    return _purposes(document(file, file.name))


def _purposes(top: Node) -> Mapping[str, Purpose]:
    return {step: _purpose(node) for step, node in top.nodes(*KEYS)}


def _purpose(node: Node) -> Purpose:
    made = Purpose(node.text("cause", "", CAUSES), node.text("topic", "", TOPICS), node.text("detail", ""))
    if not made.cause and not made.topic:
        raise InputError("says neither cause nor topic", node.where, KEYS)
    return made


def replies(exchanges: Sequence[Exchange], unusual: frozenset[str], ours: bool) -> Replies:
    """What the recorded steps show. ``unusual`` are steps whose login, key or version was not the good one.

    Codes of refusals are shown as they are only where they are ``ours``.
    """
    shapes, known = Shapes(ours), purposes()
    refusals: list[Refusal] = []
    probes: list[Probe] = []
    partial: dict[str, None] = {}
    good = [one for one in exchanges if one.step not in unusual and not page(one.response).problem]
    for exchange in exchanges:
        purpose = known.get(exchange.step)
        if purpose is None:
            continue
        status = exchange.response.status
        if status >= 500 or status == BUSY:
            partial[f"questions on {purpose.topic or purpose.cause}: answered {status}"] = None
            continue
        probes += _probe(purpose, exchange, good)
        if purpose.cause and page(exchange.response).problem:
            if _MASKED.search(Shapes(True).refusal("", exchange.response).code):
                partial[f"questions on {purpose.cause}: the code of the refusal was scrubbed"] = None
            else:
                refusals.append(shapes.refusal(purpose.cause, exchange.response))
    return Replies(tuple(dict.fromkeys(refusals)), tuple(dict.fromkeys(probes)), tuple(partial))


def _probe(purpose: Purpose, exchange: Exchange, good: Sequence[Exchange]) -> Iterator[Probe]:
    """What a question did; nothing where there is no good answer to hold it against."""
    if not purpose.topic:
        return
    answer = page(exchange.response)
    base = _base(exchange, good, by_query="version" in purpose.topic)
    if answer.problem or not answer.count:
        came = "refused" if answer.problem else "empty"
    elif base is None:
        return
    else:
        came = outcome(answer, page(base.response))
    yield Probe(purpose.topic, came, exchange.response.status, purpose.detail)


def _base(exchange: Exchange, good: Sequence[Exchange], by_query: bool) -> Exchange | None:
    """The answer to the same request asked rightly: with the same query, else to the plain listing."""
    wanted = exchange.request.query if by_query else ""
    alike = (one for one in good if one.request.path == exchange.request.path and one.request.query == wanted)
    return next((one for one in alike if one is not exchange), None)

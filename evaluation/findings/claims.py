"""The claims of the radar entry beside what a run saw and what is known of the vendor. No row mixes the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Protocol

from evaluation.schema import Node, document
from mockserver.contract.source import document as contract_document

from . import catalogue, known
from .grades import Proof
from .known import Knowledge
from .outcome import Outcome, Verdict

WHERE = "evaluation/findings/claims.yaml"
KEYS = ("kind", "says", "sources", "answer", "facts", "proof", "parts")
KINDS = ("opinion", "fact", "question")
FOUND, NOT_FOUND, UNKNOWN, OPINION = "found", "not found", "unknown", "opinion"


class Decided(Protocol):
    """What is needed of a result."""

    @property
    def id(self) -> str: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def known(self) -> Knowledge: ...


@dataclass(frozen=True)
class Part:
    """A fact an opinion would need, what is known of it, and from which sources."""

    what: str
    known: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A claim in our own words.

    ``grade`` is that of the best fact its answer rests on, ``proof`` that of the best fact that shows the claim without
    any check; None if none is known.
    """

    id: str
    kind: str
    says: str
    sources: tuple[str, ...]
    answer: str
    grade: Proof | None
    proof: Proof | None
    parts: tuple[Part, ...]

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of the checks that test it."""
        return tuple(id_ for id_, entry in catalogue.load().items() if self.id in entry.claims)


@dataclass(frozen=True)
class Seen:
    """One check of a claim: what this run saw, and what is known of the vendor."""

    check: str
    verdict: Verdict
    known: Verdict
    grade: Proof | None


@dataclass(frozen=True)
class Row:
    """A claim after a run. ``conclusion`` is what this run says, ``vendor`` what is known without it.

    Both are ``found``, ``not found``, ``unknown`` or ``opinion``; ``grade`` is that of the best fact behind ``vendor``.
    """

    claim: Claim
    checks: tuple[Seen, ...]
    conclusion: str
    vendor: str
    grade: Proof | None


def table(results: Iterable[Decided]) -> tuple[Row, ...]:
    """A row for each claim, in the order of the entry. A check that was not run counts as unknown."""
    by_id = {result.id: result for result in results}
    return tuple(_row(claim, by_id) for claim in load())


@cache
def load() -> tuple[Claim, ...]:
    """The claims of the entry. Raises InputError."""
    return read(files("evaluation.findings") / "claims.yaml", WHERE)


def read(file: Traversable, where: str) -> tuple[Claim, ...]:
    """The claims of a file. Raises InputError that names file and key, what is valid and a guess."""
    sources = contract_document("sources.yaml")
    return tuple(_claim(id_, node, sources) for id_, node in document(file, where).nodes(*KEYS))


def _claim(id_: str, node: Node, sources: Mapping[str, object]) -> Claim:
    found = node.node("parts", optional=True).nodes("known", "note", "sources")
    parts = tuple(_part(what, part, sources) for what, part in found)
    grade, proof = (known.best(node.texts(key), node.at(key)) for key in ("facts", "proof"))
    return Claim(
        id_, node.text("kind", valid=KINDS), node.text("says"), node.texts("sources", valid=sources),
        node.text("answer", ""), grade, proof, parts,
    )  # fmt: skip


def _part(what: str, node: Node, sources: Mapping[str, object]) -> Part:
    return Part(what, node.text("known"), node.text("note", ""), node.texts("sources", valid=sources))


def _row(claim: Claim, results: Mapping[str, Decided]) -> Row:
    seen = tuple(_seen(id_, results.get(id_)) for id_ in claim.checks)
    conclusion = _conclude(claim, [one.verdict for one in seen])
    vendor = _conclude(claim, [one.known for one in seen])
    if vendor == UNKNOWN and claim.proof is not None:
        return Row(claim, seen, conclusion, FOUND, claim.proof)
    grades = [one.grade for one in seen if one.grade is not None and one.known is _decisive(vendor)]
    return Row(claim, seen, conclusion, vendor, max(grades, default=None))


def _seen(id_: str, result: Decided | None) -> Seen:
    if result is None:
        return Seen(id_, Verdict.unknown, Verdict.unknown, None)
    return Seen(id_, result.outcome.verdict, result.known.verdict, result.known.grade)


def _conclude(claim: Claim, verdicts: list[Verdict]) -> str:
    """Found if one check fails, not found if all pass; an opinion stays one unless a check tests it."""
    if not verdicts:
        return OPINION if claim.kind == "opinion" else UNKNOWN
    if Verdict.fail in verdicts:
        return FOUND
    return UNKNOWN if Verdict.unknown in verdicts else NOT_FOUND


def _decisive(conclusion: str) -> Verdict | None:
    return {FOUND: Verdict.fail, NOT_FOUND: Verdict.passed}.get(conclusion)


def as_facts(results: Iterable[Decided]) -> list[dict[str, Any]]:
    """The table as JSON data, in the order of the entry."""
    return [_row_facts(row) for row in table(results)]


def _row_facts(row: Row) -> dict[str, Any]:
    claim = row.claim
    return {
        "id": claim.id,
        "kind": claim.kind,
        "says": claim.says,
        "conclusion": row.conclusion,
        "vendor": row.vendor,
        "grade": _word(row.grade),
        "answer": claim.answer,
        "sources": list(claim.sources),
        "checks": [_seen_facts(seen) for seen in row.checks],
        "parts": [{"what": p.what, "known": p.known, "note": p.note, "sources": list(p.sources)} for p in claim.parts],
    }


def _seen_facts(seen: Seen) -> dict[str, Any]:
    return {"id": seen.check, "verdict": str(seen.verdict), "known": str(seen.known), "grade": _word(seen.grade)}


def _word(grade: Proof | None) -> str | None:
    return None if grade is None else str(grade)

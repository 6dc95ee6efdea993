"""vendors/<vendor>.yaml: what is known about the questions that no check can answer. Not answered is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from evaluation.findings import facts
from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.schema import Node, document
from mockserver.contract import Grade
from mockserver.contract.ledger import STRONGEST
from mockserver.contract.source import document as contract_document
from mockserver.errors import InputError

ROOM = "evaluation/radar/vendors"
KEYS = ("verdict", "facts", "grade", "sources", "says")
GRADES = tuple(str(one) for one in Grade)


@dataclass(frozen=True)
class Answer:
    """The answer to a question with its grade, None where it is unknown. ``facts`` are ids of the contract."""

    question: str
    verdict: Verdict
    grade: Proof | None
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    says: str


def vendors() -> list[str]:
    """The vendors of whom something is written: facts for checks, or answers to questions."""
    folders = (files(package) / "vendors" for package in ("evaluation.findings", "evaluation.radar"))
    names = {file.name for folder in folders for file in folder.iterdir()}
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def load(vendor: str, questions: Iterable[str]) -> Mapping[str, Answer]:
    """Answers by question; empty for a vendor nothing is written of. Raises InputError.

    An answer to a question that is not asked by the criteria in use is left out.
    """
    file = files("evaluation.radar") / "vendors" / f"{vendor}.yaml"
    if not file.is_file():
        return {}
    wanted = set(questions)
    return {id_: answer for id_, answer in read(file, f"{ROOM}/{vendor}.yaml").items() if id_ in wanted}


def read(file: Traversable, where: str) -> dict[str, Answer]:
    """Every answer of a file. Raises InputError that names file and key, what is valid and a guess."""
    node = document(file, where).allow("answers")
    return {id_: _answer(id_, below) for id_, below in node.node("answers").nodes(*KEYS)}


def _answer(id_: str, node: Node) -> Answer:
    verdict = Verdict(node.text("verdict", valid=list(Verdict)))
    ids, sources = node.texts("facts"), node.texts("sources", valid=contract_document("sources.yaml"))
    grade: Proof | None
    if ids and (sources or "grade" in node.data):
        raise InputError("has facts, whose grade and sources the contract knows; leave both out", node.where)
    if ids:
        grade, sources = _of_facts(ids, node)
    else:
        grade = _stated(node, verdict, sources)
    return Answer(id_, verdict, None if verdict is Verdict.unknown else grade, sources, ids, node.text("says"))


def _of_facts(ids: tuple[str, ...], node: Node) -> tuple[Proof, tuple[str, ...]]:
    """The weakest grade of facts that must all hold, and their sources."""
    found = [one for id_ in ids for one in facts.evidence(id_, node.at("facts"))]
    sources = dict.fromkeys(source for one in found for source in one.sources)
    return min(Proof.of(one.grade) for one in found), tuple(sources)


def _stated(node: Node, verdict: Verdict, sources: tuple[str, ...]) -> Proof | None:
    """The grade that is written down. Raises InputError where no source can bear it."""
    if verdict is Verdict.unknown:
        if node.text("grade", ""):
            raise InputError("is unknown, so it has no grade", node.where)
        return None
    grade = Proof[node.text("grade", valid=GRADES)]
    kinds = (contract_document("sources.yaml")[source]["kind"] for source in sources)
    strongest = max((_strongest(kind) for kind in kinds), default=Proof.inferred)
    if grade > strongest:
        raise InputError(f"grade is {grade}, more than its sources can bear ({strongest})", node.where)
    return grade


def _strongest(kind: str) -> Proof:
    """The best that a source of this kind can bear."""
    return Proof.of(STRONGEST[kind]) if kind in STRONGEST else Proof.adjacent

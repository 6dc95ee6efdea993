"""Reads criteria.yaml, or a file a reader made of it, and refuses what would make a ring mean something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from evaluation.findings import catalogue
from evaluation.findings.grades import Proof
from evaluation.schema import Node, document
from mockserver.errors import InputError

from .criteria import Criteria, Criterion, Item, Limit
from .entry import RINGS

QUESTION = re.compile(r"[a-z]+\.[a-z]+")
OWN = "evaluation/radar/criteria.yaml"
SCALES = ("score", "proven")  # a limit on confidence would let a fault move an entry inwards
NEEDED = Proof.consumed  # the weakest grade that settles what a ring needs
WEIGHTS = (0, 1000)
TOP = ("grades", "severities", "rings", "criteria", "left_out")


def load(path: Path | None = None) -> Criteria:
    """The package's criteria, or a file of the reader's. Raises InputError."""
    source: Traversable = path or files("evaluation.radar") / "criteria.yaml"
    node = document(source, str(path) if path else OWN).allow(*TOP)
    severities = _severities(node.node("severities"))
    criteria = {id_: _criterion(id_, below, severities) for id_, below in node.node("criteria").nodes()}
    if not criteria:
        raise InputError("criteria is empty", node.where)
    _complete(criteria, node)
    grades = _grades(node.node("grades"))
    return Criteria(grades, _rings(node.node("rings"), criteria, 100 * grades[NEEDED]), criteria)


def _severities(node: Node) -> Mapping[str, float]:
    levels = catalogue.severities().levels
    node.allow(*levels)
    return {level: node.number(level, *WEIGHTS, above=True) for level in levels}


def _grades(node: Node) -> Mapping[Proof, float]:
    names = [str(grade) for grade in sorted(Proof, reverse=True)]
    node.allow(*names)
    for name in names:
        if name not in node.data:
            what = f"{name} is missing: say how much a fact of this grade counts, as the package's criteria do"
            raise InputError(what, node.where, names)
    made = {grade: _weight_of_grade(node.node(str(grade), "weight", "because")) for grade in Proof}
    _sane(made, node)
    return made


def _sane(weights: Mapping[Proof, float], node: Node) -> None:
    """Raises InputError for weights that would turn what a grade means upside down."""
    if weights[Proof.inferred]:
        raise InputError("weight must be 0: what nobody saw decides nothing", node.at("inferred"))
    ordered = [weights[grade] for grade in sorted(Proof)]
    if ordered != sorted(ordered):
        raise InputError("a weaker grade must not weigh more than a stronger one", node.where)
    if weights[Proof.documented] >= weights[NEEDED]:
        what = f"weight must be below that of {NEEDED}: a description alone settles nothing that a ring needs"
        raise InputError(what, node.at("documented"))


def _weight_of_grade(node: Node) -> float:
    node.text("because")
    return node.number("weight", 0, 1)


def _criterion(id_: str, node: Node, severities: Mapping[str, float]) -> Criterion:
    node.allow("title", "weight", "because", "checks", "questions")
    items = (*_checks(id_, node, severities), *_questions(id_, node.node("questions", optional=True), severities))
    if not items:
        raise InputError("has neither checks nor questions", node.where)
    weight = node.number("weight", *WEIGHTS, above=True)
    return Criterion(id_, node.text("title"), weight, node.text("because"), items)


def _checks(criterion: str, node: Node, severities: Mapping[str, float]) -> Iterator[Item]:
    levels, entries = catalogue.severities(), catalogue.load()
    for id_ in node.texts("checks", valid=entries):
        severity, _ = levels.consequences[entries[id_].consequence]
        yield Item(id_, criterion, entries[id_].title, severities[severity])


def _questions(criterion: str, node: Node, severities: Mapping[str, float]) -> Iterator[Item]:
    for id_, question in node.nodes("asks", "severity"):
        if not QUESTION.fullmatch(id_):
            raise InputError(f"{id_} is not two words with a dot between them, such as price.forecast", node.where)
        yield Item(id_, criterion, question.text("asks"), severities[question.text("severity", valid=severities)])


def _complete(criteria: Mapping[str, Criterion], node: Node) -> None:
    """Every check in one place. Raises InputError."""
    out = node.node("left_out", optional=True).allow(*catalogue.load())
    out.sentences()
    placed: dict[str, str] = dict.fromkeys(out.data, "left_out")
    for item in (item for criterion in criteria.values() for item in criterion.items):
        if item.id in placed:
            raise InputError(f"{item.id} is in {placed[item.id]} and in {item.criterion}", node.where)
        placed[item.id] = item.criterion
    for id_ in catalogue.load():
        if id_ not in placed:
            what = f"{id_} is in no criterion; leave it out with a reason under left_out"
            raise InputError(what, node.where, criteria)


def _rings(node: Node, criteria: Mapping[str, Criterion], needed: float) -> Mapping[str, tuple[Limit, ...]]:
    node.allow(*RINGS)
    order = [ring for ring in RINGS if ring in node.data]
    if list(node.data) != order or not order:
        raise InputError("rings must stand from the centre outwards", node.where, RINGS)
    made = {ring: _limits(node.node(ring), criteria, needed) for ring in order}
    if made[order[-1]]:
        what = "the last ring must have no limits, so that every entry is in one"
        raise InputError(what, node.at(order[-1]))
    return made


def _limits(node: Node, criteria: Mapping[str, Criterion], needed: float) -> tuple[Limit, ...]:
    node.allow(*SCALES, "criteria", "needs", "because").text("because")
    items = [item.id for criterion in criteria.values() for item in criterion.items]
    needs = [Limit("proven", needed, id_) for id_ in node.texts("needs", valid=items)]
    below = node.node("criteria", optional=True).allow(*criteria)
    singles = [limit for id_, one in below.nodes() for limit in _scales(one.allow(*SCALES), id_)]
    return (*needs, *singles, *_scales(node, ""))


def _scales(node: Node, of: str) -> Iterator[Limit]:
    for scale in SCALES:
        if scale in node.data:
            yield Limit(scale, node.number(scale, 0, 100), of)

"""What is known of a vendor without any run, by check: vendors/<vendor>.yaml names facts, the contract grades them.

A check fails of the vendor if one of the facts under ``fail`` is known of its API, and passes if none is and one under
``pass`` is. A fact is one id, or a list of ids that must all be known, of which the weakest counts. Only the channel
``api`` counts, and a fact that was filled in by analogy counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from evaluation.schema import Node, document
from mockserver.contract import Evidence
from mockserver.errors import InputError

from . import catalogue, facts
from .grades import Proof
from .outcome import Verdict

ROOM = "evaluation/findings/vendors"
API = "api"


@dataclass(frozen=True)
class Knowledge:
    """What is known of the vendor on one check.

    ``grade`` is that of the best known fact for the verdict, None if the verdict is unknown. ``facts`` are ids that
    decide, or all that were looked at if none does; ``sources`` are theirs. ``elsewhere`` lists other channels of the
    vendor where a fact was seen.
    """

    verdict: Verdict
    grade: Proof | None
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    says: str
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Ids that must all hold, with their evidence."""

    ids: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def grade(self) -> Proof:
        return min(Proof.of(one.grade) for one in self.evidence)

    @property
    def known(self) -> bool:
        """Whether all of it is known of the API."""
        return self.grade > Proof.inferred and all(API in one.channels for one in self.evidence)

    @property
    def elsewhere(self) -> frozenset[str]:
        """Other channels where a part of it was seen that is not known of the API."""
        parts = (one for one in self.evidence if Proof.of(one.grade) > Proof.inferred and API not in one.channels)
        return frozenset(channel for one in parts for channel in one.channels)


@cache
def load(vendor: str = "healthjump") -> Mapping[str, Knowledge]:
    """Knowledge of a vendor by id of the check; empty for one nothing is written of. Raises InputError."""
    folder = files("evaluation.findings") / "vendors"
    if f"{vendor}.yaml" not in {file.name for file in folder.iterdir()}:
        return {}
    return read(folder / f"{vendor}.yaml", f"{ROOM}/{vendor}.yaml")


def read(file: Traversable, where: str) -> dict[str, Knowledge]:
    """Knowledge of one file. Raises InputError that names file and key, what is valid and a guess."""
    checks = document(file, where).allow(*catalogue.load())
    return {id_: _knowledge(node) for id_, node in checks.nodes("fail", "pass", "besides", "says")}


def best(ids: Iterable[str], where: str) -> Proof | None:
    """The grade of the best of these facts that is known of the API. Raises InputError for an id that is no fact."""
    found = (_fact([id_], where) for id_ in ids)
    return max((fact.grade for fact in found if fact.known), default=None)


def _knowledge(node: Node) -> Knowledge:
    fail, passed, besides = (_facts(node, key) for key in ("fail", "pass", "besides"))
    says = node.text("says")
    for verdict, found in ((Verdict.fail, fail), (Verdict.passed, passed)):
        known = [fact for fact in found if fact.known]
        if known:
            return _made(verdict, known, max(fact.grade for fact in known), says, [*found, *besides])
    everything = [*fail, *passed, *besides]
    return _made(Verdict.unknown, everything, None, says, everything)


def _made(verdict: Verdict, found: list[Fact], grade: Proof | None, says: str, seen: list[Fact]) -> Knowledge:
    sources = dict.fromkeys(source for fact in found for one in fact.evidence for source in one.sources)
    ids = dict.fromkeys(id_ for fact in found for id_ in fact.ids)
    elsewhere = frozenset[str]().union(*(fact.elsewhere for fact in seen))
    return Knowledge(verdict, grade, tuple(sources), tuple(ids), says, tuple(sorted(elsewhere)))


def _facts(node: Node, key: str) -> list[Fact]:
    given = node.data.get(key, [])
    if not isinstance(given, list):
        raise InputError(f"{key} must be a list of facts", node.where)
    return [_fact([ids] if isinstance(ids, str) else ids, node.at(key)) for ids in given]


def _fact(ids: object, where: str) -> Fact:
    if not isinstance(ids, list) or not ids or not all(isinstance(id_, str) for id_ in ids):
        raise InputError("a fact is an id or a list of ids", where)
    return Fact(tuple(ids), tuple(one for id_ in ids for one in facts.evidence(id_, where)))

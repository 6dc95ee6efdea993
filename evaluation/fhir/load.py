"""Reads the data files of this folder. Every error names file and key, what is valid, and a guess."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from evaluation.schema import Node, document
from mockserver.errors import InputError

from .model import PLANNED, Crosswalk, ElementMap, Outcome, Profile, ResourceMap, System, Target

ROOM = "evaluation/fhir"
TARGET = ("path", "from", "outcome", "fallback", "type", "value", "system", "rule", "assumption", "note")
KINDS = ("required", "must-support", "uscdi")


@cache
def crosswalk() -> Crosswalk:
    """The mapping the kit comes with. Raises InputError."""
    return read(files("evaluation.fhir"))


def read(folder: Traversable) -> Crosswalk:
    """The mapping of a folder with mapping, profiles, systems, rules and assumptions. Raises InputError."""
    profiles = open_(folder, "profiles").allow("release", "source", "licence", "enough", "profiles")
    made = _Reader(
        {id_: _profile(id_, node) for id_, node in profiles.node("profiles").nodes()},
        {id_: _system(id_, node) for id_, node in open_(folder, "systems").nodes()},
        open_(folder, "rules").sentences(),
        open_(folder, "assumptions").sentences(),
    )
    top = open_(folder, "mapping").allow("vendor", "target", "every", "elements")
    return Crosswalk(
        top.text("vendor"), top.text("target"), made.elements(top), made.profiles, made.systems, made.rules,
        made.assumptions, profiles.number("enough"),
    )  # fmt: skip


def open_(folder: Traversable, name: str) -> Node:
    """The data file of that name in the folder. Raises InputError."""
    return document(folder / f"{name}.yaml", f"{ROOM}/{name}.yaml")


def _profile(id_: str, node: Node) -> Profile:
    node.allow("type", "url", "title", "elements")
    inner = node.node("elements")
    elements = {path: inner.text(path, valid=KINDS) for path in inner.data}
    return Profile(id_, node.text("type"), node.text("url"), node.text("title"), elements)


def _system(id_: str, node: Node) -> System:
    node.allow("uri", "owner", "licence", "codes", "note")
    codes = node.text("codes", valid=("source", "kit", "reader"))
    return System(id_, node.text("uri"), node.text("owner"), node.text("licence"), codes, node.text("note", ""))


class _Reader:
    """Reads the mapping against the tables its entries name."""

    def __init__(
        self, profiles: Mapping[str, Profile], systems: Mapping[str, System], rules: Mapping[str, str],
        assumptions: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.profiles, self.systems, self.rules, self.assumptions = profiles, systems, rules, assumptions

    def elements(self, top: Node) -> dict[str, ElementMap]:
        every = top.node("every").allow("not_for", "resources")
        found = top.node("elements")
        apart = every.texts("not_for", valid=found.data)
        common = self._resources(every)
        return {name: self._element(name, node, () if name in apart else common) for name, node in found.nodes()}

    def _element(self, name: str, node: Node, common: tuple[ResourceMap, ...]) -> ElementMap:
        node.allow("resources", "unmapped", "not_counted")
        unmapped = node.node("unmapped", optional=True).sentences()
        made = ElementMap(name, (*self._resources(node), *common), unmapped, node.text("not_counted", ""))
        for column in sorted(made.used & frozenset(unmapped)):
            raise InputError(f"column {column} is both used and unmapped", node.where)
        return made

    def _resources(self, node: Node) -> tuple[ResourceMap, ...]:
        return tuple(self._resource(name, inner) for name, inner in node.node("resources").nodes())

    def _resource(self, name: str, node: Node) -> ResourceMap:
        node.allow("profile", "when", "note", "targets")
        profile = node.text("profile", "", self.profiles)
        targets = tuple(self._target(name.partition(":")[0], item) for item in node.items("targets"))
        paths = [target.path for target in targets]
        for path in paths:
            if paths.count(path) > 1:
                raise InputError(f"path {path} is there twice", node.where)
        return ResourceMap(name, profile, node.text("when", ""), node.text("note", ""), targets)

    def _target(self, type_: str, node: Node) -> Target:
        node.allow(*TARGET)
        made = Target(
            node.text("path"), Outcome(node.text("outcome", valid=PLANNED)), node.texts("from"), _fallback(node),
            node.text("type", ""), node.text("value", ""), node.texts("system", self.systems, single=True),
            node.text("rule", "", self.rules), node.text("assumption", "", self.assumptions), node.text("note", ""),
        )  # fmt: skip
        _check(made, type_, node.where)
        return made


def _fallback(node: Node) -> Outcome | None:
    word = node.text("fallback", "", PLANNED)
    return Outcome(word) if word else None


def _check(target: Target, type_: str, where: str) -> None:
    """Raises InputError where the parts of an entry contradict each other."""
    outcomes = {target.outcome, target.fallback}
    if not target.path.startswith(f"{type_}."):
        raise InputError(f"path {target.path} must start with {type_}.", where)
    if Outcome.assumed in outcomes and not target.assumption:
        raise InputError(f"{target.path} is assumed, so it needs an assumption", where)
    if (target.outcome is Outcome.absent) == bool(target.columns or target.value):
        if target.outcome is Outcome.absent:
            raise InputError(f"{target.path} is absent, so nothing can fill it", where)
        raise InputError(f"{target.path} needs from or value", where)

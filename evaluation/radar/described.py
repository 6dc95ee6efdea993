"""facts/<slug>.yaml beside the entries of a radar: what a vendor's own description of its API says, by check.

A file holds the source (title, sha256, day of reading, version of the kit), the verdict of each decided check with its
sentence, and why the others are unknown. Nobody asked the API, so no grade but ``documented`` can stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from evaluation.findings import catalogue
from evaluation.findings.grades import Proof
from evaluation.findings.known import Knowledge
from evaluation.findings.outcome import Verdict
from evaluation.schema import Node, document
from mockserver.errors import InputError

from .frontmatter import LARGEST, plainly_written
from .schema import CONTROL

FOLDER: Final = "facts"
GRADE: Final = Proof.documented
DECIDED: Final = (Verdict.fail, Verdict.passed)
SHA256: Final = re.compile(r"[0-9a-f]{64}")
HEAD: Final = """\
# What the vendor's own description of its API says, by check. `hjkit radar new` wrote it, `hjkit radar refresh` reads
# the description again. Nobody asked the API: no other grade than documented can stand here.
"""


@dataclass(frozen=True)
class Source:
    """The description that was read. ``sha256`` is that of its file; ``partial`` tells what of it was not read."""

    title: str
    sha256: str
    read: date
    kit: str
    partial: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Described:
    """What is documented of a vendor: knowledge by id of a check, and by id why a check could not decide."""

    source: Source
    facts: Mapping[str, Knowledge]
    unknown: Mapping[str, str]

    def verdict(self, check: str) -> Verdict:
        """What the description says on a check; unknown too for one that did not exist when it was read."""
        return self.facts[check].verdict if check in self.facts else Verdict.unknown

    def reasons(self) -> dict[str, list[str]]:
        """Ids of undecided checks by the reason why, in order of ids."""
        found: dict[str, list[str]] = {}
        for id_, why in sorted(self.unknown.items()):
            found.setdefault(why, []).append(id_)
        return found


def path(folder: Path, slug: str) -> Path:
    """Where the facts of a vendor are in a folder of entries."""
    return folder / FOLDER / f"{slug}.yaml"


def known(verdict: Verdict, says: str) -> Knowledge:
    """What a description says on one check."""
    return Knowledge(verdict, GRADE, (), (), says)


def read(file: Path) -> Described:
    """The facts of a file. Raises InputError that names file and key, what is valid and a guess."""
    node = _document(file).allow("source", "facts", "unknown")
    facts = {id_: _fact(below) for id_, below in _checks(node.node("facts")).nodes("verdict", "grade", "says")}
    unknown: dict[str, str] = {}
    for below in node.items("unknown", "why", "checks"):
        why = _line(below, "why")
        for id_ in below.texts("checks", valid=catalogue.load(), some=True):
            if id_ in facts or id_ in unknown:
                raise InputError(f"checks has {id_}, which is said twice in this file", below.where)
            unknown[id_] = why
    return Described(_source(node.node("source", "title", "sha256", "read", "kit", "partial")), facts, unknown)


def _document(file: Path) -> Node:
    try:
        text = file.read_text(encoding="utf-8")
        if len(text) > LARGEST:
            raise InputError(f"is longer than {LARGEST} characters", str(file))
        plainly_written(text, str(file))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        pass  # the reader below says what is wrong
    return document(file, str(file))


def _checks(node: Node) -> Node:
    """Itself, if all of its keys are checks. Raises InputError."""
    for id_ in node.data:
        if id_ not in catalogue.load():
            what = f"{id_} is no check of this kit; hjkit radar refresh reads the description again"
            raise InputError(what, node.where, catalogue.load(), id_)
    return node


def _fact(node: Node) -> Knowledge:
    if node.data.get("grade") != str(GRADE):
        what = f"grade must be {GRADE}: nobody asked the API, so a description alone can say no more"
        raise InputError(what, node.where, [str(GRADE)])
    return known(Verdict(node.text("verdict", valid=map(str, DECIDED))), _line(node, "says"))


def _source(node: Node) -> Source:
    sha256, day = node.text("sha256"), node.need("read").data["read"]
    if not SHA256.fullmatch(sha256):
        raise InputError("sha256 must be 64 digits of 0-9 and a-f", node.where)
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InputError("read must be a day such as 2026-11-22", node.where)
    partial = tuple(_printable(one, node, "partial") for one in node.texts("partial", of="sentences"))
    return Source(_line(node, "title"), sha256, day, _line(node, "kit"), partial)


def _line(node: Node, key: str) -> str:
    """A text on one line. Raises InputError for one that cannot be printed."""
    return _printable(node.text(key), node, key)


def _printable(text: str, node: Node, key: str) -> str:
    if CONTROL.search(text):
        raise InputError(f"{key} must be text that can be printed", node.where)
    return " ".join(text.split())


def text(found: Described) -> str:
    """The file, in a fixed order."""
    source = found.source
    told: dict[str, Any] = {"title": source.title, "sha256": source.sha256, "read": source.read, "kit": source.kit}
    if source.partial:
        told["partial"] = list(source.partial)
    facts = {
        id_: {"verdict": str(one.verdict), "grade": str(GRADE), "says": one.says}
        for id_, one in sorted(found.facts.items())
    }
    unknown = [{"why": why, "checks": ids} for why, ids in found.reasons().items()]
    data = {"source": told, "facts": facts, "unknown": unknown}
    return HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)

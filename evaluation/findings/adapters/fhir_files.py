"""Files of FHIR resources: single ones, Bundles, and one resource a line as a bulk export writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from . import files
from .description.limits import Unreadable, check, megabytes
from .description.load import read_tree
from .fhir_definitions import TYPE, Definitions
from .shape import listed, mapping, members, text

LINES: Final = (".ndjson", ".jsonl")
READ: Final = (".json", *LINES)
UNREAD: Final = (".xml", ".gz", ".zip", ".zst", ".bz2", ".xz", ".ttl", ".csv", ".parquet")
DESCRIBING: Final = frozenset(
    {"CapabilityStatement", "StructureDefinition", "ValueSet", "CodeSystem", "OperationDefinition", "SearchParameter"}
    | {"CompartmentDefinition", "ImplementationGuide", "ConceptMap", "NamingSystem", "OperationOutcome"}
)
"""Types that say how a server works. They are never taken for rows."""
MOST: Final = 50_000  # samples of one type; more would not say more
BYTES: Final = 48_000_000
"""Of one JSON file. HL7's own file of all resources has 35 million."""
LINES_BYTES: Final = 500_000_000
"""Of one file with a resource a line, of which only one line at a time is held."""
_DEEPEST = 8  # Bundles in Bundles


@dataclass
class Source:
    """Everything that files hold. ``samples`` are resources by type and id, the last version of each."""

    definitions: Definitions = field(default_factory=Definitions)
    statements: list[Mapping[str, Any]] = field(default_factory=list)
    samples: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    others: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, found: object, depth: int = 0) -> None:
        """Take a parsed resource, or a list of them, apart; what is no FHIR resource is counted."""
        resource = mapping(found)
        for one in listed(found) if not depth else ():
            self.add(one, depth + 1)
        type_ = text(resource.get("resourceType"))
        if not TYPE.fullmatch(type_) or depth > _DEEPEST:
            self.others += not listed(found) or depth > 0
        elif type_ == "Bundle":
            for entry in _newest_first(resource):
                self.add(entry, depth + 1)
        elif type_ == "CapabilityStatement":
            self.statements.append(resource)
        elif type_ in DESCRIBING:
            self.definitions.add(resource)
        else:
            self._sample(type_, resource)

    def _sample(self, type_: str, resource: Mapping[str, Any]) -> None:
        """Keep a row; of several with one id the one that changed last, the first of those alike."""
        mine = self.samples.setdefault(type_, {})
        key = text(resource.get("id")) or f" {len(mine)}"
        if key in mine and _changed(resource) <= _changed(mine[key]):
            return
        if key not in mine and len(mine) >= MOST:
            self.cut.add(type_)
            return
        mine[key] = resource


def _newest_first(bundle: Mapping[str, Any]) -> Iterator[object]:
    """The resources of a Bundle. Of a history, a resource that was deleted last is no row any more."""
    gone: set[str] = set()
    for entry in members(bundle.get("entry")):
        request = mapping(entry.get("request"))
        if request.get("method") == "DELETE":
            gone.add(text(request.get("url")))
        resource = mapping(entry.get("resource"))
        if resource and f"{resource.get('resourceType')}/{resource.get('id')}" not in gone:
            yield resource


def _changed(resource: Mapping[str, Any]) -> str:
    return text(mapping(resource.get("meta")).get("lastUpdated"))


def gather(path: Path) -> Source:
    """Everything in a file or below a folder. ``problems`` tells of files by their number in the order of names.

    Raises InputError where nothing is there to be read, and for a single file that cannot be.
    """
    source = Source()
    if path.is_file():
        _single(path, source)
        return source
    if not path.is_dir():
        if path.exists():
            raise InputError("is neither a file nor a folder", str(path))
        raise InputError("does not exist", str(path), ["a CapabilityStatement (JSON)", "a folder that holds one"])
    below = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    fitting = [p for p in below if p.suffix.lower() in READ]
    for number, file in enumerate(fitting, 1):
        try:
            _file(file, source)
        except InputError as error:
            source.problems.append(f"file {number} of {len(fitting)}, by name, {error.what}")
    left = sum(p.suffix.lower() in UNREAD for p in below)
    if left:
        source.problems.append(f"{left} of its files, of other formats, left out; JSON and NDJSON are read, unpacked")
    return source


def _single(path: Path, source: Source) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None
    if start.startswith(b"<"):
        raise InputError("is XML, which is not read; ask the server for application/fhir+json", str(path))
    _file(path, source)


def _file(path: Path, source: Source) -> None:
    if path.suffix.lower() not in LINES:
        source.add(read_tree(path, BYTES))
        return
    problem = ""
    try:
        if path.stat().st_size > LINES_BYTES:
            raise Unreadable(f"is larger than the {megabytes(LINES_BYTES)} that are read")
        for resource in files.FORMATS[path.suffix.lower()].rows(path):
            check(resource)
            source.add(resource)
    except (files.Unreadable, Unreadable) as error:
        problem = str(error)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    if problem:
        raise InputError(problem, str(path))

"""Reads a vendor's own description of its API and runs every check on it. No request is sent."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from evaluation.findings import evaluate
from evaluation.findings.adapters import kinds, open_target
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.model import Origin
from evaluation.findings.outcome import Verdict
from evaluation.findings.output.facts import printable
from mockserver import __version__
from mockserver.errors import InputError

from .described import Described, Source, known

WHERE: Final = "--from"
VALID: Final = ("openapi:FILE", "fhir:FILE or FOLDER", "postman:FILE")
LONGEST: Final = 200  # characters of a title
BLOCK: Final = 1 << 20
WHAT: Final = {
    Origin.contract: "the kit's own contract, whose facts are graded already",
    Origin.mock: "our own mock, which proves nothing about the vendor",
    Origin.recording: "a recording of our own mock, which proves nothing about the vendor",
    Origin.live: "the vendor's API",
    Origin.recorded_live: "a recording of answers; hjkit evaluate judges it",
    Origin.server: "a server",
    Origin.capture: "traffic that somebody recorded; hjkit evaluate judges it",
    Origin.folder: "a set of rows or answers that somebody received; hjkit evaluate judges it",
}


def read(target: str, today: date) -> Described:
    """What the description behind a target says. Raises InputError for any other target."""
    if target.startswith(("http://", "https://")):
        raise InputError("is a server, which is asked and not read; save its description to a file", WHERE, VALID)
    api = open_target(target)
    if api.origin is not Origin.description:
        what = f"is {WHAT[api.origin]}; only the vendor's own description of its API makes a draft"
        raise InputError(what, WHERE, VALID)
    title = line(api.title)[:LONGEST].rstrip() or "a description without a title"
    source = Source(title, digest(place(target)), today, __version__, tuple(line(one) for one in api.partial))
    return of_evaluation(evaluate.run(api), source)


def of_evaluation(evaluation: Evaluation, source: Source) -> Described:
    """What an evaluation of a description says; places and values stay behind."""
    decided = [r for r in evaluation.results if r.outcome.verdict is not Verdict.unknown]
    others = [r for r in evaluation.results if r.outcome.verdict is Verdict.unknown]
    facts = {r.id: known(r.outcome.verdict, line(r.outcome.why)) for r in decided}
    return Described(source, facts, {r.id: line(r.outcome.why) for r in others})


def line(text: str) -> str:
    """Text on one line that can be printed."""
    return printable(" ".join(text.split()))


def place(target: str) -> Path:
    """The file or folder that a target names."""
    kind, _, rest = target.partition(":")
    return Path(rest if kind in kinds.PREFIXES else target)


def digest(path: Path) -> str:
    """The SHA-256 of a file; of a folder that of a line for each file: its digest and its path in the folder.

    Files that a description refers to are not part of it, so that anybody can check it with a tool of their own.
    Raises InputError.
    """
    try:
        if path.is_file():
            return _of_file(path)
        files = sorted(file for file in path.rglob("*") if file.is_file())
        lines = (f"{_of_file(file)}  {file.relative_to(path).as_posix()}\n" for file in files)
        return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", WHERE) from None


def _of_file(path: Path) -> str:
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            made.update(block)
    return made.hexdigest()

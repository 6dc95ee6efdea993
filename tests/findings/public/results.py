"""What the checks report of the public descriptions, kept as data, because the descriptions are not.

``python -m tests.findings.public.results FOLDER`` asks every check and writes ``results.yaml``; FOLDER may also stand
in HJKIT_PUBLIC_DESCRIPTIONS. ``first.yaml`` is what the very first run reported and does not change.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from evaluation.findings import evaluate
from evaluation.findings.adapters import open_target
from evaluation.findings.outcome import Verdict
from evaluation.schema import Node, document, mapping
from mockserver.errors import InputError

from .fingerprint import fingerprint
from .loader import HERE, Labelled, find, labelled

NOW: Final = HERE / "results.yaml"
FIRST: Final = HERE / "first.yaml"
FOLDER: Final = "HJKIT_PUBLIC_DESCRIPTIONS"
HEAD: Final = "# Written by python -m tests.findings.public.results: places by the check that reported them.\n"


@dataclass(frozen=True)
class Result:
    """What was reported of one file: check -> places, and the checks that passed or could not decide.

    ``checks`` is the print of the checks that were asked, empty where it was not kept; what they said is what counts.
    """

    sha256: str
    resources: int
    said: Mapping[str, tuple[str, ...]]
    passed: tuple[str, ...]
    unknown: tuple[str, ...]
    checks: str = field(default="", compare=False)

    def as_data(self) -> dict[str, Any]:
        said = {check: list(places) for check, places in self.said.items()}
        verdicts = {"passed": list(self.passed), "unknown": list(self.unknown)}
        about = {"sha256": self.sha256, **({"checks": self.checks} if self.checks else {}), "resources": self.resources}
        return {**about, "reported": said, **verdicts}


def ask(path: Path, sha256: str) -> Result:
    """Every check on one description. Raises InputError where it cannot be read."""
    found = evaluate.run(open_target(f"openapi:{path}"))
    by_verdict = {verdict: [r for r in found.results if r.outcome.verdict is verdict] for verdict in Verdict}
    said = {r.id: tuple(sorted({str(place) for place in r.outcome.places})) for r in by_verdict[Verdict.fail]}
    passed, unknown = (tuple(r.id for r in by_verdict[verdict]) for verdict in (Verdict.passed, Verdict.unknown))
    return Result(sha256, len(found.api.resources), said, passed, unknown, fingerprint())


def ask_all(folder: Path, labels: Iterable[Labelled]) -> dict[str, Result]:
    """The results of the labelled descriptions in a folder. Raises InputError that says how to fetch one not there."""
    found = {}
    for one in labels:
        path = find(folder, one)
        if path is None:
            file, sha256 = Path(one.about["file"]).name, one.about["sha256"]
            raise InputError(f"no {file} with sha256 {sha256}", one.stem, one.fetched_by())
        found[one.stem] = ask(path, one.about["sha256"])
    return found


def load(path: Path) -> dict[str, Result]:
    """Results that were kept. Raises InputError."""
    return _results(document(path, path.name))


def load_text(text: str) -> dict[str, Result]:
    """Results as ``written`` makes them. Raises InputError."""
    return _results(mapping(yaml.safe_load(text), "results"))


def _results(node: Node) -> dict[str, Result]:
    return {stem: _result(below) for stem, below in node.nodes()}


def _result(node: Node) -> Result:
    node.allow("sha256", "checks", "resources", "reported", "passed", "unknown")
    reported = node.node("reported")
    said = {check: reported.texts(check, some=True) for check in reported.data}
    verdicts = (node.texts("passed"), node.texts("unknown"))
    checks = node.text("checks") if "checks" in node.data else ""
    return Result(node.text("sha256"), node.count("resources"), said, *verdicts, checks=checks)


def written(results: Mapping[str, Result]) -> str:
    """Results as the text of a file."""
    data = {stem: result.as_data() for stem, result in sorted(results.items())}
    return HEAD + yaml.safe_dump(data, sort_keys=False, default_flow_style=None, width=118)


def folder(arguments: Iterable[str] = ()) -> Path | None:
    """The folder of descriptions that is given, by an argument or the environment."""
    given = next(iter(arguments), "") or os.environ.get(FOLDER, "")
    return Path(given) if given else None


def how_to_fetch(labels: Iterable[Labelled]) -> Iterator[str]:
    """The commands that fetch every description."""
    for one in labels:
        yield from one.fetched_by()


def main(arguments: list[str]) -> None:
    """Ask every check and keep what is new; say how to fetch the descriptions where no folder is given."""
    labels, given = labelled(), folder(arguments)
    if given is None:
        print("\n".join(how_to_fetch(labels)))
        return
    found = ask_all(given, labels)
    NOW.write_text(written(found), encoding="utf-8")
    first = load(FIRST) if FIRST.exists() else {}
    if found.keys() - first.keys():
        FIRST.write_text(written({**found, **first}), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

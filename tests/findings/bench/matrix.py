"""What every check says of the same vendor through every adapter, and the published page of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from evaluation.findings import catalogue
from evaluation.findings.adapters import open_target
from evaluation.findings.model import Api
from evaluation.findings.outcome import Outcome, Verdict

from .flips import outcomes, serving
from .report import ROOT

PAGE: Final = ROOT / "docs/reference/findings-matrix.md"
PLACES: Final[Mapping[str, str | Path]] = {
    "contract": "contract",
    "cassettes": ROOT / "fixtures/cassettes/vendor",
    "folder": ROOT / "fixtures/worlds/sandbox",
}
ADAPTERS: Final = ("contract", "mock", "cassettes", "folder")

Cells = Mapping[str, Mapping[str, Outcome]]  # by adapter and check


def apis() -> Mapping[str, Api]:
    """The vendor as each adapter shows it: contract, mock with the sandbox, its recording, its rows in a folder."""
    found = {name: open_target(str(place)) for name, place in PLACES.items()}
    with serving("sandbox") as running:
        found["mock"] = open_target(running.url, environ={})
    return {name: found[name] for name in ADAPTERS}


def cells(of: Mapping[str, Api]) -> Cells:
    """Every check on every adapter."""
    return {adapter: outcomes(api) for adapter, api in of.items()}


def decided(found: Cells, check: str) -> bool:
    """Whether it passes or fails on all of them."""
    return all(found[adapter][check].verdict is not Verdict.unknown for adapter in ADAPTERS)


def page(found: Cells) -> str:
    """The page as Markdown."""
    return "\n".join([*_head(found), *_table(found), *_reasons(found)]) + "\n"


def _head(found: Cells) -> Iterator[str]:
    checks = list(found[ADAPTERS[0]])
    everywhere = sum(decided(found, check) for check in checks)
    yield "# Every check through every adapter\n"
    yield (
        f"{everywhere} of {len(checks)} checks decide on all four adapters, and no check passes on one and fails on "
        "another. All four show the same vendor state, the quirks `vendor`: our contract, the mock with the world "
        "`sandbox`, the cassettes in `fixtures/cassettes/vendor`, and the folder `fixtures/worlds/sandbox`.\n"
    )


def _table(found: Cells) -> Iterator[str]:
    yield f"| check | {' | '.join(ADAPTERS)} |"
    yield f"|{' --- |' * (len(ADAPTERS) + 1)}"
    for check in found[ADAPTERS[0]]:
        said = (str(found[adapter][check].verdict) for adapter in ADAPTERS)
        yield f"| {check} {catalogue.load()[check].title} | {' | '.join(said)} |"


def _reasons(found: Cells) -> Iterator[str]:
    yield "\n## Why a check is unknown\n"
    yield "| check | adapter | why |"
    yield "| --- | --- | --- |"
    for check in found[ADAPTERS[0]]:
        for adapter in ADAPTERS:
            if found[adapter][check].verdict is Verdict.unknown:
                yield f"| {check} | {adapter} | {found[adapter][check].why} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(cells(apis())), encoding="utf-8")


if __name__ == "__main__":
    main()

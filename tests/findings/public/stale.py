"""Whether results are those of the checks here: ``python -m tests.findings.public.stale``.

A changed comment counts as a change. Nobody needs the descriptions to be told, only to make the results anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from .fingerprint import SHOWN, fingerprint
from .results import NOW, Result, load


def made_by(results: Iterable[Result]) -> str:
    """The print of the checks that made all of these results, shortened; empty where it was not kept or differs."""
    prints = {result.checks for result in results}
    return prints.pop()[:SHOWN] if len(prints) == 1 else ""


def stale(results: Mapping[str, Result], here: str) -> list[str]:
    """The descriptions whose results were made with other checks than those of this print."""
    return sorted(stem for stem, result in results.items() if result.checks != here)


def told(results: Mapping[str, Result], here: str) -> str:
    """One sentence that says whether results are those of the checks of this print."""
    old = stale(results, here)
    if not old:
        return f"the results were made with the checks here ({here[:SHOWN]})"
    return (
        f"the results of {', '.join(old)} were made with other checks than those here ({here[:SHOWN]}); run python -m "
        "tests.findings.public.results again with the descriptions"
    )


def main() -> int:
    """Say whether ``results.yaml`` was made with the checks here; 1 where it was not."""
    kept, here = load(NOW), fingerprint()
    print(told(kept, here))
    return 1 if stale(kept, here) else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the site tells of the radar entry's claims, as a committed table: it changes knowingly or not at all.

``python -m tests.publish.captured`` writes it anew.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from evaluation.findings import claims
from evaluation.publish import facts

TABLE = Path(__file__).parent / "claims.csv"
HEAD = ("claim", "kind", "of the vendor", "grade", "says", "what is known")


def table() -> str:
    """The table of this checkout, as CSV."""
    rows = claims.as_facts(facts.evaluations()["mock"].results)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for row in rows:
        known = row["answer"] or "; ".join(part["what"] for part in row["parts"])
        writer.writerow([row["id"], row["kind"], row["vendor"], row["grade"] or "", row["says"], known])
    return out.getvalue()


def changes(committed: str, now: str) -> list[str]:
    """The claims that differ, each with both lines."""
    before, after = (_by_id(text) for text in (committed, now))
    ids = dict.fromkeys([*before, *after])
    return [
        f"claim {id_}: was {before.get(id_)}, is {after.get(id_)}" for id_ in ids if before.get(id_) != after.get(id_)
    ]


def _by_id(text: str) -> dict[str, list[str]]:
    rows: Iterable[list[str]] = csv.reader(io.StringIO(text))
    return {row[0]: row[1:] for row in rows}


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")

"""The claims of 2023 are one text, in the data that checks are named by and in the revision that people read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluation.findings import claims

ROOT = Path(__file__).parents[2]
PAGE = "docs/radar/revisions/healthjump-2023-08-29.md"
DATA = "evaluation/findings/claims.yaml"
ROW = re.compile(r"^\| (\d[a-e]?) \| (.+?) \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    return dict(ROW.findall((ROOT / PAGE).read_text(encoding="utf-8")))


def test_the_revision_lists_every_claim_in_order() -> None:
    assert list(listed()) == [claim.id for claim in claims.load()], f"{PAGE} and {DATA} list different claims"


@pytest.mark.parametrize("claim", claims.load(), ids=lambda claim: claim.id)
def test_a_claim_reads_alike_in_the_data_and_in_the_revision(claim: claims.Claim) -> None:
    told = " ".join(claim.says.split())
    assert listed()[claim.id] == told, (
        f"claim {claim.id} reads differently in {DATA} and in {PAGE}; what the entry of 2023 said does not change, "
        "so put back the one that was edited, or mend both"
    )

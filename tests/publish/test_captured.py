"""No claim's wording, verdict or grade changes on the site unless somebody says so."""

from __future__ import annotations

from . import captured


def test_the_claims_are_those_that_were_captured() -> None:
    found = captured.changes(captured.TABLE.read_text(encoding="utf-8"), captured.table())
    assert not found, (
        "tests/publish/claims.csv is stale. If evaluation/findings/claims.yaml was changed on purpose, run "
        f"python -m tests.publish.captured. {found}"
    )


def test_a_changed_word_is_told_with_both_lines() -> None:
    now = captured.table()
    assert captured.changes(now, now) == []
    (told,) = captured.changes(now, now.replace("incomplete in some areas", "incomplete"))
    assert told.startswith("claim 5: was ") and "incomplete in some areas" in told


def test_a_claim_that_came_or_went_is_told() -> None:
    now = captured.table()
    fewer = "\n".join(now.splitlines()[:-1])
    assert [told[:7] for told in captured.changes(now, fewer)] == ["claim 7"]
    assert captured.changes(fewer, now)[0].startswith("claim 7: was None")

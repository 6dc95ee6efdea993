"""The entry's page says what is computed, changes with the facts, and keeps the words that were written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings import claims
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.grades import Proof
from evaluation.publish import build, entry, facts, radar
from evaluation.publish.words import day
from evaluation.radar import criteria_file, entries, scorecard, told
from evaluation.radar.entries import Blip
from evaluation.radar.scorecard import Scorecard
from mockserver.errors import InputError
from tests.radar import files

from .reading import rendered, words

PATH = "radar/healthjump.md"


@pytest.fixture(scope="module")
def blip() -> Blip:
    return entries.load(facts.DOCS / "radar")["healthjump"]


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return scorecard.of_vendor("healthjump", criteria_file.load())


@pytest.fixture(scope="module")
def data(blip: Blip, card: Scorecard) -> dict[str, Any]:
    return told.as_data(card, blip.entry.next_ring)


@pytest.fixture(scope="module")
def parts(blip: Blip, card: Scorecard, runs: Mapping[str, Evaluation]) -> dict[str, str]:
    return entry.parts(blip, card, runs["mock"], False)


def plain(markup: str) -> str:
    return " ".join(words(rendered(markup), "td")).replace("\n", " ")


def regraded(run: Evaluation, id_: str, grade: Proof) -> Evaluation:
    """The run if a check's fact had another grade."""
    results = [
        replace(r, known=replace(r.known, grade=grade)) if r.id == id_ else r for r in run.results
    ]  # fmt: skip
    return replace(run, results=tuple(results))


def test_every_part_stands_on_the_page(blip: Blip, parts: dict[str, str], texts: Mapping[str, str]) -> None:
    assert set(parts) == {"head", *entry.HEADINGS}
    assert all(part.strip("\n") in texts[PATH] for part in parts.values())
    assert "<!-- made:" not in texts[PATH]


def test_the_numbers_are_the_computed_ones(parts: dict[str, str], data: dict[str, Any], blip: Blip) -> None:
    standing = parts["standing"]
    assert f"| Score | {data['score']} of 100: what is proven against it takes {100 - data['score']} |" in standing
    assert f"| Confidence | {data['confidence']} of 100" in standing
    assert f"| Proven well | {data['proven']} of 100 |" in standing
    assert f"| Ring {data['ring']} |" in standing and data["ring"] == blip.entry.ring
    assert f"| Movement | {blip.movement} |" in standing


def test_a_ring_that_the_facts_do_not_bear_is_said(blip: Blip, card: Scorecard, runs: Mapping[str, Evaluation]) -> None:
    moved = replace(blip, entry=replace(blip.entry, ring="trial"))
    assert "| The facts say | **assess**, which is another ring |" in entry.parts(moved, card, None, False)["standing"]


def test_every_claim_stands_with_its_answer_and_its_checks(
    parts: dict[str, str], runs: Mapping[str, Evaluation]
) -> None:
    found = claims.as_facts(runs["mock"].results)
    assert len(re.findall(r"^\| \d", parts["claims"], re.MULTILINE)) == len(found) == 11
    for row in found:
        assert row["says"] in plain(parts["claims"]) and row["answer"] in plain(parts["claims"])
        for check in row["checks"]:
            assert f"../findings/{check['id'].lower()}.md" in parts["claims"]


def test_findings_are_those_known_of_the_vendor_worst_first(
    parts: dict[str, str], runs: Mapping[str, Evaluation]
) -> None:
    ids = re.findall(r"^\| \[(HJ-\d+)", parts["findings"], re.MULTILINE)
    known = {r.id for r in runs["mock"].results if str(r.known.verdict) == "fail"}
    assert set(ids) == known and len(ids) == len(known)
    severities = re.findall(r"\) \| (\w+) \|", parts["findings"])
    assert severities == sorted(severities, key=["high", "medium", "low"].index)


def test_a_changed_grade_changes_the_page(
    blip: Blip, card: Scorecard, runs: Mapping[str, Evaluation], parts: dict[str, str]
) -> None:
    other = entry.parts(blip, card, regraded(runs["mock"], "HJ-001", Proof.consumed), False)
    assert other["findings"] != parts["findings"] and "| consumed |" in other["findings"]
    assert other["claims"] != parts["claims"] and "found, consumed" in other["claims"]
    assert other["history"] == parts["history"]


def test_a_changed_claim_changes_the_page(
    blip: Blip, card: Scorecard, runs: Mapping[str, Evaluation], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = claims.load()
    monkeypatch.setattr(claims, "load", lambda: (replace(first, says="Something *else*, said <b>so</b>."), *rest))
    made = entry.parts(blip, card, runs["mock"], False)["claims"]
    assert "Something *else*, said <b>so</b>." in words(rendered(made), "td")


def test_everything_unknown_is_listed(parts: dict[str, str], card: Scorecard) -> None:
    unknown = [mark for mark in card.marks if mark.open]
    for mark in unknown:
        assert told.named(mark) in plain(parts["not-looked-at"])
    assert parts["not-looked-at"].startswith(f"On {len(unknown)} of {len(card.marks)} ")


def test_what_would_move_it_is_the_computed_list(parts: dict[str, str], data: dict[str, Any]) -> None:
    shown = [" ".join(item.split()) for item in words(rendered(parts["movers"]), "li")]
    assert shown == [*data["blockers"], *data["threats"]]
    assert "reach trial" in parts["movers"]


def test_history_lists_every_revision_newest_first(parts: dict[str, str], blip: Blip) -> None:
    names = re.findall(r"revisions/([\w-]+)\.md", parts["history"])
    assert names == [revision.name for revision in reversed(blip.history)]
    assert blip.entry.reviewed == blip.history[-1].date


def test_alternatives_are_those_of_the_front_matter(parts: dict[str, str], blip: Blip) -> None:
    rows = re.findall(r"^\| (\w+) \| ([\w ]+) \|", parts["alternatives"], re.MULTILINE)[1:]
    assert rows == [(one.title, one.ring or "not on this radar") for one in blip.entry.alternatives]


def test_the_head_names_ring_quadrant_model_and_review(parts: dict[str, str], blip: Blip) -> None:
    assert blip.entry.review_by is not None
    told_ = " ".join(words(parts["head"], "p"))
    for part in ("assess", "Tools", "Software as a service", "www.healthjump.com", day(blip.entry.review_by)):
        assert part in told_
    assert f'data-review-by="{blip.entry.review_by.isoformat()}"' in parts["head"]


def test_projects_stay_inside(blip: Blip, card: Scorecard, runs: Mapping[str, Evaluation]) -> None:
    inner = entry.parts(blip, card, runs["mock"], False)["head"]
    public = entry.parts(blip, card, runs["mock"], True)["head"]
    for project in blip.entry.project_ids:
        assert project in inner and project not in public


def test_the_reasons_are_written_and_short(blip: Blip) -> None:
    why = blip.entry.body.partition("\n## Why\n")[2].partition("\n## ")[0]
    assert 90 <= len(why.split()) <= 140
    assert "**Verdict: " in blip.entry.body.partition("\n## ")[0]


def test_no_number_of_the_scorecard_is_written_by_hand(blip: Blip) -> None:
    assert not re.search(r"\d+ of (100|\d{2,})", blip.entry.body)


def test_the_product_is_not_called_open_source(blip: Blip, texts: Mapping[str, str]) -> None:
    assert "open-source" not in blip.entry.business_model
    assert "open source" not in texts[PATH].lower()


# --- other entries ---


def test_an_entry_without_facts_has_no_scorecard(docs: Path) -> None:
    files.entry(docs / "radar", "one", description="Less <than> *much*")
    made = build.site(docs).parts["radar/one.md"]
    assert set(made) == {"head", "standing"}
    assert "nothing is computed" in made["standing"]


def test_parts_are_put_below_a_page_without_markers() -> None:
    made = {"head": "HEAD", "standing": "STANDING", "history": "HISTORY"}
    page = entry.filled("# Thing\n\nWords.\n", made, "radar/thing.md")
    assert page == "# Thing\n\nHEAD\n\nWords.\n\n## Where it stands\n\nSTANDING\n\n## History\n\nHISTORY"


def test_a_marker_without_facts_is_an_error(docs: Path) -> None:
    files.entry(docs / "radar", "one")
    site = build.site(docs)
    with pytest.raises(InputError, match="scorecard"):
        site.filled("radar/one.md", "# One\n\n<!-- made: scorecard -->\n")
    with pytest.raises(InputError, match="nothing is made"):
        site.filled("limits.md", "# One\n\n<!-- made: scorecard -->\n")


def test_a_draft_can_be_shown(docs: Path) -> None:
    from evaluation.radar import draft

    path = draft.write("Redox & <friends>", docs / "radar")
    site = build.site(docs)
    page = site.filled(f"radar/{path.stem}.md", entries.load(docs / "radar")[path.stem].entry.body)
    assert page.startswith("# Redox") and "## Where it stands" in page
    assert "Redox &amp; &lt;friends&gt;" in {p.path: p.text for p in site.pages}[radar.INDEX]

"""The page of an entry known by its description alone: documented, what is unknown, the source, nothing observed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evaluation.findings import catalogue
from evaluation.publish import build, described, entry, radar
from evaluation.radar import criteria_file, entries, scorecard
from evaluation.radar.described import Described, Source
from evaluation.radar.scorecard import Scorecard
from tests.radar import descriptions, files

from .reading import drawings, rendered, words

HOSTILE = "<script>alert(1)</script> | *x* [y](https://evil.test) {: .z } `q`"
FACTS = replace(
    descriptions.small(HJ_001="fail", HJ_005="fail", HJ_023="fail", HJ_004="pass"),
    unknown={"HJ-024": "it holds no rows", "HJ-022": "it holds no rows", "HJ-036": "it holds no token"},
)


@pytest.fixture
def folder(docs: Path) -> Path:
    return docs / "radar"


@pytest.fixture
def parts(docs: Path, folder: Path) -> Mapping[str, str]:
    descriptions.drafted(folder, "Some Engine", FACTS)
    return build.site(docs).parts["radar/some-engine.md"]


def card() -> Scorecard:
    return scorecard.of_described(FACTS, criteria_file.load())


def test_it_has_every_part_its_facts_bear_and_no_claims(parts: Mapping[str, str]) -> None:
    assert set(parts) == {"head", "standing", "scorecard", "findings", "not-looked-at", "movers", "basis"}


def test_the_numbers_are_the_computed_ones_and_known_to_be_documented(parts: Mapping[str, str]) -> None:
    assert f"| Score | {card().score} of 100" in parts["standing"] and "| Ring assess |" in parts["standing"]
    assert "| Known by | the vendor's own description alone" in parts["standing"]


def test_findings_stand_worst_first_with_their_sentence_and_grade(parts: Mapping[str, str]) -> None:
    rows = re.findall(r"^\| \[(HJ-\d+) .*?\) \| (\w+) \| (.*?) \| (\w+) \|$", parts["findings"], re.MULTILINE)
    assert [row[0] for row in rows] == ["HJ-001", "HJ-023", "HJ-005"]
    assert [row[1] for row in rows] == ["high", "high", "low"]
    assert {row[2] for row in rows} == {"fail it does"} and {row[3] for row in rows} == {"documented"}
    assert "3 findings in the vendor's own description" in parts["findings"]
    assert "Looked for and not found in it: [HJ-004](../findings/hj-004.md)." in parts["findings"]


def test_what_is_unknown_stands_with_its_reason_and_count(parts: Mapping[str, str]) -> None:
    shown = words(rendered(parts["not-looked-at"]), "td")
    assert shown[:6] == ["it holds no rows", "2", "HJ-022, HJ-024", "it holds no token", "1", "HJ-036"]
    open_ = sum(1 for mark in card().marks if mark.open)
    assert f"On {open_} of {len(card().marks)} checks and questions nothing is known" in parts["not-looked-at"]
    assert "Is the price at the forecast volume known and bearable?" in parts["not-looked-at"]


def test_the_source_stands_with_digest_day_and_kit(parts: Mapping[str, str]) -> None:
    assert "ab" * 32 in parts["basis"] and "1 December 2026, by the checks of kit 0.0.1" in parts["basis"]
    assert "Some API 1.0 (openapi file some.yaml)" in words(rendered(parts["basis"]), "td")
    assert "[`some-engine.yaml`](facts/some-engine.yaml)" in parts["basis"]
    assert "No request was sent and no answer was seen" in parts["basis"]


def test_nothing_is_called_observed_and_no_exchange_is_shown(parts: Mapping[str, str]) -> None:
    text = " ".join(parts[name] for name in parts if name != "scorecard")
    assert re.sub(r"none is observed", "", text).count("observed") == 0
    assert "```" not in text and "in the mock" not in text


def test_what_could_not_be_read_is_said_and_a_basis_of_people_stays(docs: Path, folder: Path) -> None:
    source = replace(FACTS.source, partial=("a reference leads nowhere",))
    path = descriptions.drafted(folder, "Some Engine", replace(FACTS, source=source))
    path.write_text(path.read_text(encoding="utf-8").replace("public:", "basis: [sandbox]\npublic:"), "utf-8")
    basis = build.site(docs).parts["radar/some-engine.md"]["basis"]
    assert basis.startswith("It rests on a sandbox of the vendor.")
    assert "| could not be read | a reference leads nowhere |" in basis


def test_a_description_without_a_finding_says_so() -> None:
    nothing = Described(FACTS.source, {}, {})
    assert "None." in described.findings_of(nothing, "radar/x.md")
    assert described.unknown(nothing, "radar/x.md") == ""


def test_hostile_words_of_a_description_are_text(docs: Path, folder: Path) -> None:
    source = Source(HOSTILE, "0" * 64, date(2026, 1, 2), "1 | 2")
    facts = {id_: replace(one, says=HOSTILE) for id_, one in FACTS.facts.items()}
    descriptions.drafted(folder, "Some Engine", Described(source, facts, dict.fromkeys(FACTS.unknown, HOSTILE)))
    parts = build.site(docs).parts["radar/some-engine.md"]
    for name in ("findings", "not-looked-at", "basis"):
        html = rendered(parts[name])
        assert HOSTILE in words(html, "td"), name
        assert "<script" not in html and "evil.test\"" not in html and "<em>" not in html


# --- on a radar ---


def test_a_radar_of_three_draws_lists_and_navigates_all(docs: Path, folder: Path) -> None:
    files.entry(folder, "mine", findings="healthjump")
    descriptions.drafted(folder, "Some Engine", FACTS)
    descriptions.drafted(folder, "Other <Engine>", descriptions.small(HJ_001="pass"), "hold")
    site = build.site(docs)
    page = {page.path: page.text for page in site.pages}[radar.INDEX]
    (drawing,) = drawings(page)
    assert [link.get("data-entry") for link in drawing.findall("a")] == ["mine", "some-engine", "other-engine"]
    assert "3 entries on this radar" in page and len(site.nav) == 4
    filled = site.filled("radar/some-engine.md", "# Some Engine\n\n(to be written)\n")
    assert [filled.count(f"\n## {entry.HEADINGS[name]}\n") for name in ("scorecard", "findings", "basis")] == [1, 1, 1]
    assert "another ring" in site.parts["radar/other-engine.md"]["standing"]


def test_a_public_build_leaves_facts_out_with_their_entry(docs: Path, folder: Path) -> None:
    files.entry(folder, "mine", alternatives=[{"title": "Some Engine", "ring": "trial", "note": "rival"}])
    path = descriptions.drafted(folder, "Some Engine", FACTS)
    (folder / "facts" / "nobody.yaml").write_text("left over", encoding="utf-8")
    inner, public = build.site(docs), build.site(docs, public=True)
    assert inner.hidden == {"radar/facts/nobody.yaml"}
    assert public.hidden == {"radar/some-engine.md", "radar/facts/some-engine.yaml", "radar/facts/nobody.yaml"}
    shown = str([page.text for page in public.pages]) + str(public.nav) + str(public.parts)
    assert "some-engine" not in shown and FACTS.source.sha256 not in shown
    path.write_text(path.read_text(encoding="utf-8").replace("public: false", "public: true"), "utf-8")
    assert build.site(docs, public=True).hidden == {"radar/facts/nobody.yaml"}


def test_facts_that_a_public_entry_shares_stay(docs: Path, folder: Path) -> None:
    descriptions.drafted(folder, "Some Engine", FACTS)
    files.entry(folder, "hosted", findings="some-engine")
    public = build.site(docs, public=True)
    assert public.hidden == {"radar/some-engine.md"}
    assert "(facts/some-engine.yaml)" in public.parts["radar/hosted.md"]["basis"]


# --- alternatives ---

OTHERS = [{"title": "some ENGINE", "ring": "adopt", "note": "rival"}, {"title": "No|body", "note": "*x*"}]


def test_an_alternative_on_the_radar_is_linked_with_its_numbers(docs: Path, folder: Path) -> None:
    descriptions.drafted(folder, "Some Engine", FACTS)
    files.entry(folder, "mine", alternatives=OTHERS)
    made = build.site(docs).parts["radar/mine.md"]["alternatives"]
    assert made.startswith("| alternative | ring | quadrant | score | confidence | why it is named |")
    row = f"| [some ENGINE](some-engine.md) | assess | Tools | {card().score} | {card().confidence} | rival |"
    assert row in made and "| No\\|body | not on this radar |  | unknown | unknown | \\*x\\* |" in made
    assert "says little where the confidence is low" in made


def test_without_facts_an_alternative_has_no_numbers(docs: Path, folder: Path) -> None:
    files.entry(folder, "engine", title="Some Engine", ring="hold")
    files.entry(folder, "mine", alternatives=OTHERS)
    made = build.site(docs).parts["radar/mine.md"]["alternatives"]
    assert "score" not in made and "confidence" not in made
    assert "| [some ENGINE](engine.md) | hold | Tools | rival |" in made


def test_in_a_public_build_a_private_alternative_is_only_what_was_written(docs: Path, folder: Path) -> None:
    descriptions.drafted(folder, "Some Engine", FACTS)
    files.entry(folder, "mine", alternatives=OTHERS)
    made = build.site(docs, public=True).parts["radar/mine.md"]["alternatives"]
    assert "some-engine" not in made and "| some ENGINE | adopt |  | rival |" in made


def test_the_facts_on_the_page_are_all_of_the_file(parts: Mapping[str, str], folder: Path) -> None:
    found = entries.load(folder)["some-engine"].facts
    assert found is not None
    text = " ".join(parts.values())
    assert all(id_ in text for id_ in (*found.facts, *found.unknown)) and len(catalogue.load()) > len(found.facts)

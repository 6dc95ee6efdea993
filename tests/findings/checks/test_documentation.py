"""Gaps in documentation: what counts as one, and that what nobody read is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.findings import documentation, evaluate
from evaluation.findings.adapters import open_target
from evaluation.findings.checks.documentation import documentation_gaps, undescribed
from evaluation.findings.model import Document, Field, Input, Resource
from evaluation.findings.outcome import Outcome, Verdict

from ..made import FIELDS, api

TOPICS = list(documentation.load())


def read(**says: str) -> Outcome:
    found = tuple(Document(topic.replace("__", ".").replace("_", "-"), said) for topic, said in says.items())
    return documentation_gaps(api(documents=found))


def test_a_topic_the_documentation_is_silent_on_is_a_gap() -> None:
    outcome = read(sync__cursor="documented", sync__deletes="silent")
    assert outcome.verdict is Verdict.fail
    assert [str(place) for place in outcome.places] == ["documentation.sync.deletes"]
    assert outcome.places[0].detail.startswith("not documented: How is a deleted")
    assert "1 are documented, 1 are silent, " in outcome.why and "are not read" in outcome.why


def test_so_is_one_the_api_contradicts() -> None:
    assert read(filter__grammar="contradicted").places[0].detail.startswith("the API does something else: ")


def test_all_topics_documented_pass() -> None:
    everything = tuple(Document(topic, "documented") for topic in TOPICS)
    outcome = documentation_gaps(api(documents=everything))
    assert outcome.verdict is Verdict.passed and outcome.looked_at == len(TOPICS)


def test_some_topics_documented_prove_nothing() -> None:
    outcome = read(sync__cursor="documented")
    assert outcome.verdict is Verdict.unknown and f"1 of {len(TOPICS)} topics" in outcome.why


def test_documentation_nobody_read_is_unknown() -> None:
    assert read().verdict is Verdict.unknown
    result = evaluate.run(api(inputs=FIELDS), only=["HJ-040"]).by_id["HJ-040"]
    assert result.outcome.verdict is Verdict.unknown and result.missing == (Input.documents,)


def test_two_sources_that_disagree_are_a_contradiction_only_if_one_says_so() -> None:
    both = (Document("sync.cursor", "silent", "a"), Document("sync.cursor", "documented", "b"))
    assert documentation_gaps(api(documents=both)).verdict is Verdict.unknown
    worse = (*both, Document("sync.cursor", "contradicted", "c"))
    assert documentation_gaps(api(documents=worse)).verdict is Verdict.fail


# Descriptions of columns


def described(name: str, *said: str) -> Resource:
    """A resource with a column for each description."""
    return Resource(name, tuple(Field(f"column_{number}", description=text) for number, text in enumerate(said)))


def test_columns_without_a_word_about_them_are_one_finding_with_a_share() -> None:
    found = undescribed(api(described("order", "", "", "Who pays."), described("tag", " "), described("note", "Why.")))
    assert found.verdict is Verdict.fail
    assert [(str(place), place.detail) for place in found.places] == [
        ("order", "2 of 3 columns"),
        ("tag", "1 of 1 columns"),
    ]
    assert found.why == "3 of 5 columns (60%) have no description" and found.looked_at == 5


@pytest.mark.parametrize(
    ("bare", "verdict"), [(0, Verdict.passed), (4, Verdict.passed), (5, Verdict.fail), (10, Verdict.fail)]
)
def test_half_of_the_columns_are_too_many(bare: int, verdict: Verdict) -> None:
    found = undescribed(api(described("order", *[""] * bare, *["So."] * (10 - bare))))
    assert found.verdict is verdict
    assert found.why == f"{bare} of 10 columns ({bare * 10}%) have no description"


def test_without_columns_nothing_can_be_said_of_descriptions() -> None:
    assert undescribed(api(Resource("order"))).verdict is Verdict.unknown


def test_only_what_the_vendor_wrote_counts(tmp_path: Path) -> None:
    assert Input.descriptions not in open_target("contract").inputs
    row = {"type": "object", "properties": {"id": {"type": "string", "description": "Its key."}, "note": {}}}
    answer = {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": row}}}}
    paths = {"/orders": {"get": {"responses": {"200": answer}}}}
    path = tmp_path / "made.json"
    path.write_text(json.dumps({"openapi": "3.0.0", "info": {"title": "Made", "version": "1"}, "paths": paths}))
    result = evaluate.run(open_target(str(path)), only=["HJ-047"]).by_id["HJ-047"]
    assert (result.outcome.verdict, result.severity) == (Verdict.fail, "low")
    assert result.outcome.why == "1 of 2 columns (50%) have no description"

"""Gaps in documentation: what counts as one, and that what nobody read is none."""

from __future__ import annotations

from evaluation.findings import documentation, evaluate
from evaluation.findings.checks.documentation import documentation_gaps
from evaluation.findings.model import Document, Input
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

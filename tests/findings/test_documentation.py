"""The topics of documentation, and files that say what was found there."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.findings import documentation
from evaluation.findings.model import Document
from mockserver.errors import InputError

NEEDED = {
    "login.address", "token.life", "token.refresh", "request.headers", "request.keys", "version.request",
    "resource.list",
    "resource.fields", "resource.nulls", "resource.keys", "resource.source-keys", "values.codes", "sync.deletes",
    "sync.cursor", "sync.precision", "paging.order", "paging.stability", "filter.grammar", "filter.operators",
    "error.bodies", "error.statuses", "error.limits", "around.sandbox", "around.support", "version.log",
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    file = folder / "said.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_topics_cover_what_an_integrator_needs() -> None:
    topics = documentation.load()
    assert set(topics) >= NEEDED
    assert all(topic.question.endswith("?") and topic.why.endswith(".") for topic in topics.values())
    assert all(topic.area and topic.id == key for key, topic in topics.items())


def test_no_two_topics_ask_the_same() -> None:
    questions = [topic.question for topic in documentation.load().values()]
    assert len(set(questions)) == len(questions)


def test_topics_of_an_area_stand_together() -> None:
    areas = [topic.area for topic in documentation.load().values()]
    assert len(dict.fromkeys(areas)) == sum(a != b for a, b in zip(areas, [None, *areas], strict=False))


def test_what_was_found_is_read_in_the_order_of_the_topics(tmp_path: Path) -> None:
    text = "sync.cursor: {says: silent}\nlogin.address: {says: documented, source: vendor-docs-shot}\n"
    assert documentation.documents(written(tmp_path, text)) == (
        Document("login.address", "documented", "vendor-docs-shot"),
        Document("sync.cursor", "silent"),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sync.curser: {says: silent}", "said.yaml: topic sync.curser is not known; valid: login.address,"),
        (
            "sync.cursor: {says: silnet}",
            "says is silnet; valid: documented, silent, contradicted; did you mean silent?",
        ),
        (
            "sync.cursor: {says: silent, where: x}",
            "said.yaml: sync.cursor: key where is not known; valid: says, source",
        ),
        ("sync.cursor: {source: x}", "said.yaml: sync.cursor: says is missing; valid: documented, silent"),
        ("sync.cursor: silent", "said.yaml: sync.cursor: must be a mapping; valid: says, source"),
        ("sync.cursor: {says: 7}", "said.yaml: sync.cursor: says must be text"),
        ("- silent", "said.yaml: must be a mapping"),
        ("a: [", "said.yaml: is not YAML"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_place_and_valid_values(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        documentation.documents(written(tmp_path, text))
    assert sentence in str(refused.value) and str(tmp_path) not in str(refused.value)


def test_a_guess_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean sync\.cursor\?"):
        documentation.documents(written(tmp_path, "sync.curser: {says: silent}"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a.b: {question: Which}", "said.yaml: a.b: why is missing"),
        ("a.b: {question: Which, why: So., wy: x}", "key wy is not known; valid: question, why; did you mean why?"),
        ("ab: {question: Which, why: So.}", "topic ab must be called area.thing; valid: for example sync.cursor"),
        ("7: {question: Which, why: So.}", "topic 7 must be called area.thing"),
    ],
)
def test_so_are_topics_of_a_readers_own(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        documentation.topics(written(tmp_path, text))
    assert sentence in str(refused.value)


def test_topics_of_a_readers_own_can_be_answered(tmp_path: Path) -> None:
    own = documentation.topics(written(tmp_path, "a.b: {question: 'Which?', why: So.}"))
    assert own["a.b"].question == "Which?"
    assert documentation.documents(written(tmp_path, "a.b: {says: silent}"), own) == (Document("a.b", "silent"),)


def test_every_topic_has_a_state_and_what_nobody_read_is_not_silent() -> None:
    states = documentation.states([Document("sync.cursor", "silent")])
    assert list(states) == list(documentation.load())
    assert states["sync.cursor"] == "silent"
    assert {state for topic, state in states.items() if topic != "sync.cursor"} == {documentation.NOT_READ}


def test_of_several_documents_a_contradiction_counts_then_the_one_that_tells() -> None:
    said = [Document("sync.cursor", "silent"), Document("sync.cursor", "documented")]
    assert documentation.states(said)["sync.cursor"] == "documented"
    assert documentation.states([*said, Document("sync.cursor", "contradicted")])["sync.cursor"] == "contradicted"

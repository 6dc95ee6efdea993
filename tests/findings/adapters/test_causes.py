"""Codes, phrases and statuses tell causes; a mistake in the file is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.findings.adapters import causes
from evaluation.findings.model import CAUSES
from mockserver.errors import InputError


def test_every_cause_has_an_entry() -> None:
    assert [cause.name for cause in causes.load().all] == list(CAUSES)


def test_no_word_stands_for_two_causes() -> None:
    codes = [code for cause in causes.load().all for code in cause.codes]
    phrases = [phrase for cause in causes.load().all for phrase in cause.says]
    assert len(codes) == len(set(codes)) and len(phrases) == len(set(phrases))


def test_every_word_finds_its_own_cause() -> None:
    known = causes.load()
    for cause in known.all:
        status = min(cause.statuses)
        assert all(known.of_code(code, status) == cause.name for code in cause.codes)
        assert all(known.of_text(f"{phrase.capitalize()}.", status) == cause.name for phrase in cause.says)


@pytest.mark.parametrize(
    "code", ["token_expired", "TOKEN_EXPIRED", "tokenExpired", "token-expired", "token.expired", "Token Expired"]
)
def test_spelling_does_not_matter(code: str) -> None:
    assert causes.load().of_code(code, 401) == "token expired"


@pytest.mark.parametrize(("code", "status"), [("token_expired", 404), ("expired", 401), ("", 401), ("not_found", 500)])
def test_other_words_and_statuses_say_nothing(code: str, status: int) -> None:
    assert causes.load().of_code(code, status) == ""


def test_a_text_that_names_two_causes_says_nothing() -> None:
    assert causes.load().of_text("No token or expired token", 401) == ""


@pytest.mark.parametrize(("status", "cause"), [(405, "method wrong"), (429, "too many requests"), (404, ""), (401, "")])
def test_few_statuses_speak_for_themselves(status: int, cause: str) -> None:
    assert causes.load().of_status(status) == cause


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("token expird: {statuses: [401]}", "cause token expird is not known; valid: .*; did you mean token expired"),
        ("token expired: {statuses: [401], code: []}", "token expired: key code is not known; valid: .*mean codes"),
        ("token expired: [401]", "token expired: must be a mapping; valid: statuses, codes, says, alone"),
        ("token expired: {codes: [a]}", "token expired: statuses must have at least one"),
        ("token expired: {statuses: [x]}", "token expired: statuses must be a list of whole numbers"),
        ("token expired: {statuses: [401], codes: a}", "token expired: codes must be a list of words"),
        ("token expired: {statuses: [401], codes: [A]}", "codes has 'A', which is no word in lower case"),
        ("token expired: {statuses: [401], alone: 1}", "token expired: alone must be true or false"),
        ("[]", "must be a mapping"),
        ("a: [", "is not YAML"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "causes.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=sentence) as refused:
        causes.read(file)
    assert "causes.yaml" in str(refused.value)

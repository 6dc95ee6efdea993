"""Q23 on and off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.quirks.reasons import MISSPELT, word
from mockserver.world import pools

WORDS = [
    "Follow up",
    "New patient",
    "Annual physical",
    "Wellness visit",
    "Sick visit",
    "Blood pressure",
]


def test_reasons_are_in_mixed_case_with_q23_only(kit):
    rows = [kit.history("appointment", n, reason=w) for n, w in enumerate(WORDS)]
    rows += [kit.history("encounter", n, reason=w) for n, w in enumerate(WORDS)]
    on = [row.versions[0].values["reason"] for row in kit.bend(rows, "Q23")]
    assert on[: len(WORDS)] == on[len(WORDS) :]
    assert any(w.isupper() for w in on) and not all(w.isupper() for w in on)
    assert [row.versions[0].values["reason"] for row in kit.bend(rows)] == WORDS * 2


@pytest.mark.parametrize("practice", ["CLNC04", "OTHR01", "NEXT02", "LAST03"])
def test_few_words_are_misspelt_but_some(kit, practice):
    context = replace(kit.context(), practice=practice)
    reasons = {row["reason"] for row in pools.rows("appointment_type")}
    wrong = [w for w in reasons if word(w, context).casefold() != w.casefold()]
    assert 1 <= len(wrong) <= 2


def test_every_misspelling_befalls_a_word_of_the_clinic():
    reasons = " ".join(row["reason"].lower() for row in pools.rows("appointment_type"))
    assert [right for right, _ in MISSPELT if right not in reasons] == []


def test_another_practice_has_other_words(kit):
    there = replace(kit.context(), practice="OTHR01")
    assert [word(w, kit.context()) for w in WORDS] != [word(w, there) for w in WORDS]


def test_the_sandbox_marks_its_words(kit):
    rows = [
        kit.history("appointment", 0, marks={"Q23": {"reason": "FOLOW UP"}}),
        kit.history("appointment", 1),
    ]
    after = kit.bend(rows, "Q23", world="sandbox")
    assert [row.versions[0].values["reason"] for row in after] == ["FOLOW UP", "Follow up"]


def test_a_row_without_a_reason_stays_without(kit):
    assert kit.bend([kit.history("encounter", reason=None)], "Q23")[0].versions[0].values["reason"] is None


@given(st.lists(st.sampled_from([*WORDS, "Consult", "Lab draw", "Follow up 30", "Physical"]), unique=True))
def test_different_reasons_stay_different(kit, words):
    assert len({word(w, kit.context()).casefold() for w in words}) == len(words)

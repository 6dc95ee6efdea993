"""Q15, Q22, Q28, Q29, Q30, each on and off."""

from __future__ import annotations

import pytest

from mockserver.errors import InputError
from mockserver.quirks import apply
from mockserver.quirks.demographics import ETHNICITIES, GENDERS, LANGUAGES, RACES, code


def test_some_patients_have_no_row_with_q22(kit):
    rows = [kit.history("demographic", n) for n in range(1000)]
    assert 15 <= 1000 - len(kit.bend(rows, "Q22")) <= 50
    assert len(kit.bend(rows)) == 1000


def test_the_sandbox_marks_who_is_withheld(kit):
    rows = [kit.history("demographic", n, marks={"Q22": True} if n < 3 else {}) for n in range(200)]
    assert [row.index for row in kit.bend(rows, "Q22", world="sandbox")] == list(range(3, 200))


def test_a_patient_listed_twice_shares_the_id_and_lacks_the_zip(kit):
    always = {"Q15": {"demographic": {"twice": 1.0}}}
    row = kit.history("demographic", changed=True)
    assert len(kit.bend([row], raw=always)) == 1
    first, copy = kit.bend([row], "Q15", raw=always)
    assert copy.surrogate == first.surrogate and copy.created > first.created
    assert [v.values for v in first.versions] == [v.values for v in row.versions]
    assert [v.values for v in copy.versions] == [{**v.values, "zip": None} for v in row.versions]


def test_the_copy_of_a_patient_gets_the_same_dirt(kit):
    raw = {
        "Q15": {"demographic": {"twice": 1.0}},
        "Q29": {"demographic": {"padded": 0.5}},
        "Q30": {"demographic": {"ssn": 0.5, "other_id": 0.5, "account_id": 0.5}},
    }
    for n in range(20):
        row = kit.history("demographic", n)
        first, copy = kit.bend([row], "Q15", "Q29", "Q30", raw=raw)
        assert copy.versions[0].values == {**first.versions[0].values, "zip": None}


@pytest.mark.parametrize("world", ["sandbox", "clinic"])
def test_words_become_codes_with_q28(kit, world):
    row = kit.history("demographic")
    columns = ("gender", "race", "ethnicity", "primary_language")
    [on], [off] = kit.bend([row], "Q28", world=world), kit.bend([row], world=world)
    assert [on.versions[0].values[c] for c in columns] == ["F", "2106-3", "N", "eng"]
    assert [off.versions[0].values[c] for c in columns] == ["female", "White", "Not Hispanic or Latino", "en"]


def test_unknown_and_missing_words(kit):
    words = {"race": "Unknown", "ethnicity": "Unknown", "gender": "unknown", "primary_language": None}
    row = kit.history("demographic", **words)
    values = kit.bend([row], "Q28")[0].versions[0].values
    assert [values[c] for c in words] == [None, "U", "U", None]


def test_a_word_without_a_code_is_refused_with_a_guess():
    assert code("race", "2106-3") == "2106-3"
    with pytest.raises(InputError, match=r"demographic.race: 'Whit' has no code .*; did you mean White\?"):
        code("race", "Whit")


@pytest.mark.parametrize("codes", [GENDERS, RACES, ETHNICITIES, LANGUAGES])
def test_codes_can_be_read_backwards(codes):
    assert len(set(codes.values())) == len(codes)


def test_the_state_is_padded_on_some_rows_with_q29(kit):
    rows = [kit.history("demographic", n) for n in range(400)]
    states = [row.versions[0].values["state"] for row in kit.bend(rows, "Q29")]
    assert 20 <= states.count("VA ") <= 65 and states.count("VA") + states.count("VA ") == 400
    assert {row.versions[0].values["state"] for row in kit.bend(rows)} == {"VA"}
    nowhere = kit.history("demographic", state=None)
    always = {"Q29": {"demographic": {"padded": 1.0}}}
    assert kit.bend([nowhere], "Q29", raw=always)[0].versions[0].values["state"] is None


def test_fillers_stand_only_where_nothing_is_known(kit):
    always = {"Q30": {"demographic": {"ssn": 1.0, "other_id": 1.0, "account_id": 1.0}}}
    rows = [kit.history("demographic"), kit.history("demographic", 1, ssn="900450017", account_id="77")]
    found = [
        tuple(row.versions[0].values[c] for c in ("ssn", "other_id", "account_id"))
        for row in kit.bend(rows, "Q30", raw=always)
    ]
    assert found == [("000000000", "48213", "48213"), ("900450017", "48213", "77")]
    assert kit.bend(rows, raw=always)[0].versions[0].values["ssn"] is None


def test_feed_dirt_stays_out_of_the_sandbox(kit):
    rows = [kit.history("demographic", n) for n in range(200)]
    context = kit.context("sandbox")
    after = list(apply(rows, frozenset({"Q15", "Q29", "Q30"}), context))
    assert after == rows
    assert list(context.truth.lines()) == []

"""Laws that hold for every set of quirks."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract import quirks as catalogue
from mockserver.errors import InputError
from mockserver.quirks import ROW_QUIRKS, applicable, apply, shares
from mockserver.quirks.registry import in_force

FEED = catalogue.of_set("vendor+feed")
SOURCE_IDS = ("patient_id", "appointment_id", "encounter_id", "diagnosis_id", "charge_id", "procedure_id")
PAIRS = list(combinations(sorted(ROW_QUIRKS), 2))
HEAVY = {
    quirk: {table: {kind: 0.9 / len(kinds) for kind in kinds} for table, kinds in tables.items()}
    for quirk, tables in shares.load().items()
}


def row_key(row):
    return row.element, row.index, row.slot


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), unique=True, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_a_row_is_bent_alike_whatever_comes_with_it(kit, indices, rng):
    alone = {row_key(r): r for n in indices for r in kit.bend(kit.one_of_each(n), *FEED, raw=HEAVY)}
    rows = [row for n in indices for row in kit.one_of_each(n)]
    rng.shuffle(rows)
    assert {row_key(r): r for r in kit.bend(rows, *FEED, raw=HEAVY)} == alone


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_pairs_keep_what_must_hold(kit, pair):
    rows = [row for n in range(3) for row in kit.one_of_each(n)]
    before = deepcopy(rows)
    ids = {row_key(r): [v.values.get(c) for v in r.versions[:1] for c in SOURCE_IDS] for r in rows}
    for row in kit.bend(rows, *pair, raw=HEAVY):
        instants = [v.at for v in row.versions]
        assert instants == sorted(set(instants))
        assert row.created <= instants[0]
        element, index, slot = row_key(row)
        for version in row.versions:
            assert [version.values.get(c) for c in SOURCE_IDS] == ids[element, index, slot % 1000]
    assert rows == before


@pytest.mark.parametrize("id_", sorted(ROW_QUIRKS))
def test_a_quirk_touches_its_own_columns_only(kit, id_):
    rows = [row for n in range(8) for row in kit.one_of_each(n)]
    clean = {row_key(r): r for r in rows}
    for row in kit.bend(rows, id_, raw=HEAVY):
        element, index, slot = row_key(row)
        for dirty, version in zip(row.versions, clean[element, index, slot % 1000].versions, strict=False):
            changed = {c for c in version.values if dirty.values[c] != version.values[c]}
            assert changed <= set(ROW_QUIRKS[id_].cells(element))


def test_no_two_quirks_share_a_column():
    for a, b in PAIRS:
        for element in ROW_QUIRKS[a].columns or ():
            assert not set(ROW_QUIRKS[a].cells(element)) & set(ROW_QUIRKS[b].cells(element))


def test_the_registry_is_the_row_layer_of_the_catalogue():
    named = {id_: q for id_, q in catalogue.switchable().items() if q.layer == "row"}
    assert set(ROW_QUIRKS) == set(named)
    for id_, quirk in ROW_QUIRKS.items():
        assert set(quirk.columns or ()) <= set(named[id_].elements)
    orders = [catalogue.catalogue()[q.id].order for q in in_force(FEED, "clinic")]
    assert orders == sorted(orders) and len(orders) == len(ROW_QUIRKS)


def test_the_sandbox_shows_what_the_real_answer_shows():
    assert applicable(FEED, "clinic") == FEED
    assert FEED - applicable(FEED, "sandbox") == {q for q in FEED if catalogue.catalogue()[q].set == "feed"}
    with pytest.raises(KeyError):
        applicable(frozenset({"Q99"}), "clinic")


def test_without_quirks_nothing_happens(kit):
    rows = kit.one_of_each()
    context = kit.context()
    assert kit.bend(rows) == rows
    assert list(context.truth.lines()) == []


def test_another_seed_or_practice_bends_other_rows(kit):
    rows = [kit.history("demographic", n) for n in range(300)]
    quirks = frozenset({"Q22"})
    withheld = {
        frozenset(r.index for r in apply(rows, quirks, replace(kit.context(), **other)))
        for other in ({}, {"seed": 8}, {"practice": "OTHR01"})
    }
    assert len(withheld) == 3


def test_the_shares_are_those_of_the_row_quirks():
    assert set(shares.load()) < set(ROW_QUIRKS)


@pytest.mark.parametrize(
    "raw, said",
    [
        (
            {"Q14": {"appointment": {"twin": 2}}},
            "Q14.appointment.twin: 2 is no share; valid: a number",
        ),
        ({"Q21": {"appointment": {"night": 0.6, "off_grid": 0.6}}}, "Q21.appointment: the kinds add up"),
    ],
)
def test_a_number_that_is_no_share_is_refused(raw, said):
    with pytest.raises(InputError, match=said):
        shares.frozen(raw)


def test_shares_that_may_meet_need_not_add_up():
    assert shares.frozen({"Q30": {"demographic": {"ssn": 1.0, "other_id": 1.0}}})

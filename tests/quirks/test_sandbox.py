"""The sandbox as its makers and the quirks together give it: the profile of the one real answer."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from mockserver.contract.quirks import VENDOR, of_set
from mockserver.quirks import Context, Truth, apply, end_of, rank
from mockserver.world import profiles, sandbox
from mockserver.world.model import History, Values

DAY = date(2021, 11, 15)


@pytest.fixture(scope="module")
def made():
    profile = profiles.load("sandbox")
    return profile, list(sandbox.histories(profile))


def shown(made, quirks: frozenset[str]) -> tuple[list[History], list[Values]]:
    """The appointments of the busy day that are served now, and their values."""
    profile, rows = made
    context = Context(profile.seed, "SBOX02", "sandbox", Truth("SBOX02"))
    day = [r for r in apply(rows, quirks, context) if r.versions[0].values.get("begin_time") and _is_day(r)]
    live = [row for row in day if end_of(row, quirks) > profile.now]
    return live, [[v for v in row.versions if v.at <= profile.now][-1].values for row in live]


def _is_day(row: History) -> bool:
    return row.element == "appointment" and row.versions[-1].values["date"] == DAY


def test_with_all_quirks_the_counts_are_the_observed_ones(made):
    rows, values = shown(made, VENDOR)
    assert len(rows) == 193
    assert Counter(v["delete_ind"] for v in values) == {"N": 128, "Y": 65}
    assert Counter(v["provider_name"] for v in values if not v["provider_name"]) == {None: 25, "": 6}
    assert len({v["patient_id"] for v in values}) == 177
    assert max(Counter(row.versions[-1].at for row in rows).values()) == 14
    by_id = sorted(rows, key=lambda row: row.surrogate)
    assert sum(a.created > b.created for a, b in pairwise(by_id)) == 65


@pytest.mark.parametrize("off, rows", [("Q13", 128), ("Q14", 192), ("Q12", 193), ("Q17", 193)])
def test_without_one_quirk(made, off, rows):
    assert len(shown(made, VENDOR - {off})[0]) == rows


def test_patients_are_listed_without_q22(made):
    profile, rows = made
    for quirks, listed in ((VENDOR, 24), (VENDOR - {"Q22"}, 192)):
        context = Context(profile.seed, "SBOX02", "sandbox", Truth("SBOX02"))
        assert sum(row.element == "demographic" for row in apply(rows, quirks, context)) == listed


def test_the_twin_shares_its_source_id(made):
    rows, values = shown(made, VENDOR)
    [(twice, count)] = Counter(v["appointment_id"] for v in values).most_common(1)
    pair = [n for n, v in enumerate(values) if v["appointment_id"] == twice]
    assert count == 2 and values[pair[0]] == values[pair[1]]
    assert len({rows[n].surrogate for n in pair}) == len({rows[n].created for n in pair}) == 2


def test_the_clean_twin_is_ordered_and_complete(made):
    rows, values = shown(made, of_set("none"))
    assert len(rows) == 127 and all(v["delete_ind"] == "N" and v["provider_name"] != "" for v in values)
    ranked = sorted(rank(rows, Truth("SBOX02")), key=lambda row: row.surrogate)
    assert [row.created for row in ranked] == sorted({row.created for row in rows})

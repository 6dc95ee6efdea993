"""Q16 and Q17, each on and off."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mockserver.quirks import Truth, apply, rank
from mockserver.world.model import FOREVER, History, Version


def test_a_load_shares_its_instant_with_q17(kit):
    rows = [kit.history("appointment", n, deleted=True) for n in range(5)]
    on, off = kit.bend(rows, "Q13", "Q17"), kit.bend(rows, "Q13")
    assert {row.created for row in on} == {row.created_batch for row in rows}
    assert len({row.versions[-1].at for row in on}) == 1
    assert len({row.created for row in off}) == len({row.versions[-1].at for row in off}) == 5


def test_of_two_versions_in_one_load_the_later_stays(kit):
    row = kit.history("appointment", changed=True)
    second = replace(row.versions[0], jitter=row.versions[0].jitter + 1, values={"reason": "B"})
    row.versions.insert(1, second)
    [after] = kit.bend([row], "Q17")
    assert [v.values.get("reason") for v in after.versions] == ["B", "Wellness visit"]
    assert [v.at for v in kit.bend([row])[0].versions] == [v.at for v in row.versions]


def test_ids_know_no_time_with_q16_and_rise_with_it_without(kit):
    rows = [kit.history("diagnosis", n) for n in range(50)]
    numbers = [row.surrogate for row in kit.bend(rows, "Q16")]
    assert numbers == [row.surrogate for row in rows] != sorted(numbers)
    ranked = [row.surrogate for row in rank(kit.bend(rows), Truth("CLNC04"))]
    assert ranked == sorted(numbers)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(100, 120)), min_size=1))
def test_rank_keeps_the_numbers_and_the_rows(made):
    rows = [
        History("charge", n, 0, number, at, 0, [Version(at, 0, {"charge_id": str(n)})])
        for n, (at, number) in enumerate(made)
    ]
    after = rank(rows, Truth("CLNC04"))
    assert {row.surrogate for row in after} == {row.surrogate for row in rows}
    assert [row.versions for row in after] == [row.versions for row in rows]
    first: dict[int, int] = {}
    for row in after:
        first[row.surrogate] = min(row.created, first.get(row.surrogate, FOREVER))
    assert [first[number] for number in sorted(first)] == sorted(first.values())
    for a, b in zip(rows, after, strict=True):
        for c, d in zip(rows, after, strict=True):
            assert (a.surrogate == c.surrogate) == (b.surrogate == d.surrogate)


def test_rank_takes_the_notes_along(kit):
    rows = [kit.history("appointment", n, deleted=n == 3) for n in range(10)]
    raw = {"Q14": {"appointment": {"twin": 1.0}}, "Q21": {"appointment": {"night": 1.0}}}
    context = kit.context(raw=raw)
    bent = list(apply(rows, frozenset({"Q13", "Q14", "Q21"}), context))
    before = list(context.truth.lines())
    ranked = rank(bent, context.truth)
    numbers = {a.surrogate: b.surrogate for a, b in zip(bent, ranked, strict=True)}
    for old in sorted(numbers, key=str):
        before = [line.replace(f":{old}", f":<{numbers[old]}>") for line in before]
    assert sorted(line.replace("<", "").replace(">", "") for line in before) == sorted(context.truth.lines())


def test_rank_of_nothing():
    assert rank([], Truth("CLNC04")) == []

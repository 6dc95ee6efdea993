"""Keyed draws and ids: the same key gives the same, different positions give different ids."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import seeds

KEYS = st.tuples(st.integers(), st.text(max_size=8), st.integers())
POSITIONS = st.integers(0, seeds.SURROGATE_SPACE - 1)


@given(KEYS)
def test_a_key_gives_the_same_draws(key: tuple[int, str, int]) -> None:
    assert seeds.seed_of(*key) == seeds.seed_of(*key)
    assert seeds.draws(*key).random() == seeds.draws(*key).random()
    assert 0 <= seeds.share(*key) < 1


def test_keys_are_told_apart_by_their_parts() -> None:
    assert seeds.seed_of("ab", "c") != seeds.seed_of("a", "bc")
    assert seeds.seed_of(1, 23) != seeds.seed_of(12, 3)
    assert seeds.pick(("a", "b", "c"), 1, "x") in ("a", "b", "c")


def test_draws_do_not_depend_on_the_hash_seed() -> None:
    code = "from mockserver.world import seeds; print(seeds.seed_of(7, 'clinic'), seeds.draws(7, 'x').random())"
    shown = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(shown) == 1


def test_shares_are_even() -> None:
    found = [seeds.share("even", number) for number in range(4000)]
    assert 0.48 < sum(found) / len(found) < 0.52


@given(st.integers(0, 2**40), POSITIONS, POSITIONS)
def test_surrogates_are_nine_digits_and_differ(seed: int, one: int, other: int) -> None:
    first, second = (seeds.surrogate(seed, "charge", position) for position in (one, other))
    assert 100_000_000 <= first <= 999_999_999
    assert (first == second) == (one == other)
    assert first == seeds.surrogate_at(seeds.surrogate_shift(seed, "charge"), one)


def test_surrogates_differ_by_element_and_seed() -> None:
    assert len({seeds.surrogate(seed, element, 5) for seed in (1, 2) for element in ("charge", "vitals")}) == 4


@pytest.mark.parametrize("digits", range(1, 5))
def test_source_numbers_use_every_number_once(digits: int) -> None:
    space = 9 * 10 ** (digits - 1)
    found = {seeds.source_number(3, "payer", position, digits) for position in range(space)}
    assert found == {str(number) for number in range(10 ** (digits - 1), 10**digits)}


@given(st.integers(0, 10**9), st.integers(2, 11), st.data())
def test_numbering_is_source_number_in_two_steps(seed: int, digits: int, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, 9 * 10 ** (digits - 1) - 1))
    number = seeds.source_number(seed, "encounter", position, digits)
    assert number == seeds.numbering(seed, "encounter", digits).at(position)
    assert len(number) == digits


@pytest.mark.parametrize("position", [-1, 900])
def test_a_position_that_does_not_fit_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="does not fit into 3 digits"):
        seeds.source_number(1, "payer", position, 3)

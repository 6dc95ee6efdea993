"""The selection grammar: sets, ids, minus, and what each mistake is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract import quirks as catalogue
from mockserver.contract.quirks import SETS, VENDOR, describe, of_set, parse_selection, switchable
from mockserver.errors import InputError

IDS = sorted(switchable())
selections = st.frozensets(st.sampled_from(IDS))


def test_none_is_empty_and_vendor_is_part_of_vendor_and_feed() -> None:
    assert of_set("none") == frozenset()
    assert of_set("vendor") == VENDOR < of_set("vendor+feed") == frozenset(IDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", frozenset()),
        ("vendor", VENDOR),
        ("vendor+feed", frozenset(IDS)),
        ("Q05,Q13", {"Q05", "Q13"}),
        ("Q05 , Q13,", {"Q05", "Q13"}),
        ("Q13,Q13", {"Q13"}),
        ("vendor,-Q14", VENDOR - {"Q14"}),
        ("vendor,Q25", VENDOR | {"Q25"}),
        ("none,Q01", {"Q01"}),
        ("vendor,-Q14,Q14", VENDOR),
        ("Q14,vendor,-Q14", VENDOR - {"Q14"}),
        ("-Q14,-Q13", VENDOR - {"Q13", "Q14"}),
        ("Q20-feed", {"Q20-feed"}),
        ("vendor+feed,-Q20-feed", frozenset(IDS) - {"Q20-feed"}),
        ("Q05,-Q13", {"Q05"}),
    ],
)
def test_a_selection_is_read_from_left_to_right(text: str, expected: frozenset[str]) -> None:
    assert parse_selection(text) == expected


@pytest.mark.parametrize(
    ("text", "guess"),
    [("vender", "vendor"), ("Q1", None), ("vendor,-Q144", "Q14"), ("q05", "Q05"), ("feed", None), ("Q99", None)],
)
def test_an_unknown_word_is_told_what_is_valid_with_a_guess(text: str, guess: str | None) -> None:
    with pytest.raises(InputError) as caught:
        parse_selection(text, "--quirks")
    error = caught.value
    assert error.where == "--quirks"
    assert error.valid == (*SETS, *switchable())
    assert guess is None or (error.guess == guess and f"did you mean {guess}?" in str(error))
    assert str(error).startswith("--quirks: ") and "\n" not in str(error)


@pytest.mark.parametrize("text", ["", "  ", ",", " , ,"])
def test_an_empty_selection_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no quirk selection given; valid: none, vendor"):
        parse_selection(text)


@pytest.mark.parametrize("id_", sorted(catalogue.catalogue().keys() - switchable().keys()))
def test_a_quirk_without_a_switch_is_refused_with_its_reason(id_: str) -> None:
    reason = catalogue.catalogue()[id_].no_switch
    assert reason
    for text in (id_, f"vendor,-{id_}"):
        with pytest.raises(InputError) as caught:
            parse_selection(text)
        assert f"{id_} has no switch: {reason}" in str(caught.value)


@given(selections)
def test_describe_says_what_parses_to_the_same_quirks(chosen: frozenset[str]) -> None:
    assert parse_selection(describe(chosen) or "none") == chosen


@given(selections)
def test_describe_is_no_longer_than_the_list_of_ids(chosen: frozenset[str]) -> None:
    assert len(describe(chosen).split(",")) <= max(1, len(chosen))


@pytest.mark.parametrize("name", SETS)
def test_describe_calls_a_set_by_its_name(name: str) -> None:
    assert describe(of_set(name)) == name


@given(selections, selections)
def test_ids_add_and_take_away(one: frozenset[str], other: frozenset[str]) -> None:
    parts = ["none", *sorted(one), *(f"-{id_}" for id_ in sorted(other))]
    assert parse_selection(",".join(parts)) == one - other


@given(st.text(max_size=12))
def test_any_text_is_a_selection_or_one_sentence(text: str) -> None:
    try:
        assert parse_selection(text) <= frozenset(IDS)
    except InputError as error:
        assert str(error).count("; valid: ") <= 1


def test_a_quirk_that_needs_another_is_refused_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, "Q13", requires=("Q14",))
    with pytest.raises(InputError, match="--quirks: Q13 needs Q14 to be in force as well"):
        parse_selection("vendor,-Q14", "--quirks")
    assert parse_selection("Q13,Q14") == {"Q13", "Q14"}


def test_quirks_that_exclude_each_other_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, "Q13", conflicts=("Q14",))
    with pytest.raises(InputError, match="Q13 and Q14 exclude each other"):
        parse_selection("vendor")
    assert parse_selection("vendor,-Q14") == VENDOR - {"Q14"}


def _pretend(monkeypatch: pytest.MonkeyPatch, id_: str, **facts: tuple[str, ...]) -> None:
    changed = {**switchable(), id_: replace(switchable()[id_], **facts)}  # type: ignore[arg-type]
    monkeypatch.setattr(catalogue, "switchable", lambda: changed)

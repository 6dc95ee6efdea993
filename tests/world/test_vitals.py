"""Vital signs: identities on served values, plausible ranges, effects of conditions and drugs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from statistics import correlation, fmean, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import bodies, units, vitals
from mockserver.world.model import Record, Values
from tests.world.invented import SEED, of, person, rows, visits

HUNDREDTHS = st.integers(200, 25_000).map(lambda n: Decimal(n) / 100)


@pytest.fixture(scope="module")
def served() -> list[Record]:
    return [record for index in range(250) for record in of(rows(person(index)), "vitals")]


def test_body_mass_index(served: list[Record]) -> None:
    for values in (record.values for record in served):
        if values["height_cm"] is None or values["bmi"] is None:
            continue
        metres = float(_decimal(values, "height_cm")) / 100
        assert float(_decimal(values, "bmi")) == round(float(_decimal(values, "weight_kg")) / metres**2, 1)


def test_body_mass_index_is_charted_from_the_age_of_two(served: list[Record]) -> None:
    infants = 0
    for record in served:
        infant = person(record.index).age_on(record.day) < 2
        infants += infant
        assert (record.values["bmi"] is None) == (infant or record.values["height_cm"] is None)
    assert infants > 5


def test_no_adult_is_lighter_than_can_be() -> None:
    """The lowest and the highest are those of the builds a person may have."""
    found = []
    for index in range(500):
        who = person(index, 24 + index % 6)
        for record in of(rows(who, visits(who, 1)), "vitals"):
            if record.values["bmi"] is not None and who.age_on(record.day) >= 18:
                found.append(_decimal(record.values, "bmi"))
    assert 16.5 <= min(found) < 20 and 40 < max(found) < 75
    assert sum(bmi < 18.5 for bmi in found) < 0.08 * len(found)


def test_customary_units(served: list[Record]) -> None:
    for values in (record.values for record in served):
        assert float(_decimal(values, "weight_lbs")) == round(float(_decimal(values, "weight_kg")) * 2.20462, 2)
        if values["height_cm"] is not None:
            assert float(_decimal(values, "height_in")) == round(float(_decimal(values, "height_cm")) / 2.54, 2)
        if values["temperature_c"] is not None:
            wanted = round(float(_decimal(values, "temperature_c")) * 1.8 + 32, 1)
            assert float(_decimal(values, "temperature_f")) == wanted


def _decimal(values: Values, column: str) -> Decimal:
    value = values[column]
    assert isinstance(value, Decimal)
    return value


def _whole(values: Values, column: str) -> int:
    value = values[column]
    assert isinstance(value, int)
    return value


def test_pressure(served: list[Record]) -> None:
    pairs = [(r.values["bp_systolic"], r.values["bp_diastolic"]) for r in served]
    measured = [(float(str(a)), float(str(b))) for a, b in pairs if a is not None]
    assert all(high - low >= 20 for high, low in measured)
    assert 0.55 < correlation(*zip(*measured, strict=True)) < 0.85


def test_ranges(served: list[Record]) -> None:
    for values in (record.values for record in served):
        assert 40 <= _whole(values, "pulse") <= 190
        assert 85 <= _whole(values, "oxygen_saturation") <= 100
        assert 10 <= _whole(values, "respiration") <= 50
        assert values["temperature_c"] is None or 35 < _decimal(values, "temperature_c") < 41


def test_row_hash_is_hex_and_of_its_own(served: list[Record]) -> None:
    hashes = [str(record.values["row_hash"]) for record in served]
    assert len(set(hashes)) == len(hashes)
    assert all(len(text) == 32 and int(text, 16) >= 0 for text in hashes)


def test_adults_keep_their_height_and_children_grow() -> None:
    for index in range(60):
        grown = {r.values["height_cm"] for r in of(rows(person(index, 50)), "vitals")} - {None}
        assert len(grown) <= 1
        child = [r.values["height_cm"] for r in of(rows(person(index, 9)), "vitals")]
        assert child == sorted(child, key=lambda value: Decimal(str(value)))


def test_weight_walks_about_a_kilogram_a_year() -> None:
    steps = []
    for index in range(150):
        frame = bodies.body(SEED, person(index, 50))
        steps += [abs(frame.weight(age + 1) - frame.weight(age)) for age in range(40, 60)]
    assert 0.4 < fmean(steps) < 1.6


def test_no_signs_by_telehealth() -> None:
    who = person(4, 40)
    remote = {visit.encounter_id for visit in visits(who, 30) if visit.telehealth}
    assert remote
    assert not remote & {r.values["encounter_id"] for r in of(rows(who, visits(who, 30)), "vitals")}


def test_middle_aged_quartiles_are_near_the_survey() -> None:
    """NHANES 2017-2020 at 45 to 65: medians within 5 %, pressure within 6 mmHg."""
    wanted = {"female": (29.8, 159.8, 123), "male": (28.9, 173.5, 127)}
    for sex, (bmi, height, systolic) in wanted.items():
        people = [person(index, 45 + index % 20, sex) for index in range(300)]
        taken = [r.values for who in people for r in of(rows(who, visits(who, 1)[:1]), "vitals")]
        columns = {
            name: quantiles([float(str(v[name])) for v in taken if v[name] is not None], n=4)[1]
            for name in ("bmi", "height_cm", "bp_systolic")
        }
        assert columns["bmi"] == pytest.approx(bmi, rel=0.06)
        assert columns["height_cm"] == pytest.approx(height, rel=0.02)
        assert columns["bp_systolic"] == pytest.approx(systolic, abs=6)


@pytest.mark.parametrize(
    ("has", "taken", "column", "sign"),
    [
        (("hypertension",), (), "systolic", 1),
        (("hypertension",), ("pressure", "pressure"), "systolic", 0),
        (("copd",), (), "oxygen", -1),
        ((), ("beta",), "pulse", -1),
    ],
)
def test_conditions_and_drugs_move_the_signs(
    has: tuple[str, ...], taken: tuple[str, ...], column: str, sign: int
) -> None:
    moves = []
    for index in range(40):
        visit = visits(person(index, 60))[0]
        frame = bodies.body(SEED, visit.person)
        bare = vitals.measure(SEED, visit, frame, (), (), 0.0)
        moved = vitals.measure(SEED, visit, frame, has, taken, 0.0)
        moves.append(getattr(moved, column) - getattr(bare, column))
    assert fmean(moves) * sign > 1 if sign else abs(fmean(moves)) < 4


def test_fever_shows() -> None:
    visit = visits(person(2, 30))[0]
    frame = bodies.body(SEED, visit.person)
    warm = [vitals.measure(s, visit, frame, (), (), 1.0).temperature for s in range(60)]
    assert fmean(float(t) for t in warm if t is not None) > 37.3


@given(HUNDREDTHS, st.integers(450, 2100).map(lambda n: Decimal(n) / 10))
def test_units_agree_with_binary_arithmetic_unless_tied(weight: Decimal, height: Decimal) -> None:
    if units.tie(weight, height):
        return
    assert float(units.bmi(weight, height)) == round(float(weight) / (float(height) / 100) ** 2, 1)
    assert float(units.pounds(weight)) == round(float(weight) * 2.20462, 2)
    assert float(units.inches(height)) == round(float(height) / 2.54, 2)


@given(st.integers(340, 420).map(lambda n: Decimal(n) / 10))
def test_fahrenheit(celsius: Decimal) -> None:
    assert float(units.fahrenheit(celsius)) == round(float(celsius) * 1.8 + 32, 1)


def test_ties_are_told() -> None:
    assert units.tie(Decimal("67.2"), Decimal("160.0"))
    assert units.tie(Decimal("250.0"), None)
    assert not units.tie(Decimal("67.3"), Decimal("160.0"))


def test_interpolate() -> None:
    curve = ((0.0, 1.0), (10.0, 3.0))
    assert [bodies.interpolate(curve, at) for at in (-1, 0, 5, 10, 99)] == [1, 1, 2, 3, 3]


def test_age_is_counted_from_birth() -> None:
    who = person(1, 30)
    frame = bodies.body(SEED, who)
    assert frame.age(who.birth + timedelta(days=3652)) == pytest.approx(10, abs=0.01)

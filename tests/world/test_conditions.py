"""Problem lists: prevalence by age, the course of a condition, agreement between conditions."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import codes, conditions, incidence
from mockserver.world.bodies import body
from mockserver.world.incidence import crossing
from mockserver.world.model import Person
from tests.world.invented import NOW, SEED, person

BANDS = ((18, 40), (40, 60), (60, 80))
SHARES = {
    "hypertension": (13.8, 32, 43),
    "diabetes": (2.2, 12.1, 20.5),
    "prediabetes": (8, 15, 20),
    "hyperlipidaemia": (10, 32, 50),
    "depression": (12, 11, 9),
    "anxiety": (14, 12, 8),
    "arthritis": (6, 22, 45),
    "reflux": (6, 14, 19),
    "hypothyroidism": (2, 5, 10),
    "back_pain": (5, 7, 7),
    "rhinitis": (10, 10, 8),
    "asthma": (7.6, 7.6, 7.6),
    "copd": (1, 4, 11),
    "ckd": (0.5, 3, 15),
    "coronary": (0.3, 3, 13),
    "insomnia": (4, 8, 9),
    "sleep_apnoea": (2, 9, 12),
    "migraine": (12, 10, 3),
    "smoker": (12, 14, 9),
    "former_smoker": (9, 18, 33),
    "obesity": (18, 22, 20),
    "vitamin_d": (6, 10, 12),
    "gout": (1, 4, 8),
}
"""Percent of people in whom it is charted, by band of age."""

SIZE = 700


@pytest.fixture(scope="module")
def panels() -> list[list[tuple[Person, set[str]]]]:
    """People of each band, spread evenly, with the keys of what is known at NOW."""
    made = []
    for band, (low, high) in enumerate(BANDS):
        people = [person(10_000 * band + n, low + (high - low) * (n + 0.5) / SIZE) for n in range(SIZE)]
        made.append([(who, {p.key for p in conditions.problems(SEED, who) if p.known(NOW)}) for who in people])
    return made


@pytest.mark.parametrize("key", SHARES)
def test_prevalence(key: str, panels: list[list[tuple[Person, set[str]]]]) -> None:
    """Within a factor of 1.5 and three standard errors."""
    for wanted, panel in zip(SHARES[key], panels, strict=True):
        share = 100 * sum(key in known for _, known in panel) / SIZE
        slack = 3 * (wanted * (100 - wanted) / SIZE) ** 0.5
        assert wanted / 1.5 - slack <= share <= wanted * 1.5 + slack, (wanted, share)


def test_conditions_cluster(panels: list[list[tuple[Person, set[str]]]]) -> None:
    """At 60 and over nine in ten have one and three in four have two; most of the young have none or one."""
    minor = {"smoker", "former_smoker", "acne", "rhinitis", "cataract", "glaucoma", "insomnia", "migraine"}
    counts = [[len(known - minor) for _, known in panel] for panel in panels]
    one, two = ([sum(n >= k for n in panel) / SIZE for panel in counts] for k in (1, 2))
    assert 0.45 < one[0] < 0.8 and 0.87 < one[2] <= 1
    assert 0.2 < two[0] < 0.5 and 0.7 < two[2] < 0.97


def test_the_frail_have_more(panels: list[list[tuple[Person, set[str]]]]) -> None:
    old = sorted(panels[2], key=lambda pair: pair[0].frailty)
    third = SIZE // 3
    robust, frail = (sum(len(known) for _, known in part) / third for part in (old[:third], old[-third:]))
    assert frail > 1.4 * robust


def test_sexes(panels: list[list[tuple[Person, set[str]]]]) -> None:
    every = [pair for panel in panels for pair in panel]
    count = Counter((who.sex, key) for who, known in every for key in known)
    sexes = Counter(who.sex for who, _ in every)
    assert not count["female", "prostate"] and not count["male", "pregnancy"]
    for key, factor in (("depression", 1.2), ("migraine", 1.5), ("hypothyroidism", 2)):
        assert count["female", key] / sexes["female"] > factor * count["male", key] / sexes["male"]
    assert count["male", "gout"] > count["female", "gout"]


def test_some_have_disease_nobody_knows_of() -> None:
    found = [p for n in range(400) for p in conditions.problems(SEED, person(n)) if p.key == "hypertension"]
    present = [p for p in found if p.present(NOW)]
    known = [p for p in present if p.known(NOW)]
    assert 0.5 < len(known) / len(present) < 0.75
    assert all(p.charted is None or p.onset <= p.charted for p in found)


@given(st.integers(0, 100_000))
def test_problems_are_pure_and_in_life(index: int) -> None:
    who = person(index)
    found = conditions.problems(SEED, who)
    assert found == conditions.problems(SEED, who, body(SEED, who))
    for problem in found:
        assert problem.code in codes.texts("icd10cm")
        assert problem.onset >= who.birth
        assert problem.resolved is None or problem.resolved >= problem.onset


@given(st.integers(0, 100_000), st.dates(date(2010, 1, 1), date(2024, 1, 1)))
def test_stages_exclude_each_other(index: int, day: date) -> None:
    known = {problem.key for problem in conditions.problems(SEED, person(index)) if problem.known(day)}
    assert not {"prediabetes", "diabetes"} <= known
    assert not {"smoker", "former_smoker"} <= known
    assert "neuropathy" not in known or "diabetes" in {p.key for p in conditions.problems(SEED, person(index))}


def test_obesity_follows_the_body() -> None:
    for index in range(200):
        who = person(index, 50)
        present = any(p.key == "obesity" and p.present(NOW) for p in conditions.problems(SEED, who))
        assert present == (body(SEED, who).bmi(int(body(SEED, who).age(NOW))) >= 30)


def test_pregnancies_last_280_days_and_do_not_overlap() -> None:
    for index in range(300):
        found = [p for p in conditions.problems(SEED, person(index, 45, "female")) if p.key == "pregnancy"]
        assert all(p.resolved == p.onset + timedelta(days=280) for p in found)
        ends = [(p.onset, p.resolved) for p in found]
        assert all(a[1] is not None and a[1] < b[0] for a, b in itertools.pairwise(ends))


def test_nothing_begins_after_death() -> None:
    who = person(9, 80)
    dead = Person(*(getattr(who, n) for n in ("index", "patient_id", "sex", "birth")), date(2018, 1, 1),
                  *(getattr(who, n) for n in ("joined", "frailty", "pcp", "coverages")))  # fmt: skip
    assert all(problem.onset < date(2018, 1, 1) for problem in conditions.problems(SEED, dead))


MIDDLE = {
    "hypertension": (30, 55),
    "diabetes": (38, 60),
    "copd": (45, 65),
    "heart_failure": (48, 70),
    "depression": (25, 50),
    "anxiety": (25, 50),
    "iron_deficiency": (28, 60),
}
"""Bounds of the median age at which a problem known in people of 18 to 80 is said to have begun."""


@pytest.fixture(scope="module")
def onsets() -> dict[str, list[tuple[float, float]]]:
    """Ages of onset and diagnosis of what is known at NOW."""
    found: dict[str, list[tuple[float, float]]] = {}
    for index in range(1500):
        who = person(index, 18 + 62 * (index + 0.5) / 1500)
        for p in conditions.problems(SEED, who):
            if p.known(NOW) and p.charted:
                ages = ((day - who.birth).days / 365.2425 for day in (p.onset, p.charted))
                found.setdefault(p.key, []).append((next(ages), next(ages)))
    return found


@pytest.mark.parametrize("key", MIDDLE)
def test_onset_is_spread_over_the_ages_of_the_curve(key: str, onsets: dict[str, list[tuple[float, float]]]) -> None:
    ages = sorted(onset for onset, _ in onsets[key])
    low, high = MIDDLE[key]
    assert low < median(ages) < high
    assert ages[-len(ages) // 20] - ages[len(ages) // 20] > 15


def test_onset_is_told_shortly_before_the_diagnosis(onsets: dict[str, list[tuple[float, float]]]) -> None:
    least, more = incidence.NOTICED_YEARS
    for ages in onsets.values():
        assert all(0 <= charted - onset <= least + more + 0.01 for onset, charted in ages)
    assert fmean(charted - onset for onset, charted in onsets["hypertension"]) > 0.5


def test_old_age_has_its_diseases(onsets: dict[str, list[tuple[float, float]]]) -> None:
    for key, youngest in (("copd", 30), ("heart_failure", 34), ("coronary", 29), ("dementia", 55)):
        assert min(onset for onset, _ in onsets[key]) > youngest


def test_spells_come_and_go() -> None:
    """In order, apart, and over within some years."""
    ended, again = 0, 0
    for index in range(300):
        found = [p for p in conditions.problems(SEED, person(index)) if p.key == "depression"]
        again += len(found) > 1
        for before, after in itertools.pairwise(found):
            assert before.resolved is not None and before.resolved <= after.onset
        ended += sum(p.resolved is not None and p.resolved < NOW for p in found)
    assert again > 20 and ended > 20


@given(st.integers(0, 100_000), st.dates(date(2010, 1, 1), date(2024, 1, 1)))
def test_one_problem_of_a_kind_at_a_time(index: int, day: date) -> None:
    counts = Counter(p.key for p in conditions.problems(SEED, person(index)) if p.known(day))
    assert max(counts.values(), default=1) == 1


def test_a_complication_comes_after_its_cause() -> None:
    seen = 0
    for index in range(1500):
        found = {p.key: p for p in conditions.problems(SEED, person(index, 70))}
        if "neuropathy" in found and (charted := found["neuropathy"].charted):
            cause = found["diabetes"].charted
            assert cause is not None and charted >= cause - timedelta(days=1)
            seen += 1
    assert seen


@given(st.integers(0, 100_000), st.floats(1, 20), st.floats(0.01, 0.9))
def test_spells_are_in_order_and_apart(index: int, years: float, rate: float) -> None:
    curve = ((5.0, 0.0), (20.0, rate), (90.0, rate))
    found = incidence.spells(SEED, person(index), "any", curve, years)
    assert all(span.began <= span.onset <= (span.charted or 0) < (span.resolved or 0) for span in found)
    assert all(a.resolved is not None and a.resolved <= b.onset for a, b in itertools.pairwise(found))
    assert all(span.onset >= 5 for span in found)


CURVE = ((10.0, 0.0), (20.0, 0.2), (40.0, 0.1))


@pytest.mark.parametrize(
    ("level", "ages"), [(0.1, (15.0, None)), (0.15, (17.5, 30.0)), (0.2, (20.0, 20.0)), (0.3, None)]
)
def test_crossing(level: float, ages: tuple[float, float | None] | None) -> None:
    found = crossing(CURVE, level)
    assert found == (None if ages is None else pytest.approx(ages)) or (
        found is not None and ages is not None and found[0] == pytest.approx(ages[0]) and found[1] == ages[1]
    )


@given(st.floats(0.001, 0.999), st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_crossing_is_where_the_curve_meets_the_level(level: float, rates: list[float]) -> None:
    curve = tuple((10.0 * n, rate) for n, rate in enumerate(rates))
    found = crossing(curve, level)
    assert (found is None) == all(rate < level for rate in rates)
    if found is not None and found[1] is not None:
        assert found[0] <= found[1]

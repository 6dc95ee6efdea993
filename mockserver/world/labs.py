"""Laboratory orders and results: what is due at a visit, when results come, and how they are reported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from random import Random

from mockserver.world import analytes, codes, seeds, singles
from mockserver.world.analytes import Results, State
from mockserver.world.model import Change, Record, Values, Visit
from mockserver.world.sheet import Sheet, later

LAB = "Example Reference Laboratory 12"
COMPLIANCE, TELEHEALTH_COMPLIANCE, CANCELLED = 0.8, 0.4, 0.03
CANCELLED_DAYS, REVIEW_DAYS = 30, (1, 22)
_LAG_DAYS, _LAG_WEIGHTS = (0, 1, 2, 3), (0.2, 0.45, 0.25, 0.1)
_HEARTS = frozenset({"hypertension", "diabetes", "ckd", "coronary", "heart_failure"})


@dataclass(frozen=True, slots=True)
class Test:
    """A row of ``loinc.csv``: a panel, or a test with its units (UCUM), limits by sex and decimals."""

    code: str
    text: str
    test: str
    panel: str
    units: str | None
    limits: Mapping[str, tuple[float | None, float | None]]
    ranges: Mapping[str, str | None]
    decimals: int


@cache
def tests() -> Mapping[str, Test]:
    """Every test and panel by its short name, in the order of reports; codes are the present ones."""
    return {row["test"]: _test(row) for row in codes.rows("loinc") if row["test"]}


def _test(row: Mapping[str, str]) -> Test:
    limits = {
        sex: (codes.number(row[f"low_{sex[0]}"]), codes.number(row[f"high_{sex[0]}"])) for sex in ("female", "male")
    }
    ranges = {sex: _range(row[f"low_{sex[0]}"], row[f"high_{sex[0]}"]) for sex in ("female", "male")}
    decimals = int(row["decimals"] or 0)
    return Test(row["code"], row["text"], row["test"], row["panel"], row["units"] or None, limits, ranges, decimals)


def _range(low: str, high: str) -> str | None:
    if low and high:
        return f"{low}-{high}"
    return f"<{high}" if high else f">{low}" if low else None


def flag(value: float, low: float | None, high: float | None) -> str | None:
    """H or L outside the range, else None. A range with one limit excludes it: 200 is not ``<200``."""
    if high is not None and (value > high or (low is None and value == high)):
        return "H"
    if low is not None and (value < low or (high is None and value == low)):
        return "L"
    return None


def intervals(state: State) -> dict[str, int]:
    """Days between orders of each panel or test for someone with these conditions and drugs."""
    if state.age < 1.5:
        return {"CBC": 330} if state.age > 0.9 else {}
    if state.age < 18:
        return {"CBC": 1800}
    return _screening(state) | _monitoring(state)


def _screening(state: State) -> dict[str, int]:
    old = state.age >= 50
    due = {"CMP": 365 if old or _HEARTS & set(state.has) else 1100, "CBC": 600 if old else 1300}
    due["LIPID"] = 365 if "statin" in state.taken or "diabetes" in state.has else 1650
    if state.age >= 45:
        due["A1C"] = 1100
    if old and state.female:
        due["TSH"] = 1500
    if not state.female and 55 <= state.age < 70:
        due["PSA"] = 730
    return due


def _monitoring(state: State) -> dict[str, int]:
    """By condition; the shortest interval counts."""
    due: dict[str, int] = {}
    for key, tests_due in _BY_CONDITION.items():
        if key in state.has or key in state.taken:
            for test, days in tests_due.items():
                due[test] = min(days, due.get(test, days))
    return due


_BY_CONDITION: Mapping[str, Mapping[str, int]] = {
    "prediabetes": {"A1C": 365},
    "diabetes": {"A1C": 125, "UACR": 365},
    "hypothyroidism": {"TSH": 365},
    "ckd": {"CMP": 200, "UACR": 365, "CBC": 365},
    "heart_failure": {"BNP": 300, "CMP": 200},
    "warfarin": {"INR": 35},
    "iron_deficiency": {"CBC": 240, "FERR": 365},
    "vitamin_d": {"VITD": 365},
    "vitamin_b12": {"B12": 365},
    "gout": {"URIC": 365},
    "prostate": {"PSA": 500},
    "rheumatoid": {"CBC": 200},
}


class Orders:
    """What one person was last tested for; the first dates lie before the first visit, by key."""

    def __init__(self, seed: int, index: int, first: date) -> None:
        self._seed, self._index, self._first = seed, index, first
        self._last: dict[str, int] = {}

    def due(self, visit: Visit, state: State, rng: Random) -> Iterator[str]:
        """The panels and tests ordered at a visit."""
        chance = TELEHEALTH_COMPLIANCE if visit.telehealth else COMPLIANCE
        today = visit.day.toordinal()
        for panel, days in intervals(state).items():
            last = self._last.get(panel)
            if last is None:
                last = self._first.toordinal() - int(days * seeds.share(self._seed, "lab phase", self._index, panel))
            if today - last >= days and rng.random() < chance:
                self._last[panel] = today
                yield panel


def values(panels: Collection[str], state: State, rng: Random) -> dict[str, Results]:
    """The results of each panel ordered, all from one state of the body."""
    a1c = analytes.glycated(state, rng)
    made: dict[str, Results] = {}
    for panel in panels:
        if panel == "CMP":
            made[panel] = analytes.metabolic(state, rng, a1c)
        elif panel == "LIPID":
            made[panel] = analytes.lipids(state, rng)
        elif panel == "CBC":
            made[panel] = analytes.blood_count(state, rng)
        else:
            made[panel] = {panel: a1c if panel == "A1C" else singles.single(panel, state, rng)}
    return made


def write(sheet: Sheet, seed: int, visit: Visit, orders: Orders, state: State) -> None:
    """The orders of a visit and, up to three days later, their results."""
    rng = seeds.draws(seed, "labs", visit.person.index, visit.number)
    panels = list(orders.due(visit, state, rng))
    if not panels:
        return
    lag = codes.chosen(rng, _LAG_DAYS, _LAG_WEIGHTS)
    clock = time(rng.randrange(6, 20), rng.randrange(60))
    for panel, results in values(panels, state, rng).items():
        cancelled, reviewed = rng.random() < CANCELLED, rng.randrange(*REVIEW_DAYS)
        order = _order(sheet, visit, tests()[panel], _course(visit, lag, cancelled, reviewed))
        if order is not None and not cancelled:
            _results(sheet, visit, order, state.sex, results, later(visit.day, lag), clock)


def _course(visit: Visit, lag: int, cancelled: bool, reviewed: int) -> list[Change]:
    """Completed when results come, reviewed by the clinician afterwards; or cancelled after a month."""
    if cancelled:
        return [Change(later(visit.day, CANCELLED_DAYS), {"status": "Cancelled"})]
    done = Change(later(visit.day, lag), {"status": "Completed"})
    return [done, Change(later(done.day, reviewed), {"comment": "Results reviewed"})]


def _order(sheet: Sheet, visit: Visit, test: Test, changes: Sequence[Change]) -> Record | None:
    """Ordered at the visit; what changes on the same day stands in the row from the start."""
    values: Values = {
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "loinc_code": test.code,
        "test_code": test.test,
        "test_name": test.text,
        "status": "Ordered",
        "provider_id": visit.provider.provider_id,
        "provider_name": visit.provider.name,
        "lab_name": LAB,
        "comment": None,
    }
    for change in changes:
        if change.day == visit.day:
            values.update(change.values)
    order = sheet.add("lab_order", visit.day, values, [each for each in changes if each.day > visit.day])
    if order is not None:
        order.values["source_lab_order_id"] = order.values["lab_order_id"]
    return order


def _results(sheet: Sheet, visit: Visit, order: Record, sex: str, results: Results, day: date, clock: time) -> None:
    """One row per test, in the order of the report."""
    common: Values = {
        "lab_order_id": order.values["lab_order_id"],
        "encounter_id": visit.encounter_id,
        "collection_date": visit.day,
        "date": day,
        "time": clock,
    }
    tail: Values = {
        "status": "Final",
        "lab_name": LAB,
        "provider_name": visit.provider.name,
        "comment": None,
    }
    for name, test in tests().items():
        if name in results:
            sheet.add("lab_result", day, {**common, **_reported(test, sex, results[name], day), **tail})


def _reported(test: Test, sex: str, value: float, day: date) -> Values:
    """Under the code and name of the day."""
    code = codes.on("loinc", test.code, day) or test.code
    low, high = test.limits[sex]
    return {
        "loinc_code": code,
        "test_code": test.test,
        "test_name": codes.texts("loinc")[code],
        "result_value": f"{value:.{test.decimals}f}",
        "units": test.units,
        "reference_range": test.ranges[sex],
        "abnormal_flag": flag(round(value, test.decimals), low, high),
    }

"""Laboratory values of a person at a visit: what the body, the conditions and the drugs make of them.

Medians are NHANES 2017-2020 at 45-65 where there are any. The identities hold on the values as they are
served: LDL = total - HDL - TG/5 (triglycerides are multiples of five, so no rounding can break it), eGFR by
CKD-EPI 2021 from the served creatinine and whole years of age, MCV = 10 x haematocrit / erythrocytes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import exp
from random import Random

from mockserver.world.bodies import ADULT, Body

Results = dict[str, float]
"""Test name -> value, rounded as served."""

FRIEDEWALD_LIMIT = 400


@dataclass(frozen=True, slots=True)
class State:
    """A person at a visit. ``has`` is conditions present, charted or not; ``taken`` kinds of drugs."""

    frame: Body
    age: float
    years: int
    sex: str
    has: Collection[str]
    taken: Collection[str]
    fever: float

    @property
    def female(self) -> bool:
        return self.sex == "female"

    @property
    def heavy(self) -> float:
        """BMI in standard deviations from the adult median."""
        return (self.frame.bmi(self.age) - 28.5) / 6 if self.age >= ADULT else 0.0

    def own(self, name: str) -> float:
        return self.frame.latent[name]


def egfr(creatinine: float, years: int, female: bool) -> int:
    """mL/min/1.73 m2 by CKD-EPI 2021 (no race term) from mg/dL and whole years."""
    kappa, alpha, factor = (0.7, -0.241, 1.012) if female else (0.9, -0.302, 1.0)
    ratio = creatinine / kappa
    low, high = pow(min(ratio, 1.0), alpha), pow(max(ratio, 1.0), -1.2)
    return round(float(142 * low * high * 0.9938**years * factor))


def creatinine_at(rate: float, years: int, female: bool) -> float:
    """The creatinine in mg/dL above kappa at which ``egfr`` gives a rate; at most it is kappa."""
    kappa, factor = (0.7, 1.012) if female else (0.9, 1.0)
    return float(kappa * max(1.0, 142 * 0.9938**years * factor / rate) ** (1 / 1.2))


def glycated(state: State, rng: Random) -> float:
    """HbA1c in percent: 5.4 without, about 6 before and 7 or more with diabetes; each drug takes off 0.5."""
    level = 5.37 + 0.004 * (state.age - 40) + 0.14 * state.own("glucose") + 0.06 * state.heavy
    if "diabetes" in state.has:
        drugs = sum(kind == "glucose" for kind in state.taken)
        level = 7.5 + 0.95 * state.own("control") - 0.45 * min(drugs, 2) + 0.1 * state.heavy
        level = max(level, 5.8) + max(0.0, state.own("control") - 1.2)
    elif "prediabetes" in state.has:
        level = 6.02 + 0.14 * state.own("glucose")
    low, high = (5.7, 6.4) if "prediabetes" in state.has and "diabetes" not in state.has else (4.3, 14.0)
    return round(min(max(level + rng.gauss(0, 0.1), low), high), 1)


def metabolic(state: State, rng: Random, a1c: float) -> Results:
    """The metabolic panel. Glucose follows HbA1c (correlation about 0.8), urea follows creatinine."""
    found = _renal(state, rng)
    found["GLU"] = round(max(58, 95 + 24 * (a1c - 5.6) + rng.gauss(0, 8 + 9 * max(0.0, a1c - 5.8))))
    found.update(_salts(state, rng))
    found.update(_liver(state, rng))
    return found


def _renal(state: State, rng: Random) -> Results:
    spread = 0.14 * state.own("creatinine") + rng.gauss(0, 0.04)
    if "ckd" in state.has:
        rate = min(max(45 + 6.5 * state.own("renal") - 0.3 * max(state.age - 70, 0) + rng.gauss(0, 2), 30.5), 59.0)
        level = creatinine_at(rate, state.years, state.female)
    else:
        level = (0.73 if state.female else 0.95) * exp(spread)
        if state.years >= ADULT:
            level = min(level, creatinine_at(62, state.years, state.female))
        else:
            level *= min(1.0, 0.35 + 0.035 * state.age)
    creatinine = round(max(level, 0.2), 2)
    usual = 0.73 if state.female else 0.95
    urea = 14.2 * (creatinine / usual) ** 0.75 * exp(0.22 * state.own("bun") + rng.gauss(0, 0.16))
    found: Results = {"BUN": max(4, round(urea)), "CREA": creatinine}
    if state.years >= ADULT:
        found["EGFR"] = egfr(creatinine, state.years, state.female)
    return found


def _salts(state: State, rng: Random) -> Results:
    potassium = 4.08 + rng.gauss(0, 0.27) - 0.2 * ("diuretic" in state.taken) + 0.25 * ("ckd" in state.has)
    sodium = round(140.5 + rng.gauss(0, 2.0))
    return {
        "NA": sodium,
        "K": round(min(max(potassium, 2.9), 6.0), 1),
        "CL": round(sodium - 38 + rng.gauss(0, 1.8)),
        "CO2": round(min(max(25.2 + rng.gauss(0, 2.0), 17), 34)),
        "CA": round(9.4 + rng.gauss(0, 0.32), 1),
    }


def _liver(state: State, rng: Random) -> Results:
    """ALT and AST move together; fat raises ALT, alcohol AST over ALT."""
    middle = 17.0 if state.female else 22.0
    alt = middle * exp(0.36 * state.own("alt") + 0.08 * state.heavy + rng.gauss(0, 0.13))
    alt *= 2.0 if "fatty_liver" in state.has else 1.0
    ast = 18.5 * (alt / 19) ** 0.62 * exp(0.06 * state.own("ast") + rng.gauss(0, 0.06))
    if "alcohol" in state.has:
        ast = max(ast, alt) * 1.6
    albumin = round(min(max(4.1 + rng.gauss(0, 0.25), 2.8), 5.2), 1)
    return {
        "TP": round(albumin + 3.0 + rng.gauss(0, 0.3), 1),
        "ALB": albumin,
        "BILI": round(min(max(0.48 * exp(rng.gauss(0, 0.38)), 0.1), 3.0), 1),
        "ALP": round(74 * exp(0.22 * state.own("alp") + rng.gauss(0, 0.08))),
        "ALT": max(5, round(alt)),
        "AST": max(7, round(ast)),
    }


def lipids(state: State, rng: Random) -> Results:
    """The lipid panel. A statin takes 35 to 50 % off LDL; there is no LDL from triglycerides of 400 on."""
    fat = 0.36 * state.own("triglycerides") + 0.17 * state.heavy + 0.2 * ("diabetes" in state.has)
    log_tg = fat + rng.gauss(0, 0.2)
    triglycerides = 5 * max(6, round(93 * exp(log_tg) / 5))
    sugar = 2.5 * ("diabetes" in state.has)
    middle = 57.5 if state.female else 48.5
    hdl = round(max(22, middle + 9.5 * state.own("hdl") - 2.6 * state.heavy - 7.5 * log_tg - sugar + rng.gauss(0, 2.5)))
    ldl = 116 + 24 * state.own("ldl") + 0.25 * (min(state.age, 60) - 45) + 36 * ("hyperlipidaemia" in state.has)
    if "statin" in state.taken:
        ldl *= 0.575 + 0.025 * state.own("statin")
    ldl = round(max(28, ldl + rng.gauss(0, 7)))
    found: Results = {"CHOL": ldl + hdl + triglycerides // 5, "TRIG": triglycerides, "HDL": hdl}
    return found | {"LDL": ldl} if triglycerides < FRIEDEWALD_LIMIT else found


def blood_count(state: State, rng: Random) -> Results:
    """The blood count. Iron deficiency lowers haemoglobin and MCV; iron by mouth brings most of it back."""
    short = "iron_deficiency" in state.has
    part = 0.35 if "iron" in state.taken else 1.0
    middle = 12.2 if state.age < 6 else 13.2 if state.age < 12 or state.female else 14.9
    hemoglobin = round(max(6.5, middle + 0.85 * state.own("hemoglobin") - 2.6 * short * part + rng.gauss(0, 0.3)), 1)
    hematocrit = round(2.97 * hemoglobin + rng.gauss(0, 0.9), 1)
    cells = 89.5 + 3.8 * state.own("mcv") - 14 * short * part - (7 if state.age < 6 else 0) + rng.gauss(0, 0.8)
    red = round(hematocrit * 10 / cells, 2)
    middle = 238.0 if not state.female else 255.0
    return {
        "WBC": round(6.7 * exp(0.2 * state.own("leukocytes") + rng.gauss(0, 0.12) + 0.25 * min(state.fever, 1.2)), 1),
        "RBC": red,
        "HGB": hemoglobin,
        "HCT": hematocrit,
        "MCV": round(hematocrit * 10 / red),
        "PLT": round(middle * exp(0.2 * state.own("platelets") + rng.gauss(0, 0.07))),
    }

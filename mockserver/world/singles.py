"""Laboratory tests that are ordered alone: their level by condition and drug."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp
from random import Random

from mockserver.world.analytes import State


def single(test: str, state: State, rng: Random) -> float:
    """A test that is ordered alone. Raises KeyError for one that is not."""
    centre, spread, latent, digits = _SINGLES[test](state)
    own = state.own(latent) if latent else 0.0
    return round(centre * exp(spread * (0.75 * own + 0.6 * rng.gauss(0, 1))), digits)


Single = tuple[float, float, str, int]
"""Median, spread of the logarithm, what of the body moves it, decimals."""


def _thyrotropin(state: State) -> Single:
    ill, treated = "hypothyroidism" in state.has, "thyroid" in state.taken
    return (1.75, 0.42, "tsh", 2) if not ill else (2.6, 0.6, "tsh", 2) if treated else (8.5, 0.4, "tsh", 2)


def _albuminuria(state: State) -> Single:
    return (
        7.5 * (2.4 if "diabetes" in state.has else 1) * (3.2 if "ckd" in state.has else 1),
        0.75,
        "albuminuria",
        0,
    )


def _prostate(state: State) -> Single:
    return 0.8 * (2.1 if "prostate" in state.has else 1) * (1 + 0.02 * max(state.age - 50, 0)), 0.55, "psa", 1


def _ferritin(state: State) -> Single:
    usual = 52 if state.female else 125
    low = 24 if "iron" in state.taken else 9
    return (low if "iron_deficiency" in state.has else usual), 0.45, "ferritin", 0


def _cobalamin(state: State) -> Single:
    low = 420 if "vitamin_b12" in state.taken else 185
    return (low if "vitamin_b12" in state.has else 480), 0.22, "vitamin", 0


def _calcidiol(state: State) -> Single:
    low = 33 if "vitamin_d" in state.taken else 16
    return (low if "vitamin_d" in state.has else 31), 0.22, "vitamin", 0


def _urate(state: State) -> Single:
    usual = 4.8 if state.female else 5.9
    level = usual * (1.4 if "gout" in state.has else 1) * (0.75 if "urate" in state.taken else 1)
    return level, 0.16, "urate", 1


def _natriuretic(state: State) -> Single:
    return (240 if "heart_failure" in state.has else 28), 0.6, "", 0


_SINGLES: Mapping[str, Callable[[State], Single]] = {
    "TSH": _thyrotropin,
    "UACR": _albuminuria,
    "PSA": _prostate,
    "FERR": _ferritin,
    "B12": _cobalamin,
    "VITD": _calcidiol,
    "URIC": _urate,
    "BNP": _natriuretic,
    "INR": lambda state: (2.45, 0.2, "", 1) if "warfarin" in state.taken else (1.0, 0.06, "", 1),
}

"""How often each kind of dirt occurs: ``shares.yaml``, with the source of each number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from ..errors import InputError

Shares = Mapping[str, Mapping[str, Mapping[str, float]]]
"""quirk id -> table (an element, as a rule) -> kind -> share of the rows, in [0, 1]."""

_FILE = "shares.yaml"
_INDEPENDENT = frozenset({"Q30"})


@cache
def load() -> Shares:
    """The shares of this package. Raises InputError for a number that is no share."""
    raw = yaml.safe_load(files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))
    return frozen(raw)


def frozen(raw: Shares) -> Shares:
    """Check the shares and put them beyond change.

    Raises InputError if one lies outside [0, 1], or if kinds that exclude each other add up to more than 1.
    """
    for quirk, tables in raw.items():
        for table, kinds in tables.items():
            _check(kinds, f"{_FILE}: {quirk}.{table}", exclusive=quirk not in _INDEPENDENT)
    return MappingProxyType({q: MappingProxyType(dict(tables)) for q, tables in raw.items()})


def _check(kinds: Mapping[str, float], where: str, *, exclusive: bool) -> None:
    for kind, value in kinds.items():
        if not 0 <= value <= 1:
            raise InputError(f"{value!r} is no share", f"{where}.{kind}", ["a number from 0 to 1"])
    if exclusive and sum(kinds.values()) > 1 + 1e-9:
        raise InputError("the kinds add up to more than 1", where)

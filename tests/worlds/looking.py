"""How rows are looked at for signs of a quirk."""

from __future__ import annotations

import re
from collections.abc import Iterable

LOADED = "hj_modify_timestamp"


def all_or_none(answers: Iterable[bool]) -> bool:
    """The answer of many, which must be one."""
    (answer,) = set(answers)
    return answer


def fits(values: Iterable[object], pattern: str) -> bool:
    return all(re.fullmatch(pattern, str(value)) for value in values if value is not None)

"""Q23: every practice has its own words for the same reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from ..world.model import History, Value, Values
from ..world.seeds import pick
from .context import Context
from .trace import rewrite

MISSPELT = (
    ("annual", "anual"),
    ("physical", "phyiscal"),
    ("procedure", "proceedure"),
    ("telehealth", "telehelth"),
    ("wellness", "wellnes"),
)
"""A practice has one of these: its template was typed so once, and stays."""


def own_words(history: History, context: Context) -> list[History]:
    """Reasons in mixed case, some misspelled: the same clean reason always looks the same in one practice."""
    mark = cast(Mapping[str, Value] | None, history.marks.get("Q23"))
    if mark is not None:
        return [rewrite(history, lambda values: mark)]
    return [rewrite(history, lambda values: _worded(values, context))] if context.by_chance else [history]


def _worded(values: Values, context: Context) -> Values:
    reason = values.get("reason")
    return {"reason": word(reason, context)} if isinstance(reason, str) else {}


def word(reason: str, context: Context) -> str:
    """The practice's spelling of a reason. Reasons that differ in more than case stay different."""
    wrong = pick(MISSPELT, context.seed, context.practice, "Q23", "misspelt")
    typed = re.sub(rf"\b{wrong[0]}", wrong[1], reason, flags=re.IGNORECASE)
    match context.kind("Q23", "reason", reason.casefold()):
        case "upper":
            return typed.upper()
        case "lower":
            return typed.lower()
        case "title":
            return typed.title()
    return typed

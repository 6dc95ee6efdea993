"""Q25: diagnosis codes as sources write them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..world.model import History, Values
from .context import Context, key_of
from .trace import rewrite

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "charge": ("dx1_code", "dx2_code", "dx3_code", "dx4_code"),
        "diagnosis": ("diagnosis_code",),
        "procedure": ("dx1_code", "dx2_code", "dx3_code", "dx4_code"),
    }
)

# ICD-9-CM counterparts of common ICD-10-CM codes, after the general equivalence mappings of CMS (free).
ICD9: Mapping[str, str] = MappingProxyType(
    {
        "E03.9": "244.9",
        "E11.9": "250.00",
        "E55.9": "268.9",
        "E66.9": "278.00",
        "E78.2": "272.2",
        "E78.5": "272.4",
        "F17.210": "305.1",
        "F41.1": "300.02",
        "F41.9": "300.00",
        "G47.33": "327.23",
        "I10": "401.9",
        "I48.91": "427.31",
        "J30.9": "477.9",
        "J45.909": "493.90",
        "K21.9": "530.81",
        "M10.9": "274.9",
        "M54.5": "724.2",
        "M54.50": "724.2",
        "N39.0": "599.0",
        "Z00.00": "V70.0",
    }
)
COVID = "U07.1"


def dirty_diagnoses(history: History, context: Context) -> list[History]:
    """A dot missing, lower case, text behind, ICD-9, extra digits on COVID; drawn for each column."""
    return [rewrite(history, lambda values: _columns(history, values, context))]


def _columns(history: History, values: Values, context: Context) -> Values:
    text = str(values.get("description") or "") if history.element == "diagnosis" else ""
    changed: Values = {}
    for column in COLUMNS[history.element]:
        code = values.get(column)
        if isinstance(code, str):
            kind = _kind(history, column, code, context)
            extra = _digits(history, context) if kind == "extra_digits" else text
            changed[column] = dirty(code, kind, extra)
    return changed


def _kind(history: History, column: str, code: str, context: Context) -> str:
    key = (history.element, column, *key_of(history))
    if code == COVID and context.chance("Q25", "covid", "extra_digits", *key):
        return "extra_digits"
    return context.kind("Q25", history.element, column, *key_of(history))


def _digits(history: History, context: Context) -> str:
    return f"{context.number(90, 'Q25', history.element, *key_of(history)) + 10}"


def dirty(code: str, kind: str, behind: str) -> str:
    """The code with one kind of dirt; as it is if there is none or the code has no ICD-9 counterpart.

    ``behind`` is the text or the digits that some kinds put behind the code.
    """
    match kind:
        case "no_dot":
            return code.replace(".", "")
        case "lower":
            return code.lower()
        case "text":
            return f"{code} {behind}"
        case "icd9":
            return ICD9.get(code, code)
        case "extra_digits":
            return code + behind
    return code

"""Q26, Q27: procedure codes, NDCs and places of service as feeds carry them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..world.model import History, Values
from ..world.seeds import seed_of
from .context import Context, key_of
from .trace import rewrite

# HCPCS level II modifiers (CMS, free); two-digit modifiers belong to CPT.
_MODIFIERS = ("GT", "KX", "GA", "GY", "LT", "RT")

UNISSUED_LABELER = "00000"
"""The first five digits of every NDC made here: no labeler has them, so none is a real product."""

_LENGTHS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"eleven": (11,), "shorter": (7, 8, 9, 10), "longer": (12, 13, 14), "empty": (0,)}
)


def dirty_products(history: History, context: Context) -> list[History]:
    """Q26: a modifier glued to the procedure code or in its place, a code too short; an NDC of odd length."""
    kind = context.kind("Q26", history.element, *key_of(history))
    if not kind:
        return [history]
    change = _ndc if history.element == "medication" else _procedure
    return [rewrite(history, lambda values: change(values, kind, history, context))]


def _procedure(values: Values, kind: str, history: History, context: Context) -> Values:
    code = str(values["cpt4_hcpcs_code"])
    spare = _MODIFIERS[context.number(len(_MODIFIERS), "Q26", history.element, *key_of(history))]
    return {"cpt4_hcpcs_code": dirty(code, kind, str(values.get("modifier_code1") or spare))}


def dirty(code: str, kind: str, modifier: str) -> str:
    """A five-character procedure code with one kind of dirt."""
    match kind:
        case "glued":
            return code + modifier
        case "hyphen":
            return f"{code}-{modifier}"
        case "modifier_only":
            return modifier
    return code[:4]


def _ndc(values: Values, kind: str, history: History, context: Context) -> Values:
    drug = values.get("rxnorm_code") or values.get("medication_name")
    lengths = _LENGTHS[kind]
    length = lengths[context.number(len(lengths), "Q26", "length", *key_of(history))]
    return {"ndc": synthetic_ndc(drug, length)}


def synthetic_ndc(drug: object, length: int) -> str:
    """So many digits, marked as invented by a labeler that was never issued; alike for the same drug."""
    product = f"{seed_of('ndc', drug) % 10**9:09}"
    return (UNISSUED_LABELER + product)[:length]


def unpadded_places(history: History, context: Context) -> list[History]:
    """Q27: a place of service without its leading zero, on every row."""
    return [rewrite(history, _unpadded)]


def _unpadded(values: Values) -> Values:
    place = values.get("place_of_service")
    return {"place_of_service": place.lstrip("0") or "0"} if isinstance(place, str) else {}

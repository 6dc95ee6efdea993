"""Q15, Q22, Q28, Q29, Q30: patients withheld, listed twice, coded, padded and filled in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import InputError
from ..world.model import History, Values
from .context import HALF, Context, key_of
from .trace import later, rewrite

NO_SSN = "000000000"

# Codes of the CDC race and ethnicity code set. It has none for an unknown race, so that is null.
RACES: Mapping[str, str | None] = MappingProxyType(
    {
        "American Indian or Alaska Native": "1002-5",
        "Asian": "2028-9",
        "Black or African American": "2054-5",
        "Native Hawaiian or Other Pacific Islander": "2076-8",
        "White": "2106-3",
        "Other Race": "2131-1",
        "Unknown": None,
    }
)
ETHNICITIES: Mapping[str, str | None] = MappingProxyType(
    {"Hispanic or Latino": "H", "Not Hispanic or Latino": "N", "Unknown": "U"}
)
GENDERS: Mapping[str, str | None] = MappingProxyType({"female": "F", "male": "M", "unknown": "U"})

# ISO 639-1 tag -> ISO 639-2 code, terminology variant (the vendor's own example is zho).
_PAIRS = (
    "ar:ara bn:ben de:deu el:ell en:eng es:spa fa:fas fr:fra gu:guj he:heb hi:hin ht:hat hy:hye it:ita "
    "ja:jpn km:khm ko:kor lo:lao nv:nav pa:pan pl:pol pt:por ro:ron ru:rus so:som sq:sqi sw:swa ta:tam "
    "te:tel th:tha tl:tgl uk:ukr ur:urd vi:vie yi:yid zh:zho"
)
LANGUAGES: Mapping[str, str | None] = MappingProxyType(dict(pair.split(":") for pair in _PAIRS.split()))

_CODED: Mapping[str, Mapping[str, str | None]] = MappingProxyType(
    {"gender": GENDERS, "race": RACES, "ethnicity": ETHNICITIES, "primary_language": LANGUAGES}
)


def withheld(history: History, context: Context) -> list[History]:
    """Q22: the patient has no demographic row, though other elements name it."""
    gone = history.marks.get("Q22") or context.chance("Q22", "demographic", "withheld", history.index)
    return [] if gone else [history]


def listed_twice(history: History, context: Context) -> list[History]:
    """Q15: the same Healthjump id and content again, stored a little later and without a zip."""
    if not context.chance("Q15", "demographic", "twice", *key_of(history)):
        return [history]
    copy = later(history, context.second_pass("Q15"), history.slot + HALF, history.surrogate)
    return [history, rewrite(copy, lambda values: {"zip": None})]


def coded(history: History, context: Context) -> list[History]:
    """Q28: gender, race, ethnicity and language as codes. Raises InputError for a word without one."""
    return [rewrite(history, _codes)]


def _codes(values: Values) -> Values:
    return {column: code(column, values[column]) for column in _CODED if values.get(column) is not None}


def code(column: str, word: object) -> str | None:
    """The code of a word; a value that is a code already stays. Raises InputError for any other."""
    codes = _CODED[column]
    text = str(word)
    if text in codes:
        return codes[text]
    if text in codes.values():
        return text
    raise InputError(f"{text!r} has no code (Q28)", f"demographic.{column}", codes, given=text)


def padded(history: History, context: Context) -> list[History]:
    """Q29: a blank behind the state."""
    if not context.chance("Q29", "demographic", "padded", *key_of(history)):
        return [history]
    return [rewrite(history, lambda values: {"state": f"{values['state']} "} if values.get("state") else {})]


def filled(history: History, context: Context) -> list[History]:
    """Q30: nine zeros for a missing SSN, the patient id for a missing other id or account."""
    columns = ("ssn", "other_id", "account_id")
    chosen = [c for c in columns if context.chance("Q30", "demographic", c, *key_of(history))]
    return [rewrite(history, lambda values: _fill(values, chosen))] if chosen else [history]


def _fill(values: Values, columns: list[str]) -> Values:
    missing = [column for column in columns if values.get(column) is None]
    return {column: NO_SSN if column == "ssn" else values["patient_id"] for column in missing}

"""Codes in one spelling (HJ-032, 033, 034), and codes with the name of their system (HJ-017)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ICD10 = re.compile(r"([A-Z]\d[0-9A-Z])\.?([0-9A-Z]{0,4})")
_PROCEDURE = re.compile(r"(\d{5}|[A-Z]\d{4}|\d{4}[A-Z])[- ,:]*((?:[A-Z0-9]{2}[- ,:]*)*)")


def diagnosis(code: str | None) -> str | None:
    """An ICD-10-CM code in capitals with its dot, text behind it cut off; None where it is none, such as ICD-9-CM.

    Keep what gives None apart: it needs a mapping or a person. Two things cannot be told by spelling: extra digits
    from a longer code, and V codes of ICD-9-CM from those of ICD-10-CM.
    """
    first = (code or "").strip().upper().split(" ")[0]
    match = _ICD10.fullmatch(first)
    if match is None:
        return None
    return f"{match[1]}.{match[2]}" if match[2] else match[1]


def procedure(code: str | None) -> tuple[str, tuple[str, ...]] | None:
    """A CPT or HCPCS code and the modifiers glued to it; None for what is no such code, such as a modifier alone.

    Not for columns that hold ICD-10-PCS as well, whose codes of seven characters look like a code and a modifier.
    """
    match = _PROCEDURE.fullmatch((code or "").strip().upper())
    return (match[1], tuple(re.findall(r"[A-Z0-9]{2}", match[2]))) if match else None


def ndc(code: str | None) -> str | None:
    """A drug code as eleven digits: each part of a hyphenated one is filled with zeros to 5, 4 and 2.

    None for ten digits without hyphens, which do not say where the zero belongs, and for any other length.
    """
    text = (code or "").strip()
    parts = text.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        filled = "".join(part.zfill(size) for part, size in zip(parts, (5, 4, 2), strict=True))
        return filled if len(filled) == 11 else None
    return text if re.fullmatch(r"\d{11}", text) else None


def padded(code: str | int | None, digits: int) -> str | None:
    """A code of so many digits with the zeros it lost, also where it came as a number; None for a missing one.

    Raises ValueError for what is longer or has other signs, without the value.
    """
    if code is None or code == "":
        return None
    text = str(code).strip()
    if not text.isdigit() or len(text) > digits:
        raise ValueError(f"no code of {digits} digits")
    return text.zfill(digits)


def with_system(code: str | None, systems: Mapping[str, str]) -> tuple[str, str] | None:
    """The code and the address of its system, by a table of your own from patterns to systems; None where none fits.

    Ask the vendor which systems they are; write the answer down in that table.
    """
    text = (code or "").strip()
    fitting = (system for pattern, system in systems.items() if text and re.fullmatch(pattern, text))
    found = next(fitting, None)
    return (text, found) if found else None

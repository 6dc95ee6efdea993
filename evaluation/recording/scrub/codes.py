"""Codes of public systems: what cannot be mistaken for an identifier stays, the rest keeps its shape only.

A code is unmistakable by its dot and letters (ICD-10-CM, ICD-9-CM), its letter (HCPCS level II), its check digit
(LOINC) or its shortness. Bare numbers (CPT, NDC, RxNorm, SNOMED CT) and undotted codes could be numbers of a person,
and become pseudonyms of the same spelling.
"""

from __future__ import annotations

import re

from . import texts
from .context import Context

_UNMISTAKABLE = re.compile(
    r"[A-Za-z]\d[0-9A-Za-z]\.[0-9A-Za-z]{1,4}(?:\d{2})?"  # ICD-10-CM; a capture of Q25 has extra digits behind some
    r"|[A-Za-z]\d[0-9A-Za-z]"
    r"|\d{3}\.\d{1,2}|[VEve]\d{2,3}\.\d{1,2}"  # ICD-9-CM
    r"|[A-Va-v]\d{3,4}(?:-?(?:[A-Z]{2}|[A-Z]\d))?"  # HCPCS level II, cut short, or with a modifier glued to it (Q26)
    r"|[A-Z0-9]{2}"  # a modifier alone
)
_LOINC = re.compile(r"(\d{1,5})-(\d)")
_WITH_TEXT = re.compile(r"(\S+)( .*)?", re.DOTALL)


def unmistakable(code: str) -> bool:
    """Whether the code can be nothing else."""
    return _UNMISTAKABLE.fullmatch(code) is not None or _is_loinc(code)


def _is_loinc(code: str) -> bool:
    """One to five digits and their check digit, modulus 10 (LOINC Users' Guide)."""
    m = _LOINC.fullmatch(code)
    if m is None:
        return False
    doubled = [int(d) * (2 - place % 2) for place, d in enumerate(reversed(m[1]))]
    return -sum(sum(divmod(d, 10)) for d in doubled) % 10 == int(m[2])


def write(text: str, context: Context, use: str) -> str | None:
    """The code, and the text behind it replaced (Q25)."""
    m = _WITH_TEXT.fullmatch(text)
    if m is None:
        return None
    if not unmistakable(m[1]):
        return texts.write(text, context, use)
    return m[1] + texts.write(m[2] or "", context, "near")


def ours(text: str, context: Context) -> bool:
    m = _WITH_TEXT.fullmatch(text)
    return m is not None and texts.is_ours((m[2] or "") if unmistakable(m[1]) else text)

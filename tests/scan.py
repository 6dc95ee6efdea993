"""Looks for what must never be shipped: licensed codes, possible identities, secrets, machine paths.

``row_problems`` reads a row of any element (wire or clean names), ``table_problems`` many,
``text_problems`` a file's text. Each problem is one sentence; an empty list is a clean bill.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

Finding = Iterator[str]

# CPT category I by section: anaesthesia, surgery, radiology, laboratory, medicine with visits.
_CPT_SECTIONS = ((100, 1999), (10004, 69990), (70010, 79999), (80047, 89398), (90281, 99607))
_CPT_LETTERED = re.compile(r"\d{4}[FTUM]")
_FIVE_DIGITS = re.compile(r"(?<![\d.,-])\d{5}(?![\d.,-]*\d)")
_LOINC = re.compile(r"(?<!\d)\d{1,5}-\d(?!\d)")
_NAMED_CODE = re.compile(r"\b(?:CPT|SNOMED)\b\D{0,20}\d{4,}", re.IGNORECASE)

# Columns by what they may hold. Codes of free systems can have five digits too: their columns are left out.
_CODE_COLUMN = re.compile(r"(^|_)(code\d?|cpt4|hcpcs|procedure|snomed)(_|$)")
_FREE_SYSTEM = re.compile(r"_id$|rxnorm|rxcui|loinc|cvx|ndc|zip|taxonomy|^product_code$")
_PROSE_COLUMN = re.compile(r"description|comment|reason|detail|complaint|_name$|^(sig|type|status|value)$")
_NAME_COLUMN = re.compile(r"^(first|last|clinician|provider|provider_clinician)_name$|^clinician$")
_PHONE_COLUMN = re.compile(r"^(phone|second)_number$")
_EMAIL_COLUMN = re.compile(r"_email$|^email$")
_NPI_COLUMN = re.compile(r"^npi$|provider_id$|^pcp_id$")

_SSN_IN_TEXT = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b")
_SAFE_DOMAIN = re.compile(r"@(?:[\w-]+\.)*(?:test|invalid|example(?:\.(?:com|org|net))?)$", re.IGNORECASE)
_PRIVATE_KEY = re.compile(r"-{5}BEGIN [A-Z ]*PRIVATE KEY-{5}")
_MACHINE_PATH = re.compile(
    r"(?<![\w.])(?:/(?:home|Users)/[A-Za-z]\w*/|/(?:root|work|opt)/[\w.]|/tmp/[a-z]\w*/|[A-Z]:\\\\?Users\\)"
)

_VERHOEFF_D = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_VERHOEFF_P = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)


def is_cpt_shaped(code: str) -> bool:
    """Whether a code has the form and range of CPT: five digits in a section, or four and F, T, U or M."""
    if _CPT_LETTERED.fullmatch(code):
        return True
    return bool(re.fullmatch(r"\d{5}", code)) and any(low <= int(code) <= high for low, high in _CPT_SECTIONS)


def is_snomed_shaped(code: str) -> bool:
    """Whether a code is a valid SNOMED CT identifier: 6 to 18 digits, a partition, a Verhoeff digit."""
    if not re.fullmatch(r"[1-9]\d{5,17}", code) or code[-3:-1] not in ("00", "01", "02", "10", "11", "12"):
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = _VERHOEFF_D[check][_VERHOEFF_P[place % 8][int(digit)]]
    return check == 0


def is_valid_npi(number: str) -> bool:
    """Whether ten digits could be a provider's NPI: starts with 1 or 2, Luhn digit over 80840 and itself."""
    if not re.fullmatch(r"[12]\d{9}", number):
        return False
    digits = [int(d) for d in "80840" + number][::-1]
    return sum(d if place % 2 == 0 else sum(divmod(2 * d, 10)) for place, d in enumerate(digits)) % 10 == 0


def is_issuable_ssn(text: str) -> bool:
    """Whether a social security number could be a person's: nine digits whose groups are all in use."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 9:
        return False
    return not (digits.startswith(("000", "666", "9")) or digits[3:5] == "00" or digits[5:] == "0000")


def is_callable_phone(text: str) -> bool:
    """Whether a number could ring somewhere: a possible area code, and not one of the fictional 555-01xx."""
    digits = re.sub(r"\D", "", text)[-10:]
    return bool(re.fullmatch(r"[2-9]\d{9}", digits)) and not re.fullmatch(r"\d{3}55501\d\d", digits)


def is_real_zip(text: str) -> bool:
    """Whether a ZIP code could be a place: its prefix is none of the unassigned 000 to 004."""
    return bool(re.fullmatch(r"\d{5}(-?\d{4})?", text.strip())) and text.strip()[:3] not in (
        "000",
        "001",
        "002",
        "003",
        "004",
    )


def is_foreign_email(text: str) -> bool:
    """Whether a text is an e-mail address in a domain that could be somebody's."""
    return bool(_EMAIL.fullmatch(text.strip())) and not _SAFE_DOMAIN.search(text.strip())


def looks_real_name(text: str) -> bool:
    """Whether a name lacks what marks it as invented: a digit, an underscore, or a word that says so."""
    return bool(text.strip()) and not re.search(r"\d|_[A-Z]|\b(?:sample|test|unknown)\b", text, re.IGNORECASE)


def row_problems(element: str, row: Mapping[str, object]) -> list[str]:
    """What is wrong with one row; ``element`` only names it in the sentences."""
    problems = []
    for column, value in row.items():
        if isinstance(value, str) and value:
            problems += [f"{element}.{column}: {value!r} {what}" for what in _value_problems(column, value)]
    # One mark is enough for a person: Jordan Provider_7 is nobody.
    names = {column: str(value) for column, value in row.items() if value and _NAME_COLUMN.search(column)}
    if names and all(looks_real_name(name) for name in names.values()):
        problems.append(f"{element}.{next(iter(names))}: {' '.join(names.values())!r} could be a real name")
    return problems


def table_problems(element: str, rows: Iterable[Mapping[str, object]], most: int = 20) -> list[str]:
    """What is wrong with many rows, at most ``most`` sentences."""
    problems: list[str] = []
    for row in rows:
        problems += row_problems(element, row)
        if len(problems) >= most:
            break
    return problems[:most]


def _value_problems(column: str, value: str) -> Finding:
    yield from _code_problems(column, value)
    yield from _identity_problems(column, value)


def _code_problems(column: str, value: str) -> Finding:
    if _CODE_COLUMN.search(column) and not _FREE_SYSTEM.search(column):
        parts = re.split(r"[^0-9A-Za-z]+", _LOINC.sub("", value))
        if any(is_cpt_shaped(part) for part in parts):
            yield "is shaped like a CPT code"
        if any(is_snomed_shaped(part) for part in parts) or "snomed" in column:
            yield "is shaped like a SNOMED CT code"
    elif _PROSE_COLUMN.search(column):
        if any(is_cpt_shaped(part) for part in _FIVE_DIGITS.findall(value)):
            yield "holds a number shaped like a CPT code"
        if _NAMED_CODE.search(value):
            yield "names a licensed code"


def _identity_problems(column: str, value: str) -> Finding:
    checks: tuple[tuple[bool, Callable[[str], bool], str], ...] = (
        (bool(_NPI_COLUMN.search(column)), is_valid_npi, "could be a provider's NPI"),
        (column == "ssn", is_issuable_ssn, "could be somebody's social security number"),
        (bool(_PHONE_COLUMN.search(column)), is_callable_phone, "could be somebody's telephone"),
        (bool(_EMAIL_COLUMN.search(column)), is_foreign_email, "could be somebody's e-mail address"),
        (column == "zip", is_real_zip, "could be a real place"),
    )
    yield from (what for applies, check, what in checks if applies and check(value))
    if any(is_issuable_ssn(found) for found in _SSN_IN_TEXT.findall(value)):
        yield "holds an issuable social security number"


def text_problems(text: str) -> list[str]:
    """What is wrong with the text of a file: keys, addresses of people, paths of one machine."""
    problems = [f"holds a private key: {found}" for found in _PRIVATE_KEY.findall(text)]
    problems += [f"holds an e-mail address: {e}" for e in _EMAIL.findall(text) if not _SAFE_DOMAIN.search(e)]
    problems += [f"holds a path of one machine: {path}" for path in _MACHINE_PATH.findall(text)]
    return problems

"""Services given at a visit, as HCPCS level II codes. CPT, with which most would be billed, is not shipped.

G0463 stands for any office visit that has no code of its own in level II.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from random import Random

from mockserver.world import codes, seeds
from mockserver.world.facts import Facts, Service
from mockserver.world.model import Values, Visit
from mockserver.world.sheet import Sheet

OFFICE, TELEHEALTH = "11", "02"
CLINIC_VISIT, ALL_INCLUSIVE, CHECK_IN = "G0463", "T1015", "G2012"
MOST = 4
VISIT_TOLD = 0.3
"""How often the plain visit is a procedure row too; it always has a charge."""

_VISITS = frozenset({CLINIC_VISIT, ALL_INCLUSIVE, CHECK_IN})
_FLU, _PNEUMONIA, _HEPATITIS_B = frozenset({"150", "158", "197"}), frozenset({"33", "216"}), frozenset({"08"})


@cache
def _units() -> Mapping[str, int]:
    return {row["code"]: int(row["units"]) for row in codes.rows("hcpcs")}


def services(seed: int, facts: Facts) -> tuple[Service, ...]:
    """The one to four services of a visit: the visit itself first."""
    rng = seeds.draws(seed, "services", facts.visit.person.index, facts.visit.number)
    found = [_visit(facts, rng), *_extras(facts, rng)]
    return tuple({service.code: service for service in found}.values())[:MOST]


def _visit(facts: Facts, rng: Random) -> Service:
    visit, payers = facts.visit, _payers(facts)
    code = ALL_INCLUSIVE if payers[:1] == ["Medicaid"] else CLINIC_VISIT
    if visit.telehealth:
        return Service(CHECK_IN if rng.random() < 0.4 else code, 1, "GT", facts.dx)
    if visit.kind == "wellness" and "Medicare" in payers and facts.state.years >= 65:
        code = "G0402" if facts.state.years == 65 else "G0438" if facts.state.years == 66 else "G0439"
    return Service(code, 1, None, facts.dx)


def _payers(facts: Facts) -> list[str]:
    return [coverage.payer_type for coverage in facts.visit.person.coverages]


def _extras(facts: Facts, rng: Random) -> Iterator[Service]:
    if facts.visit.telehealth:
        return
    yield from _vaccinations(facts)
    if facts.visit.kind == "wellness" and facts.state.years >= 18:
        yield from _screenings(facts, rng)
    yield from _treatments(facts, rng)


def _vaccinations(facts: Facts) -> Iterator[Service]:
    """HCPCS has administration codes for three kinds of vaccine; here they serve not Medicare alone."""
    given = {dose.code for dose in facts.doses}
    for code, kinds in (("G0008", _FLU), ("G0009", _PNEUMONIA), ("G0010", _HEPATITIS_B)):
        if given & kinds:
            yield _service(facts, code, "Z23")


def _screenings(facts: Facts, rng: Random) -> Iterator[Service]:
    age, female, chances = facts.state.years, facts.state.female, [rng.random() for _ in range(4)]
    if chances[0] < 0.4:
        yield _service(facts, "G0444")
    if chances[1] < 0.25:
        yield _service(facts, "G0442")
    if female and 21 <= age <= 65 and chances[2] < 0.3:
        yield _service(facts, "G0101")
        yield _service(facts, "Q0091")
    if not female and 50 <= age <= 75 and chances[3] < 0.2:
        yield _service(facts, "G0102")


_BY_FINDING: Mapping[str, tuple[str, float]] = {
    "vitamin_b12": ("J3420", 0.6),
    "obesity": ("G0447", 0.2),
    "diabetes": ("G0108", 0.05),
    "arthritis": ("J3301", 0.08),
    "knee_right": ("J3301", 0.2),
    "knee_left": ("J3301", 0.2),
    "back": ("J1885", 0.2),
    "shoulder": ("J1885", 0.15),
    "headache": ("J1885", 0.25),
    "bronchitis": ("J7613", 0.15),
    "asthma": ("J7613", 0.12),
    "copd": ("J7613", 0.12),
    "cellulitis": ("J0696", 0.2),
    "otitis": ("J0696", 0.05),
}
_SIDES = {"knee_right": "RT", "knee_left": "LT"}


def _treatments(facts: Facts, rng: Random) -> Iterator[Service]:
    for finding in facts.findings:
        if finding.key in _BY_FINDING:
            code, chance = _BY_FINDING[finding.key]
            if rng.random() < chance:
                yield _service(facts, code, finding.code, _SIDES.get(finding.key))
    if "E11.65" in facts.dx and rng.random() < 0.1:
        yield _service(facts, "A4253", "E11.65")


def _service(facts: Facts, code: str, reason: str | None = None, modifier: str | None = None) -> Service:
    """The reason alone when the encounter has that diagnosis, else the first diagnosis."""
    dx = (reason,) if reason in facts.dx and reason is not None else facts.dx[:1]
    return Service(code, _units()[code], modifier, dx)


def place(visit: Visit) -> str:
    """CMS place of service: telehealth or office."""
    return TELEHEALTH if visit.telehealth else OFFICE


def coded(service: Service) -> Values:
    """The columns that procedure and charge share."""
    pointers = [*service.dx, None, None, None, None][:4]
    found: Values = {"cpt4_hcpcs_code": service.code, "modifier_code1": service.modifier}
    found.update({f"modifier_code{n}": None for n in (2, 3, 4)})
    found.update({f"dx{n}_code": code for n, code in enumerate(pointers, 1)})
    return found


def write(sheet: Sheet, facts: Facts, rng: Random) -> None:
    """A row per service, the plain visit itself left out most of the time."""
    visit, told = facts.visit, rng.random() < VISIT_TOLD
    for service in facts.services:
        if service.code in _VISITS and not told:
            continue
        values: Values = {
            "encounter_id": visit.encounter_id,
            "date": visit.day,
            **coded(service),
            "place_of_service": place(visit),
            "description": codes.texts("hcpcs")[service.code],
            "units": service.units,
            "provider_id": visit.provider.provider_id,
            "provider_name": visit.provider.name,
            "comment": None,
        }
        sheet.add("procedure", visit.day, values)

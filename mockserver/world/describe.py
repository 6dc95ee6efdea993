"""What a world holds, as numbers a clinician can judge: counts, who comes, what they have, what is amiss.

What to expect of conditions stands in ``pools/prevalence.csv``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mockserver.world import pools
from mockserver.world.census import PARENTS, Census, Row
from mockserver.world.people import band_of
from mockserver.world.profiles import Profile

Table = list[dict[str, object]]

ADULT_BANDS = (18, 40, 60)
BURDEN_BANDS = (18, 35, 65)
BURDEN = ((60, 27), (78, 53), (93, 79))
"""Percent of adults of these bands with one and with two chronic conditions or more (BRFSS 2023)."""


@dataclass(frozen=True, slots=True)
class Description:
    """Tables by name; each is a list of rows with the same keys. Shares are percent."""

    tables: dict[str, Table]

    def as_dict(self) -> dict[str, Table]:
        """For JSON."""
        return self.tables

    def as_text(self) -> str:
        """For reading."""
        return "\n\n".join(f"{name}\n{_render(table)}" for name, table in self.tables.items() if table) + "\n"


def describe(profile: Profile, rows: Iterable[tuple[str, Row]]) -> Description:
    """Describes the rows of one practice, given with their elements, as of the profile's day."""
    census = Census()
    for element, row in rows:
        census.add(element, row)
    return Description(
        {
            "rows": _counts(census),
            "patients and visits by age": _ages(profile, census),
            "visits by sex": _shares(Counter(_visit_sexes(census))),
            "visits by payer": _shares(Counter(_visit_payers(census))),
            "conditions of adults (percent, here and expected)": _conditions(profile, census),
            "adults with chronic conditions (percent, here and expected)": _burden(profile, census),
            "references": _references(census),
            "duplicates": _duplicates(census),
        }
    )


def _counts(census: Census) -> Table:
    table: Table = []
    for element, count in sorted(census.rows.items()):
        first, last = census.days.get(element, (None, None))
        table.append(
            {
                "element": element,
                "rows": count,
                "deleted": census.deleted[element],
                "patients": len(census.references.get((element, "patient_id"), ())),
                "first": first.isoformat() if first else "",
                "last": last.isoformat() if last else "",
            }
        )
    return table


def _ages(profile: Profile, census: Census) -> Table:
    """Living patients seen within three years, all visits by age then, last year's visits per patient."""
    bands, today = profile.panel.bands, profile.today
    seen = {patient for patient, day in census.visits.values() if (today - day).days < 3 * 365}
    active = [each for patient, each in census.patients.items() if patient in seen and not each.died]
    living = Counter(band_of(bands, each.age_on(today)) for each in active)
    known = [(census.patients.get(patient), day) for patient, day in census.visits.values()]
    aged = [(band_of(bands, each.age_on(day)), day) for each, day in known if each is not None]
    visits = Counter(band for band, _ in aged)
    recent = Counter(band for band, day in aged if 0 <= (today - day).days < 365)
    ends = [*(f"{bound:g}" for bound in bands[1:]), ""]
    return [
        {
            "from age": f"{low:g}",
            "below": high,
            "patients": living[band],
            "visits": visits[band],
            "percent of visits": _percent(visits[band], len(aged)),
            "expected": profile.panel.visit_share[band],
            "visits a year": round(recent[band] / living[band], 1) if living[band] else 0.0,
            "expected a year": profile.panel.visits_per_year[band],
        }
        for band, (low, high) in enumerate(zip(bands, ends, strict=True))
    ]


def _visit_sexes(census: Census) -> Iterable[str]:
    known = (census.patients.get(patient) for patient, _ in census.visits.values())
    return (each.sex if each else "no demographic row" for each in known)


def _visit_payers(census: Census) -> Iterable[str]:
    """The type of the payer charged first, for visits that have charges."""
    payers = census.payers
    return (payers.get(payer, "unknown") if payer else "Self-pay" for payer in census.paid_by.values())


def _shares(counts: Counter[str]) -> Table:
    total = sum(counts.values())
    return [{"group": word, "visits": count, "percent": _percent(count, total)} for word, count in counts.most_common()]


def _adults(profile: Profile, census: Census, bands: tuple[int, ...]) -> list[list[str]]:
    """Living adults by age band, as far as they have been seen."""
    seen = {patient for patient, _ in census.visits.values()}
    groups: list[list[str]] = [[] for _ in bands]
    for patient, each in census.patients.items():
        years = each.age_on(profile.today)
        if patient in seen and not each.died and years >= bands[0]:
            groups[band_of(bands, years)].append(patient)
    return groups


def _conditions(profile: Profile, census: Census) -> Table:
    groups = _adults(profile, census, ADULT_BANDS)
    table: Table = []
    for expected in pools.rows("prevalence"):
        prefixes = tuple(expected["codes"].split())
        line: dict[str, object] = {"condition": expected["condition"]}
        for name, group in zip(("under_40", "under_60", "older"), groups, strict=True):
            having = sum(_has(census.codes.get(patient, set()), prefixes) for patient in group)
            line[name] = _percent(having, len(group))
            line[f"expected {name}"] = float(expected[name])
        line["mark"] = expected["mark"]
        table.append(line)
    return table


def _burden(profile: Profile, census: Census) -> Table:
    chronic = [tuple(each["codes"].split()) for each in pools.rows("prevalence") if each["chronic"] == "1"]
    table: Table = []
    for low, group, expected in zip(BURDEN_BANDS, _adults(profile, census, BURDEN_BANDS), BURDEN, strict=True):
        counts = [sum(_has(census.codes.get(one, set()), prefixes) for prefixes in chronic) for one in group]
        line: dict[str, object] = {"from age": low, "adults": len(group)}
        for least, share in zip((1, 2), expected, strict=True):
            line[f"{least} or more"] = _percent(sum(count >= least for count in counts), len(group))
            line[f"expected {least}"] = share
        table.append(line)
    return table


def _has(codes: set[str], prefixes: tuple[str, ...]) -> bool:
    return any(code.startswith(prefixes) for code in codes)


def _references(census: Census) -> Table:
    table: Table = []
    for (element, column), values in sorted(census.references.items()):
        parents = census.ids.get(PARENTS[column], Counter())
        lost = sum(count for value, count in values.items() if value not in parents)
        table.append(
            {
                "element": element,
                "column": column,
                "refers to": PARENTS[column],
                "rows": values.total(),
                "unresolved": lost,
            }
        )
    return table


def _duplicates(census: Census) -> Table:
    table: Table = []
    for element, ids in sorted(census.ids.items()):
        twice = sum(count - 1 for count in ids.values())
        table.append({"element": element, "source ids": len(ids), "repeated": twice})
    return table


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _render(table: Table) -> str:
    heads = list(table[0])
    lines = [[str(row[head]) for head in heads] for row in table]
    widths = [max(len(head), *(len(line[place]) for line in lines)) for place, head in enumerate(heads)]
    numeric = [isinstance(table[0][head], int | float) for head in heads]

    def shown(cells: list[str]) -> str:
        padded = zip(cells, widths, numeric, strict=True)
        return "  ".join(c.rjust(width) if right else c.ljust(width) for c, width, right in padded).rstrip()

    return "\n".join([shown(heads), *map(shown, lines)])

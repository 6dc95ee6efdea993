"""One pass over the rows of a practice: counts, days, source ids, references, and who had what when.

Rows may be clean or as served under any set of quirks: the vendor's names for shared columns are understood,
and so are compact dates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ALIASES = {
    "client_patient_id": "patient_id", "client_appt_id": "appointment_id", "enc_id": "encounter_id",
    "client_charge_id": "charge_id", "client_attribution_id": "attribution_id",
    "client_vitals_id": "vitals_id", "service_date": "date",
}  # fmt: skip
PARENTS = {
    "patient_id": "demographic", "provider_id": "provider", "pcp_id": "provider", "payer_id": "payer",
    "location_id": "location", "encounter_id": "encounter", "appointment_id": "appointment",
    "charge_id": "charge", "lab_order_id": "lab_order",
}  # fmt: skip
"""Column that refers, and the element whose source id it holds."""

SOURCE_IDS = {"demographic": "patient_id"}
"""Elements whose source id is not called after them."""

_SEXES = {"F": "female", "M": "male", "U": "unknown"}

Row = Mapping[str, object]


@dataclass(slots=True)
class Patient:
    """What the demographic row says, in clean words."""

    sex: str
    birth: date
    died: bool

    def age_on(self, day: date) -> int:
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


@dataclass(slots=True)
class Census:
    """What one pass over the rows collects."""

    rows: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    days: dict[str, tuple[date, date]] = field(default_factory=dict)
    ids: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    references: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    patients: dict[str, Patient] = field(default_factory=dict)
    visits: dict[str, tuple[str, date]] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    payers: dict[str, str] = field(default_factory=dict)
    paid_by: dict[str, str] = field(default_factory=dict)

    def add(self, element: str, given: Row) -> None:
        row = {ALIASES.get(name, name): value for name, value in given.items()}
        self.rows[element] += 1
        self.deleted[element] += row.get("delete_ind") == "Y"
        own = SOURCE_IDS.get(element, f"{element}_id")
        if own in row:
            self.ids[element][str(row[own])] += 1
        for column, parent in PARENTS.items():
            value = row.get(column)
            if value not in (None, "") and parent != element:
                self.references[element, column][str(value)] += 1
        day = day_of(row.get("date"))
        if day is not None:
            first, last = self.days.get(element, (day, day))
            self.days[element] = min(first, day), max(last, day)
        self._keep(element, row, day)

    def _keep(self, element: str, row: Row, day: date | None) -> None:
        patient = str(row.get("patient_id"))
        if element == "demographic":
            sex, born = str(row["gender"]), day_of(row["dob"])
            if born is not None:
                died = row.get("death_indication") == "Y"
                self.patients[patient] = Patient(_SEXES.get(sex, sex), born, died)
        elif element == "encounter" and day is not None:
            self.visits[str(row["encounter_id"])] = patient, day
        elif element == "diagnosis":
            self.codes[patient].add(str(row["diagnosis_code"]))
        elif element == "payer":
            self.payers[str(row["payer_id"])] = str(row["payer_type"])
        elif element == "charge":
            self.paid_by[str(row["encounter_id"])] = str(row.get("payer_id") or "")


def day_of(value: object) -> date | None:
    """A clean date, or a compact one as served; None for anything else."""
    if isinstance(value, date):
        return value
    text = str(value)
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None

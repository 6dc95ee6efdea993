"""By what each quirk is recognised in the rows and the contract served, one function for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from . import row_signs
from .looking import LOADED, all_or_none, fits
from .made import Shown

Sign = Callable[[Shown], bool]
"""Whether the quirk shows. False must mean that the rows are as the catalogue's ``off`` says."""


def _names(shown: Shown) -> list[str]:
    return [name for rows in shown.wire.values() for row in rows[:1] for name in row]


def two_ids(s: Shown) -> bool:
    """Q01: appointmentid beside appointment_id."""
    surrogates = {n: e.surrogate.wire for n, e in s.contract.elements.items() if e.surrogate and n != "allergy"}
    bare = {"demographic": ("demographicid", "patientid")}
    short = all_or_none(wire in bare.get(name, (f"{name}id",)) for name, wire in surrogates.items())
    return short and not any(re.fullmatch(r"hj_\w+_id", name) for name in _names(s))


def abbreviated(s: Shown) -> bool:
    """Q03: appt, enc and pk."""
    return all_or_none(
        [
            "appt" in s.contract.elements["appointment"].by_clean["appointment_id"].wire,
            s.contract.elements["allergy"].by_clean["encounter_id"].wire == "enc_id",
            s.contract.elements["allergy"].properties[0].wire == "allergy_pk",
        ]
    )


def third_spelling(s: Shown) -> bool:
    """Q04: source_lab_order_id says what lab_order_id says."""
    return all_or_none(row.get("source_lab_order_id") == row["lab_order_id"] for row in s.wire["lab_order"])


def ids_of_two_types(s: Shown) -> bool:
    """Q05: Healthjump ids are numbers among ids that are text."""
    assert all(isinstance(value, str) for value in s.column("diagnosis", "diagnosis_id"))
    named = [(name, e.surrogate.clean) for name, e in s.contract.elements.items() if e.surrogate and name in s.wire]
    return all_or_none(isinstance(value, int) for name, column in named for value in s.column(name, column))


def two_names_of_the_patient(s: Shown) -> bool:
    """Q06: client_patient_id of demographic is everybody else's patient_id."""
    demographic = s.contract.elements["demographic"]
    return all_or_none([demographic.by_clean["patient_id"].wire != "patient_id", demographic.path == "demographic"])


def two_meanings_of_client(s: Shown) -> bool:
    """Q07: client_id is the practice, client_vitals_id the source's id."""
    prefixed = any(name.startswith("client_") and name not in ("client_id", "client_patient_id") for name in _names(s))
    practice = all("client_id" in row for rows in s.wire.values() for row in rows)
    return all_or_none([prefixed, practice, s.contract.elements["client_ids"].path == "client_ids"])


def clinicians(s: Shown) -> bool:
    """Q08: clinician beside provider."""
    return any("clinician" in name for name in _names(s))


def locations_lead_nowhere(s: Shown) -> bool:
    """Q09: no location element; without the quirk every location_id is found there."""
    if "location" not in s.contract.elements:
        return True
    known = set(s.column("location", "location_id"))
    used = {v for e in ("attribution", "charge", "encounter") for v in s.column(e, "location_id")} - {None}
    assert used and used <= known
    return False


def payer_dim(s: Shown) -> bool:
    """Q10."""
    return {"payer_dim": True, "payer": False}[s.contract.elements["payer"].path]


def quoted_numbers(s: Shown) -> bool:
    """Q11: durations, units and amounts in quotes."""
    cells = [("appointment", "duration"), ("charge", "units"), ("charge", "charge_amount"), ("vitals", "pulse")]
    values = [value for element, column in cells for value in s.column(element, column) if value is not None]
    return all_or_none(isinstance(value, str) for value in values)


def short_fractions(s: Shown) -> bool:
    """Q18: fractions without trailing zeros."""
    stamps = [row[LOADED] for name in s.wire for row in s.rows(name)]
    return any(not re.fullmatch(r".{19}\.\d{6}", stamp) for stamp in stamps)


def two_notations_of_time(s: Shown) -> bool:
    """Q20: 09:41:00 in vitals, 0941 elsewhere."""
    assert fits(s.column("appointment", "begin_time"), r"\d{4}")
    return all_or_none(":" in value for value in s.column("vitals", "service_time") if value is not None)


def two_units(s: Shown) -> bool:
    """Q24: inches beside centimetres."""
    return all_or_none({"height_in", "weight_lbs", "temperature_f"} <= row.keys() for row in s.wire["vitals"])


SIGNS: Mapping[str, Sign] = MappingProxyType(
    {
        "Q01": two_ids,
        "Q03": abbreviated,
        "Q04": third_spelling,
        "Q05": ids_of_two_types,
        "Q06": two_names_of_the_patient,
        "Q07": two_meanings_of_client,
        "Q08": clinicians,
        "Q09": locations_lead_nowhere,
        "Q10": payer_dim,
        "Q11": quoted_numbers,
        "Q12": row_signs.two_kinds_of_missing,
        "Q13": row_signs.deletions,
        "Q14": row_signs.twins,
        "Q15": row_signs.listed_twice,
        "Q16": row_signs.unordered,
        "Q17": row_signs.shared_instants,
        "Q18": short_fractions,
        "Q19": row_signs.newest_first,
        "Q20": two_notations_of_time,
        "Q20-feed": row_signs.mixed_dates,
        "Q21": row_signs.odd_times,
        "Q22": row_signs.orphans,
        "Q23": row_signs.own_words,
        "Q24": two_units,
        "Q25": row_signs.dirty_diagnoses,
        "Q26": row_signs.dirty_products,
        "Q27": row_signs.unpadded_places,
        "Q28": row_signs.coded_people,
        "Q29": row_signs.padded_states,
        "Q30": row_signs.filled_in,
    }
)

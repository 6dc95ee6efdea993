"""By what each quirk of rows and their order is recognised, one function for each; ``signs.py`` tells how."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from mockserver.contract.wire import parse_timestamp

from .looking import LOADED, all_or_none, fits
from .made import Shown

ICD10 = r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"


def two_kinds_of_missing(s: Shown) -> bool:
    """Q12: empty texts where there is no provider, null where one is not resolved."""
    known = set(s.column("provider", "provider_id"))
    booked = {(row["provider_id"], row["provider_name"]) for row in s.rows("appointment")}
    unresolved = {id_ for id_, name in booked if name is None and id_ is not None}
    lost = {id_ for id_, _ in booked if id_} - known
    assert unresolved == lost
    return all_or_none([("", "") in booked, bool(unresolved), (None, None) not in booked])


def deletions(s: Shown) -> bool:
    """Q13: rows with delete_ind Y."""
    return "Y" in s.column("appointment", "delete_ind")


def twins(s: Shown) -> bool:
    """Q14: a source id on two live rows that say the same."""
    counted = Counter(s.column("appointment", "appointment_id"))
    twice = [id_ for id_, n in counted.items() if n == 2]
    assert max(counted.values()) <= 2
    for id_ in twice:
        one, other = ({**row} for row in s.rows("appointment") if row["appointment_id"] == id_)
        differing = {key for key in one if one[key] != other[key]}
        assert differing == {"hj_appointment_id", "hj_create_timestamp", LOADED}
    return bool(twice)


def listed_twice(s: Shown) -> bool:
    """Q15: one Healthjump id on two rows."""
    return max(Counter(s.column("demographic", "hj_patient_id")).values()) > 1


def unordered(s: Shown) -> bool:
    """Q16: by Healthjump id, the create timestamps go up and down."""
    by_id = sorted(s.rows("appointment"), key=lambda row: int(row["hj_appointment_id"]))
    created = [parse_timestamp(row["hj_create_timestamp"]) for row in by_id]
    return any(one > other for one, other in pairwise(created))


def shared_instants(s: Shown) -> bool:
    """Q17: rows that share their modify timestamp."""
    return max(Counter(s.column("appointment", LOADED)).values()) > 1


def newest_first(s: Shown) -> bool:
    """Q19: by modify timestamp, descending; without the quirk by Healthjump id."""
    by_time, by_id = [], []
    for name in s.wire:
        surrogate = s.contract.elements[name].surrogate
        assert surrogate is not None
        stamps = [parse_timestamp(stamp) for stamp in s.column(name, LOADED)]
        numbers = [int(number) for number in s.column(name, surrogate.clean)]
        by_time.append(stamps == sorted(stamps, reverse=True))
        by_id.append(numbers == sorted(numbers))
    assert all(by_time) != all(by_id)
    return all(by_time)


def mixed_dates(s: Shown) -> bool:
    """Q20-feed."""
    elements = ("diagnosis", "medication", "lab_order", "procedure")
    return all_or_none(not fits(s.column(name, "date"), r"\d{8}") for name in elements)


def odd_times(s: Shown) -> bool:
    """Q21: nights, and begins off the grid of five minutes."""
    times = s.column("appointment", "begin_time")
    return any(not "0700" <= time < "1900" or int(time) % 5 for time in times)


def orphans(s: Shown) -> bool:
    """Q22: patients with appointments and no demographic row."""
    return not set(s.column("appointment", "patient_id")) <= set(s.column("demographic", "patient_id"))


def own_words(s: Shown) -> bool:
    """Q23: reasons all in capitals or all in small letters."""
    return any(reason.isupper() or reason.islower() for reason in s.column("appointment", "reason"))


def dirty_diagnoses(s: Shown) -> bool:
    """Q25, in every element that has diagnosis codes."""
    cells = [("diagnosis", "diagnosis_code"), ("charge", "dx1_code"), ("procedure", "dx1_code")]
    return all_or_none(not fits(s.column(*cell), ICD10) for cell in cells)


def dirty_products(s: Shown) -> bool:
    """Q26: codes that have not five characters, NDCs that have not eleven digits."""
    codes = [not fits(s.column(name, "cpt4_hcpcs_code"), "[A-Z0-9]{5}") for name in ("procedure", "charge")]
    return all_or_none([*codes, not fits(s.column("medication", "ndc"), r"\d{11}")])


def unpadded_places(s: Shown) -> bool:
    """Q27: 2 for telehealth."""
    return any(len(place) == 1 for name in ("procedure", "charge") for place in s.column(name, "place_of_service"))


def coded_people(s: Shown) -> bool:
    """Q28: F for female, codes of race and ethnicity, three letters of language."""
    rows = s.rows("demographic")
    patterns = {"gender": "[MFU]", "race": r"\d{4}-\d", "ethnicity": "[HNU]", "primary_language": "[a-z]{3}"}
    return all_or_none(fits([row[column] for row in rows], pattern) for column, pattern in patterns.items())


def padded_states(s: Shown) -> bool:
    """Q29: a blank behind the state."""
    return any(str(state).endswith(" ") for state in s.column("demographic", "state"))


def filled_in(s: Shown) -> bool:
    """Q30: nine zeros for an SSN, the patient's id for other ids."""
    rows = s.rows("demographic")
    repeated = any(row["patient_id"] in (row["other_id"], row["account_id"]) for row in rows)
    return all_or_none([repeated, "000000000" in {row["ssn"] for row in rows}])

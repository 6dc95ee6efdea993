"""By what each quirk is recognised in the rows and the contract served, one function for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType

from mockserver.contract.wire import parse_timestamp

from .made import Shown

Sign = Callable[[Shown], bool]
"""Whether the quirk shows. False must mean that the rows are as the catalogue's ``off`` says."""

LOADED = "hj_modify_timestamp"
ICD10 = r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"


def _names(shown: Shown) -> list[str]:
    return [name for rows in shown.wire.values() for row in rows[:1] for name in row]


def _all_or_none(answers: Iterable[bool]) -> bool:
    """The answer of many, which must be one."""
    (answer,) = set(answers)
    return answer


def _fits(values: Iterable[object], pattern: str) -> bool:
    return all(re.fullmatch(pattern, str(value)) for value in values if value is not None)


def two_ids(s: Shown) -> bool:
    """Q01: appointmentid beside appointment_id."""
    surrogates = {n: e.surrogate.wire for n, e in s.contract.elements.items() if e.surrogate and n != "allergy"}
    bare = {"demographic": ("demographicid", "patientid")}
    short = _all_or_none(wire in bare.get(name, (f"{name}id",)) for name, wire in surrogates.items())
    return short and not any(re.fullmatch(r"hj_\w+_id", name) for name in _names(s))


def abbreviated(s: Shown) -> bool:
    """Q03: appt, enc and pk."""
    return _all_or_none(
        [
            "appt" in s.contract.elements["appointment"].by_clean["appointment_id"].wire,
            s.contract.elements["allergy"].by_clean["encounter_id"].wire == "enc_id",
            s.contract.elements["allergy"].properties[0].wire == "allergy_pk",
        ]
    )


def third_spelling(s: Shown) -> bool:
    """Q04: source_lab_order_id says what lab_order_id says."""
    return _all_or_none(row.get("source_lab_order_id") == row["lab_order_id"] for row in s.wire["lab_order"])


def ids_of_two_types(s: Shown) -> bool:
    """Q05: Healthjump ids are numbers among ids that are text."""
    assert all(isinstance(value, str) for value in s.column("diagnosis", "diagnosis_id"))
    named = [(name, e.surrogate.clean) for name, e in s.contract.elements.items() if e.surrogate and name in s.wire]
    return _all_or_none(isinstance(value, int) for name, column in named for value in s.column(name, column))


def two_names_of_the_patient(s: Shown) -> bool:
    """Q06: client_patient_id of demographic is everybody else's patient_id."""
    demographic = s.contract.elements["demographic"]
    return _all_or_none([demographic.by_clean["patient_id"].wire != "patient_id", demographic.path == "demographic"])


def two_meanings_of_client(s: Shown) -> bool:
    """Q07: client_id is the practice, client_vitals_id the source's id."""
    prefixed = any(name.startswith("client_") and name not in ("client_id", "client_patient_id") for name in _names(s))
    practice = all("client_id" in row for rows in s.wire.values() for row in rows)
    return _all_or_none([prefixed, practice, s.contract.elements["client_ids"].path == "client_ids"])


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
    return _all_or_none(isinstance(value, str) for value in values)


def two_kinds_of_missing(s: Shown) -> bool:
    """Q12: empty texts where there is no provider, null where one is not resolved."""
    known = set(s.column("provider", "provider_id"))
    booked = {(row["provider_id"], row["provider_name"]) for row in s.rows("appointment")}
    unresolved = {id_ for id_, name in booked if name is None and id_ is not None}
    lost = {id_ for id_, _ in booked if id_} - known
    assert unresolved == lost
    return _all_or_none([("", "") in booked, bool(unresolved), (None, None) not in booked])


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
    return max(Counter(s.column("appointment", LOADED)).values()) > 2


def short_fractions(s: Shown) -> bool:
    """Q18: fractions without trailing zeros."""
    stamps = [row[LOADED] for name in s.wire for row in s.rows(name)]
    return any(not re.fullmatch(r".{19}\.\d{6}", stamp) for stamp in stamps)


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


def two_notations_of_time(s: Shown) -> bool:
    """Q20: 09:41:00 in vitals, 0941 elsewhere."""
    assert _fits(s.column("appointment", "begin_time"), r"\d{4}")
    return _all_or_none(":" in value for value in s.column("vitals", "service_time") if value is not None)


def mixed_dates(s: Shown) -> bool:
    """Q20-feed."""
    elements = ("diagnosis", "medication", "lab_order", "procedure")
    return _all_or_none(not _fits(s.column(name, "date"), r"\d{8}") for name in elements)


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


def two_units(s: Shown) -> bool:
    """Q24: inches beside centimetres."""
    return _all_or_none({"height_in", "weight_lbs", "temperature_f"} <= row.keys() for row in s.wire["vitals"])


def dirty_diagnoses(s: Shown) -> bool:
    """Q25, in every element that has diagnosis codes."""
    cells = [("diagnosis", "diagnosis_code"), ("charge", "dx1_code"), ("procedure", "dx1_code")]
    return _all_or_none(not _fits(s.column(*cell), ICD10) for cell in cells)


def dirty_products(s: Shown) -> bool:
    """Q26: codes that have not five characters, NDCs that have not eleven digits."""
    codes = [not _fits(s.column(name, "cpt4_hcpcs_code"), "[A-Z0-9]{5}") for name in ("procedure", "charge")]
    return _all_or_none([*codes, not _fits(s.column("medication", "ndc"), r"\d{11}")])


def unpadded_places(s: Shown) -> bool:
    """Q27: 2 for telehealth."""
    return any(len(place) == 1 for name in ("procedure", "charge") for place in s.column(name, "place_of_service"))


def coded_people(s: Shown) -> bool:
    """Q28: F for female, codes of race and ethnicity, three letters of language."""
    rows = s.rows("demographic")
    patterns = {"gender": "[MFU]", "race": r"\d{4}-\d", "ethnicity": "[HNU]", "primary_language": "[a-z]{3}"}
    return _all_or_none(_fits([row[column] for row in rows], pattern) for column, pattern in patterns.items())


def padded_states(s: Shown) -> bool:
    """Q29: a blank behind the state."""
    return any(str(state).endswith(" ") for state in s.column("demographic", "state"))


def filled_in(s: Shown) -> bool:
    """Q30: nine zeros for an SSN, the patient's id for other ids."""
    rows = s.rows("demographic")
    repeated = any(row["patient_id"] in (row["other_id"], row["account_id"]) for row in rows)
    return _all_or_none([repeated, "000000000" in {row["ssn"] for row in rows}])


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
        "Q12": two_kinds_of_missing,
        "Q13": deletions,
        "Q14": twins,
        "Q15": listed_twice,
        "Q16": unordered,
        "Q17": shared_instants,
        "Q18": short_fractions,
        "Q19": newest_first,
        "Q20": two_notations_of_time,
        "Q20-feed": mixed_dates,
        "Q21": odd_times,
        "Q22": orphans,
        "Q23": own_words,
        "Q24": two_units,
        "Q25": dirty_diagnoses,
        "Q26": dirty_products,
        "Q27": unpadded_places,
        "Q28": coded_people,
        "Q29": padded_states,
        "Q30": filled_in,
    }
)

"""Identities that hold exactly on the rows of the clean twin: bodies, laboratories and money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from .served import DAY, Row, Tables

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
EPOCH = date(1970, 1, 1)
TOTAL, HDL, TRIGLYCERIDES, LDL = "2093-3", "2085-9", "2571-8", "13457-7"
CREATININE, EGFR, HEMATOCRIT, ERYTHROCYTES, VOLUME = "2160-0", "98979-8", "4544-3", "789-8", "787-2"


def exact(value: object) -> Decimal:
    """A JSON number or a quoted one, as written."""
    return Decimal(str(value))


def day(text: str) -> date:
    return date.fromisoformat(text)


def measured(tables: Tables, *columns: str) -> Iterator[tuple[Decimal, ...]]:
    """Those vitals that have all of the columns."""
    for row in tables.rows("vitals"):
        if all(row.get(column) is not None for column in columns):
            yield tuple(exact(row[column]) for column in columns)


def test_the_body_mass_index_follows_from_height_and_weight(clean: Tables) -> None:
    rows = list(measured(clean, "height_cm", "weight_kg", "bmi"))
    assert len(rows) > 20
    for height, weight, bmi in rows:
        assert bmi == (weight / (height / 100) ** 2).quantize(TENTH, ROUND_HALF_EVEN)
        assert float(bmi) == round(float(weight) / (float(height) / 100) ** 2, 1)


def test_there_is_an_index_exactly_where_there_is_height_and_weight_and_an_age_of_two(clean: Tables) -> None:
    born = {row["patient_id"]: str(row["dob"]) for row in clean.rows("demographic")}
    for row in clean.rows("vitals"):
        infant = int(str(row["service_date"])) < int(born[row["patient_id"]]) + 2_00_00
        assert (row["bmi"] is None) == (row["height_cm"] is None or row["weight_kg"] is None or infant)


def test_both_systems_of_units_say_the_same(vendor: Tables) -> None:
    for metres, inches in measured(vendor, "height_cm", "height_in"):
        assert inches == (metres / Decimal("2.54")).quantize(HUNDREDTH, ROUND_HALF_EVEN)
    for kilograms, pounds in measured(vendor, "weight_kg", "weight_lbs"):
        assert pounds == (kilograms * Decimal("2.20462")).quantize(HUNDREDTH, ROUND_HALF_EVEN)
    for celsius, fahrenheit in measured(vendor, "temperature_c", "temperature_f"):
        assert fahrenheit == (celsius * Decimal("1.8") + 32).quantize(TENTH, ROUND_HALF_EVEN)
    pairs = [("height_cm", "height_in"), ("weight_kg", "weight_lbs"), ("temperature_c", "temperature_f")]
    for one, other in pairs:
        assert len(list(measured(vendor, one, other))) == len(list(measured(vendor, one))) > 0
        assert all((row[one] is None) == (row[other] is None) for row in vendor.rows("vitals"))


def test_diastolic_lies_under_systolic(clean: Tables) -> None:
    pressures = list(measured(clean, "bp_systolic", "bp_diastolic"))
    assert len(pressures) > 20
    assert all(diastolic < systolic for systolic, diastolic in pressures)


def reports(tables: Tables, *codes: str) -> Iterator[tuple[Row, tuple[Decimal, ...]]]:
    """Results of one order that has all of the tests, with one of its rows."""
    orders: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in tables.rows("lab_result"):
        orders[row["lab_order_id"]][row["loinc_code"]] = row
    for results in orders.values():
        if all(code in results for code in codes):
            yield results[codes[0]], tuple(Decimal(results[code]["result_value"]) for code in codes)


def test_ldl_is_what_the_other_lipids_leave(clean_clinic: Tables) -> None:
    found = list(reports(clean_clinic, TOTAL, HDL, TRIGLYCERIDES, LDL))
    assert len(found) > 100
    for _, (total, hdl, triglycerides, ldl) in found:
        assert triglycerides < 400
        assert ldl == total - hdl - triglycerides / 5


def test_without_ldl_triglycerides_are_too_high_for_it(clean_clinic: Tables) -> None:
    with_ldl = {row["lab_order_id"] for row, _ in reports(clean_clinic, TRIGLYCERIDES, LDL)}
    alone = [v for row, (v,) in reports(clean_clinic, TRIGLYCERIDES) if row["lab_order_id"] not in with_ldl]
    assert all(value >= 400 for value in alone)


def test_egfr_follows_from_creatinine_age_and_sex(clean_clinic: Tables) -> None:
    """CKD-EPI 2021, written out once more from its publication."""
    patients = clean_clinic.by("demographic", "patient_id")
    checked = 0
    for row, (creatinine, egfr) in reports(clean_clinic, CREATININE, EGFR):
        patient = patients[row["patient_id"]]
        if patient["gender"] != "unknown":
            years = age(day(patient["dob"]), day(row["collection_date"]))
            assert egfr == ckd_epi(float(creatinine), years, female=patient["gender"] == "female")
            checked += 1
    assert checked > 100


def ckd_epi(creatinine: float, years: int, *, female: bool) -> int:
    kappa, alpha = (0.7, -0.241) if female else (0.9, -0.302)
    rate = 142 * min(creatinine / kappa, 1) ** alpha * max(creatinine / kappa, 1) ** -1.200 * 0.9938**years
    return round(float(rate * 1.012 if female else rate))


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_the_volume_of_red_cells_follows_from_their_share_and_number(clean_clinic: Tables) -> None:
    found = list(reports(clean_clinic, HEMATOCRIT, ERYTHROCYTES, VOLUME))
    assert len(found) > 100
    for _, (share, number, volume) in found:
        assert abs(10 * share / number - volume) <= Decimal("0.5")


def test_a_result_is_flagged_by_its_range_alone(clean: Tables) -> None:
    for row in clean.rows("lab_result"):
        if row["reference_range"] is not None:
            assert row["abnormal_flag"] == flag(Decimal(row["result_value"]), row["reference_range"]), row


def flag(value: Decimal, limits: str) -> str | None:
    """H, L or null. A range with one end excludes it."""
    if limits.startswith("<"):
        return "H" if value >= Decimal(limits[1:]) else None
    if limits.startswith(">"):
        return "L" if value <= Decimal(limits[1:]) else None
    low, high = map(Decimal, limits.split("-"))
    return "H" if value > high else "L" if value < low else None


# --- visits and money ------------------------------------------------------------------------------------------------


def open_balances(tables: Tables) -> dict[str, Decimal]:
    balances = {row["charge_id"]: exact(row["charge_amount"]) for row in tables.rows("charge")}
    for row in tables.rows("transaction"):
        balances[row["charge_id"]] += exact(row["amount"])
    return balances


def test_no_charge_is_paid_more_than_it_is(clean: Tables) -> None:
    balances = open_balances(clean)
    assert len(balances) > 20
    for row in clean.rows("charge"):
        assert 0 <= balances[row["charge_id"]] <= exact(row["charge_amount"]), row


def test_about_nine_in_ten_charges_are_settled_after_half_a_year(clean_clinic: Tables) -> None:
    today = EPOCH + timedelta(days=clean_clinic.now // DAY)
    balances = open_balances(clean_clinic)
    old = [row["charge_id"] for row in clean_clinic.rows("charge") if (today - day(row["date"])).days > 180]
    settled = sum(balances[id_] == 0 for id_ in old) / len(old)
    assert len(old) > 1000 and 0.85 < settled < 0.95


def test_a_charge_is_justified_by_diagnoses_of_its_visit(clean: Tables) -> None:
    given: dict[str, set[str]] = defaultdict(set)
    for row in clean.rows("diagnosis"):
        given[row["encounter_id"]].add(row["diagnosis_code"])
    for element in ("charge", "procedure"):
        for row in clean.rows(element):
            pointers = [row[f"dx{n}_code"] for n in range(1, 5)]
            codes = [code for code in pointers if code is not None]
            assert set(codes) <= given[row["encounter_id"]], row
            assert len(codes) == len(set(codes)) and pointers[: len(codes)] == codes


def test_what_belongs_to_a_visit_has_its_day_and_provider(clean: Tables) -> None:
    visits = clean.by("encounter", "encounter_id")
    for element in ("charge", "procedure", "lab_order"):
        for row in clean.rows(element):
            visit = visits[row["encounter_id"]]
            assert (row["provider_id"], row["date"]) == (visit["provider_id"], visit["date"]), (element, row)


def test_a_charge_is_a_whole_number_of_units_at_one_fee(clean: Tables) -> None:
    fees: dict[str, set[Decimal]] = defaultdict(set)
    for row in clean.rows("charge"):
        fees[row["cpt4_hcpcs_code"]].add(exact(row["charge_amount"]) / row["units"])
    assert fees and all(len(amounts) == 1 for amounts in fees.values())


def test_self_pay_has_no_payer_rows(clean_clinic: Tables) -> None:
    charges = clean_clinic.by("charge", "charge_id")
    for row in clean_clinic.rows("transaction"):
        if charges[row["charge_id"]]["payer_id"] is None:
            assert row["payer_id"] is None


def test_money_comes_in_after_the_visit(clean: Tables) -> None:
    charges = clean.by("charge", "charge_id")
    assert all(row["date"] >= charges[row["charge_id"]]["date"] for row in clean.rows("transaction"))


def test_nobody_is_seen_before_birth_or_after_death(clean: Tables) -> None:
    patients = clean.by("demographic", "patient_id")
    for row in clean.rows("encounter"):
        patient = patients[row["patient_id"]]
        assert patient["dob"] <= row["date"] <= (patient["death_date"] or "99991231")


def test_adults_keep_their_height(clean_clinic: Tables) -> None:
    patients = clean_clinic.by("demographic", "patient_id")
    heights: dict[str, set[object]] = defaultdict(set)
    for row in clean_clinic.rows("vitals"):
        years = age(day(patients[row["patient_id"]]["dob"]), day(row["service_date"]))
        if row["height_cm"] is not None and years >= 21:
            heights[row["patient_id"]].add(row["height_cm"])
    assert len(heights) > 100 and all(len(found) == 1 for found in heights.values())


def test_appointments_of_the_clean_clinic_keep_to_the_hours_and_the_grid(clean_clinic: Tables) -> None:
    for row in clean_clinic.rows("appointment"):
        begin, end = (int(row[c][:2]) * 60 + int(row[c][2:]) for c in ("begin_time", "end_time"))
        assert end - begin == row["duration"] in (15, 20, 30, 45, 60)
        assert 8 * 60 <= begin < end <= 18 * 60 and day(row["date"]).weekday() != 6


def test_no_provider_is_in_two_visits_at_once(clean_clinic: Tables) -> None:
    by_provider: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in clean_clinic.rows("encounter"):
        if row["begin_time"] is not None and row["end_time"] is not None:
            by_provider[row["provider_id"], row["date"]].append((row["begin_time"], row["end_time"]))
    clashes = sum(one[1] > other[0] for visits in by_provider.values() for one, other in pairwise(sorted(visits)))
    assert clashes / sum(map(len, by_provider.values())) < 0.05

"""One detector for each quirk that has a switch: does this recording show it?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping

from evaluation.recording.scrub import near
from tests.recording.scrub.recordings import Reading

Detector = Callable[[Reading], bool]
DATED = ("diagnosis", "procedure", "medication", "lab_order")


def two_ids(r: Reading) -> bool:
    return any(f"{k[:-2].rstrip('_')}id" in r.keys("diagnosis") for k in r.keys("diagnosis") if k.endswith("_id"))


def short_names(r: Reading) -> bool:
    return "allergy_pk" in r.keys("allergy") and "client_appt_id" in r.keys("appointment")


def third_spelling(r: Reading) -> bool:
    pairs = [(row.get("source_lab_order_id"), row["lab_order_id"]) for row in r.rows("lab_order")]
    return bool(pairs) and all(a == b for a, b in pairs)


def id_types(r: Reading) -> bool:
    kinds = {type(row["hj_diagnosis_id"]) for row in r.rows("diagnosis")}
    return kinds == {int}


def two_patient_names(r: Reading) -> bool:
    listed = {row["patient_id"] for row in r.rows("demographic")}
    joined = bool(listed & {row["patient_id"] for row in r.rows("encounter")})
    return "client_patient_id" in r.keys("demographic") and joined


def client_is_practice(r: Reading) -> bool:
    codes = {row["practice_id"] for row in r.rows("client_ids")}
    return "client_id" in r.keys("appointment") and codes >= {row["practice_id"] for row in r.rows("appointment")}


def clinician(r: Reading) -> bool:
    named = {row["provider_name"] for row in r.rows("provider")}
    return "clinician" in r.keys("encounter") and bool(named & set(r.values("encounter", "provider_name")))


def no_locations(r: Reading) -> bool:
    return r.status("location") == {404} and bool(r.values("encounter", "location_id"))


def payer_path(r: Reading) -> bool:
    return r.status("payer_dim") == {200} and r.status("payer") == {404}


def numbers_as_text(r: Reading) -> bool:
    return {type(v) for v in r.values("appointment", "duration") + r.values("charge", "charge_amount")} == {str}


def two_missing(r: Reading) -> bool:
    return {None, ""} <= {row["provider_name"] for row in r.rows("appointment")}


def deleted_delivered(r: Reading) -> bool:
    return "Y" in r.values("appointment", "delete_ind")


def twins(r: Reading) -> bool:
    own = ("hj_appointment_id", "hj_create_timestamp", "hj_modify_timestamp")
    bodies = Counter(tuple(str(v) for k, v in row.items() if k not in own) for row in r.rows("appointment"))
    return max(bodies.values()) > 1


def listed_twice(r: Reading) -> bool:
    return max(Counter(row["hj_patient_id"] for row in r.rows("demographic")).values()) > 1


def ids_without_time(r: Reading) -> bool:
    name = next(k for k in ("diagnosisid", "hj_diagnosis_id") if k in r.keys("diagnosis"))
    pages = [sorted((row["hj_create_timestamp"], int(row[name])) for row in page) for page in r.pages("diagnosis")]
    return any(a[1] > b[1] and a[0] < b[0] for pairs in pages for a, b in itertools.pairwise(pairs))


def batches(r: Reading) -> bool:
    return max(Counter(row["hj_modify_timestamp"] for row in r.rows("diagnosis")).values()) > 1


def short_fractions(r: Reading) -> bool:
    return len({len(row["hj_create_timestamp"]) for row in r.rows("diagnosis")}) > 1


def newest_first(r: Reading) -> bool:
    stamps = [[row["hj_modify_timestamp"] for row in page] for page in r.pages("diagnosis")]
    return all(_instants(page) == sorted(_instants(page), reverse=True) for page in stamps)


def _instants(stamps: list[str]) -> list[str]:
    return [stamp.partition(".")[0] + "." + stamp.partition(".")[2].ljust(6, "0") for stamp in stamps]


def two_times(r: Reading) -> bool:
    return any(":" in t for t in r.values("vitals", "service_time") + r.values("appointment", "begin_time"))


def mixed_dates(r: Reading) -> bool:
    shapes = {re.sub(r"\d", "9", str(row["date"] or "")) for name in DATED for row in r.rows(name)}
    return {"99999999", "99/99/9999", "9999-99-99", "9999"} <= shapes


def odd_times(r: Reading) -> bool:
    begins = [int(v) for v in r.values("appointment", "begin_time")]
    return any(v < 600 for v in begins) and any(v % 5 for v in begins)


def unlisted_patients(r: Reading) -> bool:
    listed = {row["patient_id"] for row in r.rows("demographic")}
    return not listed >= {row["patient_id"] for row in r.rows("appointment")}


def own_words(r: Reading) -> bool:
    """Mixed case, and a word one slip away from another."""
    reasons = r.values("appointment", "reason") + r.values("encounter", "reason")
    styles = {"upper" if t.isupper() else "lower" if t.islower() else "mixed" for t in reasons}
    return len(styles) > 1


def misspelt(r: Reading) -> bool:
    texts = (v for e in ("appointment", "encounter") for v in r.values(e, "reason"))
    words = {word.lower() for text in texts for word in re.findall(r"[A-Za-z]+", text)}
    return any(True for _ in near.pairs(sorted(words)))


def two_units(r: Reading) -> bool:
    rows = [row for row in r.rows("vitals") if row["height_cm"] and row.get("height_in")]
    return bool(rows) and all(abs(float(row["height_cm"]) / float(row["height_in"]) - 2.54) < 0.02 for row in rows)


def dirty_diagnoses(r: Reading) -> bool:
    codes = r.values("diagnosis", "diagnosis_code")
    forms = (r"[a-z].*", r"[A-Z]\d[0-9A-Z]{2,}", r"\S+ .+", r"\d{3}\.\d+")
    return all(any(re.fullmatch(form, code) for code in codes) for form in forms)


def dirty_products(r: Reading) -> bool:
    codes = r.values("procedure", "cpt4_hcpcs_code") + r.values("charge", "cpt4_hcpcs_code")
    return {len(code) for code in codes} > {5} and {len(v) for v in r.values("medication", "ndc")} > {11}


def unpadded_places(r: Reading) -> bool:
    return any(len(v) == 1 for v in r.values("charge", "place_of_service"))


def coded(r: Reading) -> bool:
    return all(re.fullmatch(r"\d{4}-\d", v) for v in r.values("demographic", "race"))


def padded(r: Reading) -> bool:
    return any(v.endswith(" ") for v in r.values("demographic", "state"))


def fillers(r: Reading) -> bool:
    repeated = any(row["patient_id"] in (row["other_id"], row["account_id"]) for row in r.rows("demographic"))
    return repeated and "000000000" in r.values("demographic", "ssn")


def text_in_text(r: Reading) -> bool:
    customer = r.claims["customer"]
    return "," in customer["products"] and str(customer["contacts"]).startswith("[{") and "aws_error" in r.claims


def version_hardly_matters(r: Reading) -> bool:
    return r.status("no-version") == {200}


def http_issuer(r: Reading) -> bool:
    return str(r.claims["iss"]).startswith("http:")


DETECTORS: Mapping[str, Detector] = {
    "Q01": two_ids, "Q03": short_names, "Q04": third_spelling, "Q05": id_types, "Q06": two_patient_names,
    "Q07": client_is_practice, "Q08": clinician, "Q09": no_locations, "Q10": payer_path, "Q11": numbers_as_text,
    "Q12": two_missing, "Q13": deleted_delivered, "Q14": twins, "Q15": listed_twice, "Q16": ids_without_time,
    "Q17": batches, "Q18": short_fractions, "Q19": newest_first, "Q20": two_times, "Q20-feed": mixed_dates,
    "Q21": odd_times, "Q22": unlisted_patients, "Q23": own_words, "Q24": two_units, "Q25": dirty_diagnoses,
    "Q26": dirty_products, "Q27": unpadded_places, "Q28": coded, "Q29": padded, "Q30": fillers,
    "Q31": text_in_text, "Q34": version_hardly_matters, "Q35": http_issuer,
}  # fmt: skip

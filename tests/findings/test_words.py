"""Words of names: the data files hold together, mistakes in them are told, and names fall into words."""

from __future__ import annotations

import copy
import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import words
from evaluation.findings.shapes import FOLDER
from evaluation.findings.splitting import phrase, pieces, segments, singular, strip_tail
from evaluation.schema import bundled
from mockserver.errors import InputError

LOWER = st.text(string.ascii_lowercase, min_size=1, max_size=12)


def raw() -> dict[str, Any]:
    """The three files as plain data that a test may spoil."""
    return {name: copy.deepcopy(dict(bundled(f"{FOLDER}/{name}.yaml").data)) for name in words.FILES}


def refused(documents: dict[str, Any]) -> InputError:
    with pytest.raises(InputError) as caught:
        words.read(documents)
    return caught.value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("appointmentid", "appointment id"),
        ("appointment_id", "appointment id"),
        ("lab_orderid", "lab order id"),
        ("laborderid", "lab order id"),
        ("clientPatientId", "client patient id"),
        ("client-patient-id", "client patient id"),
        ("clientpatientid", "client patient id"),
        ("ClientPatientID", "client patient id"),
        ("HTTPServerID", "http server id"),
        ("medsurg_historyid", "medsurg history id"),
        ("quality_dataid", "quality data id"),
        ("vitalsid", "vitals id"),
        ("widgetid", "widget id"),
        ("dx1_code", "dx 1 code"),
        ("modifier_code1", "modifier code 1"),
        ("cpt4_hcpcs_code", "cpt 4 hcpcs code"),
        ("icd10", "icd 10"),
        ("_id", "id"),
        ("@id", "id"),
        ("patientuuid", "patient uuid"),
        ("allergypk", "allergy pk"),
        ("patientids", "patient ids"),
        ("providerIDs", "provider ids"),
        ("meta.lastUpdated", "meta last updated"),
        ("", ""),
        ("__", ""),
    ],
)
def test_a_name_falls_into_words(name: str, expected: str) -> None:
    assert " ".join(words.split(name)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "paid", "unpaid", "prepaid", "valid", "invalid", "grid", "fluid", "solid", "rapid", "void", "avoid", "acid",
        "thyroid", "opioid", "steroid", "rheumatoid", "covid", "medicaid", "hybrid", "liquid", "pyramid", "lipid",
        "android", "comorbid", "carotid", "sigmoid", "antacid", "humid", "bid", "qid", "tid", "eyelid", "monkey",
        "kids", "bids", "apikey", "hotkey", "lipids",
    ],
)  # fmt: skip
def test_words_that_merely_end_like_an_id_stay_whole(name: str) -> None:
    assert words.split(name) == (name,)
    assert not words.spelling(name).joined


def test_only_the_spelling_without_a_separator_is_joined() -> None:
    joined = {
        name: words.spelling(name).joined for name in ("encounterid", "encounter_id", "encounterId", "ENCOUNTERID")
    }
    assert joined == {"encounterid": True, "encounter_id": False, "encounterId": False, "ENCOUNTERID": True}


@given(st.lists(LOWER.filter(lambda word: len(word) > 1), min_size=1, max_size=4))
def test_separated_words_come_back_whatever_the_separator(parts: list[str]) -> None:
    camel = parts[0] + "".join(part.title() for part in parts[1:])
    assert pieces("_".join(parts)) == pieces("-".join(parts)) == pieces(camel) == tuple(parts)


@given(st.text(max_size=30))
def test_any_name_splits_into_lower_case_words_or_digits(name: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words.split(name))


@given(LOWER)
def test_splitting_keeps_every_letter(name: str) -> None:
    assert "".join(words.split(name)) == name


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("patients", "patient"), ("allergies", "allergy"), ("histories", "history"), ("diagnoses", "diagnosis"),
        ("diagnosis", "diagnosis"), ("status", "status"), ("statuses", "status"), ("addresses", "address"),
        ("address", "address"), ("boxes", "box"), ("branches", "branch"), ("people", "person"), ("data", "data"),
        ("vitals", "vital"), ("courses", "course"), ("gas", "gas"), ("", ""),
    ],
)  # fmt: skip
def test_plurals(plural: str, one: str) -> None:
    assert singular(plural) == one


@given(LOWER)
def test_the_singular_is_never_longer_than_the_word_by_more_than_an_irregular_form(word: str) -> None:
    assert len(singular(word)) <= len(word) + 1


def test_a_phrase_is_singular_and_without_digits() -> None:
    assert phrase(("lab", "1", "orders")) == "lab order"
    assert phrase(()) == phrase(("1",)) == ""


def test_a_joined_stem_falls_into_the_fewest_known_words() -> None:
    known = {"lab", "order", "laborder", "or", "der"}
    assert segments("laborder", known) == ("laborder",)
    assert segments("laborders", {"lab", "order"}) == ("lab", "orders")
    assert segments("labxorder", known) == ("labxorder",)
    assert segments("labxorder", known, strict=True) == ()


def test_a_short_unknown_stem_is_no_id() -> None:
    tails, nothing = ["id", "pk"], {"words": [], "endings": []}
    assert strip_tail("xyzid", set(), tails, nothing) == ("xyzid", "")
    assert strip_tail("widgetid", set(), tails, nothing) == ("widget", "id")
    assert strip_tail("widgetpk", set(), tails, nothing) == ("widgetpk", "")
    assert strip_tail("xyzid", {"xyz"}, tails, nothing) == ("xyz", "id")


def test_the_files_can_be_read_and_are_read_once() -> None:
    assert words.load() is words.load()
    assert {"patient", "provider", "encounter", "location", "appointment", "payer"} <= set(words.load().concepts)


@pytest.mark.parametrize(
    ("text", "concept", "how"),
    [
        ("patient", "patient", "word"),
        ("demographic", "patient", "record"),
        ("pt", "patient", "abbreviation"),
        ("clinician", "provider", "word"),
        ("pcp", "provider", "role"),
        ("visit", "encounter", "word"),
        ("enc", "encounter", "abbreviation"),
        ("facility", "location", "word"),
        ("site", "location", "kin"),
        ("therapist", "provider", "kin"),
        ("problem", "diagnosis", "kin"),
        ("lab order", "lab order", "word"),
    ],
)
def test_senses(text: str, concept: str, how: str) -> None:
    sense = words.load().senses[text]
    assert (sense.concept, sense.how) == (concept, how)


@pytest.mark.parametrize("text", ["client", "member", "person", "account", "slot", "widget", "plan"])
def test_words_that_stand_for_no_single_concept(text: str) -> None:
    assert text not in words.load().senses


def test_every_ambiguous_word_has_two_meanings_and_a_reason() -> None:
    for entry in words.load().ambiguous.values():
        assert len(entry.may_be) > 1 and entry.reason.endswith(".")


def test_every_reason_why_an_id_leads_outside_is_said() -> None:
    assert all(reason for reason in words.load().ids["outside"].values())


def test_words_of_tenants_come_from_both_lists() -> None:
    assert {"client", "practice", "organization", "tenant", "account"} <= set(words.load().tenants)
    assert "patient" not in words.load().tenants


def test_a_word_of_one_list_is_in_no_other_that_contradicts_it() -> None:
    lists = words.load().ids
    assert not set(lists["own"]) & set(lists["outside"])
    assert not set(words.load().senses) & set(words.load().ambiguous)
    assert set(lists["not_ids"]["words"]) & words.load().vocabulary == {"medicaid"}  # a word before an id, too


def test_an_unknown_kind_is_refused_with_a_guess() -> None:
    documents = raw()
    documents["concepts"]["concepts"]["patient"]["kind"] = "persona"
    error = refused(documents)
    assert error.where == f"{FOLDER}/concepts.yaml: concepts.patient" and error.what == "kind is persona"
    assert error.guess == "person" and "event" in error.valid


def test_an_unknown_key_is_refused_with_a_guess() -> None:
    documents = raw()
    documents["concepts"]["concepts"]["patient"]["wrods"] = ["x"]
    error = refused(documents)
    assert error.where == f"{FOLDER}/concepts.yaml: concepts.patient" and error.guess == "words"


def test_an_abbreviation_of_nothing_is_refused() -> None:
    documents = raw()
    documents["concepts"]["concepts"]["encounter"]["abbreviations"]["vis"] = "visits"
    error = refused(documents)
    assert error.where.endswith("concepts.encounter.abbreviations") and error.what == "vis is visits"
    assert error.guess == "visit" and "encounter" in error.valid


def test_a_phrase_of_two_concepts_is_refused() -> None:
    documents = raw()
    documents["concepts"]["concepts"]["user"]["words"].append("clinician")
    assert "stands under concepts.provider already" in str(refused(documents))


def test_an_ambiguous_word_cannot_be_a_synonym_too() -> None:
    documents = raw()
    documents["concepts"]["concepts"]["patient"]["words"].append("client")
    assert "stands under ambiguous.client already" in str(refused(documents))


def test_an_ambiguous_word_can_only_be_a_known_person() -> None:
    documents = raw()
    documents["concepts"]["ambiguous"]["client"]["as_person"] = "patients"
    assert refused(documents).guess == "patient"


@pytest.mark.parametrize(
    ("part", "name", "key"),
    [("ambiguous", "member", "record_of"), ("concepts", "guarantor", "or_else"), ("concepts", "user", "or_else")],
)
def test_a_concept_that_another_points_at_has_to_exist(part: str, name: str, key: str) -> None:
    documents = raw()
    documents["concepts"][part][name][key] = "pateint"
    error = refused(documents)
    assert str(error).startswith(f"{FOLDER}/concepts.yaml: {part}.{name}: {key} is pateint; valid: patient, ")
    assert error.guess == "patient"


@pytest.mark.parametrize("word", ["Patient", "", 7, None, True])
def test_a_list_of_words_holds_words_in_lower_case(word: object) -> None:
    documents = raw()
    documents["concepts"]["concepts"]["patient"]["words"].append(word)
    assert str(refused(documents)).startswith(f"{FOLDER}/concepts.yaml: concepts.patient: words ")


def test_a_bare_on_in_yaml_is_caught() -> None:
    documents = raw()
    documents["columns"]["instants"] = yaml.safe_load("[at, on]")
    sentence = "columns.yaml: instants must be a list of words (True is none; put it in quotes)"
    assert str(refused(documents)) == f"{FOLDER}/{sentence}"


@pytest.mark.parametrize("file", words.FILES)
@pytest.mark.parametrize("wrong", [None, [], "text", 3])
def test_a_file_that_is_no_mapping_is_refused(file: str, wrong: object) -> None:
    assert str(refused(raw() | {file: wrong})) == f"{FOLDER}/{file}.yaml: must be a mapping"


@pytest.mark.parametrize("key", ["tails", "source", "opposites", "outside", "not_ids", "storage", "own"])
def test_a_missing_key_of_ids_is_named(key: str) -> None:
    documents = raw()
    del documents["ids"][key]
    assert str(refused(documents)) == f"{FOLDER}/ids.yaml: {key} is missing"


@pytest.mark.parametrize(
    ("file", "path", "value", "sentence"),
    [
        ("ids", ("tails",), {}, "ids.yaml: tails must be a list of words"),
        ("ids", ("outside",), [], "ids.yaml: outside: must be a mapping"),
        ("ids", ("outside", "tax"), 7, "ids.yaml: outside: tax must be text (7 is none; put it in quotes)"),
        ("ids", ("opposites", "src"), "to", "ids.yaml: opposites: src must be a list of words"),
        ("ids", ("not_ids", "words"), "paid", "ids.yaml: not_ids: words must be a list of words"),
        ("columns", ("modified", "names"), None, "columns.yaml: modified: names must be a list of words"),
        ("columns", ("short",), [], "columns.yaml: short: must be a mapping"),
        ("concepts", ("concepts", "patient"), [], "concepts.yaml: concepts.patient: must be a mapping"),
        ("concepts", ("ambiguous", "client", "may_be"), {}, "concepts.yaml: ambiguous.client: may_be must be a list"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(file: str, path: tuple[str, ...], value: object, sentence: str) -> None:
    documents = raw()
    place = documents[file]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert str(refused(documents)).startswith(f"{FOLDER}/{sentence}")


@pytest.mark.parametrize("key", ["kind", "words"])
def test_a_concept_needs_a_kind_and_words(key: str) -> None:
    documents = raw()
    del documents["concepts"]["concepts"]["payer"][key]
    assert f"concepts.payer: {key} is missing" in str(refused(documents))

"""What addresses are called: names of resources, ids, questions that turn pages."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import addresses


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("api/v1/patients", "patients"), ("patients/12", "patients"), ("patients/12/visits", "visits"),
        ("Patient/0b9c1f5e-1111-4222-8333-444455556666", "Patient"), ("patients/0123456789abcdef", "patients"),
        ("patients/deadbeefcafe", "patients"), ("patients.json", "patients"),
        ("v2/lab_results/a%40b.example", "lab_results"),
        ("patients/PX-2024-0017", "patients"), ("patients//", "patients"), ("api/rest/v1.2/7", ""), ("", ""),
        ("patients/kX9vQ2mLw83jHs7Zt", "patients"), ("oauth2/clients", "clients"), ("s3", "s3"),
    ],
)  # fmt: skip
def test_the_last_part_that_is_no_id(path: str, name: str) -> None:
    assert addresses.name_of(path.split("/")) == name


@pytest.mark.parametrize(
    ("path", "record", "name"),
    [
        ("patients/anna-smith", {"slug": "anna-smith"}, "patients"),
        ("patients/Anna-Smith", {"slug": "anna-smith"}, "patients"),
        ("patients/anna", {"name": "berta", "size": 1.5, "more": ["anna"]}, "anna"),
        ("clinic/patients", {"type": "patients"}, "patients"),
        ("clinic/patients/7", {"kind_of": "patients"}, "patients"),
        ("settings", {"name": "settings"}, "settings"),
        ("patients/anna", None, "anna"),
    ],
)
def test_a_part_that_the_record_holds_is_its_id(path: str, record: dict[str, object] | None, name: str) -> None:
    assert addresses.name_of(path.split("/"), record) == name


@given(st.lists(st.text(max_size=12), max_size=6))
def test_a_name_is_a_part_of_the_path_or_nothing(parts: list[str]) -> None:
    addresses.name_of(parts, {"a": 1})
    assert not addresses.is_id(addresses.name_of(parts))


@given(st.uuids())
def test_uuids_are_ids(value: object) -> None:
    assert addresses.is_id(str(value)) and addresses.is_id(str(value).replace("-", ""))


@given(st.text(string.ascii_letters + "_-", min_size=1, max_size=30).filter(lambda t: set(t.lower()) - set("abcdef")))
def test_words_are_no_ids(word: str) -> None:
    assert not addresses.is_id(word)


def test_names_that_could_be_values_are_numbered() -> None:
    given_ = ["patients", "Anna Smith", "patients", "a2024b", "visits", "", "x" * 70]
    assert addresses.shown(given_) == {
        "patients": "patients", "Anna Smith": "resource 2", "a2024b": "resource 3", "visits": "visits",
        "": "resource 5", "x" * 70: "resource 6",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["page", "per_page", "pageSize", "_count", "limit", "$top", "next-token", "sort_by"])
def test_questions_that_turn_pages(name: str) -> None:
    assert addresses.letters(name) in addresses.PAGED


@pytest.mark.parametrize("name", ["status", "patient_id", "q", "updated_since", "filter"])
def test_questions_that_select(name: str) -> None:
    assert addresses.letters(name) not in addresses.PAGED


def test_every_question_of_place_turns_pages() -> None:
    assert {*addresses.PAGES, *addresses.OFFSETS, *addresses.CURSORS} <= addresses.PAGED

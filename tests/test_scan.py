"""The scanner finds what it is for and leaves the rest alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scan


@pytest.mark.parametrize(
    "code", ["00100", "10004", "45378", "71046", "80053", "90281", "99499", "0001F", "0042T"]
)
def test_cpt_shapes_are_found(code: str) -> None:
    assert scan.is_cpt_shaped(code)


@pytest.mark.parametrize(
    "code", ["G0438", "J3420", "", "9921", "992133", "00099", "70000", "Z00.00", "99700"]
)
def test_other_codes_are_not_cpt(code: str) -> None:
    assert not scan.is_cpt_shaped(code)


def _snomed(stem: str) -> str:
    """The stem with the check digit that makes it an identifier."""
    return next(stem + digit for digit in "0123456789" if scan.is_snomed_shaped(stem + digit))


@given(st.integers(min_value=100, max_value=10**12), st.sampled_from(["00", "10", "01"]))
def test_one_check_digit_in_ten_makes_a_snomed_identifier(item: int, partition: str) -> None:
    stem = f"{item}{partition}"
    assert sum(scan.is_snomed_shaped(f"{stem}{digit}") for digit in range(10)) == 1


@given(
    st.integers(min_value=100, max_value=10**12),
    st.integers(min_value=0),
    st.integers(min_value=1, max_value=9),
)
def test_one_wrong_digit_is_no_snomed_identifier(item: int, place: int, change: int) -> None:
    good = _snomed(f"{item}00")
    at = place % (len(good) - 3)
    wrong = good[:at] + str((int(good[at]) + change) % 10) + good[at + 1 :]
    assert not scan.is_snomed_shaped(wrong)


@pytest.mark.parametrize("code", ["12345", "2345-7", "0100000000", "314076", ""])
def test_other_numbers_are_not_snomed(code: str) -> None:
    assert not scan.is_snomed_shaped(code)


@given(st.integers(min_value=10**8, max_value=3 * 10**8 - 1))
def test_one_check_digit_in_ten_makes_an_npi(stem: int) -> None:
    assert sum(scan.is_valid_npi(f"{stem}{digit}") for digit in range(10)) == 1


def test_the_published_example_of_an_npi_is_found() -> None:
    assert scan.is_valid_npi("12345" + "67893")


@pytest.mark.parametrize(
    "ssn", ["000121234", "666-12-1234", "900121234", "123001234", "123120000", "", "none"]
)
def test_unissuable_numbers_pass(ssn: str) -> None:
    assert not scan.is_issuable_ssn(ssn)


def test_an_issuable_number_is_found() -> None:
    assert scan.is_issuable_ssn("123" + "121234")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("cpt4_hcpcs_code", "99213"),
        ("cpt4_hcpcs_code", "G0438 99213"),
        ("cpt4_hcpcs_code", "99213-25"),
        ("code", _snomed("3841000")),
        ("snomed_code", "1"),
        ("description", "Office visit 99213"),
        ("comment", "CPT: 0001"),
        ("npi", "12345" + "67893"),
        ("ssn", "123" + "121234"),
        ("phone_number", "2125551234"),
        ("first_email", "somebody@hospital.org"),
        ("zip", "90210"),
        ("last_name", "Lopez"),
        ("comment", "ssn 123" + "-12-1234"),
    ],
)
def test_a_bad_value_is_named(column: str, value: str) -> None:
    (problem,) = scan.row_problems("demo", {"patient_id": "99213", column: value})
    assert problem.startswith(f"demo.{column}: {value!r} ")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("patient_id", "99213"),
        ("hj_procedure_id", "99213"),
        ("rxnorm_code", "10180"),
        ("product_code", "10180"),
        ("loinc_code", "2345-7"),
        ("code", "24323-8"),
        ("cpt4_hcpcs_code", "G0439"),
        ("snomed_code", None),
        ("appointmentid", 73211009),
        ("npi", "12345" + "67890"),
        ("ssn", "900121234"),
        ("phone_number", "(212) 555-0142"),
        ("phone_number", "0000000000"),
        ("first_email", "maria412@mail.test"),
        ("zip", "00123-4567"),
        ("last_name", "Lopez87"),
        ("first_name", "Patient_A"),
        ("last_name", "Sample"),
        ("hj_modify_timestamp", "2022-07-26 01:54:43.99213"),
        ("result_value", "99213"),
    ],
)
def test_a_good_value_is_left_alone(column: str, value: object) -> None:
    assert scan.row_problems("demo", {column: value}) == []


def test_one_marked_name_is_enough_for_a_person() -> None:
    assert scan.row_problems("demo", {"first_name": "Jordan", "last_name": "Provider_7"}) == []
    (problem,) = scan.row_problems("demo", {"first_name": "Jordan", "last_name": "Lopez"})
    assert "'Jordan Lopez' could be a real name" in problem


def test_a_table_stops_at_the_most_asked_for() -> None:
    rows = ({"zip": "90210"} for _ in range(10**9))
    assert len(scan.table_problems("demo", rows, most=3)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "-" * 5 + "BEGIN RSA PRIVATE KEY" + "-" * 5,
        "write to support" + "@healthjump.com",
        "see /ho" + "me/maria/notes",
        "open /wor" + "k/main/x",
    ],
)
def test_bad_text_is_found(text: str) -> None:
    assert len(scan.text_problems(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "developer@healthjump-kit.test",
        "@stoplight/prism-cli@5.14.2",
        "GET /hjdw/SBOX02/payer_dim",
        "~/.cache",
    ],
)
def test_good_text_is_left_alone(text: str) -> None:
    assert scan.text_problems(text) == []

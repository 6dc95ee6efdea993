"""What a report calls things: a customer's name on one line, targets without a path, an address or a file's name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import open_target
from evaluation.findings.model import Origin
from evaluation.report.names import LONGEST, customer, subject, target
from mockserver.errors import InputError
from tests.findings.made import api

SECRET = "Quimby-7731"


@pytest.mark.parametrize("empty", ["", "   ", "\u202e\u200b", "\n\t", "…", "<>", "\u0301"])
def test_no_customer_is_refused(empty: str) -> None:
    with pytest.raises(InputError, match=r"^--customer: is empty"):
        customer(empty)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("Acme Health", "Acme Health"),
        ("  Acme \n\t Health ", "Acme Health"),
        ("Acme\u202eevil\u202c", "Acme evil"),
        ("Praxis Dr. Müller & Söhne", "Praxis Dr. Müller & Söhne"),
        ("Acme\x1b[31m", "Acme [31m"),
        ("عيادة", "عيادة"),
        ("Zalgo" + "\u0336" * 40, "Zalgo\u0336\u0336"),
    ],
)
def test_a_customer_is_shown_on_one_line(given_: str, shown: str) -> None:
    assert customer(given_) == shown


@given(st.text(min_size=1, max_size=600))
def test_whatever_is_given_fits_on_a_line(text: str) -> None:
    try:
        made = customer(text)
    except InputError:
        assert not any(letter.isalnum() for letter in text if letter.isprintable())
        return
    assert 0 < len(made) <= LONGEST and made.isprintable() and made == made.strip()
    assert customer(made) == made, "what is shown is shown as it is"
    assert made == unicodedata.normalize("NFC", made) or any(map(unicodedata.combining, made))


def test_a_long_name_is_cut() -> None:
    made = customer("x" * 500)
    assert len(made) == LONGEST and made.endswith("…")


@pytest.mark.parametrize("origin", list(Origin))
def test_no_title_of_a_file_or_an_address_is_shown(origin: Origin) -> None:
    hidden = (f"folder {SECRET}", f"cassettes {SECRET} (live 2026-01-01)", f"mock at http://127.0.0.1:7731/{SECRET}!")
    for title in hidden if origin is not Origin.description else (f"<b>{SECRET}</b>", f"{SECRET}\n", "x" * 80 + SECRET):
        for vendor in ("", "healthjump"):
            assert SECRET not in target(api(title=title, origin=origin, vendor=vendor))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Petstore 1.0.2 (openapi file secret.yaml)", "Petstore 1.0.2"),
        ("Petstore 1.0.2", "Petstore 1.0.2"),
        ("Petstore (fhir folder x) 2", "Petstore (fhir folder x) 2"),
        ("<script>", "an API description"),
        ("", "an API description"),
    ],
)
def test_a_description_is_called_by_its_own_title(title: str, shown: str) -> None:
    made = api(title=title, origin=Origin.description)
    assert target(made) == subject(made) == shown


def test_a_vendor_is_called_by_its_name() -> None:
    assert subject(open_target("contract")) == "Healthjump"
    assert target(open_target("contract")) == "Healthjump, as the contract of this kit describes it"
    assert target(open_target("contract:none")).endswith("with the oddities “none”")


def test_every_origin_has_words() -> None:
    told = {target(api(title="<>", origin=origin, vendor="x")) for origin in Origin}
    assert len(told) == len(Origin)

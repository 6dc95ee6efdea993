"""The claims against the list of the evidence: names, order, types; and that every value is invented."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.web import claims
from mockserver.web.logins import DEFAULT, Login

NOW = 1_659_355_200
URL = "https://api.healthjump.com/authenticate"
VENDOR = frozenset({"Q31", "Q34", "Q35"})
NONE: frozenset[str] = frozenset()

# Names and types in wire order, as one client's committed token shows them.
USER = {
    "iss": str, "iat": int, "exp": int, "nbf": int, "jti": str, "sub": int, "id": int, "email": str,
    "created_at": str, "updated_at": str, "first_name": str, "last_name": str, "division": int, "title":
    str, "avatar": str, "enterprise_id": int, "old_user_id": int, "customer_id": int, "socket_token":
    str, "aud": str, "roles": list, "aws_error": str, "customer": dict,
}  # fmt: skip
CUSTOMER = {
    "id": int, "name": str, "name_override": str, "cluster_id": str, "hjdw_schema": str, "s3_location": str,
    "products": str, "standard_elements": str, "contacts": str, "customer_success_manager": str, "csm": int,
    "cu_list_id": str, "cu_template_id": str, "primary_contact_name": str, "primary_contact_phone": str,
    "primary_contact_email": str, "hubspot_id": type(None), "zendesk_org_id": str, "logo": str, "notes": str,
    "active": str, "customer_type": str, "created_at": str, "updated_at": str,
}  # fmt: skip
ELEMENTS = [
    "allergy", "appointment", "attribution", "charge", "demographic", "diagnosis", "encounter",
    "immunization", "lab_order", "lab_result", "medication", "medsurg_history", "payer", "procedure",
    "provider", "quality_data", "social_history", "transaction", "vitals",
]  # fmt: skip


def built(
    counter: int = 1, quirks: frozenset[str] = VENDOR, login: Login = DEFAULT, seed: int = 0
) -> dict[str, Any]:
    return claims.build(login, URL, NOW, counter, quirks, seed)


def types(values: dict[str, Any]) -> list[tuple[str, type]]:
    return [(name, type(value)) for name, value in values.items()]


def test_names_order_and_types_are_those_observed() -> None:
    said = built()
    assert types(said) == list(USER.items())
    assert types(said["customer"]) == list(CUSTOMER.items())
    assert len(CUSTOMER) == 24


def test_times_are_those_of_the_vendor_clock() -> None:
    said = built()
    assert (said["iat"], said["nbf"], said["exp"]) == (NOW, NOW, NOW + 3600)
    for stamp in (said["created_at"], said["updated_at"], said["customer"]["created_at"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", stamp)


def test_ids_agree_with_each_other() -> None:
    said = built()
    assert said["sub"] == said["id"] and said["customer_id"] == said["customer"]["id"]
    assert said["email"] == DEFAULT.email and said["customer"]["name"] == DEFAULT.customer
    assert (said["division"], said["old_user_id"], said["aud"]) == (0, 0, "hj")
    assert re.fullmatch(r"[0-9a-f]{64}", said["socket_token"])


def test_the_words_a_client_may_compare() -> None:
    said, customer = built(), built()["customer"]
    assert said["roles"] == ["admin", "partner", "api", "dbexplorer", "file_management"]
    assert customer["products"] == "jumpConnect,S3,UnloadsByElement"
    assert customer["standard_elements"].split(",") == ELEMENTS
    assert (customer["active"], customer["customer_type"], customer["cluster_id"]) == (
        "Y",
        "Other",
        "default",
    )
    assert customer["cu_list_id"].isdigit() and customer["zendesk_org_id"].isdigit()
    assert [customer[f"primary_contact_{what}"] for what in ("name", "phone", "email")] == ["", "", ""]
    assert customer["notes"] == ""


def test_contacts_are_json_inside_a_string() -> None:
    contacts = json.loads(built()["customer"]["contacts"])
    assert isinstance(contacts, list) and contacts
    for contact in contacts:
        assert re.fullmatch(r"\d{3}55501\d\d", contact["phone"])
        assert contact["email"].endswith(".test")


def test_every_identity_is_visibly_invented() -> None:
    text = json.dumps(built())
    hosts = re.findall(r"@([\w.-]+)|://([\w.-]+)", text.replace(URL.partition("//")[2], "issuer.test"))
    assert hosts and all((mail or web).endswith((".test", ".invalid")) for mail, web in hosts)
    said = built()
    assert all(re.search(r"\d", said[name]) for name in ("first_name", "last_name"))
    assert "fake" in said["avatar"] and "made-up" in said["aws_error"]
    assert said["customer"]["logo"].startswith("https://healthjump-kit.invalid/")


def test_text_in_text_goes_with_its_quirk() -> None:
    on, off = built(), built(quirks=VENDOR - {"Q31"})
    assert list(off) == [name for name in on if name != "aws_error"]
    assert list(off["customer"]) == list(on["customer"])
    assert off["customer"]["products"] == on["customer"]["products"].split(",")
    assert off["customer"]["standard_elements"] == ELEMENTS
    assert off["customer"]["contacts"] == json.loads(on["customer"]["contacts"])
    same = set(CUSTOMER) - {"products", "standard_elements", "contacts"}
    assert all(on["customer"][name] == off["customer"][name] for name in same)


@pytest.mark.parametrize(
    ("url", "quirks", "issuer"),
    [
        (URL, VENDOR, "http://api.healthjump.com/authenticate"),
        (URL, NONE, URL),
        ("http://127.0.0.1:8420/authenticate", VENDOR, "http://127.0.0.1:8420/authenticate"),
        ("http://127.0.0.1:8420/authenticate", NONE, "http://127.0.0.1:8420/authenticate"),
        ("https://[::1]:443/authenticate", VENDOR, "http://[::1]:443/authenticate"),
    ],
)
def test_the_issuer_loses_its_s_with_its_quirk(url: str, quirks: frozenset[str], issuer: str) -> None:
    assert claims.build(DEFAULT, url, NOW, 1, quirks)["iss"] == issuer


@given(st.integers(0, 10**9), st.integers(0, 2**32))
def test_the_same_key_gives_the_same_claims(counter: int, seed: int) -> None:
    first = built(counter, seed=seed)
    assert first == built(counter, seed=seed)
    assert re.fullmatch(r"[A-Za-z0-9]{16}", first["jti"])
    assert first["jti"] != built(counter + 1, seed=seed)["jti"]


def test_no_jti_comes_twice() -> None:
    other = Login("other@healthjump-kit.test", "p", "s")
    seen = [built(counter, login=login)["jti"] for counter in range(1500) for login in (DEFAULT, other)]
    assert len(set(seen)) == len(seen)


def test_only_the_token_id_differs_between_two_logins_at_one_instant() -> None:
    first, second = built(1), built(2)
    assert {name for name in first if first[name] != second[name]} == {"jti"}


def test_each_login_has_its_own_numbers_and_customer() -> None:
    one = Login("one@healthjump-kit.test", "p", "s", customer="Fake North", customer_id=77)
    two = Login("two@healthjump-kit.test", "p", "s", customer="Fake South")
    first, second = built(login=one), built(login=two)
    assert first["customer"]["id"] == first["customer_id"] == 77
    assert second["customer"]["name"] == second["customer"]["name_override"] == "Fake South"
    assert second["customer_id"] > 0
    for name in ("sub", "socket_token", "email", "enterprise_id"):
        assert first[name] != second[name]


def test_what_a_caller_changes_stays_with_the_caller() -> None:
    said = built(quirks=NONE)
    said["roles"].clear()
    said["customer"]["contacts"][0].clear()
    said["customer"]["products"].clear()
    again = built(quirks=NONE)
    assert again["roles"] and again["customer"]["contacts"][0] and again["customer"]["products"]

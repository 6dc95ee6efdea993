"""The structure of a token: names and shapes, whatever its values."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters.token import holds, structure
from evaluation.findings.model import Claim, Token
from mockserver.settings import Settings
from mockserver.testing import Server

HEADER = {"typ": "JWT", "alg": "RS256"}


def part(document: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


def jwt(claims: Any, header: Any = HEADER) -> str:
    return f"{part(header)}.{part(claims)}.c2lnbmF0dXJl"


def of(claims: dict[str, Any], **how: Any) -> Token:
    found = structure(jwt(claims), **how)
    assert found is not None
    return found


def held(quirks: str) -> dict[str, str]:
    mock = Server(Settings(world="sandbox", quirks=quirks))
    try:
        found = structure(mock.token(), service="http")
    finally:
        mock.stop()
    assert found is not None
    return {claim.name: claim.holds for claim in found.claims}


def test_the_token_of_the_mock_hides_text_in_text() -> None:
    odd = {name: how for name, how in held("vendor").items() if how != "plain"}
    assert odd == {
        "aws_error": "error text",
        "customer.products": "list as text",
        "customer.standard_elements": "list as text",
        "customer.contacts": "json as text",
    }


def test_without_the_quirk_nothing_is_hidden() -> None:
    found = held("vendor,-Q31")
    assert set(found.values()) == {"plain"} and "aws_error" not in found and "customer.contacts" in found


def test_types_are_those_of_json() -> None:
    claims = {"a": 1, "b": 1.5, "c": "x", "d": None, "e": True, "f": [1], "g": {"h": 2}}
    assert [(claim.name, claim.type) for claim in of(claims).claims] == [
        ("a", "integer"), ("b", "number"), ("c", "string"), ("d", "null"), ("e", "boolean"), ("f", "array"),
        ("g", "object"), ("g.h", "integer"),
    ]  # fmt: skip


def test_life_algorithm_and_refresh() -> None:
    found = of({"iat": 1000, "exp": 4600}, refresh=True)
    assert (found.life, found.algorithm, found.refresh) == (3600, "RS256", True)
    assert of({"nbf": 1000, "exp": 1060}).life == 60
    assert of({"exp": 4600}).life is None and of({"iat": "1", "exp": 2}).life is None


@pytest.mark.parametrize(("issuer", "service", "scheme"), [
    ("http://api.example/login", "https", "http"), ("https://api.example", "https", "https"),
    ("https://api.example", "http", "https"), ("http://127.0.0.1:1/login", "http", ""), ("HTTP://x", "https", "http"),
    ("canary://x", "https", "other"), ("canary", "https", ""), (7, "https", ""), (None, "https", ""),
])  # fmt: skip
def test_the_issuer_tells_its_scheme_only(issuer: Any, service: str, scheme: str) -> None:
    assert of({"iss": issuer}, service=service).issuer_scheme == scheme


@pytest.mark.parametrize(("algorithm", "shown"), [
    ("RS256", "RS256"), ("none", "none"), ("ES256K", "ES256K"), ("canary", "other"), (None, "other"), ({}, "other"),
])  # fmt: skip
def test_an_unknown_algorithm_is_not_repeated(algorithm: Any, shown: str) -> None:
    found = structure(jwt({}, {"alg": algorithm}))
    assert found is not None and found.algorithm == shown


@pytest.mark.parametrize("text", [
    "", "a", "a.b", "a.b.c", "a.b.c.d", "..", f"{part(HEADER)}.{part([1])}.x", f"{part(HEADER)}.é.x", part(HEADER) * 3,
    f"{part('text')}.{part({})}.x", f"{part(HEADER)}.{base64.urlsafe_b64encode(b'[' * 90_000).decode()}.x",
])  # fmt: skip
def test_what_is_no_token_has_no_structure(text: str) -> None:
    assert structure(text) is None


@pytest.mark.parametrize(("name", "value", "what"), [
    ("products", "jumpConnect,S3", "list as text"), ("products", "S3", "plain"), ("modules", "a, b", "list as text"),
    ("elements", "a,b,c", "list as text"), ("element", "a,b,c", "list as text"), ("name", "Doe,Jane", "plain"),
    ("name", "Acme Health, Inc., Boston", "plain"), ("note", "yes, and then, no more", "plain"),
    ("contacts", '[{"a": 1}]', "json as text"), ("x", ' {"a": 1}', "json as text"), ("x", "[broken", "plain"),
    ("x", '"text"', "plain"), ("aws_error", "no such account", "error text"), ("aws_error", "", "plain"),
    ("lastException", "x", "error text"), ("errors", 3, "plain"), ("error", None, "plain"),
    ("created_at", "2021-03-04 09:10:11", "plain"), ("logo", "https://a.example/b,c", "plain"),
    ("x", "1,234,567", "list as text"),
])  # fmt: skip
def test_what_a_claim_holds(name: str, value: Any, what: str) -> None:
    assert holds(name, value) == what


def test_a_claim_that_could_be_a_value_is_counted() -> None:
    claims = {"ok": 1, "Doe, Jane": 2, "id12345678": 3, "customer": {"jane@mail.example": 4}}
    assert [claim.name for claim in of(claims).claims] == ["ok", "claim 2", "claim 3", "customer", "customer.claim 1"]


def test_names_of_standards_stay() -> None:
    names = ["sub", "https://api.example/roles", "cognito:groups", "http://x.example/claims/email", "user-id", "$id"]
    found = [claim.name for claim in of(dict.fromkeys(names, 1)).claims]
    assert found[:1] == ["sub"] and "cognito:groups" in found and "user-id" in found


def test_depth_has_an_end() -> None:
    deep: dict[str, Any] = {"a": 1}
    for _ in range(50):
        deep = {"a": deep}
    assert of(deep).claims[-1] == Claim("a.a.a.a", "object")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values))
def test_no_value_is_ever_in_a_structure(claims: dict[str, Any]) -> None:
    canary = "qzcanary7zq"
    found = structure(jwt({**claims, "iss": canary, "email": canary, "list": [canary], "nested": {"deep": canary}}))
    assert found is not None and canary not in repr(found)


@given(st.text())
def test_any_text_is_a_token_or_none(text: str) -> None:
    assert structure(text) is None or text.count(".") == 2

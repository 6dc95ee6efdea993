"""What the structure of a token shows."""

from __future__ import annotations

import pytest

from evaluation.findings.checks.token import issuer_scheme, text_in_text
from evaluation.findings.model import Claim, Token
from evaluation.findings.outcome import Verdict

from ..made import api

PLAIN = (Claim("iss", "string"), Claim("roles", "array"), Claim("customer.name", "string"))


@pytest.mark.parametrize("holds", ["list as text", "json as text", "error text"])
def test_a_claim_that_holds_more_than_its_type_says_is_found(holds: str) -> None:
    outcome = text_in_text(api(token=Token("RS256", (*PLAIN, Claim("customer.products", "string", holds)))))
    assert outcome.verdict is Verdict.fail
    assert [(str(p), p.detail) for p in outcome.places] == [("token.customer.products", holds)]
    assert outcome.why.startswith("1 of 4 claims")


def test_arrays_and_plain_texts_are_not() -> None:
    outcome = text_in_text(api(token=Token("RS256", PLAIN)))
    assert outcome.verdict is Verdict.passed and outcome.looked_at == 3


def test_a_token_without_readable_claims_says_nothing() -> None:
    assert text_in_text(api(token=Token())).verdict is Verdict.unknown
    assert text_in_text(api()).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("scheme", "verdict"),
    [
        ("http", Verdict.fail),
        ("HTTP", Verdict.fail),
        ("https", Verdict.passed),
        ("other", Verdict.passed),
        ("", Verdict.unknown),
    ],
)
def test_an_http_issuer_is_found(scheme: str, verdict: Verdict) -> None:
    outcome = issuer_scheme(api(token=Token("RS256", PLAIN, scheme)))
    assert outcome.verdict is verdict
    assert [str(place) for place in outcome.places] == (["token.iss"] if verdict is Verdict.fail else [])


def test_no_token_is_no_answer() -> None:
    assert issuer_scheme(api()).verdict is Verdict.unknown

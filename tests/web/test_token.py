"""Tokens taken apart by hand, bent in every way, and remembered."""

from __future__ import annotations

import hmac
import json
import string
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mockserver.errors import AuthError
from mockserver.web.keys import FAKE_TEST_KEY
from mockserver.web.rsa import LibraryRs256
from mockserver.web.token import TTL_SECONDS, Tokens

NOW = 1_659_355_200
CLAIMS = {
    "iss": "http://x.test/authenticate",
    "iat": NOW,
    "exp": NOW + TTL_SECONDS,
    "nbf": NOW,
    "name": "Zoë1",
}
TOKENS = Tokens()
GOOD = TOKENS.issue(CLAIMS)


class CountingRsa(LibraryRs256):
    """Counts how often a signature is really checked."""

    checks = 0

    def verify(self, message: bytes, signature: bytes) -> bool:
        self.checks += 1
        return super().verify(message, signature)


def part(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unpart(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed(header: bytes, payload: bytes) -> str:
    text = f"{part(header)}.{part(payload)}"
    return f"{text}.{part(LibraryRs256().sign(text.encode()))}"


def signed_claims(claims: object, header: Mapping[str, Any] | None = None) -> str:
    head = {"typ": "JWT", "alg": "RS256"} if header is None else header
    return signed(json.dumps(head).encode(), json.dumps(claims).encode())


def refusal(token: str, now: int = NOW, tokens: Tokens | None = None) -> str:
    with pytest.raises(AuthError) as caught:
        (tokens or Tokens()).verify(token, now)
    assert len(token) < 40 or token not in str(caught.value)
    return caught.value.behaviour


def test_a_token_taken_apart_by_hand() -> None:
    header, payload, signature = GOOD.split(".")
    assert unpart(header) == b'{"typ":"JWT","alg":"RS256"}'
    assert header == "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9"
    assert list(json.loads(unpart(payload)).items()) == list(CLAIMS.items())
    assert len(unpart(signature)) == 512
    opened = pow(int.from_bytes(unpart(signature), "big"), FAKE_TEST_KEY.e, FAKE_TEST_KEY.n).to_bytes(
        512, "big"
    )
    assert opened.endswith(
        b"\x00\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"
        + sha256(f"{header}.{payload}".encode()).digest()
    )
    assert "=" not in GOOD and "+" not in GOOD and "/" not in GOOD


def test_what_is_issued_is_verified_as_it_was() -> None:
    assert dict(TOKENS.verify(GOOD, NOW)) == CLAIMS
    assert TOKENS.issue(CLAIMS) == GOOD


def test_claims_cannot_be_changed_under_the_next_request() -> None:
    claims = TOKENS.verify(GOOD, NOW)
    with pytest.raises(TypeError):
        claims["exp"] = 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("now", "behaviour"),
    [
        (NOW - 1, "error.token.invalid"),
        (NOW + 3600, "error.token.expired"),
        (NOW + 10**9, "error.token.expired"),
    ],
)
def test_before_and_after_its_hour(now: int, behaviour: str) -> None:
    assert refusal(GOOD, now) == behaviour


@given(st.integers(0, TTL_SECONDS - 1))
def test_good_during_its_hour(later: int) -> None:
    assert TOKENS.verify(GOOD, NOW + later)["exp"] == NOW + TTL_SECONDS


def test_the_clock_may_go_back_and_forth() -> None:
    tokens = Tokens()
    assert tokens.verify(GOOD, NOW)
    assert refusal(GOOD, NOW + 4000, tokens) == "error.token.expired"
    assert refusal(GOOD, NOW - 4000, tokens) == "error.token.invalid"
    assert tokens.verify(GOOD, NOW + 1)


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.sampled_from(string.ascii_letters + string.digits + "-_.=+/ é\x00"))
def test_one_changed_character_spoils_it(place: int, letter: str) -> None:
    assume(GOOD[place] != letter)
    assert refusal(GOOD[:place] + letter + GOOD[place + 1 :], tokens=TOKENS) == "error.token.invalid"


@given(st.integers(0, len(GOOD) - 1), st.text(max_size=5))
def test_cut_and_stretched(place: int, tail: str) -> None:
    assert refusal(GOOD[:place], tokens=TOKENS) == "error.token.invalid"
    assume(tail)
    assert refusal(GOOD + tail, tokens=TOKENS) == "error.token.invalid"


@given(st.text(max_size=200))
def test_any_text_is_refused_calmly(text: str) -> None:
    assert refusal(text, tokens=TOKENS) == "error.token.invalid"


@given(st.lists(st.binary(max_size=40).map(part), min_size=3, max_size=3).map(".".join))
def test_any_three_parts_are_refused_calmly(text: str) -> None:
    assert refusal(text, tokens=TOKENS) == "error.token.invalid"


@pytest.mark.parametrize(
    "text", ["", ".", "..", "...", "a.b.c", GOOD + ".", "." + GOOD, GOOD * 40, "\ud800.a.b"]
)
def test_shapes_that_are_no_token(text: str) -> None:
    assert refusal(text) == "error.token.invalid"


@pytest.mark.parametrize("name", ["none", "None", "NONE", "HS256", "RS512", "", None, 1, ["RS256"]])
def test_other_algorithms_are_refused_even_if_signed(name: object) -> None:
    assert refusal(signed_claims(CLAIMS, {"typ": "JWT", "alg": name})) == "error.token.invalid"


def test_alg_none_without_a_signature() -> None:
    header = part(b'{"typ":"JWT","alg":"none"}')
    text = f"{header}.{GOOD.split('.')[1]}."
    assert refusal(text) == "error.token.invalid"
    assert refusal(text + GOOD.split(".")[2]) == "error.token.invalid"


def test_hs256_with_the_public_key_as_secret() -> None:
    header = part(b'{"typ":"JWT","alg":"HS256"}')
    text = f"{header}.{GOOD.split('.')[1]}"
    for secret in (str(FAKE_TEST_KEY.n).encode(), FAKE_TEST_KEY.n.to_bytes(512, "big"), b""):
        assert (
            refusal(f"{text}.{part(hmac.digest(secret, text.encode(), 'sha256'))}") == "error.token.invalid"
        )


def test_a_foreign_key_is_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256

    key = rsa.generate_private_key(65537, 4096)
    text = ".".join(GOOD.split(".")[:2])
    assert (
        refusal(f"{text}.{part(key.sign(text.encode(), padding.PKCS1v15(), SHA256()))}")
        == "error.token.invalid"
    )


@pytest.mark.parametrize(
    "claims",
    [
        [],
        "text",
        1,
        None,
        {},
        {"nbf": NOW},
        {"exp": None},
        {"exp": True},
        {"exp": str(NOW + 9)},
        {"exp": NOW + 9.5},
        {"exp": NOW + 9, "nbf": "0"},
        {"exp": NOW + 9, "nbf": None},
    ],
)
def test_payloads_that_say_nothing_about_time(claims: object) -> None:
    assert refusal(signed_claims(claims)) == "error.token.invalid"


@pytest.mark.parametrize("payload", [b"{", b"\xff", b"[" * 9000, b'{"exp":1' + b"0" * 5000 + b"}", b"nul"])
def test_payloads_that_are_no_json(payload: bytes) -> None:
    assert refusal(signed(b'{"typ":"JWT","alg":"RS256"}', payload)) == "error.token.invalid"
    assert refusal(signed(payload, json.dumps(CLAIMS).encode())) == "error.token.invalid"


def test_nbf_may_be_absent() -> None:
    assert Tokens().verify(signed_claims({"exp": NOW + 1}), NOW)["exp"] == NOW + 1


def test_base64_has_one_spelling() -> None:
    last = GOOD[-1]
    alphabet = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    twin = alphabet[alphabet.index(last) ^ 1]
    signature = GOOD.split(".")[2]
    assert unpart(signature[:-1] + twin) == unpart(signature)
    assert refusal(GOOD[:-1] + twin) == "error.token.invalid"
    assert refusal(GOOD + "=") == "error.token.invalid"


def test_a_signature_is_checked_once() -> None:
    rsa = CountingRsa()
    tokens = Tokens(rsa=rsa)
    assert [len(tokens.verify(GOOD, NOW + n)) for n in range(5)] == [5] * 5
    assert (rsa.checks, len(tokens)) == (1, 1)


def test_refused_and_expired_tokens_are_not_kept() -> None:
    tokens = Tokens()
    refusal(GOOD[:-9], tokens=tokens)
    refusal(GOOD, NOW + 4000, tokens)
    assert len(tokens) == 0


def test_what_is_remembered_is_bounded_and_the_expired_go_first() -> None:
    rsa = CountingRsa()
    tokens = Tokens(rsa=rsa, capacity=3)
    texts = [tokens.issue({"exp": NOW + life, "nbf": NOW, "n": life}) for life in (500, 5, 500_000, 600, 700)]
    for text in texts[:3]:
        tokens.verify(text, NOW)
    tokens.verify(texts[3], NOW + 10)
    assert (len(tokens), rsa.checks) == (3, 4)
    tokens.verify(texts[0], NOW + 10)
    assert rsa.checks == 4
    tokens.verify(texts[4], NOW + 10)
    assert len(tokens) == 3
    tokens.verify(texts[0], NOW + 10)
    assert rsa.checks == 6


def test_threads_may_share_it() -> None:
    tokens = Tokens(capacity=4)
    texts = [tokens.issue({"exp": NOW + 9, "n": n}) for n in range(12)]
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda n: tokens.verify(texts[n % 12], NOW)["n"], range(600)))
    assert seen == [n % 12 for n in range(600)]
    assert len(tokens) <= 4

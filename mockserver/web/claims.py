"""What a token says: names, types and order of the one token seen (client-07), with invented values."""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from mockserver.web.logins import Login
from mockserver.web.token import TTL_SECONDS
from mockserver.world.seeds import draws, seed_of

TEXT_IN_TEXT = "Q31"
HTTP_ISSUER = "Q35"

_ALPHABET = string.ascii_letters + string.digits
_LISTS = ("products", "standard_elements")


def build(
    login: Login, issuer_url: str, now: int, counter: int, quirks: frozenset[str], seed: int = 0
) -> dict[str, Any]:
    """The claims of one token, in wire order; nothing in them is shared with another token.

    ``issuer_url`` is the login URL as the client sees it, ``now`` the vendor clock in unix seconds,
    ``counter`` the number of this login in the run. Same arguments, same claims; another counter, another
    ``jti``.
    """
    computed = _computed(login, seed) | {
        "issuer": _issuer(issuer_url, quirks),
        "now": now,
        "expiry": now + TTL_SECONDS,
        "token_id": "".join(draws(seed, "jti", login.email, counter).choices(_ALPHABET, k=16)),
    }
    document = _document()
    customer = _filled(document["customer"], computed)
    claims = _filled(document["claims"], computed | {"customer": customer})
    return _nested(claims) if TEXT_IN_TEXT in quirks else _plain(claims)


def _computed(login: Login, seed: int) -> dict[str, Any]:
    customer_id = login.customer_id or 10_000 + seed_of(seed, "customer", login.customer) % 90_000
    return {
        "email": login.email,
        "user_id": 10_000 + seed_of(seed, "user", login.email) % 90_000,
        "enterprise_id": 10_000 + seed_of(seed, "enterprise", login.customer) % 90_000,
        "customer_id": customer_id,
        "customer_name": login.customer,
        "socket_token": blake2b(f"{seed}\x1fsocket\x1f{login.email}".encode(), digest_size=32).hexdigest(),
    }


def _issuer(url: str, quirks: frozenset[str]) -> str:
    return f"http:{url.partition(':')[2]}" if HTTP_ISSUER in quirks else url


def _filled(template: Mapping[str, Any], computed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value, computed) for name, value in template.items()}


def _value(value: Any, computed: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("="):
        return computed[value[1:]]
    if isinstance(value, list):
        return [dict(item) if isinstance(item, dict) else item for item in value]
    return value


def _nested(claims: dict[str, Any]) -> dict[str, Any]:
    customer = claims["customer"]
    for name in _LISTS:
        customer[name] = ",".join(customer[name])
    customer["contacts"] = json.dumps(customer["contacts"], separators=(",", ":"))
    return claims


def _plain(claims: dict[str, Any]) -> dict[str, Any]:
    del claims["aws_error"]
    return claims


@cache
def _document() -> dict[str, Any]:
    """The template, read once and never handed out."""
    import yaml

    document: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("claims.yaml").read_text("utf-8"))
    return document

"""What is odd in the structure of an access token. Names of claims and shapes only, never a value."""

from __future__ import annotations

from ..model import Api, Input
from ..outcome import Outcome, Place, judge, unknown
from ..registry import check

PLAIN = "plain"


@check("HJ-035", Input.token)
def text_in_text(api: Api) -> Outcome:
    """Claims whose text holds a list, JSON or an error text."""
    claims = api.token.claims if api.token else ()
    odd = sorted({claim.name for claim in claims if claim.holds != PLAIN})
    return judge(
        [Place("token", claim.name, claim.holds) for claim in claims if claim.holds != PLAIN],
        len(claims),
        f"{len(odd)} of {len(claims)} claims hold something else inside a text: {', '.join(odd)}",
        f"none of {len(claims)} claims holds a list, JSON or an error inside a text",
    )


@check("HJ-036", Input.token)
def issuer_scheme(api: Api) -> Outcome:
    """An issuer that is an address without TLS."""
    scheme = (api.token.issuer_scheme if api.token else "").lower()
    if not scheme:
        return unknown("the token names no address as its issuer, or one that says nothing about the service")
    return judge(
        [Place("token", "iss", "an http address")] if scheme == "http" else [],
        1,
        "the issuer is an http address, which nobody can look up safely",
        "the issuer is no http address",
    )

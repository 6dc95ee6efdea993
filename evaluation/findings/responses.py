"""What an API says beside its rows: refusals, answers to deliberate questions, a token, documents, exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Refusal:
    """A request that was, or is documented to be, refused. ``cause`` is one of CAUSES.

    ``keys`` are the keys of a JSON object in the body, or None where the body is no such thing. ``code`` tells two
    refusals of one status apart (a machine-readable word or number in the body), empty where there is none.
    """

    cause: str
    status: int
    media_type: str = ""
    keys: tuple[str, ...] | None = None
    code: str = ""


CAUSES: Final = (
    "login wrong", "login incomplete", "token missing", "token invalid", "token expired", "key missing", "key wrong",
    "resource unknown", "tenant unknown", "tenant forbidden", "path unknown", "method wrong", "filter column unknown",
    "filter operator unknown", "filter value wrong", "page wrong", "version unknown", "too many requests",
)  # fmt: skip


@dataclass(frozen=True)
class Probe:
    """A deliberate question and what came of it. ``topic`` is one of TOPICS.

    ``outcome`` is ``refused``, ``ignored`` (answered as if it had not been asked), ``applied`` or ``empty``.
    """

    topic: str
    outcome: str
    status: int
    detail: str = ""


TOPICS: Final = (
    "unknown filter column", "unknown filter operator", "wrong filter value", "page past the end", "page no number",
    "page size asked", "version absent", "version short", "version unknown", "changed while paging",
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One claim of a token, without its value. ``name`` is a path such as ``customer.products``.

    ``holds`` is ``plain``, ``list as text``, ``json as text`` or ``error text``.
    """

    name: str
    type: str
    holds: str = "plain"


@dataclass(frozen=True)
class Token:
    """The structure of an access token: names and shapes, never values. ``life`` is in seconds."""

    algorithm: str = ""
    claims: tuple[Claim, ...] = ()
    issuer_scheme: str = ""
    life: int | None = None
    refresh: bool | None = None


@dataclass(frozen=True)
class Document:
    """What the documentation says on a topic of documentation.yaml: documented, silent or contradicted."""

    topic: str
    says: str
    source: str = ""


@dataclass(frozen=True)
class Asked:
    """An exact exchange with our own mock: safe to show, because everything in it is invented. Secrets are masked."""

    request: str
    status: int
    body: str

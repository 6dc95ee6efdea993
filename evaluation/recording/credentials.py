"""Which credentials go to which host. Nothing here is a flag or a file, and nothing of it is ever printed.

A server on this machine is given ``HJKIT_EMAIL``, ``HJKIT_PASSWORD`` and ``HJKIT_SECRET_KEY``, or the fake login of
the mock. Any other host is given only ``HJKIT_LIVE_EMAIL``, ``HJKIT_LIVE_PASSWORD`` and ``HJKIT_LIVE_SECRET_KEY``,
only if ``HJKIT_LIVE_HOST`` names that very host, or what is typed at a prompt; always over https and with permission.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mockserver.errors import InputError
from mockserver.web.logins import DEFAULT

from .target import Target

HOST = "HJKIT_LIVE_HOST"
PARTS = ("email", "password", "secret_key")
Prompt = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A login and the account's key; their ``repr`` is empty."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    secret_key: str = field(repr=False)


def resolve(target: Target, environ: Mapping[str, str], prompt: Prompt | None, permission: bool) -> Credentials:
    """The credentials for this target. ``prompt`` asks a person, or is None where nobody can be asked.

    Raises InputError when the target may not be given any.
    """
    if target.loopback:
        return _loopback(environ)
    if target.scheme != "https":
        raise InputError("a host elsewhere is recorded over https only", "--base-url", ["https://HOST"])
    if not permission:
        raise InputError(
            "recording a live API needs the consent of who answers for its data; say that you have it",
            "--base-url",
            ["--i-have-permission"],
        )
    _check_host(target, environ)
    return _live(environ, prompt)


def _loopback(environ: Mapping[str, str]) -> Credentials:
    fallback = (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key)
    given = (environ.get(f"HJKIT_{part.upper()}") for part in PARTS)
    return _checked(*(found or default for found, default in zip(given, fallback, strict=True)))


def _check_host(target: Target, environ: Mapping[str, str]) -> None:
    """Refuse unless the variables are bound to this host, or there are none."""
    named = environ.get(HOST, "").strip().lower().rstrip(".")
    others = [name for name in _names() if environ.get(name)]
    if named and named != target.netloc.rstrip("."):
        raise InputError("names another host than --base-url, which is therefore given no credentials", HOST)
    if others and not named:
        raise InputError(f"must name the one host that {' and '.join(others)} may be sent to", HOST)


def _live(environ: Mapping[str, str], prompt: Prompt | None) -> Credentials:
    found = [environ.get(name, "") for name in _names()]
    missing = [name for name, value in zip(_names(), found, strict=True) if not value]
    if missing and prompt is None:
        raise InputError("no credentials for this host, and nobody to ask", "environment", [HOST, *missing])
    ask = prompt or (lambda _: "")
    return _checked(
        *(value or ask(part.replace("_", " ")) for value, part in zip(found, PARTS, strict=True))
    )


def _names() -> list[str]:
    return [f"HJKIT_LIVE_{part.upper()}" for part in PARTS]


def _checked(email: str, password: str, secret_key: str) -> Credentials:
    """Refuse what cannot stand in a header, without showing it."""
    if not secret_key.isascii() or not secret_key.isprintable() or " " in secret_key:
        raise InputError("goes into a header, so it is ASCII without blanks", "secret key")
    return Credentials(email.strip(), password, secret_key)

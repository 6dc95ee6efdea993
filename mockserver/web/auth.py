"""Login and access: from a body to a token, from headers to a session. Plain values in, plain values out.

Header names, the optional Version and three wrappings of a login are observed (sources: client-01 to -10).
What a refusal looks like is unknown; here each reason has a behaviour id of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mockserver.errors import AuthError
from mockserver.web import bodies, claims
from mockserver.web.logins import Login, Logins
from mockserver.web.token import Claims, Tokens

LOOSE_VERSION = "Q34"
VERSION = "3.0"

# Every behaviour that a login or a check of headers can name, in its answer or in an AuthError.
BEHAVIOURS = (
    bodies.FORM,
    bodies.JSON,
    bodies.MULTIPART,
    bodies.CHARSET,
    bodies.BARE_PERCENT,
    "header.authorization",
    "header.authorization.case",
    "header.authorization.no-space",
    "header.secretkey",
    "header.version.absent",
    "header.version.3.0",
    "header.version.3",
    "header.version.other",
    "error.login.missing",
    "error.login.wrong",
    "error.token.missing",
    "error.token.invalid",
    "error.token.expired",
    "error.secretkey.missing",
    "error.secretkey.wrong",
    "error.version",
    "error.practice.forbidden",
)

_BEARER = re.compile(r"(?P<scheme>bearer)(?P<gap>[ \t]*)(?P<token>\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Granted:
    """The answer to a login: the token and the behaviours the request leaned on."""

    token: str = field(repr=False)
    login: Login
    behaviours: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    """Who is asking, by which claims, and the behaviours the request leaned on."""

    login: Login
    claims: Claims = field(repr=False)
    behaviours: tuple[str, ...]


@dataclass(frozen=True)
class Gate:
    """Decides who gets in. It holds no state of its own but the tokens it has checked.

    ``bearer_lenient`` takes a token glued to the word Bearer, as one client sends it and the inferred backend
    reads it. ``any_version`` answers every Version, where otherwise 3.0, 3 and none are known.
    """

    logins: Logins = field(default_factory=Logins)
    quirks: frozenset[str] = frozenset({claims.TEXT_IN_TEXT, LOOSE_VERSION, claims.HTTP_ISSUER})
    bearer_lenient: bool = True
    any_version: bool = False
    seed: int = 0
    tokens: Tokens = field(default_factory=Tokens, repr=False)

    def authenticate(
        self, content_type: str | None, body: bytes, issuer_url: str, now: int, counter: int
    ) -> Granted:
        """A token for the credentials in a body. ``now`` is the vendor clock in unix seconds.

        ``counter`` numbers the logins of a run, so that no two tokens are alike. Raises AuthError:
        ``error.login.missing``, ``error.login.wrong``.
        """
        given = bodies.parse(content_type, body)
        if given.email is None or given.password is None:
            raise AuthError("error.login.missing", "email and password must both be given")
        login = self.logins.find(given.email, given.password)
        if login is None:
            raise AuthError("error.login.wrong", "no login has this email and password")
        said = claims.build(login, issuer_url, now, counter, self.quirks, self.seed)
        return Granted(self.tokens.issue(said), login, given.behaviours)

    def authorise(self, headers: Mapping[str, str], practice: str | None, now: int) -> Session:
        """The session behind a request's headers, by lower-case name; ``practice`` None if the path has none.

        Token, secret key, version and practice are looked at in this order. Raises AuthError:
        ``error.token.missing|invalid|expired``, ``error.secretkey.missing|wrong``, ``error.version``,
        ``error.practice.forbidden``.
        """
        token, spelling = self._bearer(headers.get("authorization", ""))
        said = self.tokens.verify(token, now)
        login = self.logins.of(said.get("email"))
        if login is None:
            raise AuthError("error.token.invalid", "the token is of no login served here")
        _check_secret_key(login, headers.get("secretkey"))
        version = self._version(headers.get("version"))
        if practice is not None:
            self.admit(login, practice)
        return Session(login, said, (spelling, "header.secretkey", version))

    def admit(self, login: Login, practice: str) -> None:
        """Raises AuthError ``error.practice.forbidden`` for a practice that is not the login's."""
        if not login.may_see(practice):
            raise AuthError("error.practice.forbidden", f"this login may not see practice {practice}")

    def _bearer(self, header: str) -> tuple[str, str]:
        match = _BEARER.fullmatch(header.strip())
        if match is None or not (match["gap"] or self.bearer_lenient):
            raise AuthError("error.token.missing", "the Authorization header must be: Bearer <token>")
        if not match["gap"]:
            return match["token"], "header.authorization.no-space"
        return match["token"], f"header.authorization{'' if match['scheme'] == 'Bearer' else '.case'}"

    def _version(self, given: str | None) -> str:
        text = None if given is None else given.strip()
        if text != VERSION and LOOSE_VERSION not in self.quirks:
            raise AuthError("error.version", f"the Version header must be {VERSION}")
        if text is None:
            return "header.version.absent"
        if text in (VERSION, "3"):
            return f"header.version.{text}"
        if not self.any_version:
            raise AuthError("error.version", f"the Version header may be {VERSION}, 3 or absent")
        return "header.version.other"


def _check_secret_key(login: Login, given: str | None) -> None:
    key = (given or "").strip()
    if not key:
        raise AuthError("error.secretkey.missing", "the Secretkey header must be given")
    if not login.has_secret_key(key):
        raise AuthError("error.secretkey.wrong", "the Secretkey header is not that of this login")

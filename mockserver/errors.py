"""What can go wrong, as a tree without HTTP. ``web/errors.py`` is the one place that knows statuses and bodies.

KitError
├── InputError       a setting, file, profile or admin request that cannot be taken
└── VendorError      an answer the vendor gives instead of rows; ``behaviour`` is its id in the contract
    ├── AuthError    login, token, key or practice refused
    └── QueryError   path, page or filter that cannot be served
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KitError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(KitError):
    """One sentence: what is wrong, where, what is valid, and a guess.

    ``where`` names the file and key, the option or the part of the request.
    """

    def __init__(self, what: str, where: str, valid: Iterable[str] = (), given: str = "") -> None:
        self.what = what
        self.where = where
        self.valid = tuple(valid)
        near = get_close_matches(given, self.valid, n=1) if given else []
        self.guess = near[0] if near else None
        super().__init__(self.sentence())

    def sentence(self) -> str:
        valid = f"; valid: {', '.join(self.valid)}" if self.valid else ""
        guess = f"; did you mean {self.guess}?" if self.guess else ""
        return f"{self.where}: {self.what}{valid}{guess}"


class VendorError(KitError):
    """A refusal in the vendor's voice. ``behaviour`` is an id of contract/behaviours.yaml."""

    def __init__(self, behaviour: str, detail: str = "") -> None:
        super().__init__(detail or behaviour)
        self.behaviour = behaviour
        self.detail = detail


class AuthError(VendorError):
    """Raised for a login, token, key or practice that is refused."""


class QueryError(VendorError):
    """Raised for a path, page or filter that cannot be served."""

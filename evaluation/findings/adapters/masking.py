"""What may be shown of an answer: all of our mock's but logins and tokens, names and counts of anybody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from evaluation.recording.exchange import Request, Response

from ..model import Asked, Refusal
from .body import parsed
from .fields import LONG_NUMBER

MASK: Final = "***"
SECRET: Final = ("authorization", "secretkey")
CODES: Final = ("code", "error_code", "errorCode", "error", "type", "status", "name", "message")
"""Where a refusal may carry a word or number for machines, best first."""
WORD: Final = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
FIELD: Final = re.compile(r"[A-Za-z_$@][A-Za-z0-9_$-]{0,63}")
MEDIA: Final = frozenset(
    {"application/json", "application/problem+json", "application/fhir+json", "application/xml", "text/html"}
    | {"text/plain", "text/xml"}
)


@dataclass
class Shapes:
    """Reads refusals. Codes of our mock are kept; those of anybody else become ``code 1``, alike where equal."""

    ours: bool
    _codes: dict[str, str] = field(default_factory=dict)

    def refusal(self, cause: str, response: Response) -> Refusal:
        """A refused request without any value of its answer."""
        body = parsed(response.body)
        keys = tuple(self._keys(body)) if isinstance(body, dict) else None
        return Refusal(cause, response.status, self._media(response), keys, self._code(body))

    def _keys(self, body: Iterable[str]) -> Iterator[str]:
        for number, key in enumerate(body, 1):
            fits = FIELD.fullmatch(key) is not None and not LONG_NUMBER.search(key)
            yield key if fits or self.ours else f"key {number}"

    def _media(self, response: Response) -> str:
        kind = (response.header("Content-Type") or "").partition(";")[0].strip().lower()
        return kind if kind in MEDIA or not kind else "another media type"

    def _code(self, body: Any) -> str:
        code = next(_codes(body), "")
        return code if self.ours or not code else self._codes.setdefault(code, f"code {len(self._codes) + 1}")


def _codes(body: Any) -> Iterator[str]:
    """Words and numbers for machines, also one level down in an object called error."""
    if not isinstance(body, dict):
        return
    for name in CODES:
        value = body.get(name)
        if isinstance(value, dict):
            yield from _codes(value)
        elif type(value) is int or (isinstance(value, str) and WORD.fullmatch(value)):
            yield str(value)


def asked(request: Request, status: int, body: str) -> Asked:
    """An exchange with our own mock, as it was, with logins and tokens masked."""
    headers = (f"{name}: {_masked(name, value)}" for name, value in request.headers)
    target = request.path + (f"?{request.query}" if request.query else "")
    lines = [f"{request.method} {target} HTTP/1.1", *headers]
    sent = ["", f"email={MASK}&password={MASK}"] if request.body else []
    return Asked("\n".join([*lines, *sent]), status, body)


def _masked(name: str, value: str) -> str:
    if name.lower() not in SECRET:
        return value
    scheme, blank, _ = value.partition(" ")
    return f"{scheme} {MASK}" if blank and scheme.lower() == "bearer" else MASK

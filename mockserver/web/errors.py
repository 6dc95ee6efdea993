"""The one place that turns errors into answers: the vendor's bodies on vendor paths, plain ones on ours."""

from __future__ import annotations

import json
from collections.abc import Mapping

from werkzeug.exceptions import HTTPException

from ..contract import Behaviour
from ..errors import InputError, VendorError

ADMIN = "/__admin"
DOCS = "/__docs"

_BY_STATUS = {
    404: "error.path",
    405: "error.method",
    413: "error.too-large",
    429: "error.rate-limit",
    500: "error.internal",
}


def is_ours(path: str) -> bool:
    """Whether a path is one of our own; all others are the vendor's."""
    return path in (ADMIN, DOCS) or path.startswith((f"{ADMIN}/", f"{DOCS}/"))


def behaviour_of(error: Exception) -> tuple[str, str]:
    """The behaviour id and the detail of an error raised on a vendor path."""
    if isinstance(error, VendorError):
        return error.behaviour, error.detail
    if isinstance(error, HTTPException):
        code = error.code or 500
        fallback = "error.bad-request" if code < 500 else "error.internal"
        return _BY_STATUS.get(code, fallback), ""
    return "error.internal", ""


def vendor_body(behaviour: Behaviour, detail: str) -> tuple[bytes, int]:
    """Body and status of a refusal: the behaviour's own keys, and the detail as ``message``."""
    body = {**behaviour.body, **({"message": detail} if detail else {})}
    return encode(body), behaviour.status or 500


def admin_body(error: Exception) -> tuple[bytes, int]:
    """Body and status of an error on an admin path: what, where, what is valid, a guess."""
    if isinstance(error, InputError):
        facts: Mapping[str, object] = {"error": error.what, "where": error.where, "valid": list(error.valid)}
        return encode({**facts, "guess": error.guess}), 422
    if isinstance(error, VendorError):
        return encode({"error": error.detail or error.behaviour, "where": "request"}), 404
    if isinstance(error, HTTPException):
        return encode({"error": error.description or error.name, "where": "request"}), error.code or 500
    return encode({"error": "the mock failed; its log has the traceback", "where": "mock"}), 500


def encode(body: object) -> bytes:
    """JSON as the mock writes it: compact, keys in the order given, UTF-8."""
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "backslashreplace")

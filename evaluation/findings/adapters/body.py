"""The body of an answer as data, whatever a server put there."""

from __future__ import annotations

from typing import Any

from mockserver.store import jsonio


def parsed(body: bytes) -> Any:
    """What JSON holds; None for ``null`` and for what is no JSON."""
    try:
        return jsonio.exact(body)
    except (ValueError, RecursionError):
        return None


def members(body: bytes) -> dict[str, Any]:
    """The members of a JSON object; none for anything else."""
    found = parsed(body)
    return found if isinstance(found, dict) else {}


def token(body: bytes) -> tuple[str, bool]:
    """The token in the answer to a login, empty without one, and whether there is something to renew it with."""
    answer = members(body)
    found = answer.get("token")
    return found if isinstance(found, str) else "", any("refresh" in key for key in answer)

"""The contract of our own admin API. It is a document of its own: nothing in it says anything about the vendor."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from .source import document


def admin_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of ``/__admin``; every ``$ref`` is local, and the caller may change its copy."""
    found: dict[str, Any] = deepcopy(document("admin.yaml"))
    return found

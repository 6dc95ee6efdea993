"""What tests of the admin API share: its contract, and the clock as a mock starts."""

from __future__ import annotations

from typing import Any

import jsonschema

from mockserver.contract.admin import admin_document

DOCUMENT = admin_document()
START = {"now": "2022-08-01 12:00:00", "mode": "frozen", "end": "2022-11-29 12:00:00"}


def fits(answer: Any, path: str, method: str = "get", status: str = "200") -> None:
    """The body is what the admin contract says of this call."""
    response = DOCUMENT["paths"][path][method]["responses"][status]
    name = response.get("$ref", "").rpartition("/")[2]
    schema = (DOCUMENT["components"]["responses"][name] if name else response)["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(answer)

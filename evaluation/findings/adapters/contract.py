"""The kit's own description of the vendor, read as the OpenAPI document it is: no internals, no rows."""

from __future__ import annotations

from dataclasses import replace

from mockserver import contract

from ..model import Api, Origin
from . import openapi


def read(quirks: str = "vendor") -> Api:
    """The contract under a selection of quirks, such as ``none`` or ``vendor,-Q14``.

    It says names, types, patterns, one example for each column, and the documented refusals. Raises InputError for a
    selection that cannot be.
    """
    chosen = contract.quirks.parse_selection(quirks, "contract")
    title = f"the contract ({contract.quirks.describe(chosen)})"
    described = openapi.read(contract.load(chosen).openapi(), title, vendor="healthjump", by_path=True)
    return replace(described, origin=Origin.contract)

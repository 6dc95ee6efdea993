"""What the vendor says, with evidence. ``load(quirks)`` gives the contract for a set of quirks in force."""

from __future__ import annotations

from . import check, quirks, wire
from .admin import admin_document
from .load import Contract, load
from .model import Behaviour, Element, Evidence, Grade, Property, Quirk

__all__ = [
    "Behaviour",
    "Contract",
    "Element",
    "Evidence",
    "Grade",
    "Property",
    "Quirk",
    "admin_document",
    "check",
    "load",
    "quirks",
    "wire",
]

"""How well a fact about any vendor is known: the contract's grades, and one that only a description gives."""

from __future__ import annotations

from enum import IntEnum

from mockserver.contract import Grade


class Proof(IntEnum):
    """How well a fact about a vendor is known, weakest first.

    All but ``documented`` are the contract's grades. ``documented``: the vendor's own description of its API says so,
    and nobody asked the API. No number is one of a Grade, so that the two are never equal by accident.
    """

    inferred = 10
    adjacent = 20
    seed = 30
    documented = 40
    consumed = 50
    observed = 60

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, grade: Grade) -> Proof:
        """The same grade in this order."""
        return cls[grade.name]

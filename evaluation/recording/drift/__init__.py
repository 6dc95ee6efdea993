"""Where recording, mock, contract and live API differ: value-free facts, each with its id in the contract."""

from __future__ import annotations

from .comparison import Result, compare
from .facts import FACETS, Difference, Place, Verdict, View
from .judge import verdicts

__all__ = ["FACETS", "Difference", "Place", "Result", "Verdict", "View", "compare", "verdicts"]

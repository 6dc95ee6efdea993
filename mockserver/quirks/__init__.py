"""How the vendor bends its own rules: one function per row quirk, and the answer key of what they changed."""

from __future__ import annotations

from .appointments import end_of
from .context import Context
from .pipeline import apply
from .registry import ROW_QUIRKS, RowQuirk, applicable
from .stamps import rank
from .truth import Truth

__all__ = ["ROW_QUIRKS", "Context", "RowQuirk", "Truth", "applicable", "apply", "end_of", "rank"]

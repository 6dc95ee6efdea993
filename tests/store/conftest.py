"""Laws are checked without a stopwatch: a busy machine is not a broken store."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("store", parent=settings(), deadline=None)
settings.load_profile("store")

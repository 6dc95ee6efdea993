"""The vendor, imitated: a mock of the Healthjump EHR API whose every behaviour carries its evidence.

The names below are the only ones others may rely on. They load on first use, so that importing one part does not
cost the time of all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Library": ".web.library",
    "InputError": ".errors",
    "KitError": ".errors",
    "Settings": ".settings",
    "World": ".worlds",
    "create_app": ".web.app",
    "load_world": ".worlds",
}

__all__ = ["InputError", "KitError", "Library", "Settings", "World", "__version__", "create_app", "load_world"]

if TYPE_CHECKING:
    from .errors import InputError, KitError
    from .settings import Settings
    from .web.app import create_app
    from .web.library import Library
    from .worlds import World, load_world


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""A radar in the shapes that other radar tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..entries import Blip
from .backstage import as_backstage
from .byor import as_csv, as_json
from .picked import Shown, missing_quadrants, picked
from .zalando import as_zalando

FORMATS: Mapping[str, Callable[[tuple[Shown, ...]], str]] = {
    "byor-csv": as_csv,
    "byor-json": as_json,
    "zalando": as_zalando,
    "backstage": as_backstage,
}


def export(blips: Iterable[Blip], shape: str, public: bool) -> str:
    """The radar as text in one of FORMATS, the same for the same entries. Raises InputError where nothing is left."""
    return FORMATS[shape](picked(blips, public))


__all__ = ["FORMATS", "Shown", "export", "missing_quadrants", "picked"]

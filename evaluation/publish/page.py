"""A page that is made when the site is built."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """``path`` under docs/, ``title`` and ``under`` for the navigation, ``text`` as Markdown."""

    path: str
    title: str
    text: str
    under: tuple[str, ...] = ()

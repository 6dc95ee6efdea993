"""Faults of the theme, mended in the pages it writes; and the boxes in which wide tables scroll.

The faults are listed with their upstream issues in ``tests/browser/mended_faults.yaml``.
"""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table([^>]*)>(.*?)</table>", re.DOTALL)
_CLASS = re.compile(r' class="([^"]*)"')
_DIALOG = 'data-md-component="search" role="dialog"'
_BOX = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')


def content(html: str) -> str:
    """What was made of a page's Markdown: every table in a box of its own."""
    return _TABLE.sub(_boxed, html)


def _boxed(found: re.Match[str]) -> str:
    attributes, inner = found.groups()
    if "highlighttable" in attributes:
        return found[0]
    named = _CLASS.search(attributes)
    kinds = f"facts {named[1]}" if named else "facts"
    return f'<div class="table-box"><table class="{kinds}"{_CLASS.sub("", attributes)}>{inner}</table></div>'


def page(html: str) -> str:
    """A whole page: names the search dialog, and takes attributes away that HTML does not know there."""
    html = html.replace(_DIALOG, f'{_DIALOG} aria-label="Search"')
    return _BOX.sub(r"\1", html).replace(' tabindex=""', "")

"""Places in a page written by hand that facts are put into: a line ``<!-- made: name -->``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mockserver.errors import InputError

MARKER = re.compile(r"^<!-- made: ([a-z-]+) -->$", re.MULTILINE)


def names(text: str) -> list[str]:
    """The markers of a page, in order."""
    return MARKER.findall(text)


def fill(text: str, parts: Mapping[str, str], where: str) -> str:
    """The page with every marker replaced. Raises InputError for one that nothing is made for, and for none at all."""
    found = names(text)
    for name in found:
        if name not in parts:
            raise InputError(f"nothing is made for the marker {name}", where, parts, name)
    if parts and not found:
        raise InputError("has no marker", where, [f"<!-- made: {name} -->" for name in parts])
    return MARKER.sub(lambda match: parts[match[1]].strip("\n"), text)

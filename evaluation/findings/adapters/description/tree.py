"""Text as plain data: JSON, or YAML with no more in it than JSON can say."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Final

from . import yaml_events
from .counting import values
from .limits import VALUES, TooDeep, TooMany, Unreadable, check

_HALF = re.compile(r"\\[uU][dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")
_OPENING: Final = ("{", "[")


@dataclass(frozen=True, eq=False)
class Parsed:
    """Plain data of one file; ``doubled`` keys were given twice, and the last counts."""

    tree: Any
    doubled: int = 0


def parsed(text: str, *, json_only: bool = False) -> Parsed:
    """The data a text holds: keys are text, numbers finite, within the limits. Raises Unreadable."""
    found = _json(text, last=json_only) if json_only or text.lstrip().startswith(_OPENING) else None
    found = found or Parsed(*yaml_events.parsed(text))
    check(found.tree)
    return Parsed(_whole(found.tree), found.doubled) if _HALF.search(text) else found


def _json(text: str, *, last: bool) -> Parsed | None:
    """JSON; None for what is none, unless it is the ``last`` that can be tried."""
    if values(text, VALUES) > VALUES:
        raise TooMany
    found = _loaded(text)
    if isinstance(found, Parsed):
        return found
    if found is None:
        raise TooDeep
    if last or not found:
        raise Unreadable(f"is not JSON (line {found})" if found else "holds numbers that JSON does not have")
    return None


def _loaded(text: str) -> Parsed | int | None:
    """JSON, or the line it breaks in, 0 for a number that is none, None for too many levels.

    The parser's own error holds the text, so it is let go.
    """
    pairs = _Pairs()
    try:
        tree = json.loads(text, object_pairs_hook=pairs.made, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        return None
    except json.JSONDecodeError as error:
        return error.lineno
    except ValueError:
        return 0
    return Parsed(tree, pairs.doubled)


class _Pairs:
    """Makes objects of their keys and values, and counts keys that are given twice."""

    def __init__(self) -> None:
        self.doubled = 0

    def made(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self.doubled += len(pairs) - len(found)
        return found


def _refuse(constant: str) -> None:
    raise ValueError


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _whole(tree: Any) -> Any:
    """The same data without halves of characters, which no file or terminal can take."""
    if isinstance(tree, str):
        return _LONE.sub("\ufffd", tree)
    if isinstance(tree, list):
        return [_whole(one) for one in tree]
    return {_whole(key): _whole(value) for key, value in tree.items()} if isinstance(tree, dict) else tree

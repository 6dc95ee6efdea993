"""Text as plain data: JSON, or YAML with no more in it than JSON can say."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Final

from . import yaml_events
from .limits import VALUES, TooDeep, TooMany, Unreadable, check

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
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
    if _containers(text) > VALUES and _containers(_TEXT.sub('""', text)) > VALUES:
        raise TooMany
    doubled = 0

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubled
        found = dict(pairs)
        doubled += len(pairs) - len(found)
        return found

    line = 0
    try:
        tree = json.loads(text, object_pairs_hook=made, parse_constant=_refuse, parse_float=_finite)
        return Parsed(tree, doubled)
    except RecursionError:
        line = -1
    except json.JSONDecodeError as error:
        line = error.lineno
    except ValueError:
        line = 0
    if line < 0:
        raise TooDeep
    if last or not line:
        raise Unreadable(f"is not JSON (line {line})" if line else "holds numbers that JSON does not have")
    return None


def _containers(text: str) -> int:
    return text.count("[") + text.count("{")


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

"""JSON in and out of the store: orjson where it is installed, the standard library elsewhere.

Both write the same bytes for rows: compact, UTF-8, keys in the order given.
"""

from __future__ import annotations

import json
import re
from typing import Any

try:
    import orjson
except ImportError:  # a browser, or another place without compiled wheels
    orjson = None  # type: ignore[assignment]


def loads(data: bytes) -> Any:
    """The value in ``data``. Raises ValueError if it is not JSON."""
    return orjson.loads(data) if orjson else json.loads(data, parse_constant=_refuse)


def exact(data: bytes) -> Any:
    """Like ``loads``, for what others wrote: whole numbers of any size keep all their digits.

    orjson turns those beyond 64 bits into floating point without a word, so texts that may hold one are read slowly.
    """
    if _LONG.search(data):
        return json.loads(data, parse_constant=_refuse)
    return loads(data)


def dumps(value: Any) -> bytes:
    """``value`` as compact UTF-8 JSON."""
    if orjson:
        try:
            return orjson.dumps(value)
        except TypeError:  # a whole number beyond 64 bits
            pass
    return json.dumps(value, **_COMPACT).encode()


_LONG = re.compile(rb"[0-9]{19}")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}

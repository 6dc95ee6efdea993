"""JSON in and out of the store: orjson where it is installed, the standard library elsewhere.

Both write the same bytes for rows: compact, UTF-8, keys in the order given.
"""

from __future__ import annotations

import json
from typing import Any

try:
    import orjson
except ImportError:  # a browser, or another place without compiled wheels
    orjson = None  # type: ignore[assignment]


def loads(data: bytes) -> Any:
    """The value in ``data``. Raises ValueError if it is not JSON."""
    return orjson.loads(data) if orjson else json.loads(data, parse_constant=_refuse)


def dumps(value: Any) -> bytes:
    """``value`` as compact UTF-8 JSON."""
    return orjson.dumps(value) if orjson else json.dumps(value, **_COMPACT).encode()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}

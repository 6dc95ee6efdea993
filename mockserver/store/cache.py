"""A bounded memory of what was used last. Owned by the object whose work it saves, never by a module."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(_: object) -> int:
    return 1


class LRU(Generic[K, V]):
    """Keeps values until their weights add up to more than ``limit``; the longest unused goes first.

    A value heavier than the limit is not kept. Safe to share between threads.
    """

    def __init__(self, limit: int, weigh: Callable[[V], int] = _one) -> None:
        self.limit = limit
        self.weight = 0
        self._weigh = weigh
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: K, value: V) -> None:
        with self._lock:
            if key in self._values:
                self.weight -= self._weigh(self._values.pop(key))
            if self._weigh(value) > self.limit:
                return
            self._values[key] = value
            self.weight += self._weigh(value)
            while self.weight > self.limit:
                self.weight -= self._weigh(self._values.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self.weight = 0


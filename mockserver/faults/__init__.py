"""What goes wrong on purpose: the next requests that match fail in a chosen way."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from typing import Any

STATUSES = (400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504)
LONGEST_DELAY = 60_000


@dataclass(slots=True)
class Fault:
    """Fails the next ``times`` requests whose path holds ``path`` and that ask for ``practice`` (empty: any).

    ``status`` 0 lets the request through, ``delay_ms`` waits first, ``cut`` keeps that many bytes of the body.
    """

    times: int = 1
    status: int = 500
    delay_ms: int = 0
    cut: int | None = None
    path: str = ""
    practice: str = ""
    body: str | None = None
    retry_after: int | None = None

    def matches(self, path: str, practice: str) -> bool:
        return self.path in path and self.practice in ("", practice)

    @property
    def name(self) -> str:
        """A short name for the journal."""
        parts = [str(self.status) if self.status else "", f"delay {self.delay_ms}" if self.delay_ms else ""]
        return " ".join(p for p in [*parts, "" if self.cut is None else f"cut {self.cut}"] if p)


class Faults:
    """The armed faults, in the order they were armed."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._lock = threading.Lock()
        self._freed = threading.Event()

    def arm(self, fault: Fault) -> None:
        with self._lock:
            self._armed.append(fault)

    def clear(self) -> None:
        """Forget every fault, and let go on those requests that one makes wait."""
        with self._lock:
            self._armed.clear()
            self._freed.set()
            self._freed = threading.Event()

    def wait(self, fault: Fault) -> None:
        """Wait as long as the fault says, or until the faults are cleared."""
        if fault.delay_ms:
            self._freed.wait(fault.delay_ms / 1000)

    def take(self, path: str, practice: str) -> Fault | None:
        """The first armed fault that matches, used up by one; None when nothing is to go wrong."""
        if not self._armed:
            return None
        with self._lock:
            for fault in self._armed:
                if fault.matches(path, practice):
                    fault.times -= 1
                    if fault.times < 1:
                        self._armed.remove(fault)
                    return fault
        return None

    def list(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._armed]

"""What one server does under load: requests a second, CPU for each, memory."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from servers import Target

CONNECTIONS = 8
MEGABYTE = 1_000_000
ROTATE = """
local count = 0
request = function()
  count = count + 1
  wrk.headers["Host"] = "h" .. count .. ".test"
  return wrk.format()
end
"""
"""Every request comes to another host, so page URLs differ and no finished page can be used again."""


@dataclass(frozen=True)
class Load:
    """One run: requests a second, CPU microseconds of the server's processes for each request, median latency in ms."""

    rate: float
    cpu: float
    latency: float


class Wrong(Exception):
    """The server answered something else than it should."""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and all below it."""
    process = psutil.Process(pid)
    return sum(sum(p.cpu_times()[:2]) for p in [process, *process.children(recursive=True)])


def memory(pid: int) -> dict[str, float]:
    """Resident and proportional memory of a process and all below it, in megabytes."""
    process = psutil.Process(pid)
    found = [p.memory_full_info() for p in [process, *process.children(recursive=True)]]
    return {"rss": sum(m.rss for m in found) / MEGABYTE, "pss": sum(m.pss for m in found) / MEGABYTE}


@dataclass(frozen=True)
class Client:
    """wrk on a core of its own."""

    core: int
    seconds: int
    folder: Path

    def load(self, target: Target, path: str, extra: Mapping[str, str] | None = None, *, rotate: bool = False) -> Load:
        """One run against one address. Raises Wrong if any answer is not a 2xx."""
        lines = [f"{name}: {value}" for name, value in {**target.headers, **(extra or {})}.items()]
        headers = [part for line in lines for part in ("-H", line)]
        before = cpu_seconds(target.pid)
        said = self._run([*headers, *(self._script() if rotate else []), target.base + path])
        used = cpu_seconds(target.pid) - before
        if "Non-2xx" in said or "Socket errors" in said:
            raise Wrong(f"{path}: {said}")
        rate, count = _number(r"Requests/sec:\s+([\d.]+)", said), _number(r"(\d+) requests in", said)
        return Load(rate, used / count * 1e6, _p50(said))

    def _run(self, arguments: list[str]) -> str:
        command = ["taskset", "-c", str(self.core), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{self.seconds}s", "--latency"]
        return subprocess.run([*command, *arguments], capture_output=True, text=True, check=True).stdout

    def _script(self) -> list[str]:
        script = self.folder / "rotate.lua"
        script.write_text(ROTATE, encoding="utf-8")
        return ["-s", str(script)]


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise Wrong(text)
    return float(found[1])


def _p50(text: str) -> float:
    """The median latency wrk prints, in milliseconds."""
    found = re.search(r"50%\s+([\d.]+)(us|ms|s)\b", text)
    if found is None:
        raise Wrong(text)
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def typical(runs: Iterable[Load]) -> Load:
    """The median of each figure."""
    kept = list(runs)
    return Load(median(r.rate for r in kept), median(r.cpu for r in kept), median(r.latency for r in kept))

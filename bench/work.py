"""What is measured: starts, and requests for the same pages to three servers."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from types import MappingProxyType

import servers
from load import Client, Load, Wrong
from servers import Target
from tools import Cores

UNTUNED: Mapping[str, str] = MappingProxyType({"MALLOC_ARENA_MAX": "8"})
"""With this variable set, `hjkit serve` leaves the allocator as it is."""
PAGE, ANEW, GZIP = "1000 rows, mock", "1000 rows, mock, page made anew", "1000 rows, mock, gzip accepted"
LAST, UNTUNED_ANEW = f"{ANEW}, last whole page", f"{ANEW}, allocator as it is"

Job = Callable[[], Load]
Found = Mapping[str, list[Load]]


@dataclass(frozen=True)
class Bench:
    """Where, with what and how often to measure."""

    folder: Path
    cores: Cores
    client: Client
    rounds: int

    @property
    def cache(self) -> Path:
        return self.folder / "cache"


def cold_seconds(bench: Bench) -> float:
    """From starting `hjkit serve` with an empty cache to its being ready."""
    began = time.perf_counter()
    with servers.mock(bench.cores.server, bench.folder, bench.cache):
        return time.perf_counter() - began


def start_seconds(bench: Bench) -> float:
    """From starting `hjkit serve` to its first 200."""
    port = servers.free_port()
    command = servers.hjkit("serve", "--port", str(port), "--cache-dir", str(bench.cache))
    began = time.perf_counter()
    with servers.pinned(bench.cores.server, command):
        servers.until(lambda: servers.answers(f"http://127.0.0.1:{port}/__admin/health"))
        return time.perf_counter() - began


@dataclass(frozen=True)
class Largest:
    """The largest element of all: its path, how many whole pages it has, and a query that finds one row."""

    path: str
    whole_pages: int
    one_row: str


def largest(mock: Target) -> Largest:
    """The element with most rows, by the mock's own account. Raises Wrong if the account is not true."""
    worlds = json.loads(mock.get("/__admin/worlds"))["worlds"]
    practices = {code: practice for world in worlds for code, practice in world["practices"].items()}
    rows, code, name = max((e["rows"], code, n) for code, p in practices.items() for n, e in p["elements"].items())
    path = f"/hjdw/{code}/{name}"
    first = json.loads(mock.get(path))
    surrogate, value = next(iter(first["data"][0].items()))
    one_row = f"{path}?{surrogate}=eq~{value}"
    if first["total"] != rows or json.loads(mock.get(one_row))["total"] != 1:
        raise Wrong(f"{path} is not what /__admin/worlds says")
    return Largest(path, rows // first["per_page"], one_row)


@dataclass(frozen=True)
class Field:
    """All servers running, with the same pages of 1000 rows and of one row."""

    mock: Target
    untuned: Target
    nginx: Target
    prisms: Mapping[str, Target]
    big: Largest


@contextmanager
def field(bench: Bench) -> Iterator[Field]:
    """Start the servers. Raises Wrong unless all give the same pages: nginx the bytes, Prism the content."""
    core, folder = bench.cores.server, bench.folder
    with servers.mock(core, folder, bench.cache) as mock, servers.mock(core, folder, bench.cache, UNTUNED) as untuned:
        big = largest(mock)
        bodies = {"1000": mock.get(big.path), "1": mock.get(big.one_row)}
        files = [_contract(bench, big, rows, body) for rows, body in bodies.items()]
        with (
            servers.nginx(core, folder, bodies) as nginx,
            servers.prism(core, files[0], mock.headers) as many,
            servers.prism(core, files[1], mock.headers) as one,
        ):
            found = Field(mock, untuned, nginx, {"1000": many, "1": one}, big)
            _compare(found, bodies)
            yield found


def _contract(bench: Bench, big: Largest, rows: str, body: bytes) -> Path:
    file = bench.folder / f"contract-{rows}.json"
    return servers.contract_with(big.path.rpartition("/")[2], json.loads(body), file)


def _compare(running: Field, bodies: Mapping[str, bytes]) -> None:
    for rows, body in bodies.items():
        same_bytes = running.nginx.get(f"/{rows}") == body
        if not same_bytes or json.loads(running.prisms[rows].get(running.big.path)) != json.loads(body):
            raise Wrong(f"the servers do not give the same page of {rows} rows")


def jobs(bench: Bench, running: Field) -> dict[str, Job]:
    """Every load that is measured, by name."""
    load, mock, big = bench.client.load, running.mock, running.big
    first, last = f"{big.path}?page=1", f"{big.path}?page={big.whole_pages}"
    return {
        "1000 rows, nginx": partial(load, running.nginx, "/1000"),
        PAGE: partial(load, mock, big.path),
        GZIP: partial(load, mock, big.path, {"Accept-Encoding": "gzip"}),
        ANEW: partial(load, mock, first, rotate=True),
        LAST: partial(load, mock, last, rotate=True),
        UNTUNED_ANEW: partial(load, running.untuned, first, rotate=True),
        "1000 rows, Prism": partial(load, running.prisms["1000"], big.path),
        "1 row, nginx": partial(load, running.nginx, "/1"),
        "1 row, mock": partial(load, mock, big.one_row),
        "1 row, Prism": partial(load, running.prisms["1"], big.one_row),
    }


def measured(rounds: int, work: Mapping[str, Job]) -> Found:
    """Every job once a round, so that whatever else the machine does falls on all alike."""
    found: dict[str, list[Load]] = defaultdict(list)
    for number in range(rounds):
        for name, job in work.items():
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
            found[name].append(job())
    return found


def ratio(found: Found, above: str, below: str, figure: str = "rate") -> float:
    """The median over the rounds of one load's figure by another's of the same round."""
    pairs = zip(found[above], found[below], strict=True)
    return float(median(getattr(a, figure) / getattr(b, figure) for a, b in pairs))

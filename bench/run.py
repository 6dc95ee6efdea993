"""`make bench`: the mock beside nginx and Prism, same bytes, same run, server and client on different cores.

Prints JSON, and writes the tables of docs/reference/performance.md unless told otherwise. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median

import report
import tools
import work
from load import CONNECTIONS, Client, Load, Wrong, memory, typical
from report import Goal
from work import Bench, Found, ratio

PAGE = tools.ROOT / "docs" / "reference" / "performance.md"
STARTS = 5


def load_goals(found: Found) -> Iterator[Goal]:
    """The goals about requests."""
    page, one = work.PAGE, "1 row, mock"
    yield Goal("1000-row page: rate, of nginx", ratio(found, page, "1000 rows, nginx"), 0.55, least=True)
    yield Goal("1000-row page: rate, of Prism", ratio(found, page, "1000 rows, Prism"), 30, least=True)
    yield Goal("1-row page: rate, of Prism", ratio(found, one, "1 row, Prism"), 0.7, least=True)
    gzip = ratio(found, work.GZIP, page, "cpu")
    yield Goal("1000-row page: CPU with gzip accepted, of without (1.0, and 0.05 for noise)", gzip, 1.05)
    yield Goal("last whole page of the largest element: time, of its first", ratio(found, work.ANEW, work.LAST), 1.2)


def start_goals(cold: float, warm: float, used: Mapping[str, float]) -> Iterator[Goal]:
    """The goals about starting and memory."""
    yield Goal("two worlds, warm cache: start to first 200", warm, 1.5, " s")
    yield Goal("two worlds, empty cache: start to ready", cold, 20, " s")
    yield Goal("memory of all processes after the load, resident", used["rss"], 200, " MB")
    yield Goal("memory of all processes after the load, proportional", used["pss"], 200, " MB")


def measure(bench: Bench) -> tuple[list[Goal], dict[str, Load]]:
    """Measure everything once. Raises Missing, or Wrong when an answer is not as it should be."""
    print("empty cache, then warm starts", file=sys.stderr)
    cold = work.cold_seconds(bench)
    warm = median(work.start_seconds(bench) for _ in range(STARTS))
    with work.field(bench) as running:
        found = work.measured(bench.rounds, work.jobs(bench, running))
        used = memory(running.mock.pid)
    goals = [*load_goals(found), *start_goals(cold, warm, used)]
    return goals, {name: typical(runs) for name, runs in found.items()}


def facts(bench: Bench) -> dict[str, str]:
    """What a reader needs to judge the figures or to repeat them."""
    return {
        "Versions": ", ".join(f"{name} {version}" for name, version in tools.versions().items()),
        "Client": f"`wrk -t1 -c{CONNECTIONS} -d{bench.client.seconds}s`; medians of {bench.rounds} rounds",
        "Mock": "`hjkit serve`, with login, journal and evidence header",
        "nginx": "one process, `sendfile on; tcp_nopush on`, no log; the very bytes of the mock's answer as a file",
        "Prism": "`prism mock` as `make prism` starts it, log to /dev/null; the same page as the example of its path",
    }


def asked() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="length of one run (default 3)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of every kind (default 5)")
    parser.add_argument("--no-write", action="store_true", help="leave docs/reference/performance.md as it is")
    return parser.parse_args()


def main() -> int:
    """Exit 0 when every goal is met, 1 when one is not, 2 when the benchmark cannot run."""
    wanted = asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers end with it
    try:
        tools.require()
        cores = tools.cores()
        with tempfile.TemporaryDirectory() as name:
            bench = Bench(Path(name), cores, Client(cores.client, wanted.seconds, Path(name)), wanted.rounds)
            goals, loads = measure(bench)
            about = facts(bench)
    except (tools.Missing, Wrong) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if not wanted.no_write:
        report.write(PAGE, report.markdown(goals, loads, about))
    result = {"goals": [g.as_json() for g in goals], "loads": {n: asdict(v) for n, v in loads.items()}, "facts": about}
    print(json.dumps(result, indent=1))
    return 0 if all(goal.met for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())

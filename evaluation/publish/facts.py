"""What pages are made from: the vendor as each adapter shows it, judged by every check, once for a build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from evaluation.findings.adapters import open_target
from evaluation.findings.evaluate import Evaluation, run
from evaluation.findings.model import Api, Asked
from evaluation.findings.output import Report, facts
from mockserver.settings import Settings
from mockserver.testing import Server

from .mock import BASE

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
TARGETS: Final[Mapping[str, str]] = {
    "contract": "contract",
    "mock": BASE,
    "cassettes": "fixtures/cassettes/vendor",
    "folder": "fixtures/worlds/sandbox",
}
"""Each adapter and the target that a reader gives to ``hjkit evaluate`` for it."""


@cache
def evaluations() -> Mapping[str, Evaluation]:
    """Every check on the vendor through each adapter, by name of the adapter."""
    return {name: run(_api(name, target)) for name, target in TARGETS.items()}


def _api(name: str, target: str) -> Api:
    if name != "mock":
        return open_target(target if name == "contract" else str(ROOT / target))
    with _serving() as url:
        api = open_target(url, environ={})
    asked = {key: _shown(exchange, url) for key, exchange in api.asked.items()}
    return replace(api, title=f"mock at {BASE}", asked=asked)


def _shown(exchange: Asked, url: str) -> Asked:
    """The exchange with the port that a reader's own mock has."""
    return replace(exchange, request=exchange.request.replace(url, BASE), body=exchange.body.replace(url, BASE))


@contextmanager
def _serving() -> Iterator[str]:
    """The mock on any free port: what it answers does not depend on the port."""
    running = Server(Settings(world="sandbox", quirks="vendor"))
    try:
        yield running.url
    finally:
        running.stop()


def results(evaluation: Evaluation) -> Mapping[str, Mapping[str, Any]]:
    """What may be shown of each result, by id, worst first."""
    return {result["id"]: result for result in facts(Report(evaluation))["results"]}

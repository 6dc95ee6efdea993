"""One capture from the order to the written folder: identify, check, ask, scrub, write."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mockserver.contract import Contract, load
from mockserver.errors import InputError

from . import capture, cassette, credentials, output, plan, questions, target
from .client import Client
from .recorder import Capture, Recorder, Report
from .scrub import Scrubber, as_yaml

CLIENT_IDS = "client_ids"


@dataclass(frozen=True)
class Order:
    """What ``hjkit record`` was asked for. ``None`` leaves a value to the plan, or to who is recorded."""

    base_url: str
    out: Path
    today: str
    environ: Mapping[str, str]
    plan_file: Path | None = None
    practice: str | None = None
    rows: int | None = None
    limit: int | None = None
    delay: float | None = None
    wait_expiry: bool = False
    permission: bool = False
    overwrite: bool = False
    polite: float = 0.5

    @property
    def target(self) -> target.Target:
        """The server that is asked."""
        return target.parse(self.base_url)

    @property
    def pause(self) -> float:
        """Seconds between requests."""
        if self.delay is not None:
            return self.delay
        return 0.0 if self.target.loopback else self.polite

    def plan(self, contract: Contract) -> plan.Plan:
        """The plan with what was ordered differently. Raises InputError."""
        found = plan.load(self.plan_file, [path for path in contract.paths if path != CLIENT_IDS])
        given = {"rows": self.rows, "limit": self.limit}
        found = replace(found, **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
        if self.practice is None:
            return found
        if not self.practice.isalnum() or not self.practice.isascii():
            raise InputError("must be letters and digits", "--practice", ["a code such as SBOX02"])
        return replace(found, variables={**found.variables, "practice": self.practice})


@dataclass(frozen=True)
class Outcome:
    """What a capture came to; nothing in it is unscrubbed."""

    out: Path
    source: capture.Source
    verdicts: tuple[questions.Verdict, ...]
    files: tuple[str, ...]
    pending: int
    requests: int
    skipped: Mapping[str, str]
    stopped: str


def run(order: Order, prompt: credentials.Prompt | None, report: Report) -> Outcome:
    """Make the capture. Raises InputError before anything is sent, KitError where nothing can be written."""
    where = order.target
    order.plan(load())
    output.check(order.out, order.overwrite, private=not where.loopback)
    sender = Client(where)
    login = credentials.resolve(where, order.environ, prompt, order.permission)
    source = capture.identify(where, sender, order.today)
    output.check(order.out, order.overwrite, private=not source.mock)
    asked = order.plan(source.contract)
    wait = capture.waiter(where, sender, source) if order.wait_expiry else None
    found = Recorder(asked, where.base, login, sender, lambda: time.sleep(order.pause), report, wait).run()
    return _written(order, source, asked, found)


def _written(order: Order, source: capture.Source, asked: plan.Plan, found: Capture) -> Outcome:
    """Scrub, and only then write. Raises ScrubFailure with nothing written."""
    scrubber = Scrubber(source.contract)
    clean = scrubber.session(found.exchanges)
    found.exchanges.clear()
    ours = {f"query.{name}" for name in asked.query_names}
    pending = {key: facts for key, facts in scrubber.pending.items() if key not in ours}
    made = capture.cassettes(clean, asked, found, source, order.today, len(pending))
    texts = {name: cassette.dumps(one) for name, one in made.items()}
    if pending:
        texts[output.PENDING] = as_yaml(pending)
    if made:
        output.save(order.out, texts)
    verdicts = questions.answered(clean, source.contract)
    counts = len(pending), len(clean)
    return Outcome(order.out, source, verdicts, tuple(texts), *counts, found.skipped, found.stopped)

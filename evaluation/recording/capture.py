"""From a finished capture to what is written: scrubbed, sorted into cassettes, labelled with where it comes from."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver import __version__
from mockserver.contract import Contract, load
from mockserver.contract.quirks import parse_selection

from .cassette import Cassette
from .client import Sender, Unreachable
from .exchange import Exchange, Request
from .plan import Plan
from .recorder import Capture
from .steps import NotAsked
from .target import Target

LONGEST_WAIT = 7200.0  # seconds; a token that lives longer is not waited for
MARGIN = 2.0  # seconds behind the end of a token, for clocks that differ


@dataclass(frozen=True)
class Source:
    """Who is recorded: ``origin`` as cassettes state it, how a mock was set, the contract to scrub by."""

    origin: str
    quirks: str
    contract: Contract
    worlds: str = ""
    per_page: int = 0

    @property
    def mock(self) -> bool:
        """Whether it is a mock of ours, and so needs no protection."""
        return self.origin.startswith("mock ")


def identify(target: Target, sender: Sender, today: str) -> Source:
    """Find out who answers. Only a server on this machine is asked; any other host is the live API."""
    if not target.loopback:
        return Source(f"live {today}", "", load())
    health = _admin(sender, target, "/health")
    if "version" not in health or "quirks" not in health:
        return Source(f"loopback {today}", "", load())
    quirks = str(health["quirks"])
    worlds = ",".join(str(world.get("name")) for world in _admin(sender, target, "/worlds").get("worlds", []))
    contract = load(parse_selection(quirks, "quirks"))
    return Source(f"mock {health['version']}", quirks, contract, worlds, int(health.get("per_page", 0)))


def waiter(target: Target, sender: Sender, source: Source) -> Callable[[str], None]:
    """What lets a token run out: the mock's clock is moved on, for anybody else the time is waited."""

    def wait(token: str) -> None:
        issued, expires = _life(token)
        if source.mock:
            _admin(sender, target, "/clock", {"advance": f"PT{expires - issued}S"})
            return
        left = expires + MARGIN - time.time()
        if left > LONGEST_WAIT:
            raise NotAsked("the token lives for more than two hours")
        time.sleep(max(0.0, left))

    return wait


def _life(token: str) -> tuple[int, int]:
    """iat and exp of a JWT, in seconds. Raises NotAsked where the token does not say."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return int(claims["iat"]), int(claims["exp"])
    except (LookupError, TypeError, ValueError):
        raise NotAsked("the token does not say when it ends") from None


def _admin(sender: Sender, target: Target, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A call of the mock's admin API; empty where there is none."""
    sent = b"" if body is None else json.dumps(body).encode()
    headers = (("Content-Type", "application/json"), ("Accept", "application/json"))
    asked = Request("POST" if sent else "GET", f"{target.base}/__admin{path}", headers, sent)
    try:
        found = json.loads(sender.send(asked).body)
    except (Unreachable, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def cassettes(
    exchanges: tuple[Exchange, ...], plan: Plan, capture: Capture, source: Source, today: str, pending: int
) -> dict[str, Cassette]:
    """One cassette for each area of the plan, by file name. ``exchanges`` are the scrubbed ones."""
    common: dict[str, Any] = {"origin": source.origin, "recorded": today, "kit": __version__, "plan": plan.name}
    common |= {"quirks": source.quirks} if source.quirks else {}
    common |= {"worlds": source.worlds} if source.worlds else {}
    common |= {"per_page": source.per_page} if source.per_page else {}
    common |= {"stopped": capture.stopped} if capture.stopped else {}
    found: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        found.setdefault(exchange.step.partition(".")[0], []).append(exchange)
    return {f"{a}.yaml": Cassette(_meta(common, a, plan, capture, pending), tuple(e)) for a, e in found.items()}


def _meta(common: Mapping[str, Any], area: str, plan: Plan, capture: Capture, pending: int) -> dict[str, Any]:
    steps = {step.id: step.unusual for step in plan.steps if step.area == area and step.unusual}
    cut = {id_: rows for id_, rows in capture.cut.items() if id_.partition(".")[0] == area}
    optional = {"steps": steps, "cut": cut}
    return {**common, "area": area, "pending": pending, **{key: value for key, value in optional.items() if value}}

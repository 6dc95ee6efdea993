"""One comparison from its parts to its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mockserver import __version__
from mockserver.contract import Contract, load
from mockserver.contract.quirks import parse_selection
from mockserver.world import profiles

from ..cassette import Cassette
from .age import days, recorded
from .asking import Asked
from .compare import differences, held
from .facts import PER_PAGE, Difference, Verdict, View
from .judge import verdicts
from .world import same_world

RECORDING, MOCK, LIVE, PRISM = "recording", "mock", "live", "prism"


@dataclass(frozen=True)
class Result:
    """``confirmed``: view -> ids that were seen to hold. ``requests``: view -> answers it gave. ``stopped``: view ->
    why it was not asked everything. ``vendor``: the view that is the vendor's own word, empty if none is.
    """

    quirks: str
    origin: str
    recorded: date | None
    age: int | None
    requests: Mapping[str, int]
    stopped: Mapping[str, str]
    differences: tuple[Difference, ...]
    confirmed: Mapping[str, tuple[str, ...]] = field(repr=False)
    vendor: str = ""

    @property
    def clean(self) -> bool:
        """No difference, and every view was asked everything."""
        return not self.differences and not self.stopped


def recording(cassette: Cassette) -> View:
    """The view of a cassette. What ``hjkit record`` wrote is scrubbed and says what its steps sent."""
    ours = "plan" in cassette.meta
    steps = cassette.meta.get("steps", {}) if ours else None
    cut = frozenset(cassette.meta.get("cut", {}))
    per_page = per_page_of(cassette)
    return View(RECORDING, cassette.exchanges, scrubbed=True, cut=cut, steps=steps, per_page=per_page)


def quirks_of(cassette: Cassette | None) -> str:
    """The quirks a mock was recorded under; those of the vendor for any other source."""
    return str(cassette.meta.get("quirks") or "vendor") if cassette else "vendor"


def worlds_of(cassette: Cassette | None) -> str:
    """The worlds a mock served when it was recorded, if this kit ships them; else those it serves by default."""
    named = str(cassette.meta.get("worlds") or "") if cassette else ""
    return named if set(named.split(",")) <= set(profiles.names()) else ""


def per_page_of(cassette: Cassette | None) -> int:
    """Rows a page held by the settings of the mock that was recorded; else what the contract says."""
    return int(cassette.meta.get("per_page") or PER_PAGE) if cassette else PER_PAGE


def contract_of(cassette: Cassette | None) -> Contract:
    """The contract a recording is held against."""
    return load(parse_selection(quirks_of(cassette), "quirks of the cassette"))


def compare(cassette: Cassette | None, asked: Sequence[Asked], contract: Contract, today: date) -> Result:
    """Judge every view, and those that show one world by each other too."""
    views = [*([recording(cassette)] if cassette else []), *(a.view for a in asked)]
    judged: dict[str, list[Verdict]] = {view.name: verdicts(view, contract) for view in views}
    by_name = {view.name: view for view in views}
    if cassette and MOCK in by_name and cassette.origin == f"mock {__version__}":
        judged[RECORDING] += same_world(by_name[RECORDING], by_name[MOCK], contract)
    return Result(
        quirks=quirks_of(cassette),
        origin=cassette.origin if cassette else "",
        recorded=recorded(cassette) if cassette else None,
        age=days(cassette, today) if cassette else None,
        requests={view.name: len(view.exchanges) for view in views},
        stopped={a.view.name: a.stopped for a in asked if a.stopped},
        differences=tuple(differences(views, judged, contract)),
        confirmed={name: held(found) for name, found in judged.items()},
        vendor=_vendor(cassette, asked),
    )


def _vendor(cassette: Cassette | None, asked: Sequence[Asked]) -> str:
    """Only what the vendor itself answered may change the contract."""
    if any(a.vendor and a.view.name == LIVE for a in asked):
        return LIVE
    return RECORDING if cassette and cassette.raises_grades else ""

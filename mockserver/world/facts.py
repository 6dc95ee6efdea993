"""The facts of one visit, from which the rows of every element are written."""

from __future__ import annotations

from dataclasses import dataclass

from mockserver.world.analytes import State
from mockserver.world.diagnoses import Finding
from mockserver.world.model import Visit
from mockserver.world.prevention import Dose
from mockserver.world.vitals import Measured


@dataclass(frozen=True, slots=True)
class Service:
    """A service (HCPCS level II) with its units. ``dx`` is among the encounter's, its reason first."""

    code: str
    units: int
    modifier: str | None
    dx: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One visit. ``findings`` are its diagnoses, the reason first; there are no signs by telehealth."""

    visit: Visit
    findings: tuple[Finding, ...]
    state: State
    signs: Measured | None
    doses: tuple[Dose, ...]
    services: tuple[Service, ...] = ()

    @property
    def dx(self) -> tuple[str, ...]:
        return tuple(finding.code for finding in self.findings)

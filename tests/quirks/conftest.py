"""Rows built by hand, and the short way through the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import pytest

from mockserver.quirks import Context, Truth, apply, shares
from mockserver.world.model import SLOTS, History, Values, Version
from mockserver.world.seeds import surrogate

SEED, PRACTICE = 7, "CLNC04"
MONDAY = 1_640_998_800_000_000  # 2022-01-01 01:00:00
DAY = 86_400_000_000

VALUES: Mapping[str, Values] = {
    "appointment": {
        "patient_id": "48213",
        "appointment_id": "584120",
        "date": date(2022, 3, 15),
        "begin_time": time(9, 30),
        "end_time": time(9, 45),
        "duration": 15,
        "resource": "Provider_7",
        "reason": "Follow up",
        "type": "FU",
        "detail": "",
        "provider_id": "1234500017",
        "provider_name": "Dana7 Provider7",
        "delete_ind": "N",
    },
    "encounter": {
        "encounter_id": "3",
        "patient_id": "48213",
        "reason": "Follow up",
        "place_of_service": "02",
    },
    "provider": {"provider_id": "1234500017", "provider_name": "Dana7 Provider7"},
    "demographic": {
        "patient_id": "48213",
        "gender": "female",
        "race": "White",
        "ethnicity": "Not Hispanic or Latino",
        "primary_language": "en",
        "state": "VA",
        "zip": "00321",
        "ssn": None,
        "other_id": None,
        "account_id": None,
    },
    "diagnosis": {
        "diagnosis_id": "9",
        "date": date(2022, 3, 15),
        "diagnosis_code": "E11.9",
        "description": "Diabetes",
    },
    "lab_order": {"lab_order_id": "5", "date": date(2022, 3, 15)},
    "medication": {
        "medication_id": "6",
        "date": date(2022, 3, 15),
        "ndc": None,
        "rxnorm_code": "314076",
        "medication_name": "lisinopril 10 MG",
    },
    "procedure": {
        "procedure_id": "7",
        "date": date(2022, 3, 15),
        "cpt4_hcpcs_code": "G0438",
        "modifier_code1": None,
        "dx1_code": "E11.9",
        "dx2_code": "I10",
        "dx3_code": None,
        "dx4_code": None,
        "place_of_service": "11",
    },
    "charge": {
        "charge_id": "8",
        "cpt4_hcpcs_code": "G0463",
        "modifier_code1": "GT",
        "dx1_code": "U07.1",
        "dx2_code": None,
        "dx3_code": None,
        "dx4_code": None,
        "place_of_service": "02",
    },
}
CHANGES: Mapping[str, Values] = {
    "appointment": {"begin_time": time(14, 0), "end_time": time(14, 15), "reason": "Wellness visit"},
    "demographic": {"zip": "00411", "state": "MD"},
    "diagnosis": {"diagnosis_code": "E78.5"},
    "medication": {"date": date(2022, 4, 2)},
}


@dataclass
class Kit:
    """What the tests build rows with."""

    seed: int = SEED
    values: Mapping[str, Values] = field(default_factory=lambda: VALUES)

    def history(
        self,
        element: str,
        index: int = 0,
        slot: int = 0,
        *,
        changed: bool = False,
        deleted: bool = False,
        marks: Mapping[str, object] | None = None,
        **values: Any,
    ) -> History:
        first = {**VALUES[element], **values}
        jitter = 1_000 * (index + 1) + slot + 1
        versions = [Version(MONDAY, jitter, first)]
        if changed:
            versions.append(Version(MONDAY + 3 * DAY, jitter, {**first, **CHANGES.get(element, {})}))
        gone = Version(MONDAY + 9 * DAY, jitter, dict(versions[-1].values)) if deleted else None
        number = surrogate(SEED, element, (index + 1) * SLOTS + slot)
        return History(element, index, slot, number, MONDAY, jitter, versions, gone, marks or {})

    def one_of_each(self, index: int = 0) -> list[History]:
        rows = [self.history(element, index, changed=element in CHANGES) for element in VALUES]
        return [*rows, self.history("appointment", index, 1, changed=True, deleted=True)]

    def context(self, world: str = "clinic", raw: Any = None, **more: Any) -> Context:
        """``raw`` replaces the shares of the quirks it names."""
        mixed = {**shares.load(), **(raw or {})}
        return Context(SEED, PRACTICE, world, Truth(PRACTICE), shares=shares.frozen(mixed), **more)

    def bend(
        self, rows: Iterable[History], *quirks: str, world: str = "clinic", raw: Any = None
    ) -> list[History]:
        return list(apply(rows, frozenset(quirks), self.context(world, raw)))


@pytest.fixture(scope="session")
def kit() -> Kit:
    return Kit()

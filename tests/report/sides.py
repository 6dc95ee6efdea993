"""Small evaluations to set side by side: of vendors of whom nothing else is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evaluation.findings.evaluate import Evaluation, run
from evaluation.findings.model import Api, Origin
from tests.findings.made import AMBIGUOUS, FIELDS, api, resource

CLEAN_ROWS = [{"visit_id": "17", "note": "a"}, {"visit_id": "18", "note": "b"}]


def faulty(**how: Any) -> Api:
    return api(resource("visit", AMBIGUOUS), resource("patient", [{"patient_id": "4"}]), **{"title": "faulty", **how})


def clean(**how: Any) -> Api:
    return api(resource("visit", CLEAN_ROWS), **{"title": "clean", **how})


def names_only(**how: Any) -> Api:
    """One of which names and types are there, and no rows."""
    made = api(resource("visit", CLEAN_ROWS), inputs=FIELDS, **{"title": "names only", **how})
    return replace(made, resources=tuple(replace(one, tables=()) for one in made.resources))


def runs(*apis: Api) -> list[Evaluation]:
    return [run(one) for one in apis]


def described(made: Api) -> Api:
    """The same as an observation of the vendor itself, which a scorecard counts."""
    return replace(made, origin=Origin.live)

"""Helpers for tests of checks: one check on one small API, and on the contract with quirks switched."""

from __future__ import annotations

from functools import cache

from evaluation.findings.adapters import contract
from evaluation.findings.model import Api, Resource
from evaluation.findings.outcome import Outcome, Verdict
from evaluation.findings.registry import checks_by_id

from ..made import api, field


def run(id_: str, *resources: Resource, **how: object) -> Outcome:
    """What a check says about an API of these resources."""
    return checks_by_id()[id_].function(api(*resources, **how))  # type: ignore[arg-type]


@cache
def known(quirks: str) -> Api:
    """Our contract under these quirks, read once."""
    return contract.read(quirks)


@cache
def verdict(id_: str, quirks: str) -> Verdict:
    """What a check says about our contract under these quirks."""
    return checks_by_id()[id_].function(known(quirks)).verdict


def columns(name: str, *names: str, **typed: str) -> Resource:
    """A resource with text columns of these names, and others of the types given."""
    texts = [field(column, types=frozenset({"string"})) for column in names]
    others = [field(column, types=frozenset(types.split())) for column, types in typed.items()]
    return Resource(name, (*texts, *others))


def places(found: Outcome) -> list[str]:
    """Where it was seen, as resource.column."""
    return [str(place) for place in found.places]

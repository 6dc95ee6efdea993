"""What the contract knows of the vendor, by id: a quirk, a quirk at one element, a behaviour, or a column.

``Q05``, ``Q05/appointment``, ``header.version.absent``, ``appointment.begin_time``; ``*.hj_modify_timestamp`` is that
column of every element that has it. Grades and channels come from the contract only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mockserver import contract
from mockserver.contract import Evidence
from mockserver.contract.source import document
from mockserver.errors import InputError


def evidence(id_: str, where: str) -> tuple[Evidence, ...]:
    """The evidence of a fact, one for each place an id with a star means.

    Channels are the fact's own, else those of its sources, without ``none``. Raises InputError for an unknown id.
    """
    if id_.startswith("*."):
        found = [e for key, e in _columns().items() if key.partition(".")[2] == id_[2:]]
    else:
        found = [one for one in (_known(id_),) if one is not None]
    if not found:
        raise InputError(f"{id_} is no fact of the contract", where, _some(id_), id_)
    return tuple(_with_channels(one) for one in found)


def _known(id_: str) -> Evidence | None:
    quirk, _, element = id_.partition("/")
    if quirk in (catalogue := contract.quirks.catalogue()):
        return catalogue[quirk].elements.get(element) if element else catalogue[quirk].evidence
    if id_ in (behaviours := contract.load().behaviours):
        return behaviours[id_].evidence
    return _columns().get(id_)


def _columns() -> Mapping[str, Evidence]:
    elements = contract.load().elements.values()
    return {f"{element.name}.{p.vendor}": p.evidence for element in elements for p in element.properties}


def _with_channels(found: Evidence) -> Evidence:
    own = found.channels or tuple(_channels()[source] for source in found.sources)
    return Evidence(found.grade, found.sources, tuple(sorted({channel for channel in own if channel != "none"})))


@cache
def _channels() -> Mapping[str, str]:
    """The channel of each source."""
    return {id_: source["channel"] for id_, source in document("sources.yaml").items()}


def _some(id_: str) -> list[str]:
    """Ids that begin alike, for the message; all quirks where none does."""
    every = [*contract.quirks.catalogue(), *contract.load().behaviours, *_columns()]
    return [other for other in every if other.split(".")[0] == id_.split(".")[0]] or list(contract.quirks.catalogue())

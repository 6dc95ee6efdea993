"""Cassettes that ``hjkit record`` wrote, as an Api.

What scrubbing leaves (evaluation/recording/scrub), and so what is among the inputs:

* paths and fields: names of elements and columns stay; a key that could be a value is masked.
* types and nulls: a number stays a number, text stays text, null, empty text and absent keys stay.
* samples and rows: values are pseudonyms of the same shape, one for one within a recording, so notations, equality and
  joins hold. Rows are those of every good answer; most listings are cut, and then ``complete`` is False.
* instants: all dates move by the same whole weeks; times of day and the digits of fractions stay.
* order: pages follow each other as they came. A table that holds rows of selections too is not ordered.
* refusals and probes: statuses, media types and keys stay, and codes made of words on the scrubber's list; a refusal
  whose code was masked is left out, for two codes may have become one.
* token: names, types and shapes of claims stay, so do algorithm, scheme of the issuer and life; values do not.

Not among them: texts (every word is another one) and numbers (ids of the source and amounts are drawn anew without
order; only keys the API mints keep their rank, and measures of up to four digits stay).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from evaluation.recording import cassette
from evaluation.recording.exchange import Exchange
from mockserver.errors import InputError

from ..model import Api, Input, Origin, Resource, Token
from . import body, listings, token
from .replies import replies

ORIGINS: Final = {
    "mock": (Origin.recording, "from a mock"),
    "live": (Origin.recorded_live, "from the live API"),
    "loopback": (Origin.server, "from a server on the recording machine"),
}
"""By the first word of a cassette's origin. A cassette that does not say is treated like any other server."""
KEPT: Final = frozenset(
    {Input.paths, Input.fields, Input.types, Input.nulls, Input.samples, Input.rows, Input.instants}
)
LOGIN: Final = "/authenticate"


def read(path: Path | str) -> Api:
    """The API as a cassette, or a folder of cassettes of one recording, shows it.

    Raises InputError that names the file and never a value in it.
    """
    place = Path(path)
    if not place.exists():
        raise InputError("does not exist", str(place), ["a cassette or a folder of cassettes"])
    recorded = cassette.read(place)
    word = recorded.origin.partition(" ")[0]
    origin, where = ORIGINS.get(word, (Origin.server, "from an unknown place"))
    ours = origin is Origin.recording
    steps = recorded.meta.get("steps")
    said = replies(recorded.exchanges, frozenset(map(str, steps if isinstance(steps, dict) else ())), ours)
    resources = listings.resources(listings.answers(recorded.exchanges), ours)
    structure = _token(recorded.exchanges)
    inputs = _rows(resources)
    inputs |= {i for i, got in _others(said.refusals, said.probes, structure) if got}
    stopped = ("the recording was stopped before its plan was finished",) if recorded.meta.get("stopped") else ()
    title = f"cassettes {place.resolve().name} ({where})"
    return Api(
        title, origin, frozenset(inputs), resources, said.refusals, said.probes, structure, (), stopped + said.partial
    )


def _rows(resources: Sequence[Resource]) -> set[Input]:
    """The inputs that rows give."""
    filled = [table for resource in resources for table in resource.tables if table.size]
    found = set(KEPT) if filled else set()
    if any(table.ordered for table in filled):
        found.add(Input.order)
    if filled and all(resource.complete for resource in resources):
        found.add(Input.all_rows)
    return found


def _others(refusals: object, probes: object, structure: object) -> list[tuple[Input, object]]:
    return [(Input.refusals, refusals), (Input.probes, probes), (Input.token, structure)]


def _token(exchanges: Sequence[Exchange]) -> Token | None:
    """The structure of the first token that a login answered with."""
    for exchange in exchanges:
        asked = urlsplit(exchange.request.url)
        if exchange.request.method == "POST" and asked.path.endswith(LOGIN) and exchange.response.status == 200:
            text, refresh = body.token(exchange.response.body)
            if text:
                return token.structure(text, refresh, asked.scheme)
    return None

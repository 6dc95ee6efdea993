"""Where the facts of a run come from, and which of them there are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Origin(StrEnum):
    """Where the facts of one run come from, which decides how much they say about the vendor."""

    contract = "contract"  # our own description of the vendor
    mock = "mock"  # our imitation, asked over HTTP
    live = "live"  # the vendor itself
    server = "server"  # another server on this machine
    recording = "recording"  # a cassette made from a mock
    recorded_live = "recorded-live"  # a cassette made from the vendor
    folder = "folder"  # files of rows; where they came from is not known
    description = "description"  # any other description of an API
    capture = "capture"  # traffic that a browser or proxy recorded; who answered is not known


class Input(StrEnum):
    """What a check may need. An adapter lists what it fills in; a check that lacks one is unknown, and says so."""

    paths = "paths"  # resources carry the names they are served at
    fields = "fields"  # names of the columns
    types = "types"  # JSON types of the columns, declared or seen
    nulls = "nulls"  # null, empty text and an absent key can be told apart
    samples = "samples"  # values or documented examples of columns
    rows = "rows"  # rows as they were delivered
    all_rows = "all rows"  # every row of every resource, so that absence means something
    texts = "texts"  # free text as the source wrote it, not a pseudonym
    instants = "instants"  # timestamps keep their differences and the digits of their fractions
    numbers = "numbers"  # numbers and ids keep their order
    order = "order"  # rows stand in the order the API gives them
    refusals = "refusals"  # answers to wrong requests, or their description
    probes = "probes"  # answers to deliberate questions, such as an unknown filter
    token = "token"  # the structure of the access token
    documents = "documents"  # what the vendor's documentation says
    descriptions = "descriptions"  # columns carry what the vendor wrote about them, if anything


MISSING: Final[Mapping[Input, str]] = {
    Input.paths: "the names resources are served at are not in it",
    Input.fields: "the names of columns are not in it",
    Input.types: "types are not in it",
    Input.nulls: "null and empty text cannot be told apart in it",
    Input.samples: "it holds no values",
    Input.rows: "it holds no rows",
    Input.all_rows: "it holds only some of the rows",
    Input.texts: "its texts are pseudonyms",
    Input.instants: "its timestamps are not kept as they were",
    Input.numbers: "its numbers are pseudonyms",
    Input.order: "the order of delivery is not in it",
    Input.refusals: "it holds no refused request",
    Input.probes: "it holds no answers to deliberate questions",
    Input.token: "it holds no token",
    Input.documents: "the vendor's documentation was not read",
    Input.descriptions: "it holds no descriptions of columns by the vendor",
}

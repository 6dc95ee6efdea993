"""An API as checks see it: resources, fields, rows, refusals and a token, whoever the vendor is.

Adapters fill it from a contract, a server, a recording or a folder and say in ``inputs`` what they could fill in.
A check reads nothing else, so its verdict never depends on where the facts came from, only on which are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, Final

Json = None | bool | int | float | str | list[Any] | dict[str, Any]


class Absent(Enum):
    """The value of a column in a row that does not have the key at all."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent.ABSENT
Cell = Json | Absent


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
}


@dataclass(frozen=True, eq=False)
class Field:
    """A column. ``types`` are JSON types without null (empty: not known); ``nullable`` is None where not known.

    ``samples`` are distinct values that are not null, in order of first appearance, at most 1000; from rows where
    there are any, else documented examples. ``format`` and ``pattern`` are declared ones, empty where there are none.
    """

    name: str
    types: frozenset[str] = frozenset()
    nullable: bool | None = None
    format: str = ""
    pattern: str = ""
    enum: tuple[Json, ...] = ()
    description: str = ""
    samples: tuple[Json, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of one resource in one practice, by column, in the order they were delivered.

    Every column has ``size`` cells; a row without the key has ABSENT. ``complete`` says whether these are all rows
    a default listing delivers.
    """

    practice: str
    columns: Mapping[str, tuple[Cell, ...]]
    size: int
    complete: bool = True
    ordered: bool = True

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of a column; all ABSENT where the table has none of this name."""
        return self.columns.get(name, (ABSENT,) * self.size)

    def row(self, index: int) -> dict[str, Json]:
        """One row as it was delivered, absent keys left out."""
        cells = ((name, column[index]) for name, column in self.columns.items())
        return {name: cell for name, cell in cells if not isinstance(cell, Absent)}


@dataclass(frozen=True, eq=False)
class Resource:
    """What is served at one path. ``name`` is the last part of it; ``empty`` if nothing is known of its fields."""

    name: str
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    description: str = ""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @property
    def empty(self) -> bool:
        return not self.fields

    @property
    def complete(self) -> bool:
        """Whether every row of it is here."""
        return bool(self.tables) and all(table.complete for table in self.tables)


@dataclass(frozen=True)
class Refusal:
    """A request that was, or is documented to be, refused. ``cause`` is one of CAUSES.

    ``keys`` are the keys of a JSON object in the body, or None where the body is no such thing. ``code`` tells two
    refusals of one status apart (a machine-readable word or number in the body), empty where there is none.
    """

    cause: str
    status: int
    media_type: str = ""
    keys: tuple[str, ...] | None = None
    code: str = ""


CAUSES: Final = (
    "login wrong", "login incomplete", "token missing", "token invalid", "token expired", "key missing", "key wrong",
    "resource unknown", "tenant unknown", "tenant forbidden", "path unknown", "method wrong", "filter column unknown",
    "filter operator unknown", "filter value wrong", "page wrong", "version unknown", "too many requests",
)  # fmt: skip


@dataclass(frozen=True)
class Probe:
    """A deliberate question and what came of it. ``topic`` is one of TOPICS.

    ``outcome`` is ``refused``, ``ignored`` (answered as if it had not been asked), ``applied`` or ``empty``.
    """

    topic: str
    outcome: str
    status: int
    detail: str = ""


TOPICS: Final = (
    "unknown filter column", "unknown filter operator", "wrong filter value", "page past the end", "page no number",
    "page size asked", "version absent", "version short", "version unknown", "changed while paging",
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One claim of a token, without its value. ``name`` is a path such as ``customer.products``.

    ``holds`` is ``plain``, ``list as text``, ``json as text`` or ``error text``.
    """

    name: str
    type: str
    holds: str = "plain"


@dataclass(frozen=True)
class Token:
    """The structure of an access token: names and shapes, never values. ``life`` is in seconds."""

    algorithm: str = ""
    claims: tuple[Claim, ...] = ()
    issuer_scheme: str = ""
    life: int | None = None
    refresh: bool | None = None


@dataclass(frozen=True)
class Document:
    """What the documentation says on a topic of documentation.yaml: documented, silent or contradicted."""

    topic: str
    says: str
    source: str = ""


@dataclass(frozen=True)
class Asked:
    """An exact exchange with our own mock: safe to show, because everything in it is invented. Secrets are masked."""

    request: str
    status: int
    body: str


@dataclass(frozen=True, eq=False)
class Api:
    """One API as one target shows it. ``partial`` holds a sentence for each thing that could not be read.

    ``asked`` has an exchange by (resource name, practice) and by (topic or cause, ""); empty unless our mock answered.
    """

    title: str
    origin: Origin
    inputs: frozenset[Input]
    resources: tuple[Resource, ...]
    refusals: tuple[Refusal, ...] = ()
    probes: tuple[Probe, ...] = ()
    token: Token | None = None
    documents: tuple[Document, ...] = ()
    partial: tuple[str, ...] = ()
    asked: Mapping[tuple[str, str], Asked] = field(default_factory=dict)
    vendor: str = "healthjump"  # whose API it is, for what is known of it; empty where nothing is known

    @cached_property
    def by_name(self) -> Mapping[str, Resource]:
        return {resource.name: resource for resource in self.resources}

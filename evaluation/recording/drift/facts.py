"""What drift is made of: views, verdicts on single facts, and the differences that come of them. None holds a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mockserver.settings import Settings

from ..exchange import Exchange

FACETS = (
    "status",
    "headers",
    "login",
    "envelope keys",
    "envelope order",
    "envelope values",
    "row keys",
    "row order",
    "types",
    "formats",
    "null habits",
    "sort order",
    "page walk",
    "filter meaning",
    "error body",
)
"""The facets in the order in which they are reported."""

SHAPE = frozenset(("status", "envelope keys", "envelope order", "row keys", "row order", "types", "formats"))
"""What can be said of a server that knows the contract and nothing else."""

AS_STATED, NOT_SEEN, NOT_COMPARABLE = "as stated", "not seen", "not comparable"


PER_PAGE: int = Settings().per_page


@dataclass(frozen=True)
class View:
    """One source of answers.

    ``scrubbed``: values stand for others. ``cut``: steps of which not every row was kept. ``steps``: what the plan
    says of the login headers of its unusual steps, None where no plan was followed. ``per_page``: rows a page holds by
    the contract, or by the settings of the mock that was asked.
    """

    name: str
    exchanges: tuple[Exchange, ...] = field(repr=False)
    scrubbed: bool = False
    facets: frozenset[str] = frozenset(FACETS)
    cut: frozenset[str] = frozenset()
    steps: Mapping[str, Mapping[str, str]] | None = field(default=None, repr=False)
    per_page: int = PER_PAGE


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was seen: a step of the plan, the path segment of an element, a column."""

    step: str
    element: str = ""
    column: str = ""

    def __str__(self) -> str:
        return f"{self.step or 'a request'}{f' ({self.element})' if self.element else ''}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one fact of the contract holds at one place. ``id`` is a behaviour or ``element.property``.

    ``said`` is what was seen instead, in words without values; empty when the fact holds. ``wanted`` is what the
    contract states.
    """

    id: str
    facet: str
    place: Place
    said: str = ""
    wanted: str = ""

    @property
    def held(self) -> bool:
        return not self.said


@dataclass(frozen=True)
class Difference:
    """One fact on which the views do not agree. ``says``: view -> what it says, the contract first."""

    id: str
    facet: str
    title: str
    grade: str
    says: Mapping[str, str]
    places: tuple[Place, ...]

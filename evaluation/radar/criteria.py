"""What is judged, how much it counts, and the limits of the rings. criteria_file.py reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from evaluation.findings.grades import Proof


@dataclass(frozen=True)
class Item:
    """A check or a question: what a criterion is made of. ``asks`` is a question's text or a check's title."""

    id: str
    criterion: str
    asks: str
    weight: float


@dataclass(frozen=True)
class Criterion:
    """``weight`` is compared with those of the others; ``because`` is its reason."""

    id: str
    title: str
    weight: float
    because: str
    items: tuple[Item, ...]

    @cached_property
    def total(self) -> float:
        """The weights of its items together."""
        return sum(item.weight for item in self.items)


@dataclass(frozen=True)
class Limit:
    """At least ``least`` of 100 on ``scale``, of one criterion or item, or of everything if ``of`` is empty."""

    scale: str
    least: float
    of: str = ""

    def covers(self, item: Item) -> bool:
        """Whether the item is part of what is limited."""
        return self.of in ("", item.criterion, item.id)


@dataclass(frozen=True, eq=False)
class Criteria:
    """The whole file. ``rings`` has the limits of each ring, from the centre outwards."""

    grades: Mapping[Proof, float]
    rings: Mapping[str, tuple[Limit, ...]]
    criteria: Mapping[str, Criterion]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        return {item.id: item for criterion in self.criteria.values() for item in criterion.items}

    @cached_property
    def total(self) -> float:
        return sum(criterion.weight for criterion in self.criteria.values())

    def share(self, item: Item) -> float:
        """What an item counts of 100."""
        criterion = self.criteria[item.criterion]
        return 100 * criterion.weight / self.total * item.weight / criterion.total

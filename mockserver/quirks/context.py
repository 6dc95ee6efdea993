"""What a quirk function may know beside the row: the world, the keys of chance, the answer key."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from ..world.model import SLOTS, History
from ..world.seeds import seed_of, share
from . import shares
from .shares import Shares
from .truth import Truth

HALF = SLOTS // 2
"""Slots from here on belong to duplicates; the slot of the row they repeat is ``HALF`` below."""

_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Context:
    """The practice whose rows are bent.

    ``seed`` is the one surrogates are made with. In the world ``sandbox`` dirt is marked, elsewhere drawn.
    ``providers`` are all provider ids of the practice, where known: then at least one is unresolved (Q12).
    """

    seed: int
    practice: str
    world: str
    truth: Truth
    providers: tuple[str, ...] = ()
    shares: Shares = field(default_factory=shares.load)

    @property
    def by_chance(self) -> bool:
        """Whether dirt is drawn; in the sandbox the profile marks the rows instead."""
        return self.world != "sandbox"

    def chance(self, quirk: str, table: str, kind: str, *key: object) -> bool:
        """Whether this key is among the share of that kind. Never true in the sandbox."""
        return self.by_chance and self._draw(quirk, table, kind, *key) < self.shares[quirk][table][kind]

    def kind(self, quirk: str, table: str, *key: object) -> str:
        """Which of the table's kinds befalls this key; empty for none, and in the sandbox."""
        if not self.by_chance:
            return ""
        rest = self._draw(quirk, table, *key)
        for kind, value in self.shares[quirk][table].items():
            if rest < value:
                return kind
            rest -= value
        return ""

    def unresolved(self, provider_id: object) -> bool:
        """Whether a provider is among the unresolved (Q12): the exact share if all are known."""
        if not self.by_chance or provider_id is None:
            return False
        if not self.providers:
            return self.chance("Q12", "provider", "unresolved", provider_id)
        part = self.shares["Q12"]["provider"]["unresolved"]
        return provider_id in _by_lot(self.seed, self.practice, self.providers, part)

    def number(self, below: int, *key: object) -> int:
        """A whole number in [0, below) for this key."""
        return seed_of(self.seed, self.practice, *key) % below

    def second_pass(self, quirk: str) -> int:
        """Microseconds (20 to 40 minutes) between a practice's rows and their duplicates.

        One number per practice: a load that stores rows twice does so in one go. The rows of a window have
        their instants within a quarter of an hour (world/timeline.py), so no duplicate meets another row's.
        """
        return 20 * _MINUTE + self.number(20 * _MINUTE, quirk, "second pass")

    def _draw(self, *key: object) -> float:
        return share(self.seed, self.practice, *key)


@lru_cache(maxsize=64)
def _by_lot(seed: int, practice: str, providers: tuple[str, ...], part: float) -> frozenset[str]:
    key = (seed, practice, "Q12", "provider", "unresolved")
    lots = sorted(providers, key=lambda id_: (share(*key, id_), id_))
    return frozenset(lots[: max(1, round(part * len(lots)))])


def key_of(history: History) -> tuple[int, int]:
    """Patient index and slot. A duplicate has the key of the row it repeats, hence the same dirt."""
    return history.index, history.slot % HALF

"""The row quirks by id: the function, the columns it may change, and how its effect is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..contract.quirks import catalogue, switchable
from ..world.model import History
from . import appointments, billing, codes, dates, demographics, reasons, stamps
from .context import Context

_EVERYWHERE = frozenset({"sandbox", "clinic"})
_CLINIC = frozenset({"clinic"})
_PLACED = dict.fromkeys(("charge", "encounter", "procedure"), ("place_of_service",))
_DATED = dict.fromkeys(("diagnosis", "lab_order", "medication", "procedure"), ("date",))


@dataclass(frozen=True, slots=True)
class RowQuirk:
    """``bend`` turns a row into none (withheld), one, or two (duplicated).

    ``columns`` are the cells it may change, by element; None stands for every element and no cell. No two
    quirks share a column. ``alike`` are the worlds in which equal clean values become equal dirty ones, so
    that one rule notes them all; ``rules`` are pairs of a column and a rule that no value tells.
    """

    id: str
    bend: Callable[[History, Context], list[History]]
    columns: Mapping[str, tuple[str, ...]] | None
    alike: frozenset[str] = frozenset()
    rules: tuple[tuple[str, str], ...] = ()

    def concerns(self, element: str) -> bool:
        return self.columns is None or element in self.columns

    def cells(self, element: str) -> tuple[str, ...]:
        return () if self.columns is None else self.columns.get(element, ())


_BATCH = "the instant of the load; in the clean twin each row lies apart from it by a fraction of its own"
_RULES_Q16 = (("surrogate", "numbers know no time; in the clean twin they rise with the create timestamp"),)
_RULES_Q17 = (("hj_create_timestamp", _BATCH), ("hj_modify_timestamp", _BATCH))
_PROVIDER = {"appointment": ("provider_id", "provider_name"), "provider": ()}
_CODED = {"demographic": ("gender", "race", "ethnicity", "primary_language")}
_PRODUCTS = {"charge": ("cpt4_hcpcs_code",), "medication": ("ndc",), "procedure": ("cpt4_hcpcs_code",)}
_REASONS = {"appointment": ("reason",), "encounter": ("reason",)}

_ALL = (
    RowQuirk("Q12", appointments.missing_providers, _PROVIDER),
    RowQuirk("Q13", appointments.delivered_deletions, {"appointment": ("delete_ind",)}),
    RowQuirk("Q14", appointments.twins, {"appointment": ()}),
    RowQuirk("Q15", demographics.listed_twice, {"demographic": ("zip",)}),
    RowQuirk("Q16", stamps.unordered_ids, None, rules=_RULES_Q16),
    RowQuirk("Q17", stamps.shared_instants, None, rules=_RULES_Q17),
    RowQuirk("Q20-feed", dates.mixed_dates, _DATED),
    RowQuirk("Q21", appointments.odd_times, {"appointment": ("begin_time", "end_time")}),
    RowQuirk("Q22", demographics.withheld, {"demographic": ()}),
    RowQuirk("Q23", reasons.own_words, _REASONS, alike=_CLINIC),
    RowQuirk("Q25", codes.dirty_diagnoses, codes.COLUMNS),
    RowQuirk("Q26", billing.dirty_products, _PRODUCTS),
    RowQuirk("Q27", billing.unpadded_places, _PLACED, alike=_CLINIC),
    RowQuirk("Q28", demographics.coded, _CODED, alike=_EVERYWHERE),
    RowQuirk("Q29", demographics.padded, {"demographic": ("state",)}),
    RowQuirk("Q30", demographics.filled, {"demographic": ("ssn", "other_id", "account_id")}),
)

ROW_QUIRKS: Mapping[str, RowQuirk] = MappingProxyType({quirk.id: quirk for quirk in _ALL})


def applicable(quirks: frozenset[str], world: str) -> frozenset[str]:
    """Those of the quirks that show in a world; one whose catalogue entry names no worlds shows in all.

    Raises KeyError for an id that is not in the catalogue.
    """
    return frozenset(id_ for id_ in quirks if not catalogue()[id_].worlds or world in catalogue()[id_].worlds)


def in_force(quirks: frozenset[str], world: str) -> tuple[RowQuirk, ...]:
    """The row quirks to apply, in the catalogue's order."""
    wanted = applicable(quirks, world)
    return tuple(ROW_QUIRKS[id_] for id_ in switchable() if id_ in wanted and id_ in ROW_QUIRKS)

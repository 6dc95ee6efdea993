"""Profiles: what a world is made from, read from YAML. ``clinic.yaml`` documents every key and its source.

A profile may leave out any key; it then comes from ``clinic.yaml``. The sections ``sandbox``, ``clinical``
and ``billing`` are mappings whose content is checked by the maker that reads them.
"""

# ruff: noqa: RUF009 - every call in a field is a dataclasses.field
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from mockserver.world import schema
from mockserver.world.clock import DAY, to_datetime
from mockserver.world.profile_sections import (
    Booking,
    Charting,
    CoverageMix,
    DemographicRates,
    Loading,
    Panel,
    PayerSpec,
    ProviderSpec,
    VisitRates,
)
from mockserver.world.schema import ProfileError

FOLDER = Path(__file__).parent / "profiles"
BASE = "clinic"
FREE = ("sandbox", "clinical", "billing")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_PATIENTS = 449_998
"""So many patients of one practice fit into nine-digit Healthjump ids (``model.SLOTS`` rows each)."""


@dataclass(frozen=True)
class PracticeProfile:
    """A practice: ``connected`` is the day on which Healthjump read it for the first time."""

    code: str = schema.text("[A-Z]{4}[0-9]{2}", "four capital letters and two digits")
    name: str = schema.text()
    connected: date = schema.day()
    state: str = schema.text("[A-Z]{2}", "two capital letters")
    area_codes: tuple[str, ...] = schema.texts("[2-9][0-9]{2}", "area codes of three digits, quoted")
    sites: tuple[str, ...] = schema.texts()
    providers: tuple[ProviderSpec, ...] = schema.sections(ProviderSpec)
    payers: tuple[PayerSpec, ...] = schema.sections(PayerSpec)


@dataclass(frozen=True)
class Profile:
    """What a world is made from. ``patients`` counts those of each practice, ``now`` is microseconds."""

    name: str = schema.text("[a-z0-9][a-z0-9_-]{0,39}", "lower-case letters, digits, - and _")
    maker: str = schema.choice("clinic", "sandbox")
    seed: int = schema.whole(0, 2**63 - 1)
    now: int = schema.instant()
    history_years: int = schema.whole(1, 30)
    horizon_days: int = schema.whole(0, 366)
    patients: int = schema.whole(1, MOST_PATIENTS)
    practices: tuple[PracticeProfile, ...] = schema.sections(PracticeProfile)
    panel: Panel = schema.section(Panel)
    coverage: CoverageMix = schema.section(CoverageMix)
    visits: VisitRates = schema.section(VisitRates)
    appointments: Booking = schema.section(Booking)
    encounters: Charting = schema.section(Charting)
    demographics: DemographicRates = schema.section(DemographicRates)
    load: Loading = schema.section(Loading)
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The day of ``now``."""
        return to_datetime(self.now).date()

    @cached_property
    def history_start(self) -> date:
        """The day the practice's records begin."""
        return self.today - timedelta(days=round(365.25 * self.history_years))

    @cached_property
    def horizon_end(self) -> int:
        """The instant after which nothing is made."""
        return self.now + self.horizon_days * DAY

    @cached_property
    def last_day(self) -> date:
        """The day of ``horizon_end``."""
        return to_datetime(self.horizon_end).date()

    def with_(self, patients: int | None = None, seed: int | None = None) -> Profile:
        """The same world with other numbers. Raises ProfileError if one is out of range."""
        given = {"patients": patients, "seed": seed}
        changed = {key: value for key, value in given.items() if value is not None}
        for key, value in changed.items():
            schema.check(Profile, key, value, f"{self.name}: {key}")
        return replace(self, **changed)  # type: ignore[arg-type]


def names() -> tuple[str, ...]:
    """The shipped profiles."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load(name_or_path: str) -> Profile:
    """A shipped profile by name, or a YAML file of your own. Raises ProfileError."""
    shipped = names()
    if name_or_path in shipped:
        path = FOLDER / f"{name_or_path}.yaml"
    elif name_or_path.endswith((".yaml", ".yml")):
        path = Path(name_or_path)
    else:
        valid = (*shipped, "a path ending in .yaml")
        raise ProfileError(f"{name_or_path!r} is no profile", "profile", valid, given=name_or_path)
    given = _mapping(path)
    return parse({"name": path.stem, **given}, path.name)


def parse(given: Mapping[str, Any], file: str) -> Profile:
    """A mapping as a profile, completed from the base profile; errors name ``file``. Raises ProfileError."""
    own = {key: value for key, value in given.items() if key not in FREE}
    free = {key: value for key, value in given.items() if key in FREE}
    for key, value in free.items():
        if not isinstance(value, dict):
            raise ProfileError(f"{value!r} does not fit", f"{file}: {key}", ("a mapping",))
    base = {key: value for key, value in _mapping(FOLDER / f"{BASE}.yaml").items() if key not in FREE}
    for key in own.keys() - base.keys():
        raise ProfileError(f"key {key!r} is not known", file, (*base, *FREE), given=str(key))
    profile = schema.read(Profile, _completed(own, base), f"{file}:")
    problems = list(_problems(profile))
    if problems:
        where, what, valid = problems[0]
        raise ProfileError(what, f"{file}: {where}", (valid,))
    return replace(profile, sections=free)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"cannot be read ({type(error).__name__})", path.name, ("a YAML file",)) from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise ProfileError("is not YAML", f"{path.name} line {line}", ("a YAML mapping",)) from error
    if not isinstance(value, dict):
        raise ProfileError("is not a mapping", path.name, ("a YAML mapping",))
    return value


def _completed(own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    result = {**base, **own}
    for key, section in base.items():
        if isinstance(section, dict) and isinstance(result[key], dict):
            result[key] = {**section, **result[key]}
    if isinstance(result["practices"], list):
        model = base["practices"][0]
        given = result["practices"]
        result["practices"] = [{**model, **each} if isinstance(each, dict) else each for each in given]
    return result


def _problems(profile: Profile) -> Iterator[tuple[str, str, str]]:
    """Key, what is wrong and what is valid, for what no key can know of itself."""
    yield from _lengths(profile)
    codes = [practice.code for practice in profile.practices]
    if len(set(codes)) < len(codes):
        yield "practices", "two practices have the same code", "each code once"
    for practice in profile.practices:
        where = f"practices {practice.code}"
        if not profile.history_start < practice.connected < profile.today:
            span = f"a day between {profile.history_start} and {profile.today}"
            yield f"{where}.connected", f"{practice.connected} does not fit", span
        if any(spec.site >= len(practice.sites) for spec in practice.providers):
            yield f"{where}.providers", "a provider has no site", f"site 0 to {len(practice.sites) - 1}"
        if not any(spec.panel and spec.from_age <= 18 <= spec.to_age for spec in practice.providers):
            yield f"{where}.providers", "nobody looks after everyday patients", "a provider with a panel"
    if profile.appointments.cancelled_share + profile.appointments.no_show_share > 0.9:
        yield "appointments", "nearly every booking fails", "cancelled_share + no_show_share up to 0.9"


def _lengths(profile: Profile) -> Iterator[tuple[str, str, str]]:
    panel, visits, mix = profile.panel, profile.visits, profile.coverage
    lists = [
        ("panel", panel, ("visit_share", "visits_per_year"), len(panel.bands)),
        ("panel", panel, ("female_share", "deaths_per_year"), len(panel.bands)),
        ("visits", visits, ("wellness_per_year", "chronic_share"), len(panel.bands)),
        ("visits", visits, ("telehealth",), 3),
        ("appointments", profile.appointments, ("lead_days",), 4),
    ]
    for section, holder, keys, count in lists:
        for key in keys:
            if len(getattr(holder, key)) != count:
                yield f"{section}.{key}", f"{len(getattr(holder, key))} numbers", f"{count} numbers"
    for word, values in mix.weights.items():
        if len(values) != len(mix.bands):
            yield f"coverage.weights.{word}", f"{len(values)} numbers", f"{len(mix.bands)} numbers"
    for key, bands in (("panel.bands", panel.bands), ("coverage.bands", mix.bands)):
        if bands[0] != 0 or list(bands) != sorted(set(bands)):
            yield key, "the bands are not in order", "ages that rise from 0"
    if panel.oldest <= panel.bands[-1]:
        yield "panel.oldest", f"{panel.oldest} does not fit", f"more than {panel.bands[-1]:g}"

"""Case files to the neutral model of an API, and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from evaluation.findings.adapters import fields as columns
from evaluation.findings.model import (
    Api,
    Claim,
    Document,
    Field,
    Input,
    Json,
    Origin,
    Probe,
    Refusal,
    Resource,
    Table,
    Token,
)

from .shape import examine

HERE: Final = Path(__file__).parent
CASES: Final = HERE / "cases"  # labelled before any check existed
LATER: Final = HERE / "later"  # labelled when the checks had been corrected on the first
STEP, SPREAD, PRIME = 61, 6131, 10_007
START: Final = "2024-03-01T08:00:00.000Z"


@dataclass(frozen=True)
class Label:
    """A fault or a look-alike. ``at``: each place counts; ``any_of``: one is enough; ``also``: may be named."""

    check: str
    why: str
    at: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Case:
    """A made-up API with its faults and look-alikes. ``not_judged``: check -> why it is left out here."""

    name: str
    api: Api
    planted: tuple[Label, ...]
    innocent: tuple[Label, ...]
    not_judged: Mapping[str, str]


def cases(folder: Path = CASES) -> tuple[Case, ...]:
    """All cases in order of their names. Raises InputError for the first file that cannot be taken."""
    return tuple(read(path) for path in sorted(folder.glob("*.yaml")))


def read(path: Path) -> Case:
    """One case. Raises InputError that says file, key, what is valid and a guess."""
    raw = examine(yaml.safe_load(path.read_text(encoding="utf-8")), path)
    return Case(path.stem, _api(raw), _labels(raw, "planted"), _labels(raw, "innocent"), raw.get("not_judged", {}))


def _labels(raw: Mapping[str, Any], part: str) -> tuple[Label, ...]:
    return tuple(
        Label(one["check"], one["why"], *(tuple(one.get(key, ())) for key in ("at", "any_of", "also")))
        for one in raw.get(part, ())
    )


def _api(raw: Mapping[str, Any]) -> Api:
    every = raw.get("every", {})
    resources = tuple(_resource(name, spec, every) for name, spec in raw["resources"].items())
    refusals = tuple(map(_refusal, raw.get("refusals", ())))
    probes = tuple(Probe(p["topic"], p["outcome"], p["status"], p.get("detail", "")) for p in raw.get("probes", ()))
    documents = tuple(Document(d["topic"], d["says"], d.get("source", "")) for d in raw.get("documents", ()))
    inputs = frozenset(_inputs(raw, resources)) - {Input(name) for name in raw.get("without", ())}
    token = _token(raw.get("token"))
    title, origin = raw["vendor"], Origin.description
    return Api(title, origin, inputs, resources, refusals, probes, token, documents, vendor="")


def _refusal(raw: Mapping[str, Any]) -> Refusal:
    keys = tuple(raw["keys"]) if "keys" in raw else None
    return Refusal(raw["cause"], raw["status"], raw.get("media_type", ""), keys, raw.get("code", ""))


def _inputs(raw: Mapping[str, Any], resources: Sequence[Resource]) -> Iterator[Input]:
    yield from (Input.paths, Input.fields, Input.types, Input.nulls)
    if any(field.samples or field.enum for resource in resources for field in resource.fields):
        yield Input.samples
    if any(resource.tables for resource in resources):
        yield from (Input.rows, Input.texts, Input.instants, Input.numbers, Input.order)
        if all(resource.complete for resource in resources):
            yield Input.all_rows
    given = {"refusals": Input.refusals, "probes": Input.probes, "token": Input.token, "documents": Input.documents}
    yield from (kind for part, kind in given.items() if raw.get(part))


def _token(raw: Mapping[str, Any] | None) -> Token | None:
    if raw is None:
        return None
    claims = tuple(Claim(c["name"], c["type"], c.get("holds", "plain")) for c in raw.get("claims", ()))
    return Token(raw.get("algorithm", ""), claims, raw.get("issuer_scheme", ""), raw.get("life"), raw.get("refresh"))


def _resource(name: str, raw: Mapping[str, Any], every: Mapping[str, Any]) -> Resource:
    specs = {**raw["fields"], **every}
    tables = tuple(_tables(raw, specs))
    seen = {field.name: field for field in columns.fields(tables)}
    found = tuple(_declared(seen.get(column, Field(column)), spec) for column, spec in specs.items())
    return Resource(name, found, tables, raw.get("description", ""))


def _declared(seen: Field, spec: str | Mapping[str, Any]) -> Field:
    """What rows show of a column, corrected by what the case declares."""
    if isinstance(spec, str):
        kinds = frozenset(kind for kind in spec.removesuffix("?").split("|") if kind)
        return replace(seen, types=kinds, nullable=spec.endswith("?")) if kinds else seen
    given = {key: spec[key] for key in ("nullable", "format", "pattern", "description") if key in spec}
    given |= {"types": frozenset(spec["types"])} if "types" in spec else {}
    given |= {key: tuple(spec[key]) for key in ("enum", "samples") if key in spec}
    return replace(seen, **given)


def _tables(raw: Mapping[str, Any], specs: Mapping[str, Any]) -> Iterator[Table]:
    counts = {practice: len(rows) for practice, rows in raw.get("rows", {}).items()} | raw.get("count", {})
    for practice, size in counts.items():
        given = iter(zip(*raw.get("rows", {}).get(practice, ()), strict=True))
        cells = {name: list(_series(spec, size)) if _made(spec) else list(next(given)) for name, spec in specs.items()}
        for change in raw.get("set", ()):
            if change["practice"] == practice:
                cells[change["field"]][change["row"]] = change["value"]
        rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
        complete = practice not in raw.get("incomplete", ())
        yield columns.table(practice, rows, complete=complete, ordered=not raw.get("unordered", False))


def _made(spec: str | Mapping[str, Any]) -> bool:
    return not isinstance(spec, str) and "series" in spec


def _series(spec: Mapping[str, Any], size: int) -> Iterator[Json]:
    """``count`` from start, ``cycle`` of values, a ``constant``, or an ``instant`` a row, scattered unless told."""
    kind = spec["series"]
    for index in range(size):
        if kind == "constant":
            yield spec.get("value")
        elif kind == "count":
            yield int(spec.get("start", 1)) + index * int(spec.get("step", 1))
        elif kind == "cycle":
            yield spec["of"][index % len(spec["of"])]
        else:
            yield _instant(spec, index)


def _instant(spec: Mapping[str, Any], index: int) -> str:
    """Different for every row of a table; scattered ones neither rise nor fall."""
    start = datetime.fromisoformat(spec.get("start", START)).astimezone(UTC)
    place = index * SPREAD % PRIME if spec.get("scatter", True) else index
    moment = start + timedelta(seconds=place * spec.get("step", STEP))
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")

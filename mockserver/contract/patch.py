"""Element files under a set of quirks: renamed, dropped, reformatted and moved columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from . import quirks as quirk_catalogue
from .model import Element, Property
from .source import document, element_document, evidence

Patch = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column on its way through the patches: only what patches can change."""

    vendor: str
    name: str
    types: tuple[str, ...]
    format: str


def element(name: str, in_force: frozenset[str]) -> Element | None:
    """The element under these quirks, or None if it does not exist under them."""
    raw = element_document(name)
    if raw.get("only_without") in in_force:
        return None
    clean = {c.vendor: c.name for c in _columns(raw, frozenset(), keep_dropped=True)}
    columns = _columns(raw, in_force)
    return Element(
        name=name,
        path=_path(raw, in_force),
        description=raw["description"],
        evidence=evidence(raw["x-evidence"]),
        properties=tuple(_property(raw["properties"][c.vendor], c, clean[c.vendor]) for c in columns),
    )


def _columns(raw: Patch, in_force: frozenset[str], *, keep_dropped: bool = False) -> list[Column]:
    columns = [_column(name, p) for name, p in raw["properties"].items()]
    for patch in _patches(in_force):
        columns = _apply(columns, patch, raw["element"], keep_dropped=keep_dropped)
    return columns


def _column(name: str, raw: Patch) -> Column:
    types = raw["type"]
    return Column(name, name, tuple(types) if isinstance(types, list) else (types,), raw["x-format"])


def _patches(in_force: frozenset[str]) -> Iterator[Patch]:
    """The schema patches that the state of each switch calls for, in order."""
    for quirk in quirk_catalogue.switchable().values():
        if quirk.schema and (quirk.schema["when"] == "on") == (quirk.id in in_force):
            yield quirk.schema


def _apply(columns: list[Column], patch: Patch, name: str, *, keep_dropped: bool) -> list[Column]:
    renames = patch.get("rename", {}).get(name, {})
    formats = patch.get("formats", {}).get(name, {})
    dropped = () if keep_dropped else patch.get("drop", {}).get(name, ())
    nullable = patch.get("nullable", {}).get(name, ())
    kept = (c for c in columns if c.vendor not in dropped)
    return [_change(c, renames, formats, c.vendor in nullable) for c in kept]


def _change(column: Column, renames: Patch, formats: Patch, nullable: bool) -> Column:
    types = (*column.types, "null") if nullable and "null" not in column.types else column.types
    form = formats.get(column.vendor, column.format)
    fixed = document("formats.yaml")[form].get("type")
    if fixed and form != column.format:
        types = (fixed, *(t for t in types if t == "null"))
    return replace(column, name=renames.get(column.name, column.name), types=types, format=form)


def _path(raw: Patch, in_force: frozenset[str]) -> str:
    path = str(raw["path"])
    for patch in _patches(in_force):
        path = patch.get("path", {}).get(raw["element"], path)
    return path


def _property(raw: Patch, column: Column, clean: str) -> Property:
    types = list(column.types)
    schema = {
        "type": types[0] if len(types) == 1 else types,
        "description": raw["description"],
        **document("formats.yaml")[column.format]["schema"],
        "x-format": column.format,
        "x-evidence": raw["x-evidence"],
    }
    return Property(
        wire=column.name,
        vendor=column.vendor,
        clean=clean,
        types=column.types,
        format=column.format,
        schema=schema,
        evidence=evidence(raw["x-evidence"]),
        description=raw["description"],
        example=_example(raw, column),
    )


def _example(raw: Patch, column: Column) -> object:
    """The example of the element file, or one in the notation that a quirk's switch has put in its place."""
    given = raw["examples"][0]
    if column.format == raw["x-format"] or given is None:
        return given
    own = document("formats.yaml")[column.format].get("example")
    if own is not None:
        return own
    if "integer" in column.types:
        return int(given)
    return float(given) if "number" in column.types else str(given)

"""Each quirk on and off: what is served changes as the catalogue says, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockserver import contract as contracts
from mockserver.contract.quirks import VENDOR, of_set, switchable
from mockserver.quirks import ROW_QUIRKS

from .made import Made, Row, Shown, clinic, sandbox
from .signs import SIGNS

BASES = {"none": frozenset[str](), "vendor": VENDOR, "vendor+feed": of_set("vendor+feed")}
IN_ROWS = [id_ for id_, quirk in switchable().items() if quirk.layer in ("schema", "row")]
MANY = 60
"""Patients among whom every kind of clinic dirt befalls somebody."""


def cases() -> list[tuple[str, str, str]]:
    """Quirk, base and world, for every quirk that shows in rows; feed dirt is thrown from its own default too."""
    found = []
    for id_, quirk in switchable().items():
        bases = ["none", "vendor+feed"] if quirk.set == "feed" else ["none", "vendor"]
        worlds = quirk.worlds or ("sandbox", "clinic")
        found += [(id_, base, world) for base in bases for world in worlds if id_ in SIGNS]
    return found


def made(world: str, id_: str) -> Made:
    """A clinic is large where a quirk is rare."""
    if world == "sandbox":
        return sandbox()
    return clinic(MANY) if switchable()[id_].layer == "row" and id_ not in ("Q16", "Q17") else clinic()


def test_every_quirk_has_a_sign_or_shows_over_http_only() -> None:
    assert switchable().keys() - SIGNS.keys() == {"Q31", "Q34", "Q35"}


@pytest.mark.parametrize(("id_", "base", "world"), cases())
def test_a_quirk_shows_when_it_is_on_and_only_then(id_: str, base: str, world: str) -> None:
    concerned = switchable()[id_].elements if switchable()[id_].layer == "row" else ()
    on, off = (made(world, id_).show(q, *concerned) for q in (BASES[base] | {id_}, BASES[base] - {id_}))
    assert (SIGNS[id_](on), SIGNS[id_](off)) == (True, False)


@pytest.mark.parametrize("id_", [q.id for q in switchable().values() if q.worlds == ("clinic",)])
def test_feed_dirt_leaves_the_rows_of_the_sandbox_alone(id_: str) -> None:
    assert sandbox().show(VENDOR | {id_}).wire == sandbox().show(VENDOR).wire


@pytest.mark.parametrize("id_", sorted(switchable().keys() - set(IN_ROWS) - {"Q19"}))
def test_a_quirk_of_behaviour_leaves_contract_and_rows_alone(id_: str) -> None:
    for world in (sandbox(), clinic()):
        with_, without = world.show(VENDOR), world.show(VENDOR - {id_})
        assert with_.wire == without.wire
    assert contracts.load(VENDOR).openapi()["paths"] == contracts.load(VENDOR - {id_}).openapi()["paths"]


@pytest.mark.parametrize("world", ["sandbox", "clinic"])
@pytest.mark.parametrize("id_", switchable())
def test_a_quirk_changes_only_the_elements_and_columns_it_may(id_: str, world: str) -> None:
    source = sandbox() if world == "sandbox" else clinic()
    on, off = source.show(VENDOR | {id_}), source.show(VENDOR - {id_})
    allowed = dict(_allowed(id_))
    for name, columns in _differences(on, off).items():
        assert name in switchable()[id_].elements, name
        assert columns <= allowed.get(name, set()), name


def _allowed(id_: str) -> Iterator[tuple[str, set[str]]]:
    """Clean columns whose values the quirk may change, by element: formats of its patch and cells of its function."""
    quirk, clean = switchable()[id_], contracts.load(frozenset()).elements
    always = {"Q16": {"surrogate"}, "Q17": {"hj_create_timestamp", "hj_modify_timestamp"}}.get(id_, set())
    for name in clean:
        formats = {_clean_name(name, vendor) for vendor in quirk.schema.get("formats", {}).get(name, ())}
        cells = ROW_QUIRKS[id_].cells(name) if id_ in ROW_QUIRKS else ()
        yield name, {*formats, *cells, *always}


def _clean_name(element: str, vendor: str) -> str:
    chosen = frozenset[str]() if element == "location" else VENDOR
    found = contracts.load(chosen).elements[element]
    name = next(p.clean for p in found.properties if p.vendor == vendor)
    return "surrogate" if found.surrogate and name == found.surrogate.clean else name


def _differences(on: Shown, off: Shown) -> dict[str, set[str]]:
    """Elements whose rows differ, with the clean columns that differ where the same row is in both."""
    found = {}
    for name in on.wire.keys() | off.wire.keys():
        if on.wire.get(name) != off.wire.get(name):
            found[name] = set(_cells(on, off, name)) if name in on.wire and name in off.wire else set()
    return found


def _cells(on: Shown, off: Shown, name: str) -> Iterator[str]:
    by_id = ("Q16" in on.quirks) == ("Q16" in off.quirks)
    one, other = _by_source(on, name, by_id=by_id), _by_source(off, name, by_id=by_id)
    assert one.keys() & other.keys()
    for key in one.keys() & other.keys():
        before, after = one[key], other[key]
        yield from (c for c in before.keys() & after.keys() if before[c] != after[c])


def _by_source(shown: Shown, name: str, *, by_id: bool) -> dict[object, Row]:
    """Rows by the source system's id and Healthjump's, or by the instant of creation where the latter are others."""
    surrogate = shown.contract.elements[name].surrogate
    assert surrogate is not None
    own = {"demographic": "patient_id"}.get(name, f"{name}_id")
    found: dict[object, Row] = {}
    for row in shown.rows(name):
        number = row.pop(surrogate.clean)
        known = int(number) if by_id else row["hj_create_timestamp"]
        found[row[own], known] = {**row, "surrogate": number}
    return found

"""How far the API is from FHIR: the share of US Core 6.1.0 and of USCDI v3 that its columns cover, by the mapping.

What a target does not show (a resource without rows, one that was not exported) may hold every column the mapping
speaks of, or none. The verdict is given only where it is the same in both cases, so it never depends on the target.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.fhir import coverage, load, names
from evaluation.fhir import uscdi as table_of
from evaluation.fhir.coverage import Columns, UsCoreCoverage
from evaluation.fhir.model import ElementMap
from evaluation.fhir.uscdi import UscdiCoverage

from ..model import Api, Input
from ..outcome import Outcome, Place, judge, unknown
from ..registry import check

NO_MAPPING = "there is no mapping of this vendor's columns to FHIR here"
NO_RESOURCE = "none of its resources is one the mapping knows"


@check("HJ-041", Input.paths, Input.fields)
def us_core(api: Api) -> Outcome:
    """Fails below the share that profiles.yaml calls enough."""
    crosswalk = load.crosswalk()
    if api.vendor != crosswalk.vendor:
        return unknown(NO_MAPPING)
    seen = _seen(api)
    if not seen:
        return unknown(NO_RESOURCE)
    low, high = (coverage.us_core(crosswalk, columns) for columns in (seen, _at_most(seen)))
    what = (
        f"of the {high.total} elements that US Core 6.1.0 requires or expects in the {len(high.profiles)} profiles its "
        f"rows are meant for can be filled exactly or by a stated rule; {_left(high)}; {len(high.without)} more "
        f"profiles get no rows at all{_aside(api, seen)}"
    )
    places = tuple(_resources(api, seen)) or (
        Place(crosswalk.target, detail="no resource here is for a profile of it"),
    )
    return _verdict((low.percent, high.percent), crosswalk.enough, what, places, high.total)


@check("HJ-042", Input.paths, Input.fields)
def uscdi(api: Api) -> Outcome:
    """Fails below the share that uscdi.yaml calls enough."""
    table = table_of.load()
    if api.vendor != table.vendor:
        return unknown(NO_MAPPING)
    seen = _seen(api)
    if not seen:
        return unknown(NO_RESOURCE)
    low, high = (table_of.coverage(table, columns) for columns in (seen, _at_most(seen)))
    what = f"of the {high.total} data elements of {table.version} have a home in its columns{_aside(api, seen)}"
    return _verdict((low.percent, high.percent), table.enough, what, tuple(_classes(high)), high.total)


def _verdict(share: tuple[float, float], enough: float, what: str, places: tuple[Place, ...], total: int) -> Outcome:
    low, high = share
    sentence = f"{_percent(low, high)} {what}"
    if low < enough <= high:
        return unknown(f"{sentence}, so it may lie on either side of {enough:g} %")
    return judge(places if high < enough else (), total, failed=sentence, passed=sentence)


def _percent(low: float, high: float) -> str:
    return f"{high:.0f} %" if round(low) == round(high) else f"between {low:.0f} and {high:.0f} %"


def _seen(api: Api) -> dict[str, frozenset[str]]:
    found = {resource.name: frozenset(resource.by_name) for resource in api.resources}
    return {name: columns for name, columns in names.of_contract().read(found).items() if columns}


def _at_most(seen: Columns) -> Columns:
    """The columns seen, and every mapped column of elements that were not."""
    return {**names.full(load.crosswalk()), **seen}


def _left(found: UsCoreCoverage) -> str:
    """What becomes of the rest, in words and counts."""
    counts = {outcome.value: number for outcome, number in found.counts.items()}
    return f"{counts['text']} only as text, {counts['assumed']} by an assumption, {counts['absent']} not at all"


def _aside(api: Api, seen: Columns) -> str:
    """What the reader should know of the figure: elements without columns here, columns without an entry."""
    all_ = names.full(load.crosswalk())
    unseen = [name for name in sorted(all_) if name not in seen]
    hidden = f"; {len(unseen)} of {len(all_)} elements show no columns here: {', '.join(unseen)}" if unseen else ""
    strange = _strange(api)
    return hidden + (f"; columns here that the mapping does not know: {strange}" if strange else "")


def _strange(api: Api) -> int:
    served = names.of_contract()
    known = {r.name: served.columns.get(served.elements.get(r.name, ""), {}) for r in api.resources}
    return sum(name not in known[resource.name] for resource in api.resources for name in resource.by_name)


def _resources(api: Api, seen: Columns) -> Iterator[Place]:
    elements, served = load.crosswalk().elements, names.of_contract().elements
    for resource in api.resources:
        element = served.get(resource.name, "")
        if element in seen and not elements[element].not_counted:
            shares = list(_shares(elements[element], seen[element]))
            if shares:
                yield Place(resource.name, detail=f"filled: {', '.join(shares)}")


def _shares(element: ElementMap, columns: frozenset[str]) -> Iterator[str]:
    """Profiles that these rows do not fill, except the one that all rows share."""
    for resource in element.resources:
        if not resource.profile or resource.type == "Provenance":
            continue
        found = coverage.of_resource(load.crosswalk().profiles[resource.profile], resource, columns)
        if found.filled < len(found.elements):
            yield f"{found.profile.id} {found.filled} of {len(found.elements)}"


def _classes(found: UscdiCoverage) -> Iterator[Place]:
    for group in found.classes:
        homes = {element.name for element in group.homes}
        lost = [element.name for element in group.elements if element.name not in homes]
        if lost:
            share = f"{len(homes)} of {len(group.elements)} have a home"
            yield Place(group.name, detail=f"{share}; none for {', '.join(lost)}")

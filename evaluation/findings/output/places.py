"""Groups of places as plain data, and in a sentence for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from ..grouping import Group, groups
from ..model import Api
from ..outcome import Place

Facts = dict[str, Any]
Naming = Callable[[str], str]
HALF = 0.5  # of all columns: from here on the share tells more than the names


def as_groups(places: Sequence[Place], api: Api, naming: Naming, looked_at: int = 0) -> list[Facts]:
    """The groups of these places, largest first; ``places`` of each are their positions in what was given.

    ``naming`` makes a name one that may be shown. ``of`` is the number of resources that could have it, None where
    places are no resources; ``looked_at`` is what the check examined, which counts where places are whole resources.
    """
    at: dict[Place, list[int]] = {}
    for index, place in enumerate(places):
        at.setdefault(place, []).append(index)
    return [_group(group, at, api, naming, looked_at) for group in groups(at)]


def _group(group: Group, at: dict[Place, list[int]], api: Api, naming: Naming, looked_at: int) -> Facts:
    of = _of(group, api, looked_at)
    return {
        "says": _says(group, of, sum(len(resource.fields) for resource in api.resources), naming),
        "detail": group.detail,
        "alike": group.alike,
        "count": len(group.columns),
        "resources": len(group.resources),
        "of": of or None,
        "names": _names(group, naming),
        "places": sorted({index for place in group.places for index in at[place]}),
    }


def _of(group: Group, api: Api, looked_at: int) -> int:
    """Of how many resources: those of which anything is known, unless the group has others; 0 if it has none."""
    found = [api.by_name.get(name) for name in group.resources]
    known = [resource for resource in found if resource is not None]
    if len(known) < len(found):
        return 0
    filled = sum(not resource.empty for resource in api.resources)
    whole = [field for field, _ in group.fields] == [""] and len(known) <= looked_at < filled
    return len(api.resources) if any(resource.empty for resource in known) else looked_at if whole else filled


def _says(group: Group, of: int, columns: int, naming: Naming) -> str:
    """How many there are of it and of how many; the name where there is one."""
    count, names, fields = len(group.columns), group.resources, [field for field, _ in group.fields]
    within = f"{len(names)} of {of} resources" if of else f"{len(names)} places"
    if count == 1:
        return spelled(names[0], fields[0], naming)
    if fields == [""]:
        return within
    if len(fields) == 1:
        return f"{naming(fields[0])} in {within}"
    what = f"{count} places" if "" in fields else f"{count} columns"
    if len(names) == 1:
        return f"{what} of {naming(names[0])}"
    return f"{count} of {columns} columns, in {within}" if count >= columns * HALF else f"{what} in {within}"


def _names(group: Group, naming: Naming) -> list[Facts]:
    """Each field with the number of resources it is in, or the resources of the only field there is."""
    made = Counter[str]()
    for field, resources in group.fields:
        if len(group.fields) == 1 and len(resources) > 1:
            made.update(map(naming, resources))
        elif field and len(resources) > 1:
            made[naming(field)] += len(resources)
        else:
            made.update(spelled(resource, field, naming) for resource in resources)
    return [{"name": name, "resources": count} for name, count in made.items()]


def spelled(resource: str, field: str, naming: Naming) -> str:
    """A place as people write it: resource and column."""
    return f"{naming(resource)}.{naming(field)}" if field else naming(resource)


def sentence(group: Facts, most: int, mark: Naming = str, text: Naming = str) -> str:
    """One group: where, what, and at most so many names; ``mark`` is put around a name, ``text`` around a detail."""
    parts = [mark(group["says"]) if group["count"] == 1 else text(group["says"])]
    if group["detail"]:
        parts.append(text(group["detail"] if group["alike"] else f"for example {group['detail']}"))
    return ": ".join(parts) + ("" if group["count"] == 1 else f" ({listed(group['names'], most, mark)})")


def listed(names: Sequence[Facts], most: int, mark: Naming = str) -> str:
    """The first names, and how many more there are."""
    shown = [mark(one["name"]) + (f" in {one['resources']}" if one["resources"] > 1 else "") for one in names[:most]]
    left = len(names) - len(shown)
    return ", ".join(shown) + (f" and {left} more" if left else "")


def shown(groups_: Sequence[Facts], most: int) -> tuple[Sequence[Facts], str]:
    """The first groups, and a sentence about those that are left out, empty if none are."""
    left = groups_[most:]
    places = sum(group["count"] for group in left)
    more = "" if not left else f"and {places} more {'places' if places > 1 else 'place'}"
    return groups_[:most], more

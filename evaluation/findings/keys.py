"""Id columns of a resource: those that name the row itself, and those that point elsewhere. Names decide."""

from __future__ import annotations

import re

from .ids import Reference, mark
from .model import Field, Resource
from .things import id_columns, plain_name, thing
from .values import prose
from .words import load, singular, split

LAST_PARAMETER = re.compile(r"\{([^{}/]+)\}/?$")


def own(resource: Resource) -> list[tuple[Field, Reference]]:
    """Id columns that name the row itself: ``id``, ``appointmentid`` and ``client_appt_id`` of appointment."""
    ids = [(field, found) for field, found in id_columns(resource) if found.tail != "ids" and not _relation(found)]
    exact = [(field, found) for field, found in ids if _is_own(resource, found)]
    last = plain_name(resource.name).split(" ")[-1:]
    return exact or [(field, found) for field, found in ids if [found.phrase] == last] or _first(resource, ids)


def _first(resource: Resource, ids: list[tuple[Field, Reference]]) -> list[tuple[Field, Reference]]:
    """The id by which a path asks for one such row, else the first column where its word is in the resource's name.

    Keys stand first: ``package_id`` of a package type.
    """
    asked = {split(name) for name in addressed_by(resource)}
    named = [pair for pair in ids if split(pair[0].name) in asked]
    if named or not ids or ids[0][0] is not resource.fields[0]:
        return named
    found = ids[0][1]
    unknown = found.plain and not (found.concept or found.outside or found.affixes)
    shared = set(found.phrase.split()) & set(plain_name(resource.name).split())
    return ids[:1] if unknown and shared else []


def addressed_by(resource: Resource) -> list[str]:
    """Names of the parameters that paths of single rows end in: ``tag_no`` of ``/tags/{tag_no}`` beside ``/tags``.

    Without that list beside it the parameter may be of another thing, whose rows are listed there.
    """
    found = [(path, match) for path in resource.paths if (match := LAST_PARAMETER.search(path))]
    lists = {path.rstrip("/") for path in resource.paths}
    single = [m[1] for path, m in found if resource.listed is False or path[: m.start()].rstrip("/") in lists]
    return list(dict.fromkeys(single))


def _is_own(resource: Resource, found: Reference) -> bool:
    return not found.word or found.word in load().ids["own"] or found.thing == thing(resource)


def _relation(found: Reference) -> bool:
    relations = load().ids["relations"]
    return found.word in relations or bool(set(found.affixes) & set(relations))


def surrogate(resource: Resource) -> Field | None:
    """The key the API minted: spelled ``pk``, joined, behind the vendor's initials, or a bare ``id``; None without one.

    A separated id that stands alone (``patient_id`` of patient) is the source's key, because nothing says more.
    """
    ids = own(resource)
    for wanted in (_is_pk, _is_joined, _is_minted, _is_bare):
        for field, found in ids:
            if wanted(found):
                return field
    return None


def source_key(resource: Resource) -> Field | None:
    """The key the row has in the system behind the API; one without a prefix before one with. None without one."""
    minted = surrogate(resource)
    rest = [(field, found) for field, found in own(resource) if field is not minted and not _vendor_spelling(found)]
    ranked = sorted(rest, key=lambda pair: (len(pair[1].affixes), not pair[1].plain))
    return ranked[0][0] if ranked else None


def _vendor_spelling(found: Reference) -> bool:
    return _is_pk(found) or _is_joined(found) or _is_minted(found)


def _is_pk(found: Reference) -> bool:
    return found.tail == "pk"


def _is_joined(found: Reference) -> bool:
    return found.joined and not found.affixes


def _is_minted(found: Reference) -> bool:
    known = load()
    unlisted = len(found.affixes) == 1 and found.affixes[0] not in known.affixes and mark(found.affixes[0])
    return unlisted or bool(set(found.affixes) & set(known.ids["minted"])) or found.word in known.ids["own"]


def _is_bare(found: Reference) -> bool:
    return not found.word


def references(resource: Resource) -> list[tuple[Field, Reference]]:
    """Id columns that point at other things, or at other rows of the resource (``parent_location_id``).

    Ids that lead out of any API (tax, session, account) are left out; the tenant's column is in.
    """
    mine = {field.name for field, _ in own(resource)}
    return [(field, found) for field, found in id_columns(resource) if field.name not in mine and not found.outside]


def keys(resource: Resource) -> list[Field]:
    """Columns that look like the row's key: ids of its own, else a code or number of its own."""
    ids = [field for field, found in own(resource)]
    mine = [singular(word) for word in split(resource.name)]
    return ids or [field for at, field in enumerate(resource.fields) if _is_key_name(mine, field.name, at == 0)]


def _is_key_name(mine: list[str], name: str, stands_first: bool) -> bool:
    """A word of columns.yaml, alone or behind words of the resource's name, or the word that the name ends in.

    A currency has its currency, if that stands first and is no text to read.
    """
    words = list(split(name))
    if words == mine[-1:] and (len(mine) > 1 or (stands_first and not prose(name))):
        return True
    while len(words) > 1 and singular(words[0]) in mine:
        words.pop(0)
    return " ".join(words) in load().columns["keys"]

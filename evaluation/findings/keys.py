"""Id columns of a resource: those that name the row itself, and those that point elsewhere. Names decide."""

from __future__ import annotations

from .ids import Reference, mark
from .model import Field, Resource
from .things import id_columns, plain_name, thing
from .words import load, split


def own(resource: Resource) -> list[tuple[Field, Reference]]:
    """Id columns that name the row itself: ``id``, ``appointmentid`` and ``client_appt_id`` of appointment."""
    ids = [(field, found) for field, found in id_columns(resource) if found.tail != "ids" and not _relation(found)]
    exact = [(field, found) for field, found in ids if _is_own(resource, found)]
    last = plain_name(resource.name).split(" ")[-1:]
    return exact or [(field, found) for field, found in ids if [found.phrase] == last]


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
    return ids or [field for field in resource.fields if _is_key_name(resource, field.name)]


def _is_key_name(resource: Resource, name: str) -> bool:
    text, mine = " ".join(split(name)), plain_name(resource.name)
    return text.removeprefix(f"{mine} ") in load().columns["keys"]

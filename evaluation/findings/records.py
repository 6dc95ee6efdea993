"""Which resources hold records that come, change and go, and what tells their rows apart: names, columns and paths.

Figures are computed anew, notices about the service itself (RFC 8615) are read anew, and neither has an identity.
"""

from __future__ import annotations

import re
from typing import Final

from .ids import reference
from .keys import addressed_by, keys, own, references
from .model import Field, Resource
from .notations import speaks_of
from .quantities import is_quantity
from .roles import created
from .things import id_columns, listing
from .words import load, singular, split

_NOTICE: Final = re.compile(r"/\.well-known(/|$)")
_SCALARS: Final = frozenset({"string", "integer", "number", "boolean"})
_ENDS_OF_WHAT: Final = frozenset({"by", "per"})


def notice(resource: Resource) -> bool:
    """Whether it is served under ``/.well-known/``, where a service describes itself in the words of some standard."""
    return bool(resource.paths) and all(_NOTICE.search(path) for path in resource.paths)


def figures(resource: Resource) -> bool:
    """Whether its rows count or measure others.

    A word of its name says so (``user_stats``, ``usage by account``), or, where rows have no id of their own, one of
    each path above it (``/analytics``), and no path asks for one of them; or it has no id and at least half of its
    plain columns are numbers or quantities.
    """
    known = load().columns["figures"]
    above = resource.paths and all(_above(path) & set(known) for path in resource.paths) and not own(resource)
    if (above or _of_what(split(resource.name)) in known) and not addressed_by(resource):
        return True
    if next(id_columns(resource), None):
        return False
    plain = [field for field in resource.fields if not field.types or field.types & _SCALARS]
    return bool(plain) and 2 * sum(map(_figure, plain)) >= len(plain) and not _labelled(resource)


def _of_what(words: tuple[str, ...]) -> str:
    """The word that says what it is: the last one before ``by`` or ``per``."""
    cut = next((at for at, word in enumerate(words) if at and word in _ENDS_OF_WHAT), len(words))
    return words[cut - 1] if cut else ""


def _above(path: str) -> frozenset[str]:
    """The last word of each part of a path but the last."""
    parts = [part for part in path.split("/") if part and "{" not in part]
    return frozenset(_of_what(split(part)) for part in parts[:-1])


def _figure(field: Field) -> bool:
    words = split(field.name)
    counted = is_quantity(field.name) or (words[-1:] and words[-1] in load().columns["measured"])
    return bool(counted) or calculated(field) or "number" in field.types


def _labelled(resource: Resource) -> bool:
    """Whether a column names the row itself, by a word that is more than a label."""
    labels = load().columns["labels"]
    return any(" ".join(split(field.name)[-1:]) not in labels for field in keys(resource))


def calculated(field: Field) -> bool:
    """Whether a word in front says that it was calculated from others (``avg_response_time``)."""
    return split(field.name)[:1] != () and split(field.name)[0] in load().columns["calculated"]


def identity(resource: Resource) -> bool:
    """Whether something in a row tells it from others.

    That is a key; the ids of others that the row merely ties together, or of the one it is about; its position below
    another thing; or, in a row of two texts at most, the row as a whole.
    """
    if own(resource) or _ties(resource) or _links_to_itself(resource) or _position(resource):
        return True
    if _log(resource):
        return False
    return _named(resource) or _about_one(resource) or _pair(resource)


def _log(resource: Resource) -> bool:
    """Whether its rows say what happened to others, so that names in them are not their own."""
    return bool(set(split(resource.name)[-2:]) & set(load().columns["logs"]))


def growing(resource: Resource) -> bool:
    """Whether rows are written once and say when, so that the time of writing will do as one of change."""
    written = created(resource) or any(speaks_of(field.name) == {"instant"} for field in resource.fields)
    return bool(written) and bool(set(split(resource.name)[-2:]) & set(load().columns["growing"]))


def state_of_deletion(resource: Resource) -> bool:
    """Whether rows say that they are gone without a flag or time of deletion.

    A documented value of some column does (a status of active or deleted), a yes or no called retired, or the name of
    the resource, which lists nothing else then.
    """
    gone, retired = load().columns["gone"], load().columns["retired"]
    if any(" ".join(split(field.name)) in retired and field.types == {"boolean"} for field in resource.fields):
        return True
    if split(resource.name)[:1] and split(resource.name)[0] in (*gone, *retired):
        return True
    return any(isinstance(value, str) and value.lower() in gone for field in resource.fields for value in field.enum)


def _named(resource: Resource) -> bool:
    """Whether a column is called as keys are. A mere label will not do where a path asks for an id no column has."""
    if _labelled(resource):
        return True
    return bool(keys(resource)) and not any(map(reference, addressed_by(resource)))


def _ties(resource: Resource) -> bool:
    """Whether its rows merely tie others together, so that the ids of those are the key."""
    ties = len(references(resource))
    return ties > 1 and len(resource.fields) - ties <= 2


def _position(resource: Resource) -> bool:
    """Whether rows come below one thing and begin with the number of their place there (``line_index``)."""
    if not (resource.fields and resource.paths and all("{" in path.rpartition("/")[0] for path in resource.paths)):
        return False
    first = resource.fields[0]
    number = first.types and first.types <= {"integer", "number"}
    return bool(number) and bool(set(split(first.name)[-1:]) & set(load().columns["positions"]))


def _about_one(resource: Resource) -> bool:
    """Whether there is one row for each of another thing, whose id stands first and alone, or inside an object.

    With a time of its own there may be many. An object that has a key of its own is a reference; one of links is none.
    """
    links = references(resource)
    alone = len(links) == 1 and links[0][0] is resource.fields[0]
    if alone and not any(speaks_of(field.name) for field in resource.fields):
        return True
    objects = (field for field in resource.fields if field.types == {"object"} and not _of_links(field))
    return not resource.tables and any(not field.inner for field in objects)


def _of_links(field: Field) -> bool:
    return split(field.name)[-1:] in (("links",), ("link",))


def _links_to_itself(resource: Resource) -> bool:
    """Whether it carries its own address among its links, as HAL and JSON:API have it."""
    return any(inner.name == "self" for field in resource.fields if _of_links(field) for inner in field.inner)


def _pair(resource: Resource) -> bool:
    return len(resource.fields) < 3 and all(field.types == {"string"} for field in resource.fields)


def pair(resource: Resource) -> bool:
    """Whether a row is nothing but two texts at most, none of them a key: it never changes, another takes its place."""
    return not keys(resource) and _pair(resource)


def by_content(resource: Resource) -> bool:
    """Whether rows are known by a hash of what is in them, so that what changes is another row."""
    return not own(resource) and any(field.name.lower() in load().columns["hashes"] for field in resource.fields)


def remarks(resource: Resource) -> bool:
    """Whether its rows are messages about something else, made on asking."""
    return any(word in load().columns["remarks"] for word in map(singular, split(resource.name)[-1:]))


def kept(resource: Resource) -> bool:
    """Whether a copy of its rows has to be kept in step: they come in lists, and neither asking nor the service itself
    brings them forth."""
    rows = not resource.empty and not listing(resource) and resource.listed is not False
    return rows and not (figures(resource) or notice(resource) or remarks(resource))

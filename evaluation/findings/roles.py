"""Which part a resource or a column plays: keys, references, targets, stamps, the tenant.

This is the one module checks have to import; where the rules are written stands in ``things``, ``keys`` and ``links``.
"""

from __future__ import annotations

from .keys import keys, own, references, source_key, surrogate
from .links import Link, described, links, target, tenant
from .model import Field, Resource
from .things import concept, listing, person, person_like, plain_name, thing
from .words import load, split

__all__ = [
    "Link", "concept", "created", "deleted_flag", "described", "keys", "links", "listing", "modified", "own", "person",
    "person_like", "plain_name", "references", "source_key", "surrogate", "target", "tenant", "thing",
]  # fmt: skip


def modified(resource: Resource) -> Field | None:
    """The time of the row's last change. None without one."""
    return _stamp(resource, "modified")


def created(resource: Resource) -> Field | None:
    """The time the row was first stored. None without one."""
    return _stamp(resource, "created")


def deleted_flag(resource: Resource) -> Field | None:
    """The column that says a row is deleted, a flag or a time. None without one."""
    flags = load().columns["flags"]
    return _stamp(resource, "deleted", extra=tuple(flags))


def _stamp(resource: Resource, which: str, extra: tuple[str, ...] = ()) -> Field | None:
    """The first column of the row that is such a stamp, else of what the row tells of itself in an object."""
    about = load().columns["about_the_row"]
    inner = (f for field in resource.fields if set(split(field.name)[-1:]) & set(about) for f in field.inner)
    return next((field for field in (*resource.fields, *inner) if _stamps(field.name, which, extra)), None)


def _stamps(name: str, which: str, extra: tuple[str, ...]) -> bool:
    """Whether a name, or the part of a path behind its last dot, is a whole one of the list, or has a word of it before
    or behind one of time (``modified_at``, ``date_modified``)."""
    known = load().columns
    ends, listed = (*known["instants"], *extra), known[which]
    words = split(name.rpartition(".")[2])
    behind = words[-1:] and words[-1] in ends and any(word in listed["words"] for word in words[:-1])
    before = words[:1] and words[0] in known["instants"] and words[-1] in listed["words"]
    return bool(behind or before) or " ".join(words) in listed["names"]

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
    known = load().columns
    ends = (*known["instants"], *extra)
    for field in resource.fields:
        words = split(field.name)
        text = " ".join(words)
        tail = words and words[-1] in ends and any(word in known[which]["words"] for word in words[:-1])
        if tail or text in known[which]["names"]:
            return field
    return None

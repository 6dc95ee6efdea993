"""Which rows a page holds and what the envelope says about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Page ``number`` of ``last``, counted from 1: rows ``[offset, offset + count)`` of the answer.

    ``from_`` and ``to`` count rows from 1 and are None on a page without rows. ``prev`` and ``next``
    are page numbers or None.
    """

    number: int
    total: int
    per_page: int
    last: int
    offset: int
    count: int
    from_: int | None
    to: int | None
    prev: int | None
    next: int | None


def page_of(total: int, per_page: int, number: int) -> Page:
    """Page ``number`` of ``total`` rows, as the length-aware paginator of Laravel 5.4 numbers them.

    Without rows there are 0 pages (observed). A page past the end has no rows, keeps the number asked
    for and still has a page before it (inferred). Numbers below 1 mean page 1 (inferred). Raises ValueError
    unless ``per_page`` is at least 1.
    """
    if per_page < 1:
        raise ValueError(f"per_page must be at least 1, not {per_page}")
    number = max(number, 1)
    last = -(-total // per_page)
    offset = (number - 1) * per_page
    count = max(min(per_page, total - offset), 0)
    return Page(
        number=number,
        total=total,
        per_page=per_page,
        last=last,
        offset=offset,
        count=count,
        from_=offset + 1 if count else None,
        to=offset + count if count else None,
        prev=number - 1 if number > 1 else None,
        next=number + 1 if number < last else None,
    )

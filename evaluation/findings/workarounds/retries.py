"""What to do about an answer that is not rows (HJ-038)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Next(StrEnum):
    """What a program does next."""

    use = "use the rows"
    login = "log in once, then ask again"
    wait = "wait, then ask again"
    stop = "stop and tell somebody"


def after(
    status: int, media_type: str, code: str = "", *, fresh: bool, expired: Collection[str] = ("token_expired",)
) -> Next:
    """What to do after an answer. ``code`` is the word in the body of a refusal, ``fresh`` whether the token is new.

    A token is renewed once: where a fresh one is refused, the login is not what is wrong. Success that is not JSON is
    a page of somebody in between, so it is never taken for rows.
    """
    if status == 200:
        return Next.use if "json" in media_type.lower() else Next.wait
    if status == 429 or status >= 500:
        return Next.wait
    if code in expired or (status == 401 and not code):
        return Next.stop if fresh else Next.login
    return Next.stop

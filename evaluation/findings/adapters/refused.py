"""Refusals of real or exemplified answers: the cause by code, words or status; nothing of the answer but its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from evaluation.recording.exchange import Response

from ..model import Refusal
from . import causes
from .bodies import parsed
from .masking import Shapes

SAYS: Final = ("message", "error_description", "detail", "title", "description", "error", "error_message")
"""Where a body may say in words what was wrong."""


@dataclass(frozen=True)
class Answered:
    """A refused request. ``media`` is a media type with or without parameters."""

    status: int
    media: str
    body: str


def refusals(answers: Iterable[Answered]) -> tuple[Refusal, ...]:
    """The refusals whose cause is known, each once; codes are ``code 1``, alike where the real ones are."""
    shapes = Shapes(ours=False)
    return tuple(dict.fromkeys(_read(answers, shapes)))


def _read(answers: Iterable[Answered], shapes: Shapes) -> Iterator[Refusal]:
    for answer in answers:
        said = parsed(answer.body)
        raw = answer.body.encode(errors="replace") if said is not None else b""
        response = Response(answer.status, "", (("Content-Type", answer.media),), raw)
        cause = _cause(response, said)
        if cause:
            yield shapes.refusal(cause, response)


def _cause(response: Response, body: Any) -> str:
    known, status = causes.load(), response.status
    code = Shapes(ours=True).refusal("", response).code
    said = (_text(body, key) for key in SAYS)
    worded = (known.of_text(text, status) for text in said if text)
    return known.of_code(code, status) or next(filter(None, worded), "") or known.of_status(status)


def _text(body: Any, key: str) -> str:
    found = body.get(key) if isinstance(body, dict) else None
    if isinstance(found, dict):
        return _text(found, "message")
    return found if isinstance(found, str) else ""

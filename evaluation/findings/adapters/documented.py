"""Refusals that a description documents: by the codes of an error's body, its words, or its status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..model import Field, Refusal
from . import causes
from .declared import Columns
from .masking import CODES, WORD
from .schemas import Node, Schemas, mapping

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
ERRORS: Final = frozenset(map(str, range(400, 600)))
SENTENCES: Final = re.compile(r"[.;\n]")


def bodies(response: Any, schemas: Schemas) -> Iterator[tuple[Node, tuple[str, Node]]]:
    """The schema of each body of a response as it stands there, with its media type and entry, JSON first."""
    content = schemas.resolved(schemas.resolved(response).get("content"))
    by_media = {str(media): entry for media, entry in content.items()}
    for media in sorted(by_media, key=lambda media: "json" not in media):
        entry = schemas.resolved(by_media[media])
        yield mapping(entry.get("schema")), (media, entry)


def refusals(paths: Mapping[Any, Any], schemas: Schemas) -> Iterator[Refusal]:
    """Every refusal of every operation, some of them more than once."""
    for item in paths.values():
        methods = schemas.resolved(item)
        for method in METHODS:
            answers = schemas.resolved(schemas.resolved(methods.get(method)).get("responses"))
            for status, response in answers.items():
                if str(status) in ERRORS:
                    yield from _refused(int(status), response, schemas)


def _refused(status: int, response: Any, schemas: Schemas) -> Iterator[Refusal]:
    """The refusals a response documents: by its codes, then by what its description names besides.

    A cause that is only described has the code of the response if that has just one.
    """
    known = causes.load()
    said = schemas.resolved(response)
    schema, (media, entry) = next(bodies(said, schemas), ({}, ("", {})))
    fields = {field.name: field for field in Columns(schemas).of(schemas.resolved(schema), inner=False)}
    codes = list(dict.fromkeys(_codes(fields, entry, schemas)))
    found = {cause: code for code in codes if (cause := known.of_code(code, status))}
    if len(codes) < 2:
        text = f"{said.get('summary', '')}. {said.get('description', '')}"
        described = (known.of_text(sentence, status) for sentence in SENTENCES.split(text))
        found = {**dict.fromkeys(filter(None, described), (*codes, "")[0]), **found}
    for cause, code in (found or dict.fromkeys(filter(None, [known.of_status(status)]), "")).items():
        yield Refusal(cause, status, media, tuple(fields) or None, code)


def _codes(fields: Mapping[str, Field], entry: Node, schemas: Schemas) -> Iterator[str]:
    """Codes a body may carry: enumerated or exemplified ones, and those of whole documented bodies."""
    key = next((key for key in CODES if key in fields and (fields[key].enum or fields[key].samples)), "")
    if key:
        yield from (str(value) for value in fields[key].enum or fields[key].samples)
    examples = schemas.resolved(entry.get("examples")).values()
    for body in (entry.get("example"), *(schemas.resolved(one).get("value") for one in examples)):
        found = (body.get(key) for key in CODES) if isinstance(body, Mapping) else ()
        yield from [str(code) for code in found if isinstance(code, str | int) and WORD.fullmatch(str(code))][:1]

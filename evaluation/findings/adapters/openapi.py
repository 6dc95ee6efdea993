"""Any OpenAPI 3.x document as an Api: resources from what GET answers, refusals from the errors it documents.

Nothing is taken from extensions (``x-…``) and nothing is fetched: a reference into another file is an empty schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mockserver.errors import InputError

from ..model import Api, Input, Origin, Refusal, Resource
from . import causes
from .masking import CODES, WORD
from .schemas import Node, Schemas

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SENTENCES: Final = re.compile(r"[.;\n]")
SAYS: Final = frozenset({Input.paths, Input.fields, Input.types, Input.nulls})
"""What every document says. Samples and refusals are there if it holds some."""


def read(document: Any, title: str, *, vendor: str = "") -> Api:
    """What a parsed document describes. It holds no rows.

    Raises InputError, which repeats nothing of the document, for what is no OpenAPI 3.x document.
    """
    if not isinstance(document, Mapping) or not str(document.get("openapi", "")).startswith("3."):
        raise InputError("is not an OpenAPI 3.x document", title, ["an object with openapi: 3.… and paths"])
    if not isinstance(document.get("paths"), Mapping):
        raise InputError("has no paths", title)
    schemas = Schemas(document)
    resources = _resources(document["paths"], schemas)
    refusals = tuple(dict.fromkeys(_refusals(document["paths"], schemas)))
    inputs = set(SAYS)
    if any(field.samples for resource in resources for field in resource.fields):
        inputs.add(Input.samples)
    if refusals:
        inputs.add(Input.refusals)
    return Api(title, Origin.description, frozenset(inputs), resources, refusals, vendor=vendor)


def name_of(path: str) -> str:
    """The last part of a path that is no parameter; empty where there is none."""
    parts = [part for part in path.split("/") if part and "{" not in part]
    return parts[-1] if parts else ""


def _resources(paths: Mapping[Any, Any], schemas: Schemas) -> tuple[Resource, ...]:
    """One for each name, its fields in the order of the document; a list and a single row are one resource."""
    found: dict[str, list[Resource]] = {}
    for path, item in paths.items():
        operation = schemas.resolved(schemas.resolved(item).get("get"))
        name = name_of(str(path))
        if operation and name:
            found.setdefault(name, []).append(_resource(name, operation, schemas))
    return tuple(_merged(name, several) for name, several in found.items())


def _resource(name: str, operation: Node, schemas: Schemas) -> Resource:
    answers = schemas.resolved(operation.get("responses"))
    good = (str(status) for status in answers if str(status).startswith("2"))
    schema = next((s for status in good for s, _ in _bodies(answers[status], schemas)), {})
    row = schemas.row(schema)
    said = operation.get("description") or row.get("description") or ""
    return Resource(name, schemas.fields(row), description=str(said))


def _merged(name: str, several: list[Resource]) -> Resource:
    fields = {field.name: field for resource in reversed(several) for field in resource.fields}
    order = dict.fromkeys(field.name for resource in several for field in resource.fields)
    said = next((resource.description for resource in several if resource.description), "")
    return Resource(name, tuple(fields[key] for key in order), description=said)


def _bodies(response: Any, schemas: Schemas) -> Iterator[tuple[Node, tuple[str, Node]]]:
    """The schema of each body of a response that has one, with its media type and entry, JSON first."""
    content = schemas.resolved(schemas.resolved(response).get("content"))
    for media in sorted(map(str, content), key=lambda media: "json" not in media):
        entry = schemas.resolved(content[media])
        yield schemas.resolved(entry.get("schema")), (media, entry)


def _refusals(paths: Mapping[Any, Any], schemas: Schemas) -> Iterator[Refusal]:
    for item in paths.values():
        methods = schemas.resolved(item)
        for method in METHODS:
            answers = schemas.resolved(schemas.resolved(methods.get(method)).get("responses"))
            for status, response in answers.items():
                if str(status).isdigit() and int(status) >= 400:
                    yield from _refused(int(status), response, schemas)


def _refused(status: int, response: Any, schemas: Schemas) -> Iterator[Refusal]:
    """The refusals a response documents: by its codes, then by what its description names besides.

    A cause that is only described has the code of the response if that has just one.
    """
    known = causes.load()
    said = schemas.resolved(response)
    schema, (media, entry) = next(_bodies(said, schemas), ({}, ("", {})))
    names = tuple(field.name for field in schemas.fields(schema)) or None
    codes = list(dict.fromkeys(_codes(schema, entry, schemas)))
    found = {cause: code for code in codes if (cause := known.of_code(code, status))}
    if len(codes) < 2:
        text = f"{said.get('summary', '')}. {said.get('description', '')}"
        described = (known.of_text(sentence, status) for sentence in SENTENCES.split(text))
        found = {**dict.fromkeys(filter(None, described), (*codes, "")[0]), **found}
    for cause, code in (found or dict.fromkeys(filter(None, [known.of_status(status)]), "")).items():
        yield Refusal(cause, status, media, names, code)


def _codes(schema: Node, entry: Node, schemas: Schemas) -> Iterator[str]:
    """Codes a body may carry: enumerated or exemplified ones, and those of whole documented bodies."""
    fields = {field.name: field for field in schemas.fields(schema)}
    key = next((key for key in CODES if key in fields and (fields[key].enum or fields[key].samples)), "")
    if key:
        yield from (str(value) for value in fields[key].enum or fields[key].samples)
    examples = schemas.resolved(entry.get("examples")).values()
    for body in (entry.get("example"), *(schemas.resolved(one).get("value") for one in examples)):
        found = (body.get(key) for key in CODES) if isinstance(body, Mapping) else ()
        yield from [str(code) for code in found if isinstance(code, str | int) and WORD.fullmatch(str(code))][:1]

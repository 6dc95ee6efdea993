"""Any OpenAPI 3.x document as an Api: resources from what GET answers, refusals from the errors it documents.

Nothing is taken from extensions (``x-…``) and nothing is fetched: what a reference into another file stands for is not
there. Only what GET answers with 200 counts, so what is only sent, and schemas that nothing reaches, are no columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from ..model import Api, Field, Input, Origin, Refusal, Resource
from .declared import LONGEST, Columns, TooWide
from .description.load import load
from .documented import bodies, refusals
from .envelopes import Envelopes
from .exampled import of_answer
from .names import of_path, of_row
from .schemas import GONE, NOTHING, Node, Schemas, Tangled

SAYS: Final = frozenset({Input.paths, Input.fields, Input.types, Input.nulls})
"""What every document says. Samples and refusals are there if it holds some."""
_OK = ("200", "2XX", "2xx")
_NAMED = 5  # resources a sentence names
_LONGEST = 80  # letters of a title
_SHOWN = re.compile(r"[\w][\w .-]{0,99}")


def read(
    document: Any, title: str, *, vendor: str = "", partial: Iterable[str] = (), by_path: bool = False, where: str = ""
) -> Api:
    """What a parsed document describes. It holds no rows.

    A resource is named after the schema of its row, or, ``by_path``, after the last part of its path. ``partial`` are
    sentences on what could not be read before; resources whose schema leads nowhere are told there too and left out.
    Raises InputError, which repeats nothing of the document and names ``where``, or the title, for what is no OpenAPI
    3.x document and for schemas that cannot be put together, or have too many columns.
    """
    if not isinstance(document, Mapping) or not str(document.get("openapi", "")).startswith("3."):
        raise InputError("is not an OpenAPI 3.x document", where or title, ["an object with openapi: 3.… and paths"])
    if not isinstance(document.get("paths"), Mapping):
        raise InputError("has no paths", where or title)
    paths, schemas = document["paths"], Schemas(document)
    columns = Columns(schemas)
    try:
        found = list(_answers(paths, columns, by_path))
        refused = tuple(dict.fromkeys(refusals(paths, schemas)))
    except Tangled:
        raise InputError("has schemas too deep in each other, or in too many ways", where or title) from None
    except TooWide as error:
        raise InputError(str(error), where or title) from None
    resources = _resources(found)
    inputs, told = _inputs(resources, refused), (*partial, *_lost(found), *_unnamed(columns.unnamed))
    return Api(title, Origin.description, inputs, resources, refused, partial=told, vendor=vendor)


def _inputs(resources: Iterable[Resource], refused: Iterable[Refusal]) -> frozenset[Input]:
    samples = any(field.samples for resource in resources for field in resource.fields)
    return SAYS | ({Input.samples} if samples else set()) | ({Input.refusals} if any(refused) else set())


def read_file(path: Path) -> Api:
    """The description in a file and those it refers to, Swagger 2 also. Raises InputError."""
    found = load(path)
    title = _title(found.document, path.resolve().name)
    made = read(found.document, title, partial=found.partial, where=found.where)
    return replace(made, inputs=made.inputs | {Input.descriptions})


def _title(document: Mapping[str, Any], file: str) -> str:
    """What the description calls itself, with its version and file."""
    info = document.get("info")
    said = [str(info[key]) for key in ("title", "version") if key in info] if isinstance(info, Mapping) else []
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in " ".join(said)).split())
    return f"{text[:_LONGEST] or 'a description'} (openapi file {file})"


@dataclass(frozen=True, eq=False)
class Answer:
    """What GET answers at one path. ``whole`` unless a part of its schema leads nowhere."""

    name: str
    path: str
    fields: tuple[Field, ...]
    listed: bool | None
    description: str
    whole: bool = True


def _answers(paths: Mapping[Any, Any], columns: Columns, by_path: bool) -> Iterator[Answer]:
    """The answers that are objects or lists of them, or of which nothing is said, in the order of the document."""
    schemas, envelopes = columns.schemas, Envelopes(columns.schemas)
    for path, item in paths.items():
        operation = schemas.resolved(schemas.resolved(item).get("get"))
        good = _good(schemas.resolved(operation.get("responses")))
        if good is None or not str(path).startswith("/"):
            continue
        node, (_, entry) = next(bodies(good, schemas), (NOTHING, ("", NOTHING)))
        row = envelopes.row(node, examples=of_answer(entry, schemas))
        schema = schemas.resolved(row.node)
        name = of_path(str(path)) if by_path else of_row(row.node, str(path), schemas, listed=row.listed)
        if name and (schemas.is_object(schema) or not schemas.is_typed(schema)):
            said = _said(operation.get("description"), schema.get("description"), operation.get("summary"))
            whole = all(GONE not in one for one in schemas.every(schema))
            fields, listed = columns.of(schema, examples=row.examples), row.listed
            yield Answer(name, str(path), fields, listed if schemas.is_object(schema) else None, said, whole)


def _good(answers: Node) -> Any:
    """The answer of a request that went well; None where nothing is said of one."""
    by_status = {str(status): answer for status, answer in answers.items()}
    return next((by_status[status] for status in _OK if status in by_status), None)


def _said(*texts: Any) -> str:
    return next((text for text in texts if isinstance(text, str) and text), "")


def _resources(answers: Iterable[Answer]) -> tuple[Resource, ...]:
    """One for each name, its fields in the order of the document; a list and a single row are one resource.

    What leads nowhere at every path is left out.
    """
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.name, []).append(answer)
    return tuple(_merged(name, same) for name, same in found.items() if any(one.whole for one in same))


def _merged(name: str, several: list[Answer]) -> Resource:
    fields = {field.name: field for answer in reversed(several) for field in answer.fields}
    order = dict.fromkeys(field.name for answer in several for field in answer.fields)
    known = [answer.listed for answer in several if answer.listed is not None]
    return Resource(
        name,
        tuple(fields[key] for key in order),
        description=_said(*(answer.description for answer in several)),
        listed=any(known) if known else None,
        paths=tuple(answer.path for answer in several),
    )


def _lost(answers: Iterable[Answer]) -> Iterator[str]:
    """A sentence on the resources of which a part leads nowhere."""
    several = list(answers)
    found = dict.fromkeys(answer.name for answer in several if not answer.whole)
    names = [name if _SHOWN.fullmatch(name) else "a resource" for name in found]
    if names:
        shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        yield f"references that lead nowhere hide what {shown} {'holds' if len(names) == 1 else 'hold'}"


def _unnamed(count: int) -> Iterator[str]:
    """A sentence on columns whose name is no name."""
    if count:
        of = "1 column with a name" if count == 1 else f"{count} columns with names"
        yield f"{of} of more than {LONGEST} letters left out"

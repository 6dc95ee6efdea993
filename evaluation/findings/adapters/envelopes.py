"""Where the rows of a described answer are: the answer is a list, holds one beside words of pages, or is one record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from ..model import Json
from . import exampled
from .schemas import Node, Schemas, types

WRAPPERS: Final = frozenset(
    {"data", "items", "results", "result", "records", "rows", "entries", "list", "values", "content", "contents"}
    | {"value", "payload", "_embedded", "embedded", "response", "body", "resources", "objects", "collection"}
)
"""Keys of an envelope that say nothing of what is in it."""
PAGES: Final = frozenset(
    {"page", "pages", "paging", "pagination", "pager", "token", "cursor", "cursors", "link", "links", "total", "totals"}
    | {"count", "counts", "meta", "metadata", "incomplete", "offset", "limit", "jsonapi", "orderby"}
)
"""Words of which one makes a name tell of the page and not of a row."""
_DIRECTIONS = frozenset({"next", "prev", "previous", "first", "last", "self", "order", "sort", "more"})
_FILLERS = frozenset({"url", "uri", "href", "has", "is", "by", "key", "id"})
ASIDE: Final = frozenset(
    {"errors", "error", "warnings", "messages", "request_id", "requestid", "included", "facets", "aggregations"}
)
"""Keys beside the rows that belong to the answer as a whole."""
STATES: Final = frozenset({"status", "message", "success", "code", "object", "kind", "etag", "url", "path", "type"})
"""Keys that tell of the answer beside one of WRAPPERS, and of the row everywhere else."""
_PLAIN = frozenset({"integer", "number", "boolean"})
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_DEEPEST = 3  # envelopes inside each other


@dataclass(frozen=True, eq=False)
class Row:
    """The schema of a row as it stands in the document, and whether rows come in a list.

    ``examples`` are rows of what is around it: of the list, and of the whole answer.
    """

    node: Any
    listed: bool
    examples: tuple[Json, ...] = ()


class Envelopes:
    """Finds the rows of answers by the schemas of one document."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def row(self, node: Any, depth: int = 0, examples: Iterable[Json] = ()) -> Row:
        """The row of an answer with this schema: the member of a list, at whatever depth, or the record itself.

        ``examples`` are those of the whole answer.
        """
        schema = self._schemas.resolved(node)
        around = tuple(islice(examples, exampled.ROWS))
        own = (value for one in self._schemas.every(schema) for value in exampled.of_schema(one))
        given = (*islice(own, exampled.ROWS), *around)
        lists = [one for one in self._schemas.every(schema) if _is_list(one)]
        if lists:
            item = lists[0].get("items") if len(lists) == 1 else {"anyOf": [_items(one) for one in lists]}
            return Row(item, True, tuple(islice(exampled.members(given), exampled.ROWS)))
        found = {key: self._schemas.resolved(node) for key, node in self._schemas.properties(schema).items()}
        key = self._key(found) if "id" not in found and depth < _DEEPEST else ""
        if not key:
            return Row(node, False, around)
        return self.row(self._schemas.properties(schema)[key], depth + 1, exampled.below(given, key))

    def _key(self, found: Mapping[str, Node]) -> str:
        """The key of an envelope that holds the rows, or another envelope; empty for a record."""
        several = [key for key, schema in found.items() if self._rows(schema)]
        own = [key for key in several if key.lower() not in ASIDE] or several
        inner = [key for key, schema in found.items() if key.lower() in WRAPPERS and self._schemas.is_object(schema)]
        keys = own or inner
        return keys[0] if len(keys) == 1 and self._beside(keys[0], found) else ""

    def _rows(self, schema: Node) -> bool:
        """Whether it is a list of objects."""
        lists = (one for one in self._schemas.every(schema) if _is_list(one))
        return any(self._schemas.is_object(self._schemas.resolved(_items(one))) for one in lists)

    def _beside(self, key: str, found: Mapping[str, Node]) -> bool:
        """Whether there is nothing but words of pages beside one key."""
        aside = ASIDE | STATES if key.lower() in WRAPPERS else ASIDE
        others = ((name, schema) for name, schema in found.items() if name != key and name.lower() not in aside)
        return all(_is_page(name) or _is_plain(schema) for name, schema in others)


def _is_page(name: str) -> bool:
    """Whether a name tells of the page: ``next_page_token``, ``totalCount``, ``nextUrl``, ``_links``."""
    words = {word.lower() for word in _WORDS.findall(name)}
    return bool(words & PAGES) or bool(words & _DIRECTIONS and words <= _DIRECTIONS | _FILLERS)


def _is_plain(schema: Node) -> bool:
    """Whether it is a number or a flag."""
    kinds = set(types(schema)) - {"null"}
    return bool(kinds) and kinds <= _PLAIN


def _is_list(schema: Node) -> bool:
    return "items" in schema or "array" in types(schema)


def _items(schema: Node) -> Any:
    return schema.get("items")

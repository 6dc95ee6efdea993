"""A Postman collection (v2.0, v2.1) as an Api: resources and refusals by the examples saved with its requests.

Columns come from examples of GET requests that were answered with 2xx and JSON. An example is documentation: it may be
cut, edited or invented, so its rows count as samples of values and not as rows. Variables, logins, headers of requests
and scripts are not read. Format: https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mockserver.errors import InputError

from ..model import Api, Input, Origin, Resource
from . import addresses, bodies
from .description.limits import Unreadable
from .description.load import read_tree
from .fields import resource, table
from .refused import Answered, refusals
from .shape import counted, listed, mapping, members, text

VALID: Final = ("a Postman collection of version 2.0 or 2.1, exported as JSON",)
VERSION: Final = re.compile(r"/collection/v?(\d+)\.(\d+)\.")
_VARIABLE = re.compile(r":.*|.*\{\{.*|<.*>|\{.*\}")
_SAYS: Final = frozenset({Input.paths, Input.fields, Input.types, Input.nulls, Input.samples})


@dataclass(frozen=True)
class Example:
    """A saved answer: the parts of the path of its request, empty ones for variables, and the answer."""

    method: str
    parts: tuple[str, ...] = field(repr=False)
    status: int
    media: str = field(repr=False)
    body: str = field(repr=False)


def read(path: Path) -> Api:
    """What the saved examples of a collection show. Nothing of their values is in any message.

    Raises InputError in one sentence for what is no such collection, or holds no example.
    """
    collection = mapping(read_tree(path))
    _checked(collection, str(path))
    requests = list(_requests(collection))
    examples = [example for request in requests for example in _examples(request)]
    _bounded(examples, str(path))
    resources = tuple(_resources([e for e in examples if e.method == "GET" and 200 <= e.status < 300]))
    if not resources:
        what = "saves no example of a GET request that was answered with JSON"
        raise InputError(what, str(path), ["examples saved with the requests: send one, then Save as example"])
    refused = refusals(Answered(e.status, e.media, e.body) for e in examples if e.status >= 400)
    inputs = _SAYS | ({Input.refusals} if refused else frozenset())
    title = f"Postman collection (file {path.resolve().name})"
    partial = tuple(_partial(requests))
    return Api(title, Origin.description, inputs, resources, refused, partial=partial, vendor="")


def _checked(collection: Mapping[str, Any], where: str) -> None:
    """Raises InputError for what is no collection of version 2."""
    schema = VERSION.search(text(mapping(collection.get("info")).get("schema")))
    if isinstance(collection.get("requests"), list) and not schema:
        raise InputError("is a Postman collection of version 1; export it again as version 2.1", where, VALID)
    if not isinstance(collection.get("item"), list) or not isinstance(collection.get("info"), Mapping):
        raise InputError("is no Postman collection", where, VALID)
    if schema and schema[1] != "2":
        raise InputError("is a Postman collection of another version", where, VALID)


def _bounded(examples: Iterable[Example], where: str) -> None:
    """Raises InputError where the answers together hold more than may be read."""
    budget = bodies.Budget()
    problem = ""
    try:
        for example in examples:
            budget.take(example.body)
    except Unreadable as error:
        problem = str(error)
    if problem:
        raise InputError(problem, where)


def _requests(collection: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The items with a request, those of folders in the order of the file."""
    waiting = [collection]
    while waiting:
        item = waiting.pop()
        if "request" in item:
            yield item
        waiting += reversed(members(item.get("item")))


def _examples(item: Mapping[str, Any]) -> Iterator[Example]:
    for response in members(item.get("response")):
        asked = response.get("originalRequest") or item.get("request")
        status = response.get("code")
        if type(status) is int:
            method = text(mapping(asked).get("method")).upper() or "GET"
            parts = _parts(item.get("request")) or _parts(asked)
            yield Example(method, parts, status, _media(response), text(response.get("body")))


def _parts(request: object) -> tuple[str, ...]:
    """The parts of a path, variables empty; a request may be a URL, and a URL a text or an object with its path."""
    url = request if isinstance(request, str) else mapping(request).get("url")
    path = mapping(url).get("path")
    if isinstance(path, list):
        found = [part if isinstance(part, str) else text(mapping(part).get("value")) for part in path]
    else:
        whole = path if isinstance(path, str) else text(url if isinstance(url, str) else mapping(url).get("raw"))
        found = _path(whole).split("/")
    return tuple("" if _VARIABLE.fullmatch(part) else part for part in found if part)


def _path(url: str) -> str:
    """The path of a URL whose host may be a variable."""
    try:
        path = urlsplit(url).path if "://" in url else url.partition("?")[0].partition("#")[0]
    except ValueError:
        return ""
    host, slash, rest = path.partition("/")
    return rest if slash and "://" not in url and ("{{" in host or "." in host or ":" in host[1:]) else path


def _media(response: Mapping[str, Any]) -> str:
    headers = members(response.get("header"))
    said = (text(one.get("value")) for one in headers if text(one.get("key")).lower() == "content-type")
    language = text(response.get("_postman_previewlanguage")).lower()
    return next(said, "") or ("application/json" if language == "json" else "")


def _resources(examples: Iterable[Example]) -> Iterator[Resource]:
    """One resource for each name, in the order of the collection, without its rows."""
    groups: dict[str, list[bodies.Rows]] = {}
    for example in examples:
        for rows in bodies.found(example.body):
            name = rows.type or addresses.name_of(example.parts, rows.record)
            if name and rows.rows:
                groups.setdefault(name, []).append(rows)
    shown = addresses.shown(groups)
    for name, found in groups.items():
        tables = [table("", rows.rows, complete=False, ordered=False) for rows in found]
        made = resource(shown[name], tables)
        yield replace(made, tables=(), listed=any(rows.listed for rows in found))


def _partial(requests: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """GET requests that nobody saved an answer with."""
    gets = [item for item in requests if text(mapping(item.get("request")).get("method")).upper() in ("GET", "")]
    bare = sum(not listed(item.get("response")) for item in gets)
    if bare:
        yield f"{counted(bare, 'GET request')} of {len(gets)} without a saved example, left out"

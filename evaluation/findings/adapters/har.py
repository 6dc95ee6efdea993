"""A HAR file (1.2) as an Api: what a browser or proxy recorded of one host. Who answered is not known.

Answers to GET with JSON are rows of the resource their path names; pages of one listing are put together, records read
one by one are added where no page holds them. Of cookies, headers, logins and request bodies nothing is read but the
structure of a Bearer token. Format: http://www.softwareishard.com/blog/har-12-spec/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from ..bounds import COLUMNS
from ..model import Api, Input, Origin, Resource, Token
from . import token
from .description.limits import Unreadable
from .description.load import read_tree
from .har_entries import Entry, entries
from .har_rows import resources
from .refused import Answered, refusals
from .shape import counted, listed, mapping, text

VALID: Final = ("a HAR file: an object with log and its entries, as browsers export it",)
SAVED: Final = "a recording of requests for data, saved with the content of the answers"
VERSIONS: Final = ("", "1.1", "1.2")
MOST: Final = 48_000_000  # bytes of a file; bodies are read into memory
BEARER: Final = "bearer "
ROWS: Final = frozenset(
    {Input.paths, Input.fields, Input.types, Input.nulls, Input.samples, Input.rows, Input.texts, Input.instants}
    | {Input.numbers}
)


def read(path: Path) -> Api:
    """The API of the host that gave most JSON answers. No name of a host, and no value, is in the result's texts.

    Raises InputError in one sentence for what is no HAR file, or holds no JSON answer to a GET request.
    """
    every = _read(path)
    good = Counter(entry.host for entry in every if entry.good and entry.json)
    if not good:
        raise InputError("holds no JSON answer to a GET request", str(path), [SAVED])
    host = good.most_common(1)[0][0]
    mine = [entry for entry in every if entry.host == host]
    named = list(resources([entry for entry in mine if entry.good and entry.json]))
    found = tuple(one for one in named if one is not None)
    refused = refusals(Answered(e.status, e.media, e.body) for e in mine if 400 <= e.status < 600)
    structure = _token(mine)
    others = [(Input.refusals, refused), (Input.token, structure)]
    inputs = _rows(found) | {given for given, there in others if there}
    return Api(
        f"recorded traffic (file {path.resolve().name})", Origin.capture, inputs, found, refused, token=structure,
        partial=(*_partial(mine, good, host), *_wide(named.count(None))), vendor="",
    )  # fmt: skip


def _read(path: Path) -> list[Entry]:
    """The entries of a file. Raises InputError."""
    log = _entries(mapping(read_tree(path, MOST)), str(path))
    try:
        return list(entries(log))
    except Unreadable as error:
        problem = str(error)
    raise InputError(problem, str(path))


def _entries(tree: Mapping[str, Any], where: str) -> Sequence[Any]:
    log = tree.get("log")
    if not isinstance(log, Mapping) or not isinstance(log.get("entries"), list):
        raise InputError("is no HAR file", where, VALID)
    if text(log.get("version")) not in VERSIONS:
        raise InputError("is of a HAR version that is not read", where, [version for version in VERSIONS if version])
    return listed(log.get("entries"))


def _rows(found: Sequence[Resource]) -> frozenset[Input]:
    """The inputs that rows give."""
    tables = [table for resource in found for table in resource.tables if table.size]
    inputs = set(ROWS if tables else ())
    if any(table.ordered for table in tables):
        inputs.add(Input.order)
    if tables and all(resource.complete for resource in found):
        inputs.add(Input.all_rows)
    return frozenset(inputs)


def _token(mine: Sequence[Entry]) -> Token | None:
    """The structure of the first Bearer token that can be read."""
    for entry in mine:
        if entry.authorization.lower().startswith(BEARER):
            made = token.structure(entry.authorization[len(BEARER) :].strip(), None, entry.scheme)
            if made:
                return made
    return None


def _partial(mine: Sequence[Entry], good: Counter[str], host: str) -> Iterator[str]:
    """What was there and could not be read, in counts."""
    others = sum(count for name, count in good.items() if name != host)
    if others:
        hosts = counted(len(good) - 1, "other host")
        yield f"{counted(others, 'JSON answer')} of {hosts} left out; the host with most of them is read"
    bare = sum(entry.good and entry.missing for entry in mine)
    if bare:
        yield f"{counted(bare, 'JSON answer')} without a body: the recording does not hold it"
    broken = sum(entry.good and entry.broken for entry in mine)
    if broken:
        yield f"{counted(broken, 'JSON answer')} whose body is not JSON, perhaps cut off"


def _wide(count: int) -> Iterator[str]:
    """A sentence on what is rather a dictionary than rows, such as the texts of an application by key."""
    if count:
        yield f"{counted(count, 'resource')} with more than {COLUMNS:,} columns left out"

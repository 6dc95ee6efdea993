"""The envelope of a page: its keys, their order and types, and whether its numbers and URLs fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from mockserver.contract.source import document

from . import words
from .calls import Call, path_of, split
from .facts import Verdict

URLS = ("next_page_url", "prev_page_url")


@lru_cache(maxsize=1)
def stated() -> Mapping[str, frozenset[str]]:
    """The keys of the envelope in the order of the contract, with their types."""
    properties = document("openapi.yaml")["x-envelope"]["properties"]
    return {key: frozenset([p["type"]] if isinstance(p["type"], str) else p["type"]) for key, p in properties.items()}


def shape(call: Call) -> Iterator[Verdict]:
    """Keys, order and types. Where there is no envelope at all only that is said."""
    place, page = call.place(), call.envelope
    if page is None:
        id_ = "path.client_ids.shape" if call.segment == "client_ids" else "envelope.keys"
        yield Verdict(id_, "envelope keys", place, words.keys(call.document), "an object with ten keys")
        return
    missing = [key for key in stated() if key not in page]
    added = [words.key(key) for key in page if key not in stated()]
    parts = [f"without {words.listed(missing)}" if missing else "", f"also {words.listed(added)}" if added else ""]
    yield Verdict("envelope.keys", "envelope keys", place, "; ".join(filter(None, parts)), words.listed(stated()))
    known = [key for key in page if key in stated()]
    in_order = [key for key in stated() if key in page]
    said = "" if known == in_order else words.listed(known)
    yield Verdict("envelope.key-order", "envelope order", place, said, "by name")
    wrong = [f"{key} is {words.kind(page[key])}" for key in known if words.kind(page[key]) not in stated()[key]]
    yield Verdict("envelope.types", "envelope values", place, words.listed(wrong), "numbers, texts, nulls, an array")


def typed(page: Mapping[str, Any]) -> bool:
    """Whether every value has its type, so that the numbers can be compared."""
    return all(words.kind(page[key]) in types for key, types in stated().items() if key in page)


def values(call: Call) -> Iterator[Verdict]:
    """Numbers and URLs of one envelope."""
    page = call.envelope
    if page is None or not typed(page):
        return
    full: dict[str, Any] = {key: page.get(key) for key in stated()}
    yield from _size(call, full)
    yield from _empty(call, full)
    yield from _urls(call, full)
    if page.get("path") is not None:
        plain = path_of(page["path"]) == call.exchange.request.path.rstrip("/") and "?" not in page["path"]
        said = "" if plain else "another address" if "?" not in page["path"] else "an address with a query"
        yield Verdict("envelope.path", "envelope values", call.place(), said, "the address without its query")


def _size(call: Call, page: Mapping[str, Any]) -> Iterator[Verdict]:
    place = call.place()
    size = page["per_page"]
    if size is not None:
        said = "" if size == call.per_page else str(size)
        yield Verdict("paging.per-page", "page walk", place, said, str(call.per_page))
    if size and page["from"] and page["to"]:
        whole = page["to"] - page["from"] + 1
        came = len(page["data"]) == whole or (call.cut and len(page["data"]) <= whole)
        place_right = page["from"] == (page["current_page"] - 1) * size + 1 and whole <= size
        said = "" if came and place_right else "from, to and the rows do not fit each other"
        yield Verdict("envelope.types", "envelope values", place, said, "from and to number the rows")


def _empty(call: Call, page: Mapping[str, Any]) -> Iterator[Verdict]:
    place = call.place()
    if page["data"] or page["total"] is None:
        return
    nulls = page["from"] is None and page["to"] is None and page["next_page_url"] is None
    if page["total"] == 0:
        whole = nulls and page["current_page"] == 1 and page["prev_page_url"] is None
        said = "" if whole else "not from, to and page URLs are all null"
        yield Verdict("envelope.empty", "envelope values", place, said, "from, to and page URLs null, current_page 1")
        said = "" if page["last_page"] == 0 else "above 0"
        yield Verdict("envelope.last-page-zero", "envelope values", place, said, "last_page 0")
    elif call.page > 1:
        said = "" if nulls else "from, to or next_page_url is not null"
        yield Verdict("paging.past-end", "envelope values", place, said, "from, to and next_page_url null")


def _urls(call: Call, page: Mapping[str, Any]) -> Iterator[Verdict]:
    place = call.place()
    urls = [page[key] for key in URLS if page[key] is not None]
    relative = [url for url in urls if not (urlsplit(url).scheme and urlsplit(url).netloc)]
    if urls:
        said = "without scheme and host" if relative else ""
        yield Verdict("envelope.urls", "envelope values", place, said, "absolute addresses, or null")
    if page["current_page"] and page["last_page"] is not None and page["data"]:
        ends = (page["next_page_url"] is None) == (page["current_page"] >= page["last_page"])
        ends = ends and (page["prev_page_url"] is None) == (page["current_page"] == 1)
        said = "" if ends else "present or absent where it should not be"
        yield Verdict("envelope.urls", "page walk", place, said, "null at the last and first page")
    yield from _neighbours(call, urls)


def _neighbours(call: Call, urls: list[str]) -> Iterator[Verdict]:
    """What the page URLs ask for: a page, and the filters of the request by column and operator."""
    place, wanted = call.place(), sorted(_condition(*pair) for pair in call.asked)
    for url in urls:
        pairs = split(urlsplit(url).query)
        named = [value for name, value in pairs if name == "page"]
        said = "" if len(named) == 1 else "the page is named otherwise"
        yield Verdict("paging.page-parameter", "page walk", place, said, "page=N")
        if wanted:
            found = sorted(_condition(*pair) for pair in pairs if pair[0] != "page")
            said = "" if found == wanted else "without the filters" if not found else "with other filters"
            yield Verdict("paging.next-keeps-filters", "page walk", place, said, "with the filters of the request")


def _condition(column: str, text: str) -> tuple[str, str]:
    """Values are left out: the scrubber may have replaced them one by one."""
    return column, text.partition("~")[0]

"""The exact exchange behind a place, for our own mock only: everything in it is invented."""

from __future__ import annotations

from mockserver.store import jsonio

from ..model import Api, Asked, Table
from ..outcome import Place


def row_exchange(api: Api, place: Place) -> Asked | None:
    """The request whose answer holds the row of a place, its status and that very row as it was delivered.

    A place without a row has the first page of its resource, cut to two rows. None for anybody but our mock.
    """
    first = _first(api, place)
    if first is None or place.row < 0:
        return first
    table = _table(api, place)
    if table is None or place.row >= table.size:
        return None
    number = place.row // _page_size(first, table) + 1
    line, _, rest = first.request.partition("\n")
    path, version = line.rsplit(" ", 1)
    request = f"{path}?page={number} {version}\n{rest}" if number > 1 else first.request
    return Asked(request, first.status, jsonio.dumps(table.row(place.row)).decode())


def _first(api: Api, place: Place) -> Asked | None:
    """The first page of the place's resource, in its practice or, where it names none, in the first that has one."""
    exact = api.asked.get((place.resource, place.practice))
    if exact is not None or place.practice or place.row >= 0:
        return exact
    return next((api.asked[key] for key in sorted(api.asked) if key[0] == place.resource and key[1]), None)


def _table(api: Api, place: Place) -> Table | None:
    resource = api.by_name.get(place.resource)
    tables = resource.tables if resource else ()
    return next((table for table in tables if table.practice == place.practice), None)


def _page_size(first: Asked, table: Table) -> int:
    """Rows a page of the listing holds, as its envelope says."""
    size = jsonio.loads(first.body.encode()).get("per_page")
    return size if type(size) is int and size > 0 else max(table.size, 1)

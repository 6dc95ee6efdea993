"""Row versions as bytes, which of them are visible at an instant, filters and pages. Knows no HTTP."""

from __future__ import annotations

from mockserver.store.cache import LRU
from mockserver.store.entries import Entry, Order
from mockserver.store.filters import Filter, FilterError, FilterPolicy, parse
from mockserver.store.format import TableInfo, write
from mockserver.store.overlay import Overlay
from mockserver.store.paging import Page, page_of
from mockserver.store.select import select
from mockserver.store.tables import MemoryTable, Table
from mockserver.store.values import Kind
from mockserver.store.view import View

__all__ = [
    "LRU",
    "Entry",
    "Filter",
    "FilterError",
    "FilterPolicy",
    "Kind",
    "MemoryTable",
    "Order",
    "Overlay",
    "Page",
    "Table",
    "TableInfo",
    "View",
    "page_of",
    "parse",
    "select",
    "write",
]

"""The settings table as options of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..settings import Row, table

F = Callable[..., Any]


def setting_options(function: F) -> F:
    """Give a command one option for each row of the settings table."""
    for row in reversed(list(table())):
        function = _option(row)(function)
    return function


def _option(row: Row) -> Callable[[F], F]:
    shown = f"{row.help} [{row.variable}]"
    if row.kind is bool:
        return click.option(f"{row.flag}/--no-{row.flag[2:]}", row.name, default=None, help=shown)
    metavar = "|".join(row.choices) or {str: "TEXT", int: "N"}[row.kind]
    return click.option(row.flag, row.name, type=row.kind, default=None, metavar=metavar, help=shown)

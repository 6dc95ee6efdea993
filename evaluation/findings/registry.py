"""Checks are functions from an Api to an Outcome, marked with the id of their entry in the catalogue.

Every module of ``checks/`` is read; nothing has to be listed anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from . import checks
from .model import Api, Input
from .outcome import Outcome

Function = Callable[[Api], Outcome]


@dataclass(frozen=True)
class Check:
    """A check and the inputs without which it cannot decide."""

    id: str
    needs: tuple[Input, ...]
    function: Function

    @property
    def name(self) -> str:
        """Module and function, for those who want to read it."""
        return f"{self.function.__module__}:{self.function.__name__}"


def check(id_: str, *needs: Input) -> Callable[[Function], Function]:
    """Mark a function as check ``id_``. It is called only with an Api that has all of ``needs``."""

    def mark(function: Function) -> Function:
        vars(function).setdefault("checks", []).append(Check(id_, needs, function))
        return function

    return mark


def checks_by_id() -> Mapping[str, Check]:
    """Every check of the package, in order of ids. Raises ValueError where two have one id."""
    found: dict[str, Check] = {}
    for made in _marked():
        if made.id in found:
            raise ValueError(f"{made.id} is both {found[made.id].name} and {made.name}")
        found[made.id] = made
    return dict(sorted(found.items()))


def _marked() -> Iterator[Check]:
    for entry in iter_modules(checks.__path__, f"{checks.__name__}."):
        module = import_module(entry.name)
        for value in vars(module).values():
            if getattr(value, "__module__", None) == entry.name:
                yield from getattr(value, "checks", ())

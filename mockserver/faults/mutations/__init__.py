"""Named lies about the contract, one fact each, to prove that who looks for them finds them.

Never on by default: ``mutate`` puts them before an application that is handed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from ...errors import InputError
from .answers import ANSWERS
from .liar import Liar
from .model import Answer, Asked, Mutation
from .rows import ROWS

MUTATIONS: Mapping[str, Mutation] = MappingProxyType({m.name: m for m in (*ROWS, *ANSWERS)})
"""All mutations by name."""

CORE = (
    "field-renamed",
    "type-flipped",
    "null-habit",
    "filters-dropped",
    "error-body",
    "order",
    "field-removed",
    "field-added",
    "per-page",
    "btwn-exclusive",
)
"""The ten that can be told together: no one of them hides or doubles another."""


class Application(Protocol):
    """Flask's ``wsgi_app`` hook: the seam where middleware goes."""

    wsgi_app: Any


class Serves(Protocol):
    """A running server with its application, such as ``mockserver.testing.Server``."""

    @property
    def app(self) -> Application: ...


Server = TypeVar("Server", bound=Serves)
Settings = TypeVar("Settings")


def chosen(names: Iterable[str]) -> tuple[Mutation, ...]:
    """The mutations of these names. Raises InputError for a name that is none."""
    found = []
    for name in names:
        if name not in MUTATIONS:
            raise InputError(f"{name!r} is no mutation", "mutations", MUTATIONS, given=name)
        found.append(MUTATIONS[name])
    return tuple(found)


def mutate(app: Application, names: Iterable[str]) -> None:
    """Let this application tell these lies from now on. Raises InputError."""
    app.wsgi_app = Liar(app.wsgi_app, chosen(names))


def mutated_server(serve: Callable[[Settings], Server], settings: Settings, names: Iterable[str]) -> Server:
    """A server that tells these lies, for example ``mutated_server(testing.Server, Settings(), ["order"])``.

    The way to start it is handed over, because faults know no HTTP. Raises InputError before anything starts.
    """
    wanted = tuple(m.name for m in chosen(names))
    server = serve(settings)
    mutate(server.app, wanted)
    return server


__all__ = ["CORE", "MUTATIONS", "Answer", "Asked", "Liar", "Mutation", "chosen", "mutate", "mutated_server"]

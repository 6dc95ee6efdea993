"""How the verbs read a target: the options of a command line as an adapter takes them."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

from mockserver.errors import InputError

from .findings.adapters import open_target
from .findings.model import Api

SERVERS = ("http://", "https://")
Options = Mapping[str, Any]
Prompt = Callable[[str], str]


def opened(target: str, options: Options, environ: Mapping[str, str], prompt: Prompt | None) -> Api:
    """The API behind a target, read as the options say. Raises InputError."""
    return open_target(
        target,
        practices=options["practice"] or None,
        timeout=options["timeout"],
        budget=options["budget"],
        limit=options["limit"],
        permission=options["permission"],
        prompt=prompt,
        environ=environ,
    )


def fitting(target: str, options: Options) -> Options:
    """The options as they fit one of several targets: one that is no server has no use for those of a server."""
    if target.startswith(SERVERS):
        return options
    return {**options, "practice": (), "limit": None, "permission": False}


def finite(options: Options) -> None:
    """Raises InputError for seconds that are no number."""
    for name in ("timeout", "budget"):
        if options[name] is not None and not math.isfinite(options[name]):
            raise InputError("must be a number of seconds", f"--{name}")


def asking() -> Prompt | None:
    """How a login is asked for; None where nobody sits at a terminal."""
    return _prompt if sys.stdin.isatty() else None


def _prompt(name: str) -> str:
    return str(click.prompt(name.capitalize(), hide_input=name != "email", err=True))

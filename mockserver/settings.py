"""All settings, in one table: the command line, ``HJKIT_*`` variables, the docs and the tests read it.

A flag wins over its variable, the variable over the default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from .errors import InputError

WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
Handling = ("error", "ignore", "empty")
ADDRESS = r"https?://[^\s/?#]+(/[^\s?#]*)?"


def _setting(default: Any, help: str, **facts: Any) -> Any:
    return field(default=default, metadata={"help": help, **facts})


@dataclass(frozen=True, slots=True)
class Settings:
    """How the mock is run. Every field is a flag ``--name`` and a variable ``HJKIT_NAME``."""

    world: str = _setting("sandbox,clinic", "Worlds to serve: names of profiles or folders, separated by commas.")
    practice: str = _setting("", "Serve only these practices, separated by commas; empty for all.")
    per_page: int = _setting(1000, "Rows a page holds.", low=1, high=100_000, behaviour="paging.per-page")
    quirks: str = _setting("vendor", "Quirks in force: none, vendor, vendor+feed, ids, or a mix such as vendor,-Q14.")
    clock: str = _setting("frozen", "Vendor time: frozen, running, offset, or an instant at which to freeze it.")
    public_url: str = _setting(
        "", "Address to write into page URLs instead of the one a request came to.", pattern=ADDRESS
    )
    email: str = _setting("", "E-mail address of the fake login.")
    password: str = _setting("", "Password of the fake login.", secret=True)
    secret_key: str = _setting("", "Secretkey of the fake login.", secret=True)
    logins: str = _setting("", "YAML file with several logins, each with its customer and practices.")
    host: str = _setting("127.0.0.1", "Address to listen on; anything but loopback needs an admin token.")
    port: int = _setting(8420, "Port to listen on; 0 picks a free one.", low=0, high=65535)
    tls: bool = _setting(False, "Serve https with a throw-away certificate authority kept in the cache.")
    admin_token: str = _setting("", "Token that /__admin asks for; needed on a wider bind.", secret=True)
    evidence_header: bool = _setting(True, "Send X-Mock-Evidence with every data answer.")
    next_page_filters: str = _setting(
        "keep",
        "Whether next_page_url repeats the filters.",
        choices=("keep", "drop"),
        behaviour="paging.next-keeps-filters",
    )
    unknown_column: str = _setting(
        "error", "What a filter on an unknown column does.", choices=Handling, behaviour="error.filter.column"
    )
    unknown_operator: str = _setting(
        "error", "What an unknown operator does.", choices=Handling, behaviour="error.filter.operator"
    )
    malformed_value: str = _setting(
        "error", "What a malformed filter value does.", choices=Handling, behaviour="error.filter.value"
    )
    repeated_column: str = _setting(
        "error",
        "What a column filtered twice does.",
        choices=("error", "and", "last"),
        behaviour="error.filter.repeated",
    )
    bearer_space: str = _setting(
        "optional",
        "Whether a blank must stand between Bearer and the token.",
        choices=("required", "optional"),
        behaviour="header.authorization.no-space",
    )
    unknown_version: str = _setting(
        "error",
        "What a Version other than 3.0 and 3 gets.",
        choices=("error", "ignore"),
        behaviour="header.version.other",
    )
    journal_size: int = _setting(2000, "Requests the journal keeps.", low=1, high=1_000_000)
    docs: str = _setting("site", "Folder of the built site, served at /__docs/ if it is there; empty for none.")
    cache_dir: str = _setting("", "Folder for built worlds; empty for the per-user cache.")

    def __post_init__(self) -> None:
        for row in table():
            _check(row, getattr(self, row.name), row.flag)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, for the command line and the docs. ``low`` and ``high`` are both possible."""

    name: str
    default: Any
    kind: type
    help: str
    choices: tuple[str, ...] = ()
    behaviour: str | None = None
    secret: bool = False
    low: int | None = None
    high: int | None = None
    pattern: str = ""

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return "HJKIT_" + self.name.upper()

    @property
    def shown_default(self) -> str:
        return str(self.default).lower() if self.kind is bool else str(self.default)

    @property
    def span(self) -> str:
        """The numbers that are possible, in words; empty where any are."""
        return "" if self.low is None else f"{self.low} to {self.high}"

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        facts = {"flag": self.flag, "variable": self.variable, "default": self.default, "help": self.help}
        limits = {"choices": list(self.choices), "low": self.low, "high": self.high}
        return {**facts, **limits, "behaviour": self.behaviour, "secret": self.secret}


def table() -> Iterator[Row]:
    """The settings in order."""
    for f in fields(Settings):
        assert f.default is not MISSING
        yield Row(f.name, f.default, type(f.default), **f.metadata)


def resolve(flags: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from flags (None where not given), then variables, then defaults.

    Raises InputError that names the flag or variable, what is valid, and a guess.
    """
    environ = os.environ if environ is None else environ
    _refuse_unknown(environ)
    values: dict[str, Any] = {}
    for row in table():
        if flags.get(row.name) is not None:
            values[row.name] = flags[row.name]
        elif row.variable in environ:
            values[row.name] = _parse(row, environ[row.variable], row.variable)
    return Settings(**values)


def from_text(pairs: Mapping[str, str], where: str) -> dict[str, Any]:
    """Settings given as text, for example in an ini file. Raises InputError for a name that is none."""
    refuse_unknown(pairs, where)
    return {row.name: _parse(row, pairs[row.name], f"{where}: {row.name}") for row in table() if row.name in pairs}


def refuse_unknown(names: Iterable[str], where: str) -> None:
    """Raises InputError for the first name that is no setting."""
    valid = [row.name for row in table()]
    for name in names:
        if name not in valid:
            raise InputError(f"no setting {name!r}", where, valid, given=name)


def _parse(row: Row, text: str, where: str) -> Any:
    value: Any = text
    if row.kind is bool:
        if text.lower() not in WORDS:
            raise InputError(f"{text!r} is neither yes nor no", where, WORDS, given=text.lower())
        value = WORDS[text.lower()]
    elif row.kind is int:
        try:
            value = int(text)
        except ValueError:
            raise InputError(f"{text!r} is not a whole number", where, [row.span] if row.span else []) from None
    _check(row, value, where)
    return value


OTHER_VARIABLES = ("HJKIT_CASSETTES", "HJKIT_REQUIRE_TOOLS")


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """A misspelled variable would otherwise be a setting silently lost. ``HJKIT_LIVE_*`` is never looked at."""
    valid = [row.variable for row in table()]
    for name in environ:
        ours = name.startswith("HJKIT_") and not name.startswith(("HJKIT_LIVE_", "HJKIT_TEST_"))
        if ours and name not in valid and name not in OTHER_VARIABLES:
            raise InputError("no such setting", name, valid, given=name)


def _check(row: Row, value: Any, where: str) -> None:
    _check_kind(row, value, where)
    if row.choices and value not in row.choices:
        raise InputError(f"{value!r} is not possible", where, row.choices, given=str(value))
    if row.low is not None and row.high is not None and not row.low <= value <= row.high:
        raise InputError(f"{value} is out of range", where, [row.span])
    if row.pattern and value and not re.fullmatch(row.pattern, value):
        raise InputError(f"{value!r} is no address", where, ["http://host:port", "https://host/path"])


def _check_kind(row: Row, value: object, where: str) -> None:
    """A secret is not repeated."""
    if type(value) is not row.kind:
        words = {str: "text", int: "a whole number", bool: "true or false"}
        shown = "the value" if row.secret else repr(value)
        raise InputError(f"{shown} is not {words[row.kind]}", where)

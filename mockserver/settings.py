"""All settings, in one table: the command line, ``HJKIT_*`` variables, the docs and the tests read it.

A flag wins over its variable, the variable over the default.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from .errors import InputError

WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
Handling = ("error", "ignore", "empty")


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
    public_url: str = _setting("", "Address to write into page URLs instead of the one a request came to.")
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
    cache_dir: str = _setting("", "Folder for built worlds; empty for the per-user cache.")

    def __post_init__(self) -> None:
        for f in fields(self):
            _check(f.name, getattr(self, f.name), f.metadata)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, for the command line and the docs."""

    name: str
    default: Any
    kind: type
    help: str
    choices: tuple[str, ...]
    behaviour: str | None
    secret: bool

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return "HJKIT_" + self.name.upper()

    @property
    def shown_default(self) -> str:
        return str(self.default).lower() if self.kind is bool else str(self.default)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        facts = {"flag": self.flag, "variable": self.variable, "default": self.default, "help": self.help}
        return {**facts, "choices": list(self.choices), "behaviour": self.behaviour, "secret": self.secret}


def table() -> Iterator[Row]:
    """The settings in order."""
    for f in fields(Settings):
        assert f.default is not MISSING
        meta = f.metadata
        choices = tuple(meta.get("choices", ()))
        yield Row(
            f.name, f.default, type(f.default), meta["help"], choices, meta.get("behaviour"), meta.get("secret", False)
        )


def resolve(flags: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from flags (None where not given), then variables, then defaults.

    Raises InputError that names the flag or variable, what is valid, and a guess.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for row in table():
        if flags.get(row.name) is not None:
            values[row.name] = flags[row.name]
        elif row.variable in environ:
            values[row.name] = _parse(row, environ[row.variable])
    _refuse_unknown(environ)
    return Settings(**values)


def _parse(row: Row, text: str) -> Any:
    if row.kind is bool:
        if text.lower() not in WORDS:
            raise InputError(f"{text!r} is neither yes nor no", row.variable, WORDS, given=text.lower())
        return WORDS[text.lower()]
    if row.kind is int:
        try:
            return int(text)
        except ValueError:
            raise InputError(f"{text!r} is not a whole number", row.variable) from None
    return text


OTHER_VARIABLES = ("HJKIT_REQUIRE_TOOLS", "HJKIT_CASSETTE")


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """A misspelled variable would otherwise be a setting silently lost. ``HJKIT_LIVE_*`` is never looked at."""
    valid = [row.variable for row in table()]
    for name in environ:
        ours = name.startswith("HJKIT_") and not name.startswith(("HJKIT_LIVE_", "HJKIT_TEST_"))
        if ours and name not in valid and name not in OTHER_VARIABLES:
            raise InputError("no such setting", name, valid, given=name)


def _check(name: str, value: Any, facts: Mapping[str, Any]) -> None:
    where = "--" + name.replace("_", "-")
    choices = facts.get("choices")
    if choices and value not in choices:
        raise InputError(f"{value!r} is not possible", where, choices, given=str(value))
    if "low" in facts and not facts["low"] <= value <= facts["high"]:
        raise InputError(f"{value} is out of range", where, [f"{facts['low']} to {facts['high']}"])


def from_text(pairs: Mapping[str, str]) -> dict[str, Any]:
    """Settings given as text, for example in an ini file. Raises InputError for a name that is none."""
    rows = {row.name: row for row in table()}
    for name in pairs:
        if name not in rows:
            raise InputError("no such setting", name, rows, given=name)
    return {name: _parse(rows[name], text) for name, text in pairs.items()}

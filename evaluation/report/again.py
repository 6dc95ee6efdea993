"""The date of a report, and the command that makes it again, without a path, an address or a login."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from evaluation.findings.adapters.kinds import PREFIXES
from evaluation.recording.target import parse
from mockserver.errors import InputError

EPOCH = "SOURCE_DATE_EPOCH"
CONTRACT = re.compile(r"contract(:[\w+,-]{1,80})?")
FILES = ("criteria", "severity", "baseline")
FLAGS = {"public": "--public", "permission": "--i-have-permission"}


def day(given: str | None, environ: Mapping[str, str]) -> str:
    """The date as it is written, empty where nobody gave one: a report never reads the clock. Raises InputError."""
    if given is not None:
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            raise InputError("is no day such as 2026-11-22", "--date") from None
    epoch = environ.get(EPOCH, "")
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise InputError("is no number of seconds", EPOCH) from None


def command(options: Mapping[str, Any], customer: str) -> str:
    """The command line, with capitals for what belongs to whoever makes the report."""
    return " ".join(["hjkit", "report", "--customer", shlex.quote(customer), "--out", "FOLDER", *_rest(options)])


def _rest(options: Mapping[str, Any]) -> Iterable[str]:
    yield from ("--target", target(options["target"]))
    for other in options["alternatives"]:
        yield from ("--alternative", target(other))
    for name in FILES:
        if options[name]:
            yield from (f"--{name}", f"{name.upper()}.yaml")
    if options["journal"]:
        yield from ("--journal", "URL" if options["journal"].startswith(("http://", "https://")) else "JOURNAL.json")
    if options["client"]:
        yield from ("--client", "CLIENT")
    if options["day"]:
        yield from ("--date", options["day"])
    yield from (flag for name, flag in FLAGS.items() if options[name])


def target(given: str) -> str:
    """A target as anybody may see it."""
    if CONTRACT.fullmatch(given):
        return given
    if given.startswith(("http://", "https://")):
        return "http://127.0.0.1:PORT" if parse(given).loopback else "https://HOST"
    kind = given.partition(":")[0]
    return f"{kind}:FILE" if kind in PREFIXES and kind != given else "FILE"

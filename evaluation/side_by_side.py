"""``hjkit evaluate A B C``: several targets side by side."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mockserver.errors import InputError, KitError

from .evaluating import code_of, evaluated, width
from .findings.adapters import CONTRACT
from .findings.adapters.kinds import PREFIXES
from .findings.evaluate import Evaluation
from .findings.output.machine import as_json
from .report import comparison, comparison_html, comparison_md, comparison_rules, comparison_terminal
from .targets import SERVERS, Options, fitting

if TYPE_CHECKING:
    from .findings.catalogue import Severities

FORMATS = ("terminal", "json", "md", "html")


def told(targets: Sequence[str], severities: Severities, options: Options) -> tuple[str, int]:
    """Several targets side by side, and the exit code over all of them. Raises InputError for what cannot be taken."""
    _refused(targets, options)
    runs = list(_runs(targets, severities, options))
    made = comparison.compare(runs, options["criteria"], whole=options["only"] is None)
    return _written(made, options), code_of(runs, options["fail_on"])


def _refused(targets: Sequence[str], options: Options) -> None:
    """What would mean nothing for several targets."""
    if options["against"] is not None:
        raise InputError("goes with one target; write hjkit evaluate A B C without it", "--against")
    if options["baseline"] is not None:
        raise InputError("accepts findings of one target; evaluate each with its own", "--baseline")
    if options["format_"] not in FORMATS:
        raise InputError(f"{options['format_']} holds one target; several need another format", "--format", FORMATS)
    most = comparison_rules.load().most
    if len(targets) > most:
        raise InputError(f"{len(targets)} are too many; {most} fit side by side", "TARGET")
    _different(targets)


def _different(targets: Sequence[str]) -> None:
    keys = [_key(target) for target in targets]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            said = f"is the same as target {keys.index(key) + 1}; name each once"
            raise InputError(said, f"target {index + 1} of {len(targets)}")


def _key(target: str) -> str:
    """The same for two spellings of one target."""
    if target.startswith(SERVERS):
        return target.rstrip("/")
    kind, _, rest = target.partition(":")
    if kind == CONTRACT:
        return f"{CONTRACT}:{rest or 'vendor'}"
    return os.path.realpath(rest if kind in PREFIXES and rest else target)


def _runs(targets: Sequence[str], severities: Severities, options: Options) -> Iterator[Evaluation]:
    """An evaluation of each. Raises InputError that says which target cannot be read."""
    servers = any(target.startswith(SERVERS) for target in targets)
    for number, target in enumerate(targets, 1):
        where = f"target {number} of {len(targets)}"
        try:
            yield evaluated(target, severities, fitting(target, options) if servers else options)
        except InputError as error:
            at = where if error.where == "TARGET" else f"{where}, {error.where}"
            raise InputError(error.what, at, error.valid, error.guess or "") from None
        except KitError as error:
            raise InputError(str(error), where) from None


def _written(made: dict[str, Any], options: Options) -> str:
    shape = options["format_"]
    if shape == "terminal":
        return comparison_terminal.as_terminal(made, width(options["out"]))
    return {"json": as_json, "md": comparison_md.as_markdown, "html": comparison_html.as_html}[shape](made)

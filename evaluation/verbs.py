"""``hjkit evaluate``: every check on an API, what is known of its vendor beside it, and the ring that follows."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from mockserver.errors import InputError, KitError

if TYPE_CHECKING:
    from .findings.catalogue import Severities
    from .findings.evaluate import Evaluation
    from .findings.output import Report

FILE = click.Path(path_type=Path)
FORMATS = ("terminal", "json", "junit", "sarif", "md")
FAILED, PARTIAL = 1, 3
WIDEST = 100  # columns: longer lines are hard to read


@click.command()
@click.argument("target")
@click.option("--against", metavar="TARGET", help="A second target; tells on which checks the two differ.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--out", type=FILE, help="File to write instead of the terminal.")
@click.option("--fail-on", type=click.Choice(["high", "medium", "low", "never"]), default="never", show_default=True,
              help="Exit with 1 on a finding of this severity or worse.")  # fmt: skip
@click.option("--baseline", type=FILE, help="File of accepted findings, each with a reason.")
@click.option("--only", metavar="HJ-001,HJ-002", help="Checks to run; all without it.")
@click.option("--severity", type=FILE, help="Rule of severity, instead of the one in the package.")
@click.option(
    "--criteria", type=FILE, help="Criteria, weights and limits of the ring, instead of those in the package."
)
@click.option("--practice", multiple=True, help="Practice to read; all the login may see without it.")
@click.option("--timeout", type=click.FloatRange(0.1), default=10.0, show_default=True,
              help="Seconds to wait for the server at any one time.")  # fmt: skip
@click.option("--budget", type=click.FloatRange(1),
              help="Seconds for all requests, 60 here and 900 elsewhere; what was left is named.")  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), help="Pages to read of each listing; elsewhere 3 without it, here all."
)
@click.option("--i-have-permission", "permission", is_flag=True, help="Whoever answers for the data has agreed.")
def evaluate(target: str, **options: Any) -> None:
    """Judge an API by every check, and say what is known of its vendor beside it.

    TARGET is a base URL, a cassette or a folder of them, a folder of rows (JSON, NDJSON or CSV), or the word contract
    (contract:none for the clean twin). A server on this machine is given HJKIT_EMAIL, HJKIT_PASSWORD and
    HJKIT_SECRET_KEY, or the mock's fake login. For any other host the rules of hjkit record apply.

    Exit code 0, or 1 by --fail-on, 2 for input that cannot be taken, 3 if something could not be read.
    """
    from .recording import sealing

    sealing.seal()
    try:
        text, code = _told(target, options)
    except KitError:
        raise
    except Exception as error:
        # The message of an unforeseen error may quote a row or a token, so only its kind and line are told.
        raise InputError(f"stopped by a defect of this program, {sealing.place(error)}", "hjkit evaluate") from None
    _write(text, options["out"])
    sys.exit(code)


def _told(target: str, options: dict[str, Any]) -> tuple[str, int]:
    """The report in the format that is wanted, and the exit code."""
    from .findings.output import FORMATS as WRITERS
    from .findings.output import as_terminal, facts

    report = _report(target, options)
    made, shape = facts(report), options["format_"]
    text = as_terminal(made, _width(options["out"])) if shape == "terminal" else WRITERS[shape](made)
    code = _code(report.evaluation, options["fail_on"])
    return text, PARTIAL if not code and report.against and report.against.partial else code


def _width(out: Path | None) -> int:
    """Columns of a report: those of the terminal that shows it, from 40 to 100; 100 for files and programs."""
    shown = out is None and sys.stdout.isatty()
    return max(40, min(WIDEST, get_terminal_size((WIDEST, 24)).columns)) if shown else WIDEST


def _report(target: str, options: dict[str, Any]) -> Report:
    """Everything that has to be said of the target."""
    from .findings import baseline, catalogue, claims
    from .findings.output import Report

    severities = catalogue.severities(options["severity"])
    _checked(options, severities.levels)
    evaluation = _evaluated(target, severities, options)
    notes: tuple[str, ...] = ()
    if options["baseline"]:
        evaluation, notes = baseline.read(options["baseline"]).apply(evaluation)
    against = options["against"]
    other = None if against is None else _evaluated(against, severities, _fitting(options))
    whole = options["only"] is None
    table = claims.as_facts(evaluation.results) if whole else ()
    return Report(evaluation, table, _scorecard(evaluation, options["criteria"]) if whole else None, notes, other)


def _checked(options: dict[str, Any], levels: Sequence[str]) -> None:
    """What click cannot know: the levels of a file, and numbers that are none. Raises InputError."""
    if options["fail_on"] not in (*levels, "never"):
        raise InputError(f"{options['fail_on']} is no level of {options['severity']}", "--fail-on", (*levels, "never"))
    for name in ("timeout", "budget"):
        if options[name] is not None and not math.isfinite(options[name]):
            raise InputError("must be a number of seconds", f"--{name}")


def _fitting(options: dict[str, Any]) -> dict[str, Any]:
    """The options as they fit the second target: one that is no server has no use for those of a server."""
    if options["against"].startswith(("http://", "https://")):
        return options
    return {**options, "practice": (), "limit": None, "permission": False}


def _evaluated(target: str, severities: Severities, options: dict[str, Any]) -> Evaluation:
    from .findings.adapters import open_target
    from .findings.evaluate import run

    api = open_target(
        target,
        practices=options["practice"] or None,
        timeout=options["timeout"],
        budget=options["budget"],
        limit=options["limit"],
        permission=options["permission"],
        prompt=_prompt if sys.stdin.isatty() else None,
        environ=os.environ,
    )
    return run(api, severities=severities, only=_only(options["only"]))


def _prompt(name: str) -> str:
    return str(click.prompt(name.capitalize(), hide_input=name != "email", err=True))


def _only(text: str | None) -> Sequence[str]:
    from .findings.catalogue import load

    wanted = [part.strip() for part in (text or "").split(",") if part.strip()]
    if text is not None and not wanted:
        raise InputError("names no check", "--only", load())
    for id_ in wanted:
        if id_ not in load():
            raise InputError(f"no check is called {id_}", "--only", load(), id_)
    return wanted


def _scorecard(evaluation: Evaluation, criteria: Path | None) -> dict[str, Any]:
    from .radar import told

    return told.as_facts(evaluation, criteria)


def _write(text: str, out: Path | None) -> None:
    """To the terminal, or to a file in one step."""
    if out is None:
        click.echo(text, nl=False)
        return
    from .recording.cassette import write_text

    write_text(out, click.unstyle(text))


def _code(evaluation: Evaluation, fail_on: str) -> int:
    levels = evaluation.levels
    bound = levels.index(fail_on) if fail_on in levels else -1
    if any(result.failed and levels.index(result.severity) <= bound for result in evaluation.results):
        return FAILED
    return PARTIAL if evaluation.partial else 0

"""``hjkit evaluate``: every check on an API, what is known of its vendor beside it, and the ring that follows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mockserver.errors import InputError, KitError

FILE = click.Path(path_type=Path)
FORMATS = ("terminal", "json", "junit", "sarif", "md", "html")


@click.command()
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
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
def evaluate(targets: tuple[str, ...], **options: Any) -> None:
    """Judge an API by every check, and say what is known of its vendor beside it; several targets side by side.

    TARGET is a base URL, a cassette or a folder of them, a folder of rows (JSON, NDJSON or CSV), a description
    (openapi:FILE, fhir:FILE, postman:FILE or har:FILE), or the word contract (contract:none for the clean twin). A
    server on this machine is given HJKIT_EMAIL, HJKIT_PASSWORD and HJKIT_SECRET_KEY, or the mock's fake login. For any
    other host the rules of hjkit record apply.

    Exit code 0, or 1 by --fail-on, 2 for input that cannot be taken, 3 if something could not be read.
    """
    from .evaluating import told
    from .recording import sealing

    sealing.seal()
    try:
        text, code = told(targets, options)
    except KitError:
        raise
    except Exception as error:
        # The message of an unforeseen error may quote a row or a token, so only its kind and line are told.
        raise InputError(f"stopped by a defect of this program, {sealing.place(error)}", "hjkit evaluate") from None
    _write(text, options["out"])
    sys.exit(code)


def _write(text: str, out: Path | None) -> None:
    """To the terminal, or to a file in one step. Raises InputError where neither takes it."""
    from .recording.cassette import write_text

    try:
        if out is None:
            click.echo(text, nl=False)
        else:
            write_text(out, click.unstyle(text))
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "standard output" if out is None else str(out)
        raise InputError(f"cannot be written ({error.strerror})", where) from None

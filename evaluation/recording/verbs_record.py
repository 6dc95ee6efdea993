"""``hjkit record``: one capture of an API, scrubbed in memory, written whole or not at all."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mockserver.errors import InputError, KitError

if TYPE_CHECKING:
    from .session import Order, Outcome

FOLDER = "HJKIT_CASSETTES"
FILE = click.Path(path_type=Path)


@click.command()
@click.option("--base-url", required=True, metavar="URL", help="Scheme and host of the API, without a path.")
@click.option("--out", type=FILE, help=f"Folder to write; without it a dated one in ${FOLDER}.")
@click.option("--plan", "plan_file", type=FILE, help="Capture plan; without it the one in the package.")
@click.option("--practice", help="Practice to begin with, where the plan's is not yours.")
@click.option("--rows", type=click.IntRange(0), help="Rows of one answer that are kept; 0 for all.")
@click.option("--limit", type=click.IntRange(1), help="Most requests to send.")
@click.option("--delay", type=click.FloatRange(0), help="Seconds between requests; 0.5 unless on this machine.")
@click.option("--wait-expiry", is_flag=True, help="Also ask with an expired token; takes up to an hour.")
@click.option("--i-have-permission", "permission", is_flag=True, help="Whoever answers for the data has agreed.")
@click.option("--overwrite", is_flag=True, help="Replace the cassettes in the folder.")
@click.option("--dry-run", is_flag=True, help="Print the plan and send nothing.")
@click.option("--json", "as_json", is_flag=True, help="What the open questions are answered with, for machines.")
def record(dry_run: bool, as_json: bool, **options: Any) -> None:
    """Ask an API everything the plan asks, once, and write scrubbed cassettes.

    Nothing reaches the disk before it is scrubbed. A server on this machine is given HJKIT_EMAIL, HJKIT_PASSWORD and
    HJKIT_SECRET_KEY, or the mock's fake login. Any other host needs https, --i-have-permission and HJKIT_LIVE_HOST,
    HJKIT_LIVE_EMAIL, HJKIT_LIVE_PASSWORD and HJKIT_LIVE_SECRET_KEY, or someone to type them.
    """
    from . import sealing, session

    sealing.seal()
    order = _order(options, os.environ)
    try:
        if dry_run:
            click.echo(_dry(order))
            return
        outcome = session.run(order, _prompt if sys.stdin.isatty() else None, _progress)
    except InputError:
        raise
    except KitError as error:
        _fail(str(error))
    except Exception as error:
        _fail(f"a defect of this program, {sealing.place(error)}")
    _say(outcome, as_json)


def _order(options: Mapping[str, Any], environ: Mapping[str, str]) -> Order:
    from .session import Order

    today = datetime.date.today().isoformat()
    return Order(**{**options, "out": options["out"] or _folder(environ, today)}, today=today, environ=environ)


def _folder(environ: Mapping[str, str], today: str) -> Path:
    if not environ.get(FOLDER):
        raise InputError(f"is needed, or {FOLDER} has to name the folder of your cassettes", "--out")
    return Path(environ[FOLDER]) / today


def _dry(order: Order) -> str:
    from mockserver.contract import load

    from . import dryrun

    return dryrun.text(order.target, order.plan(load()), order.pause)


def _prompt(what: str) -> str:
    answer: str = click.prompt(f"{what[:1].upper()}{what[1:]} (not shown)", hide_input=True, err=True)
    return answer


def _progress(step: str, outcome: str) -> None:
    click.echo(f"  {step:<32} {outcome}", err=True)


def _fail(what: str) -> NoReturn:
    click.echo(f"hjkit: nothing was written: {what}", err=True)
    sys.exit(1)


def _say(outcome: Outcome, as_json: bool) -> None:
    """The answers on stdout, everything else on stderr; exit code 3 for a capture that was not finished."""
    from . import questions

    if not outcome.files:
        _fail(f"there was no answer: {outcome.stopped}")
    if as_json:
        facts = {"origin": outcome.source.origin, "stopped": outcome.stopped}
        click.echo(json.dumps({**facts, "questions": [v.as_dict() for v in outcome.verdicts]}, indent=1))
    else:
        click.echo(_heading(outcome))
        click.echo(questions.report(outcome.verdicts))
    pending = f" {outcome.pending} unknown columns are in pending-rules.yaml." if outcome.pending else ""
    click.echo(f"{outcome.requests} answers in {len(outcome.files)} files in {outcome.out}.{pending}", err=True)
    if outcome.stopped:
        click.echo(f"hjkit: the plan was not finished: {outcome.stopped}", err=True)
        sys.exit(3)


def _heading(outcome: Outcome) -> str:
    if outcome.source.origin.startswith("live "):
        return f"The 16 open questions, by {outcome.source.origin}:"
    proof = "this shows how a capture works and says nothing about the vendor"
    return f"The 16 open questions, by {outcome.source.origin} ({proof}):"

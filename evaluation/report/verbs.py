"""``hjkit report``: the report a consultant hands to a customer, as one page, a PDF and the data behind both."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockserver.errors import InputError, KitError

if TYPE_CHECKING:
    from .making import Made

FILE = click.Path(path_type=Path)
PAPERS = ("A4", "letter")
PARTIAL = 3


@click.command()
@click.option("--customer", required=True, help="Whom the report is for.")
@click.option("--out", required=True, type=FILE, help="Folder for report.html, report.pdf and report.json.")
@click.option("--target", default="contract", show_default=True, help="What is evaluated, as in hjkit evaluate.")
@click.option("--alternative", "alternatives", multiple=True, metavar="TARGET", help="Another API beside it.")
@click.option("--criteria", type=FILE, help="The customer's own weights and limits, instead of those in the package.")
@click.option("--severity", type=FILE, help="Rule of severity, instead of the one in the package.")
@click.option("--baseline", type=FILE, help="File of accepted findings, each with a reason.")
@click.option("--journal", metavar="FILE|URL", help="Journal of a mock that the customer's program ran against.")
@click.option("--client", default="", help="Only clients of the journal with this in their name.")
@click.option("--entry", metavar="SLUG", help="Entry of the radar in docs/radar; healthjump if it is there.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Date of the report; SOURCE_DATE_EPOCH or none without it.")
@click.option("--paper", type=click.Choice(PAPERS, case_sensitive=False), default="A4", show_default=True,
              help="Paper of the PDF.")  # fmt: skip
@click.option("--pdf/--no-pdf", default=None, help="Write a PDF or none; without either, where Chromium is found.")
@click.option("--public", is_flag=True, help="Leave out projects, internal entries and the mock's practice.")
@click.option("--practice", multiple=True, help="Practice to read; all the login may see without it.")
@click.option("--timeout", type=click.FloatRange(0.1), default=10.0, show_default=True,
              help="Seconds to wait for the server at any one time.")  # fmt: skip
@click.option("--budget", type=click.FloatRange(1), help="Seconds for all requests; what was left is named.")
@click.option("--limit", type=click.IntRange(1), help="Pages to read of each listing.")
@click.option("--i-have-permission", "permission", is_flag=True, help="Whoever answers for the data has agreed.")
def report(**options: Any) -> None:
    """Write a report that can be handed to a customer.

    It holds the verdict first, then the scorecard, findings worst first, what was not looked at, what the customer's
    own run relied on, effort, alternatives and method. No value of a row, login, path or name of a file of yours is in
    it. The same input gives the same bytes.

    Exit code 0, 2 for input that cannot be taken, 3 if something could not be read.
    """
    from evaluation.recording import sealing

    sealing.seal()
    try:
        made = _made(options)
    except KitError:
        raise
    except Exception as error:
        # The message of an unforeseen error may quote a row or a token, so only its kind and line are told.
        raise InputError(f"stopped by a defect of this program, {sealing.place(error)}", "hjkit report") from None
    for line in made.told:
        click.echo(line, err=line.startswith("No PDF"))
    sys.exit(0 if made.complete else PARTIAL)


def _made(options: dict[str, Any]) -> Made:
    from evaluation.targets import asking

    from . import making

    return making.make(options, os.environ, asking())

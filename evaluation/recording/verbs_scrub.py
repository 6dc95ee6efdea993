"""The verb ``hjkit scrub``: files re-examined for what must not be in them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .scrub.check import check


@click.command("scrub")
@click.option("--check", "checking", is_flag=True, help="Look at files again and change nothing.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def scrub(checking: bool, paths: tuple[Path, ...]) -> None:
    """Re-examine cassettes and other files: does anything in them look unscrubbed?

    Prints file, interaction and place of each finding, never a value. The exit code is 1 if there is any.
    """
    if not checking:
        raise click.UsageError("hjkit record scrubs by itself; here files are only looked at: say --check")
    found = check(paths)
    for finding in found:
        click.echo(str(finding))
    click.echo(f"{len(found)} findings" if found else "nothing found", err=True)
    sys.exit(1 if found else 0)

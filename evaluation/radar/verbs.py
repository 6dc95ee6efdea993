"""``hjkit radar``: check entries and the rings that follow from facts, draft a new one, export the radar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

FOLDER = Path("docs") / "radar"
SHAPES = ("byor-csv", "byor-json", "zalando", "backstage")
PLACE = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def radar() -> None:
    """The technology radar: entries are files, rings follow from facts."""


def today() -> date:
    """The day by the calendar."""
    return date.today()


@radar.command()
@click.argument("paths", nargs=-1, type=PLACE)
@click.option("--criteria", type=FILE, help="Judge by this file instead of the package's criteria.")
def check(paths: tuple[Path, ...], criteria: Path | None) -> None:
    """Check entries (files or folders, docs/radar if none) and show the ring that follows from the facts.

    Ends with 1 if a file is wrong or an entry is in another ring than the facts put it in.
    """
    from . import checking, criteria_file

    found = checking.check(paths or (FOLDER,), criteria_file.load(criteria))
    for checked in found:
        click.echo("\n".join(checking.lines(checked, today())))
    wrong = [problem for checked in found for problem in checked.problems]
    for problem in wrong:
        click.echo(problem, err=True)
    raise SystemExit(1 if wrong else 0)


@radar.command()
@click.argument("name")
@click.option("--folder", type=PLACE, default=FOLDER, show_default=True, help="The folder of entries.")
def new(name: str, folder: Path) -> None:
    """Draft an entry for NAME. An entry that is there is never overwritten."""
    from . import draft

    path = draft.write(name, folder)
    click.echo(f"{path}: a draft; it stays out of public builds until public: false is taken out")


@radar.command()
@click.option("--format", "shape", type=click.Choice(SHAPES), required=True, help="Which tool is to read it.")
@click.option("--public", is_flag=True, help="Leave out projects, and entries that say public: false.")
@click.option("--folder", type=PLACE, default=FOLDER, show_default=True, help="The folder of entries.")
@click.option("--out", type=FILE, help="Write there instead of printing.")
def export(shape: str, public: bool, folder: Path, out: Path | None) -> None:
    """Export the radar for another tool."""
    from . import entries, exports

    shown = exports.picked(entries.load(folder).values(), public)
    text = exports.FORMATS[shape](shown)
    lacking = exports.missing_quadrants(shown) if shape.startswith("byor") else []
    if lacking:
        click.echo(f"no entry in: {', '.join(lacking)}; build-your-own-radar draws only all four quadrants", err=True)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")

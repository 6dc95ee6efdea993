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
@click.option("--from", "target", metavar="TARGET", help="Facts from a description such as openapi:FILE.")
def new(name: str, folder: Path, target: str | None) -> None:
    """Draft an entry for NAME. An entry that is there is never overwritten.

    With --from every check reads the vendor's own description of its API, a file on this machine. What it says goes to
    facts/ beside the entry with the grade documented. No request is sent.
    """
    from . import draft

    if target is None:
        path = draft.write(name, folder)
    else:
        path, lines = _described(name, folder, target)
        click.echo("\n".join(lines))
    click.echo(f"{path}: a draft; it stays out of public builds until public: false is taken out")


def _described(name: str, folder: Path, target: str) -> tuple[Path, list[str]]:
    """The path of a draft made from a description, and what to say of its facts."""
    from . import criteria_file, describing, draft, scorecard, told

    draft.vacant(name, folder)
    found = describing.read(target, today())
    card = scorecard.of_described(found, criteria_file.load())
    path, facts = draft.write_described(name, folder, found, card.ring)
    reasons = [f"  {len(ids)} unknown: {why}" for why, ids in found.reasons().items()]
    head = f"{facts}: {len(found.facts)} checks decided by {found.source.title}, grade documented"
    return path, [head, *reasons, f"  {told.short(card)}"]


@radar.command()
@click.argument("name")
@click.option("--from", "target", metavar="TARGET", required=True, help="The description, as for hjkit radar new.")
@click.option("--folder", type=PLACE, default=FOLDER, show_default=True, help="The folder of entries.")
def refresh(name: str, target: str, folder: Path) -> None:
    """Read the description behind the facts of NAME again, and say what changed. The entry itself is left as it is."""
    from . import criteria_file, describing, scorecard, told
    from . import refresh as again

    found = again.find(name, folder)
    now = describing.read(target, today())
    again.write(found, now)
    click.echo("\n".join(again.lines(found, now)))
    card = scorecard.of_described(now, criteria_file.load())
    click.echo(f"  {told.short(card)}")
    if found.entry.findings and found.entry.ring != card.ring:
        click.echo(f"{found.entry.where}: ring is {found.entry.ring}, but the facts put it in {card.ring}", err=True)


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

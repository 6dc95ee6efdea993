"""Verbs about worlds: ``hjkit world build``, ``import``, ``describe`` and ``list``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import contract
from ..contract.quirks import parse_selection
from ..errors import InputError


def _progress(message: str) -> None:
    click.echo(message, err=True)


@click.group("world")
def world_group() -> None:
    """Make, import and describe worlds."""


@world_group.command("build")
@click.option("--profile", required=True, help="Name of a shipped profile, or a YAML file.")
@click.option("--patients", type=click.IntRange(1, 400_000), help="Patients instead of the profile's.")
@click.option("--seed", type=int, help="Seed instead of the profile's.")
@click.option("--quirks", "selection", default="vendor", help="Quirks in force.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to make.")
@click.option("--readable", is_flag=True, help="Write rows as JSON to read and compare, one row a line.")
def build(profile: str, patients: int | None, seed: int | None, selection: str, out: Path, readable: bool) -> None:
    """Build a world; the same profile, seed and quirks give the same bytes."""
    from .. import export, foundry
    from ..world import profiles

    chosen = profiles.load(profile).with_(patients=patients, seed=seed)
    quirks = parse_selection(selection, "--quirks")
    _refuse_foreign(out)
    if readable:
        export.write_readable(chosen, quirks, out, _progress)
    else:
        foundry.build(chosen, quirks, out, _progress)
    click.echo(f"{out}: world {chosen.name}, seed {chosen.seed}, quirks {contract.quirks.describe(quirks)}")


def _refuse_foreign(out: Path) -> None:
    """Never replace a folder that is not a world of ours."""
    if out.exists() and not (out / "world.json").is_file() and any(out.iterdir()):
        raise InputError("exists and is no world; give another folder", f"--out {out}")


@world_group.command("import")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", default="imported", help="Name of the world.")
@click.option("--practice", default="", help="Practice of rows that name none.")
@click.option("--quirks", "selection", default="vendor", help="Quirks whose contract the rows follow.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to make.")
def import_(directory: Path, name: str, practice: str, selection: str, out: Path) -> None:
    """Load your own CSV, JSON or NDJSON rows under the contract."""
    from .. import export

    _refuse_foreign(out)
    counts = export.import_world(directory, name, practice, parse_selection(selection, "--quirks"), out)
    for element, rows in counts.items():
        click.echo(f"{element:18}{rows:>8}")
    click.echo(f"serve it with: hjkit serve --world {out}")


@world_group.command("describe")
@click.argument("world", default="clinic")
@click.option("--quirks", "selection", default="vendor", help="Quirks in force.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def describe(world: str, selection: str, as_json: bool) -> None:
    """Counts, prevalence and integrity of a world, for a clinician to judge."""
    from .. import export

    found = export.describe_world(world, parse_selection(selection, "--quirks"), _progress)
    if as_json:
        click.echo(json.dumps({code: each.as_dict() for code, each in found.items()}, indent=1))
        return
    for code, description in found.items():
        click.echo(f"== {code}\n\n{description.as_text()}")


@world_group.command("list")
def list_() -> None:
    """The profiles that come with the kit."""
    from ..world import profiles

    for name in profiles.names():
        profile = profiles.load(name)
        click.echo(f"{name:12}{', '.join(f'{p.code} {p.name}' for p in profile.practices)}")


COMMANDS = (world_group,)

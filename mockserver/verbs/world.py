"""Verbs about worlds: ``hjkit world build``, ``import``, ``describe``, ``list`` and ``manifest``."""

from __future__ import annotations

import json
from pathlib import Path
from shlex import quote

import click

from .. import contract
from ..contract.quirks import parse_selection
from ..errors import InputError
from ..worlds import MANIFEST


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
    if patients is not None and chosen.maker == "sandbox":
        raise InputError("the sandbox has the patients its profile names", "--patients", ["--profile clinic"])
    quirks = parse_selection(selection, "--quirks")
    _refuse_foreign(out)
    if readable:
        export.write_readable(chosen, quirks, out, _progress)
    else:
        foundry.build(chosen, quirks, out, _progress)
    click.echo(f"{out}: world {chosen.name}, seed {chosen.seed}, quirks {contract.quirks.describe(quirks)}")
    if not readable:
        _say_how_to_serve(out, quirks)


def _refuse_foreign(out: Path) -> None:
    """Never replace what is not a world of ours."""
    ours = (out / MANIFEST).is_file() or (out.is_dir() and not any(out.iterdir()))
    if out.exists() and not ours:
        raise InputError("exists and is no world; give another folder", f"--out {out}")


def _say_how_to_serve(out: Path, quirks: frozenset[str]) -> None:
    selection = contract.quirks.describe(quirks)
    flags = "" if selection == "vendor" else f" --quirks {selection}"
    click.echo(f"serve it with: hjkit serve --world {quote(str(out.absolute()))}{flags}")


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
    quirks = parse_selection(selection, "--quirks")
    counts = export.import_world(directory, name, practice, quirks, out)
    for element, rows in counts.items():
        click.echo(f"{element:18}{rows:>8}")
    _say_how_to_serve(out, quirks)


@world_group.command("describe")
@click.argument("world", default="clinic")
@click.option("--quirks", "selection", help="Quirks in force; a folder's own, or else vendor.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def describe(world: str, selection: str | None, as_json: bool) -> None:
    """Counts, prevalence and integrity of a world, for a clinician to judge.

    WORLD is a profile's name, a profile's file or a folder; clinic if not given.
    """
    from .. import export

    quirks = None if selection is None else parse_selection(selection, "--quirks")
    found = export.describe_world(world, quirks, _progress)
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


@world_group.command("manifest")
@click.option("--quirks", "selection", default="vendor", help="Quirks in force.")
@click.option("--markdown", is_flag=True, help="The row counts as a page.")
def manifest(selection: str, markdown: bool) -> None:
    """Rows, versions and a hash of each element of the worlds that come with the kit, as JSON."""
    from .. import export

    found = export.manifests(parse_selection(selection, "--quirks"), _progress)
    click.echo(export.manifest_page(found) if markdown else json.dumps(found, indent=1), nl=not markdown)


COMMANDS = (world_group,)

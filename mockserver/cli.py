"""``hjkit``: one command for everything; others add verbs through the entry-point group ``hjkit``."""

from __future__ import annotations

import json
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, NoReturn

import click

from . import __version__
from .errors import InputError, KitError
from .settings import resolve, table
from .verbs import contract, get, world
from .verbs.options import setting_options


class Verbs(click.Group):
    """The verbs of this package and those that others registered, loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(p.name for p in entry_points(group="hjkit"))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for point in entry_points(group="hjkit", name=cmd_name):
            return _loaded(point)
        return None


def _loaded(point: EntryPoint) -> click.Command:
    """A verb of another package; one that cannot be loaded says so when it is used, and spoils no help page."""
    try:
        verb: click.Command = point.load()
    except (ImportError, AttributeError) as error:
        what = f"cannot be loaded from {point.value} ({error})"

        @click.command(point.name, short_help="(cannot be loaded)", add_help_option=False)
        @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
        def verb(rest: tuple[str, ...]) -> None:
            raise InputError(what, f"hjkit {point.name}")

    return verb


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="hjkit")
def cli() -> None:
    """Decide about, develop against and stay in step with the Healthjump EHR API, offline.

    Not affiliated with the vendor.
    """


def main() -> None:
    """Run ``hjkit``; bad input, and what the disk refuses, is one sentence on stderr and exit code 2."""
    try:
        cli(prog_name="hjkit")
    except KitError as error:
        _stop(str(error))
    except OSError as error:
        if error.filename is None:
            raise
        _stop(f"{error.filename}: {error.strerror}")


def _stop(sentence: str) -> NoReturn:
    click.echo(f"hjkit: {sentence}", err=True)
    sys.exit(2)


@cli.command()
@setting_options
@click.option("--ready-file", type=click.Path(path_type=Path), help="Write address and login there as JSON once ready.")
def serve(ready_file: Path | None, **flags: Any) -> None:
    """Serve the mock until it is stopped."""
    from .web import runner

    settings = resolve(flags)
    runner.check_bind(settings)
    runner.restart_tuned()
    from . import serving

    serving.serve(settings, ready_file)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def settings(as_json: bool) -> None:
    """List every setting with its flag, variable and default."""
    if as_json:
        click.echo(json.dumps([row.as_dict() for row in table()], indent=1))
        return
    for row in table():
        default = f"  (default {row.shown_default})" if row.shown_default else ""
        valid = ", ".join(row.choices) or row.span
        click.echo(f"{row.flag}  {row.variable}{default}\n    {row.help}{'  ' + valid if valid else ''}")


for command in (*contract.COMMANDS, *get.COMMANDS, *world.COMMANDS):
    cli.add_command(command)

if __name__ == "__main__":
    main()

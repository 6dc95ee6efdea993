"""``hjkit serve``: open the worlds, start the server, say how to use it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from .settings import Settings
from .web import runner
from .web.app import create_app


def serve(settings: Settings, ready_file: Path | None) -> None:
    """Serve until stopped. Progress goes to stderr, what a reader needs to stdout."""
    app = create_app(settings, progress=lambda message: click.echo(message, err=True))

    def ready(address: runner.Address) -> None:
        facts = runner.facts(settings, app, address)
        if ready_file is not None:
            runner.write_ready(ready_file, facts)
        click.echo(banner(facts))
        if settings.tls:
            click.echo(tls_steps(settings, address))

    runner.run(settings, app, ready)


def banner(facts: Mapping[str, object]) -> str:
    """What is printed once the mock answers: addresses, the fake login, a curl to copy."""
    base, practices = facts["base_url"], facts["practices"]
    assert isinstance(practices, list)
    practice = "SBOX02" if "SBOX02" in practices else practices[0]
    return f"""
Healthjump mock at {base}  (not affiliated with the vendor)
  practices   {', '.join(practices)}
  email       {facts['email']}
  password    {facts['password']}
  Secretkey   {facts['secret_key']}
  admin       {facts['admin_url']}

Try it:
  TOKEN=$(curl -s {base}/authenticate -d email={facts['email']} -d password={facts['password']} | cut -d'"' -f4)
  curl -s {base}/hjdw/{practice}/demographic -H "Authorization: Bearer $TOKEN" \\
    -H 'Secretkey: {facts['secret_key']}' -H 'Version: 3.0'

Ctrl-C stops it."""


def tls_steps(settings: Settings, address: runner.Address) -> str:
    """How a program with the vendor's address in its code runs unchanged against this mock."""
    from .web import tls
    from .worlds import cache_folder

    return tls.steps(tls.ensure(cache_folder(settings.cache_dir) / "tls"), address.port)

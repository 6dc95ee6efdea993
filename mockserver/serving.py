"""``hjkit serve``: open the worlds, start the server, say how to use it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import Any

import click
from flask import Flask

from .errors import InputError
from .settings import Settings
from .web import docs, runner
from .web.app import create_app, shorten
from .web.errors import ADMIN, DOCS
from .web.state import State


def serve(settings: Settings, ready_file: Path | None) -> None:
    """Serve until stopped. Progress goes to stderr, what a reader needs to stdout."""
    clear_ready(ready_file)
    address = runner.address_of(settings)
    app = create_app(settings, progress=lambda message: click.echo(message, err=True))
    shorten(app)

    def ready() -> None:
        facts = runner.facts(settings, app, address)
        if ready_file is not None:
            runner.write_ready(ready_file, facts)
        click.echo(banner(settings, app, facts))
        if settings.tls:
            click.echo(tls_steps(settings, address))

    runner.run(settings, app, address, ready)


def clear_ready(ready_file: Path | None) -> None:
    """Take away what an earlier run left, so that nobody reads it. Raises InputError where no file can be."""
    if ready_file is None:
        return
    if not ready_file.absolute().parent.is_dir() or ready_file.is_dir():
        raise InputError("a file in a folder that exists is needed", f"--ready-file {ready_file}")
    ready_file.unlink(missing_ok=True)


def banner(settings: Settings, app: Flask, facts: Mapping[str, Any]) -> str:
    """What is printed once the mock answers: addresses, the fake login, a curl to copy."""
    note = "  (asks for the header X-Admin-Token)" if settings.admin_token else ""
    return f"""
Healthjump mock at {facts["base_url"]}  (not affiliated with the vendor)
  practices   {", ".join(facts["practices"])}
  email       {facts["email"]}
  password    {facts["password"]}
  Secretkey   {facts["secret_key"]}
  admin       {facts["admin_url"]}{note}{_docs(settings, facts)}

Try it:
{example(settings, app.extensions["healthjump"], facts)}

Ctrl-C stops it."""


def _docs(settings: Settings, facts: Mapping[str, Any]) -> str:
    """The line of the site, where one has been built."""
    return f"\n  docs        {facts['admin_url'].removesuffix(ADMIN)}{DOCS}/" if docs.folder(settings) else ""


def example(settings: Settings, state: State, facts: Mapping[str, Any]) -> str:
    """Commands to copy: log in, then read the patients of one practice."""
    practices = facts["practices"]
    practice = "SBOX02" if "SBOX02" in practices else practices[0]
    page = f"{facts['base_url']}/hjdw/{practice}/{state.contract.elements['demographic'].path}"
    curl = "curl -s"
    if settings.tls and not settings.public_url:
        curl += f" --cacert {quote(str(runner.identity(settings).ca))}"
    login = "".join(f" --data-urlencode {quote(f'{name}={facts[name]}')}" for name in ("email", "password"))
    return f"""\
  TOKEN=$({curl} {facts["base_url"]}/authenticate{login} | cut -d'"' -f4)
  {curl} {page} -H "Authorization: Bearer $TOKEN" \\
    -H {quote(f"Secretkey: {facts['secret_key']}")} -H 'Version: 3.0'"""


def tls_steps(settings: Settings, address: runner.Address) -> str:
    """How a program with the vendor's address in its code runs unchanged against this mock."""
    from .web import tls

    return "\n" + tls.steps(runner.identity(settings), address.port)

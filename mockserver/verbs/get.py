"""``hjkit get``: one answer of the mock, without a server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ..settings import resolve
from .options import setting_options

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from ..web.state import State


@click.command("get")
@click.argument("path")
@click.option("-i", "--include", is_flag=True, help="Print status and headers too.")
@setting_options
def get(path: str, include: bool, **flags: Any) -> None:
    """Log in, print what PATH answers, and exit; nothing listens.

    For example: hjkit get "/hjdw/SBOX02/demographic?first_name=eq~Patient_A". The exit code is 1 for a refusal.
    """
    from ..web.app import create_app

    settings = resolve(flags)
    app = create_app(settings, progress=lambda message: click.echo(message, err=True))
    client, base = app.test_client(), f"http://127.0.0.1:{settings.port}"
    headers = credentials(client, app.extensions["healthjump"], base)
    answer = client.get(f"/{path.lstrip('/')}", base_url=base, headers=headers)
    if include:
        click.echo("\n".join([answer.status, *(f"{name}: {value}" for name, value in answer.headers), ""]))
    click.echo(answer.get_data())
    sys.exit(answer.status_code >= 400)


def credentials(client: FlaskClient, state: State, base: str) -> dict[str, str]:
    """The headers of one who has just logged in."""
    login = next(iter(state.logins))
    form = {"email": login.email, "password": login.password}
    token = client.post("/authenticate", base_url=base, data=form).get_json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Secretkey": login.secret_key, "Version": "3.0"}
    return {**headers, "X-Admin-Token": state.settings.admin_token}


COMMANDS = (get,)

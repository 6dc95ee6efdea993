"""``hjkit replay``: a cassette as a server, for programs in any language."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockserver.errors import InputError

if TYPE_CHECKING:
    from .cassette import Cassette
    from .server import ReplayServer

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("cassette", type=FILE)
@click.option("--port", type=click.IntRange(0, 65535), default=8421, show_default=True, help="0 picks a free one.")
@click.option("--ready-file", type=FILE, help="Write the address there as JSON once it answers.")
def replay(cassette: Path, port: int, ready_file: Path | None) -> None:
    """Serve CASSETTE, a file or a folder of them, on this machine until stopped.

    Any e-mail address and password log in, any Secretkey will do. What was not recorded is answered with 404, the
    nearest recording and what differed.
    """
    from . import server
    from .cassette import read

    found = read(cassette)
    try:
        serving = server.ReplayServer(found, port)
    except (OSError, SystemExit):
        raise InputError(f"port {port} is taken", "--port", ["0 for a free one"]) from None
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: threading.Thread(target=serving.stop).start())
    if ready_file is not None:
        _write_ready(ready_file, serving)
    click.echo(banner(found, serving.url))
    serving.serve()


def _write_ready(path: Path, serving: ReplayServer) -> None:
    import json

    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps({"base_url": serving.url, "pid": os.getpid()}), encoding="utf-8")
    part.replace(path)


def banner(found: Cassette, url: str) -> str:
    """What is printed once it answers: what is replayed and how to begin."""
    counted = f"{len(found.exchanges)} recordings, origin {found.origin}"
    return f"""
Replaying {counted} at {url}  (not affiliated with the vendor)

Try it:
  TOKEN=$(curl -s {url}/authenticate -d email=any -d password=any | cut -d'"' -f4)
{_example(found, url)}
Ctrl-C stops it."""


def _example(found: Cassette, url: str) -> str:
    rows = (e.request.path for e in found.exchanges if e.request.path.startswith("/hjdw/") and e.response.status == 200)
    path = next(rows, None)
    if path is None:
        return ""
    return f"""  curl -s {url}{path} -H "Authorization: Bearer $TOKEN" \\
    -H 'Secretkey: any' -H 'Version: 3.0'
"""

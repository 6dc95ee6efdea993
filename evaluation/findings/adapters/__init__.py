"""Adapters: each reads one kind of source into an Api. ``open_target`` picks the one that fits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from ..model import Api

WHERE: Final = "TARGET"
CONTRACT: Final = "contract"
VALID: Final = (
    "contract", "contract:QUIRKS such as contract:none", "http://127.0.0.1:PORT", "https://HOST", "a cassette",
    "a folder of cassettes", "a folder of JSON, NDJSON or CSV files",
)  # fmt: skip
SERVER_ONLY: Final = ("practices", "limit", "permission")


def open_target(target: str, **options: Any) -> Api:
    """The API behind a target: ``contract``, ``contract:none``, a base URL, a cassette, a folder of rows.

    ``options`` are those of ``server.read``; the others need none and refuse what would have no effect. Raises
    InputError, which lists what is valid.
    """
    if target.startswith(("http://", "https://")):
        from . import server

        return server.read(target, **options)
    _refuse(options)
    if target == CONTRACT or target.startswith(f"{CONTRACT}:"):
        from . import contract

        return contract.read(target.partition(":")[2] or "vendor")
    return _file(target)


def _refuse(options: Mapping[str, Any]) -> None:
    """An option without effect would be a belief that is wrong."""
    given = [name for name in SERVER_ONLY if options.get(name)]
    if given:
        raise InputError(f"{' and '.join(given)} only mean something for a server", WHERE, ["http://…", "https://…"])


def _file(target: str) -> Api:
    """A file is a cassette; a folder that holds cassettes is one too, any other holds rows."""
    from evaluation.recording.cassette import files

    from . import cassette, folder

    path = Path(target)
    if not target.strip() or not _exists(path):
        word = target.partition(":")[0]
        raise InputError("is no target that exists", WHERE, VALID, word if len(word) < 20 else "")
    if path.is_file() or next(files(path), None) is not None:
        return cassette.read(path)
    return folder.read(path)


def _exists(path: Path) -> bool:
    """Whether it is there; a name that no file can have is not."""
    try:
        return path.exists()
    except OSError:
        return False

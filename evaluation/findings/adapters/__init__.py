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
    "a folder of cassettes", "a folder of JSON, NDJSON or CSV files", "openapi:FILE", "fhir:FILE or fhir:FOLDER",
    "postman:FILE", "har:FILE",
)  # fmt: skip
SERVER_ONLY: Final = ("practices", "limit", "permission")


def open_target(target: str, **options: Any) -> Api:
    """The API behind a target: ``contract``, ``contract:none``, a base URL, a file or folder, or a kind and a file.

    Kinds are ``openapi``, ``fhir``, ``postman`` and ``har``; without one a file is taken for what its content says.
    ``options`` are those of ``server.read``; the others need none and refuse what would have no effect. Raises
    InputError, which lists what is valid.
    """
    if target.startswith(("http://", "https://")):
        from . import server

        return server.read(target, **options)
    _refuse(options)
    kind, _, rest = target.partition(":")
    if kind == CONTRACT:
        from . import contract

        return contract.read(rest or "vendor")
    return _described(kind, rest) if rest or target.endswith(":") else _file(target)


def _refuse(options: Mapping[str, Any]) -> None:
    """An option without effect would be a belief that is wrong."""
    given = [name for name in SERVER_ONLY if options.get(name)]
    if given:
        raise InputError(f"{' and '.join(given)} only mean something for a server", WHERE, ["http://…", "https://…"])


def _described(kind: str, rest: str) -> Api:
    """A file of a kind that is given in front of it; what only looks so may be a name."""
    from . import kinds

    if kind not in kinds.PREFIXES:
        return _file(f"{kind}:{rest}")
    if "://" in rest:
        raise InputError(f"{kind} needs a file; nothing is fetched", WHERE, [f"{kind}:FILE"])
    path = Path(rest)
    if not rest.strip() or not _exists(path):
        raise InputError("names a file that does not exist", f"{WHERE} {kind}", [f"{kind}:FILE"])
    return kinds.read(kind, path)


def _file(target: str) -> Api:
    """A file by what is in it; a folder of cassettes, of a FHIR server's description, or of rows."""
    from . import cassette, folder, kinds

    path = Path(target)
    if not target.strip() or not _exists(path):
        word = target.partition(":")[0]
        raise InputError("is no target that exists", WHERE, VALID, word if len(word) < 20 else "")
    if path.is_dir():
        if _holds_cassettes(path):
            return cassette.read(path)
        return kinds.read("fhir", path) if kinds.describes_fhir(path) else folder.read(path)
    kind = kinds.of_file(path)
    return cassette.read(path) if kind == "cassette" else kinds.read(kind, path)


def _holds_cassettes(path: Path) -> bool:
    from evaluation.recording.cassette import files

    return next(files(path), None) is not None


def _exists(path: Path) -> bool:
    """Whether it is there; a name that no file can have is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False

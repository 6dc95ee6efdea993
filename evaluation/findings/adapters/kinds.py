"""What a file or folder holds, told from its content: a cassette, rows, or one of several kinds of descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from mockserver.errors import InputError

from ..model import Api
from .description.load import read_tree

PREFIXES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "openapi": ("openapi", "read_file"),
        "fhir": ("fhir", "read"),
        "postman": ("postman", "read"),
        "har": ("har", "read"),
    }
)
"""Kind of file -> module of this package that reads it, and its function from a path."""
VALID: Final = (
    "OpenAPI 3.x or Swagger 2", "a FHIR CapabilityStatement", "a Postman collection", "a HAR", "a cassette",
)  # fmt: skip
_CASSETTE: Final = (b"version:", b"interactions:")
_STATEMENT: Final = b'"CapabilityStatement"'
_SUFFIXES: Final = frozenset({".json", ".yaml", ".yml"})
_HEAD: Final = 4096  # bytes in which a resource of FHIR says what it is


def read(kind: str, path: Path) -> Api:
    """The API that a file of this kind describes. Raises InputError."""
    module, function = PREFIXES[kind]
    api: Api = getattr(import_module(f".{module}", __package__), function)(path)
    return api


def of_file(path: Path) -> str:
    """One of PREFIXES, or ``cassette``, for a file. Raises InputError for one that is neither or cannot be parsed."""
    if _head(path).startswith(_CASSETTE):
        return "cassette"
    tree = read_tree(path)
    kind = _told(tree) if isinstance(tree, dict) else ""
    if not kind:
        raise InputError("is no file of a kind that is read", str(path), VALID)
    return kind


def _told(tree: dict[str, Any]) -> str:
    """What data says that it is; empty where it does not."""
    if "openapi" in tree or "swagger" in tree:
        return "openapi"
    if isinstance(tree.get("resourceType"), str):
        return "fhir"
    if isinstance(tree.get("log"), dict) and "entries" in tree["log"]:
        return "har"
    if isinstance(tree.get("info"), dict) and ("_postman_id" in tree["info"] or "item" in tree):
        return "postman"
    return "cassette" if "interactions" in tree else ""


def describes_fhir(folder: Path) -> bool:
    """Whether a file that lies in a folder is a CapabilityStatement."""
    files = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in _SUFFIXES and path.is_file())
    return any(_STATEMENT in _head(path) for path in files)


def _head(path: Path) -> bytes:
    """The first bytes of a regular file, a byte order mark left out; none of anything else."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None
    return b""

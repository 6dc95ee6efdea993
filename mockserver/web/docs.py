"""The built site beside the API, at ``/__docs/``: files of one folder, read only, seen by no journal.

It follows the admin API's rule for Host: without an admin token only pages asked for at a loopback name are given, so
that no page of another site can read them through a name it controls. With a token whoever reaches the port may read.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as AnyResponse

from ..errors import InputError
from ..settings import Settings
from .address import LOOPBACK, host_name
from .errors import DOCS

DEFAULT: Final = "site"
MARK: Final = "healthjump-kit.json"
"""A file that only our site has: a folder that merely happens to be called ``site`` is not served unasked."""

TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".md": "text/plain; charset=utf-8",
        ".png": "image/png",
        ".py": "text/plain; charset=utf-8",
        ".sh": "text/plain; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".xml": "application/xml",
        ".yaml": "text/plain; charset=utf-8",
    }
)
"""Stated here, because what Python guesses depends on the machine."""

PACKED: Final = (".ico", ".png")
"""Compressed already."""

POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""A page that asks anybody outside for something is stopped by the browser."""


def folder(settings: Settings) -> Path | None:
    """The folder to serve; None for none. Raises InputError for one that was named and holds no site."""
    if not settings.docs:
        return None
    path = Path(settings.docs)
    if settings.docs == DEFAULT and not (path / MARK).is_file():
        return None
    if not (path / "index.html").is_file():
        raise InputError("holds no built site; `make docs` builds one into site/", f"--docs {settings.docs}")
    return path.resolve()


def blueprint(settings: Settings) -> Blueprint:
    """The routes over the folder that the settings name. Raises InputError as ``folder`` does."""
    root = folder(settings)
    docs = Blueprint("docs", __name__)
    docs.before_request(lambda: _guard(settings))

    def start() -> AnyResponse:
        return redirect(f"{request.root_path}{DOCS}/", 308)

    def read(path: str = "") -> Response:
        return _answer(find(root, path))

    docs.add_url_rule("", "start", start, provide_automatic_options=False)
    docs.add_url_rule("/", "home", read, provide_automatic_options=False)
    docs.add_url_rule("/<path:path>", "file", read, provide_automatic_options=False)
    return docs


def _guard(settings: Settings) -> None:
    if not settings.admin_token and host_name(request) not in LOOPBACK:
        raise Forbidden(f"the docs are at {', '.join(LOOPBACK)} only, unless an admin token is set")


def find(root: Path | None, path: str) -> Path:
    """The file that a path leads to, ``index.html`` for a folder. Raises NotFound for all that is not in the folder."""
    if root is None:
        raise NotFound("no site is served; `make docs` builds one into site/, then start the mock again")
    try:
        wanted = (root / path).resolve()
        if wanted.is_dir():
            wanted /= "index.html"
        if wanted.is_relative_to(root) and wanted.is_file():
            return wanted
    except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, a link that leads to itself
        pass
    raise NotFound("the site has no such page")


def _answer(path: Path) -> Response:
    response = Response(path.read_bytes(), content_type=TYPES.get(path.suffix, "application/octet-stream"))
    if path.suffix in TYPES and path.suffix not in PACKED and request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.make_conditional(request)
    return response

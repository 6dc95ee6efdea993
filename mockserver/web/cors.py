"""Cross-origin calls on vendor paths, for the browser client that was seen (client-08). Our own paths have none."""

from __future__ import annotations

from flask import Request, Response

from .errors import is_ours

METHODS = {"/authenticate": "POST"}
HEADERS = "Authorization, Secretkey, Version, Content-Type"
EXPOSED = "X-Mock-Evidence"
MAX_AGE = "600"


def preflight(request: Request) -> Response | None:
    """The answer to OPTIONS on a vendor path, without token or key; None for every other request."""
    if request.method != "OPTIONS" or is_ours(request.path):
        return None
    if "Origin" not in request.headers or "Access-Control-Request-Method" not in request.headers:
        return None
    response = Response(b"", 204)
    response.headers["Access-Control-Allow-Methods"] = METHODS.get(request.path, "GET")
    asked = request.headers.get("Access-Control-Request-Headers", "")
    response.headers["Access-Control-Allow-Headers"] = asked or HEADERS
    response.headers["Access-Control-Max-Age"] = MAX_AGE
    return response


def allowed(request: Request) -> list[tuple[str, str]]:
    """The headers that let the page at the request's Origin read the answer, with credentials; none without Origin."""
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None:
        return []
    return [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Expose-Headers", EXPOSED),
        ("Vary", "Origin"),
    ]

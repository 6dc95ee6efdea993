"""Cross-origin calls on vendor paths, for the browser client that was seen (client-08). Admin paths have none."""

from __future__ import annotations

from flask import Request, Response

from .errors import ADMIN

METHODS = {"/authenticate": "POST"}
HEADERS = "Authorization, Secretkey, Version, Content-Type"
EXPOSED = "X-Mock-Evidence"
MAX_AGE = "600"


def preflight(request: Request) -> Response | None:
    """The answer to OPTIONS on a vendor path, without token or key; None for every other request."""
    if request.method != "OPTIONS" or request.path.startswith(ADMIN):
        return None
    if "Origin" not in request.headers or "Access-Control-Request-Method" not in request.headers:
        return None
    response = Response(b"", 204)
    response.headers["Access-Control-Allow-Methods"] = METHODS.get(request.path, "GET")
    asked = request.headers.get("Access-Control-Request-Headers", "")
    response.headers["Access-Control-Allow-Headers"] = asked or HEADERS
    response.headers["Access-Control-Max-Age"] = MAX_AGE
    return response


def allow(request: Request, response: Response) -> bool:
    """Let the page at the request's Origin read the answer, with credentials; False if there is no Origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers.add("Vary", "Origin")
    return True

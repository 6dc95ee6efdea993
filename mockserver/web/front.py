"""A short way in for pages of rows, for a server of our own: Flask's machinery costs as much as a small answer.

Hooks added to the Flask application do not see requests that take it. So ``create_app`` never installs it, only
``hjkit serve`` does, which adds no hooks; both ways call the same steps and give the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Request

from .exchange import Answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PAGE = re.compile(r"/hjdw/(\w+)/(\w+)", re.ASCII)


class Front:
    """Hands plain requests for pages to ``answer`` and everything else to ``flask``; both give the same answers."""

    def __init__(self, flask: WSGIApplication, answer: Callable[[Request, str, str], Answer]) -> None:
        self.flask = flask
        self.answer = answer

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        plain = _PAGE.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "GET" else None
        if plain is None:
            return self.flask(environ, start_response)
        answer = self.answer(Request(environ), *plain.groups())
        line = f"{answer.status} {HTTPStatus(answer.status).phrase.upper()}"
        start_response(line, [*answer.headers, ("Content-Length", str(len(answer.body)))])
        return [answer.body]

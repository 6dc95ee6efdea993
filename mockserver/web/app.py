"""The application: the whole request path of the vendor's two calls stands on this page.

``runner -> app -> journal(in) -> auth -> faults(before) -> params -> view -> filters -> paging -> render ->
faults(after) -> journal(out)``. Each step hands on a value or raises one of ``mockserver.errors``.
"""

from __future__ import annotations

from functools import partial

from flask import Flask, Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from ..contract import Contract, Element
from ..errors import QueryError
from ..settings import Settings
from ..store import View, page_of, select
from ..worlds import Progress, cache_folder, silent
from . import admin, bodies, cors, docs, errors, exchange, params, refusals, render
from .address import base_url
from .auth import Session
from .exchange import Answer, Exchange
from .front import Front
from .library import Library
from .logins import Login
from .served import Served
from .state import State

CREDENTIALS = {"HTTP_AUTHORIZATION": "authorization", "HTTP_SECRETKEY": "secretkey", "HTTP_VERSION": "version"}


def create_app(
    settings: Settings | None = None, library: Library | None = None, *, progress: Progress = silent
) -> Flask:
    """The mock as a Flask application, ready to be served or mounted.

    Without a library it serves the worlds that ``settings`` name. Raises InputError for settings that cannot be met.
    The running state is ``app.extensions["healthjump"]``.
    """
    settings = settings or Settings()
    state = State(settings, library or default_library(settings, progress))
    app = Flask("mockserver", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = bodies.LIMIT
    app.url_map.merge_slashes = False
    app.extensions["healthjump"] = state
    _routes(app, state)
    app.register_blueprint(admin.blueprint(state), url_prefix=errors.ADMIN)
    app.register_blueprint(docs.blueprint(settings), url_prefix=errors.DOCS)
    return app


def default_library(settings: Settings, progress: Progress = silent) -> Library:
    """The worlds that ``--world``, ``--practice`` and ``--cache-dir`` name."""
    sources = tuple(name.strip() for name in settings.world.split(",") if name.strip())
    practices = tuple(code.strip() for code in settings.practice.split(",") if code.strip())
    return Library(sources, practices, cache_folder(settings.cache_dir), progress)


def _routes(app: Flask, state: State) -> None:
    """Bind the calls to the paths; Flask's proxy of the request is resolved once, here."""

    def login() -> Response:
        return answer_login(state, exchange.of(request)).response

    def data(practice: str, element: str) -> Response:
        return answer_data(state, exchange.of(request), practice, element).response

    def begin() -> Response | None:
        return _preflight(_begin(state, request._get_current_object()))  # type: ignore[attr-defined]

    def end(response: Response) -> Response:
        for name, value in _end(state, exchange.of(request), response.status_code):
            response.headers.add(name, value)
        return response

    plain = {"provide_automatic_options": False, "strict_slashes": False}
    app.add_url_rule("/authenticate", "authenticate", login, methods=["POST"], **plain)
    app.add_url_rule("/hjdw/<practice>/<element>", "data", data, methods=["GET"], **plain)
    app.before_request(begin)
    app.after_request(end)
    app.register_error_handler(Exception, lambda error: refusals.answer(state, request, error).response)


def shorten(app: Flask) -> None:
    """Let plain requests for pages past Flask's machinery; for an application that nobody adds hooks to."""
    state: State = app.extensions["healthjump"]
    app.wsgi_app = Front(app.wsgi_app, partial(_answer_plainly, state))  # type: ignore[method-assign]


def _answer_plainly(state: State, request: Request, practice: str, element: str) -> Answer:
    """A data request without Flask: the same steps in the same order."""
    try:
        answer = answer_data(state, _begin(state, request), practice, element)
    except Exception as error:
        answer = refusals.answer(state, request, error)
    answer.headers += _end(state, exchange.of(request), answer.status)
    return answer


def _begin(state: State, request: Request) -> Exchange:
    call = exchange.begin(state, request)
    if not errors.is_ours(request.path):
        check_form(request)
    return call


def _preflight(call: Exchange) -> Response | None:
    response = cors.preflight(call.request)
    if response is not None:
        call.lean("cors.preflight", "cors.headers")
    return response


def check_form(request: Request) -> None:
    """Refuse what is too large or no text before anything reads it. Raises an HTTPException or QueryError."""
    if "CONTENT_LENGTH" in request.environ and (request.content_length or 0) > bodies.LIMIT:
        raise RequestEntityTooLarge
    if "\0" in request.path or "\ufffd" in request.path:
        raise QueryError("error.bad-request", "the path is not UTF-8 text")


def _end(state: State, call: Exchange, status: int) -> list[tuple[str, str]]:
    """journal(out), and the headers that every answer to a vendor path ends with."""
    if errors.is_ours(call.request.path):
        return []
    headers = cors.allowed(call.request)
    if headers:
        call.lean("cors.credentials")
    exchange.end(state, call, status)
    return headers


def answer_login(state: State, call: Exchange) -> Answer:
    """A token for the credentials in the body."""
    fault = refusals.before(state, call, "")
    address = base_url(call.request, state.settings) + "/authenticate"
    content_type, body = call.request.headers.get("Content-Type"), call.request.get_data()
    granted = call.served.gate.authenticate(content_type, body, address, state.seconds(), state.next_issue())
    call.entry.login = granted.login.email
    call.lean(*granted.behaviours, "login.endpoint", "login.answer", "token.jwt", "token.ttl")
    return refusals.after(fault, exchange.answer(errors.encode({"token": granted.token})))


def answer_data(state: State, call: Exchange, practice: str, path: str) -> Answer:
    """One page of rows of one element of one practice."""
    contract = call.served.contract
    session = authorise(state, call, practice)
    fault = refusals.before(state, call, practice)
    element = element_at(contract, path)
    query = params.parse(call.request.query_string, element, state.settings)
    view = visible(state, call.served, session.login, practice, element)
    body, rows = page(state.settings, call, practice, element, view, query)
    call.entry.practice, call.entry.element = practice, element.name
    call.entry.page, call.entry.rows = query.page, rows
    call.lean(*query.behaviours, *tolerated(call.request))
    call.lean(*render.leaned_on(element, contract))
    call.lean(*render.about_page(rows, state.settings.per_page, query.page, filtered=bool(query.filters)))
    evidence = render.evidence(element, call.entry.behaviours, contract.behaviours)
    return refusals.after(fault, exchange.answer(body, 200, evidence if state.settings.evidence_header else ""))


def authorise(state: State, call: Exchange, practice: str) -> Session:
    """auth: who is asking. An unknown practice is told only to those who hold token and key."""
    environ = call.request.environ
    given = {name: environ[variable] for variable, name in CREDENTIALS.items() if variable in environ}
    session = call.served.gate.authorise(given, None, state.seconds())
    call.entry.login = session.login.email
    call.lean(*session.behaviours)
    call.served.practice(practice)
    call.served.gate.admit(session.login, practice)
    return session


def element_at(contract: Contract, path: str) -> Element:
    """The element served at this path segment. Raises QueryError."""
    found = contract.paths.get(path)
    if found is None:
        raise QueryError("error.element.unknown", f"no element at this path; valid: {', '.join(contract.paths)}")
    return found


def visible(state: State, served: Served, login: Login, practice: str, element: Element) -> View:
    """view: the rows this login may see now."""
    if element.name == "client_ids":
        return served.client_ids(login, state.clock.now())
    return served.view(practice, element.name, state.clock.now())


def page(
    settings: Settings, call: Exchange, practice: str, element: Element, view: View, query: params.Query
) -> tuple[bytes, int]:
    """filters, paging, render: a body and how many rows it holds. Finished bodies are kept while they are right."""
    path = f"{base_url(call.request, settings)}/hjdw/{practice}/{element.path}"
    kept = query.kept if settings.next_page_filters == "keep" else ""
    key = (id(view.table), view.token, path, kept, query.filters, query.page)
    body = call.served.pages.get(key)
    if body is None:
        chosen = select(view, query.filters)
        cut = page_of(len(chosen), settings.per_page, query.page)
        body = render.envelope(chosen.joined(cut.offset, cut.per_page), cut, path, kept), cut.count
        call.served.pages.put(key, body)
    return body


def tolerated(request: Request) -> tuple[str, ...]:
    """Behaviours that odd but accepted requests lean on."""
    environ = request.environ
    used = []
    if environ.get("CONTENT_LENGTH") not in (None, "", "0"):
        used.append("tolerance.get-body")
    if "HTTP_PARAMS" in environ:
        used.append("header.params")
    if request.path.endswith("/"):
        used.append("path.trailing-slash")
    return tuple(used)

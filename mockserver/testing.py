"""A mock in this process, and a handle to steer it: what the pytest plugin gives a test, usable without pytest."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from .errors import InputError
from .settings import Settings, table
from .web.token import TTL_SECONDS

if TYPE_CHECKING:
    import requests

    from .contract import Element
    from .web.logins import Login
    from .web.state import State

FIRST_FREE_ID = 999_000_001
FORM = "application/x-www-form-urlencoded"
LISTENER = ("host", "port", "tls")
SET_BY_THE_MOCK = ("surrogate", "surrogate-text", "hj-timestamp", "hj-timestamp-fixed", "practice-code")
Json = Any


class Server:
    """The mock on a free port of 127.0.0.1, served by threads of this process.

    Raises InputError for settings that cannot be met, among them those of the listener.
    """

    def __init__(self, settings: Settings) -> None:
        from werkzeug.serving import make_server

        from .web.app import create_app
        from .web.runner import quiet_handler

        _refuse_listener(settings)
        self.app = create_app(settings)
        self.state: State = self.app.extensions["healthjump"]
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True, request_handler=quiet_handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def login(self) -> Login:
        """The first login; the only one unless there is a file of them."""
        return next(iter(self.state.logins))

    def token(self) -> str:
        """A token of the first login, made without a request: no journal tells of it, no armed failure meets it."""
        form = urlencode({"email": self.login.email, "password": self.login.password}).encode()
        url, state = f"{self.url}/authenticate", self.state
        return state.served.gate.authenticate(FORM, form, url, state.seconds(), state.next_issue()).token

    def stop(self) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


def _refuse_listener(settings: Settings) -> None:
    for row in table():
        if row.name in LISTENER and getattr(settings, row.name) != row.default:
            raise InputError("has no effect here: a server in a test listens on a free port of 127.0.0.1", row.name)


class Healthjump:
    """A running mock as a test sees it. Rows, clock, failures and journal go through the admin API.

    Elements go by their name or by their path (``payer`` or ``payer_dim``).
    """

    def __init__(self, server: Server) -> None:
        login = server.login
        self.base_url = server.url
        self.admin_url = f"{server.url}/__admin"
        self.email, self.password, self.secret_key = login.email, login.password, login.secret_key
        self.practices = [code for code in sorted(server.state.worlds.practices) if login.may_see(code)]
        self.clock = ClockHandle(self)
        self._session: requests.Session | None = None
        self._server = server
        self._token, self._issued = "", -TTL_SECONDS
        self._open = build_opener(ProxyHandler({})).open

    @property
    def credentials(self) -> dict[str, str]:
        """What a client is configured with."""
        return {
            "base_url": self.base_url,
            "email": self.email,
            "password": self.password,
            "secret_key": self.secret_key,
        }

    @property
    def session(self) -> requests.Session:
        """A ``requests`` session that sends key, version and a token that is good whatever the clock says.

        Headers given with a request win.
        """
        if self._session is None:
            import requests

            self._session = requests.Session()
            self._session.trust_env = False
            self._session.auth = self._authorise
            self._session.headers.update({"Secretkey": self.secret_key, "Version": "3.0"})
        return self._session

    def _authorise(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        now = self._server.state.seconds()
        if not self._issued <= now < self._issued + TTL_SECONDS:
            self._issued, self._token = now, self._server.token()
        request.headers.setdefault("Authorization", f"Bearer {self._token}")
        return request

    def headers(self) -> dict[str, str]:
        """Authorization, Secretkey and Version for a client of your own, with a new token."""
        token = self._server.token()
        return {"Authorization": f"Bearer {token}", "Secretkey": self.secret_key, "Version": "3.0"}

    def url(self, element: str, practice: str = "") -> str:
        """The address of an element; the first practice unless one is named."""
        return f"{self.base_url}/hjdw/{practice or self.practices[0]}/{self._element(element).path}"

    def _element(self, name: str) -> Element:
        """Raises InputError with a guess for what is neither a name nor a path."""
        known = self._server.state.contract
        found = known.paths.get(name) or known.elements.get(name)
        if found is None:
            names = dict.fromkeys([*known.paths, *known.elements])
            raise InputError(f"{name!r} is no element", "healthjump", names, given=name)
        return found

    def rows(self, element: str, practice: str = "", **filters: str) -> list[dict[str, Json]]:
        """All rows of all pages, for example ``rows("appointment", date="eq~20211115")``."""
        url: str | None = self.url(element, practice) + (f"?{urlencode(filters, safe='~')}" if filters else "")
        found: list[dict[str, Json]] = []
        while url:
            answer = self.session.get(url, timeout=30)
            answer.raise_for_status()
            found += answer.json()["data"]
            url = answer.json()["next_page_url"]
        return found

    def admin(self, method: str, path: str, body: Mapping[str, Json] | None = None) -> Json:
        """Call the admin API. Raises InputError with its sentence when it refuses."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.admin_url + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        request.add_header("X-Admin-Token", self._server.state.settings.admin_token)
        try:
            with self._open(request, timeout=60) as answer:
                return json.load(answer)
        except HTTPError as refusal:
            with refusal:
                said = json.load(refusal)
            valid, guess = said.get("valid", ()), said.get("guess") or ""
            raise InputError(said["error"], said["where"], valid, given=guess) from None

    def add(self, element: str, practice: str = "", **values: Json) -> dict[str, Json]:
        """Add a row and return it. Columns that may not be null and are not given take the contract's example."""
        resource = self._element(element)
        given = values.pop(resource.surrogate.wire, None) if resource.surrogate else None
        number = int(given) if given else self._free_id(element, practice)
        filled = {p.wire: p.example for p in resource.properties if not p.nullable and p.format not in SET_BY_THE_MOCK}
        return self._put(element, practice, number, {**filled, **values})

    def _free_id(self, element: str, practice: str) -> int:
        """An id no row has; where there are no rows, the admin API says why."""
        code, resource = practice or self.practices[0], self._element(element)
        if code not in self.practices or resource.surrogate is None:
            return FIRST_FREE_ID
        view = self._server.state.view(code, resource.name)
        return next(number for number in count(FIRST_FREE_ID) if view.find(number) is None)

    def patch(self, element: str, id_: int | str, practice: str = "", **values: Json) -> dict[str, Json]:
        """Change columns of the row with this Healthjump id and return it."""
        return self._put(element, practice, int(id_), values)

    def _put(self, element: str, practice: str, number: int, values: Mapping[str, Json]) -> dict[str, Json]:
        row: dict[str, Json] = self.admin("PUT", self._row(element, practice, number), values)["row"]
        return row

    def delete(self, element: str, id_: int | str, practice: str = "") -> None:
        """Delete the row the vendor's way: flagged where deleted rows are delivered, gone elsewhere."""
        self.admin("DELETE", self._row(element, practice, int(id_)))

    def _row(self, element: str, practice: str, number: int) -> str:
        return f"/rows/{practice or self.practices[0]}/{element}/{number}"

    def fail_next(self, times: int = 1, **how: Json) -> None:
        """Make the next matching requests fail: ``status``, ``delay_ms``, ``cut``, ``path``, ``practice``, ``body``."""
        self.admin("POST", "/fail", {"times": times, **how})

    @property
    def journal(self) -> list[dict[str, Json]]:
        """Requests so far, oldest first."""
        entries: list[dict[str, Json]] = self.admin("GET", "/journal?limit=100000")["entries"]
        return entries[::-1]

    @property
    def assumptions(self) -> list[dict[str, Json]]:
        """Per client, the behaviours it relied on, weakest grade first."""
        clients: list[dict[str, Json]] = self.admin("GET", "/assumptions")["clients"]
        return clients

    def reset(self) -> None:
        """Everything back to how the test found it."""
        self.admin("POST", "/reset")

    def close(self) -> None:
        """Close the session, if one was opened."""
        if self._session is not None:
            self._session.close()


class ClockHandle:
    """Vendor time as a test sees it: text in, text out."""

    def __init__(self, mock: Healthjump) -> None:
        self._mock = mock

    @property
    def now(self) -> str:
        """``YYYY-MM-DD HH:MM:SS.ffffff`` of vendor time."""
        return str(self._mock.admin("GET", "/clock")["now"])

    def advance(self, duration: str) -> str:
        """Move on by an ISO 8601 duration such as ``P30D`` or ``PT1H``."""
        return str(self._mock.admin("POST", "/clock", {"advance": duration})["now"])

    def set(self, instant: str) -> str:
        """Set the instant; backwards resets everything else too."""
        return str(self._mock.admin("POST", "/clock", {"set": instant})["now"])

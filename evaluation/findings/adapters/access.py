"""Getting in: the login, who answers, the practices it sees. The rules of credentials are those of ``hjkit record``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from evaluation.recording import capture, credentials, target
from evaluation.recording.client import Sender, Unreachable
from evaluation.recording.plan import Step
from evaluation.recording.steps import Access, request
from mockserver.errors import InputError

from . import body, practices
from .line import POLITE, Patience
from .visit import ELSEWHERE, HERE, Order, Visit, variables


def enter(order: Order) -> Visit:
    """Find out who answers, log in and list the practices. Raises InputError in one sentence."""
    where = target.parse(order.base_url)
    login = credentials.resolve(where, order.environ, order.prompt, order.permission)
    _checked(order.practices or ())
    here = where.loopback
    budget = order.budget or (HERE if here else ELSEWHERE)
    patience = Patience(order.timeout, budget, 0.0 if here else POLITE, gentle=not here)
    with closing(order.connect(where, patience)) as line:
        values, refresh = _token(line, where, login)
        source = capture.identify(where, line, "")
        visit = Visit(where, source, patience, Access(where.base, login, values), order, refresh=refresh)
        return practices.seen(visit, line)


def _checked(codes: Sequence[str]) -> None:
    if not all(code.isascii() and code.isalnum() for code in codes):
        raise InputError("must be letters and digits", "--practice", ["a code such as SBOX02"])


def _token(line: Sender, where: target.Target, login: credentials.Credentials) -> tuple[dict[str, str], bool]:
    """The token by its name, and whether the answer had something to renew it with. Raises InputError."""
    try:
        response = line.send(request(Step("login", "", login="form"), Access(where.base, login, {})))
    except Unreachable as failure:
        raise InputError(f"the server {failure}", where.base) from None
    if response.status != 200:
        raise InputError(f"the login was refused ({response.status})", where.base, variables(where))
    token, refresh = body.token(response.body)
    if not token or not token.isascii() or not token.isprintable():
        raise InputError("the answer to the login holds no token", where.base)
    return {"token": token}, refresh

"""Every error becomes an answer here and nowhere else; so do failures armed on purpose."""

from __future__ import annotations

import logging
import time

from flask import Request, Response

from ..faults import Fault
from . import errors, exchange
from .state import State

log = logging.getLogger("hjkit")


class ArmedFault(Exception):
    """Carries an armed fault to the error handler."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


def before(state: State, call: exchange.Exchange, practice: str) -> Fault | None:
    """faults(before): what an armed fault does before the work: wait, or refuse with its status."""
    fault = state.faults.take(call.request.path, practice)
    if fault is None:
        return None
    call.entry.fault = fault.name
    time.sleep(fault.delay_ms / 1000)
    if fault.status:
        raise ArmedFault(fault)
    return fault


def after(fault: Fault | None, response: Response) -> Response:
    """faults(after): cut the body."""
    if fault is not None and fault.cut is not None:
        response.set_data(response.get_data()[: fault.cut])
    return response


def answer(state: State, request: Request, error: Exception) -> Response:
    """The answer to an error, in the vendor's voice on vendor paths."""
    if isinstance(error, ArmedFault):
        return _armed(error.fault)
    if request.path.startswith(errors.ADMIN):
        response = exchange.answer(*errors.admin_body(error))
    else:
        response = _vendor(state, request, error)
    if response.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    if response.status_code >= 500:
        log.error("unexpected error", exc_info=error)
    return response


def _vendor(state: State, request: Request, error: Exception) -> Response:
    id_, detail = errors.behaviour_of(error)
    call = exchange.of(request)
    call.entry.error = id_
    call.lean(id_)
    return exchange.answer(*errors.vendor_body(call.served.contract.behaviours[id_], detail))


def _armed(fault: Fault) -> Response:
    body = fault.body.encode() if fault.body is not None else errors.encode({"error": f"fault_{fault.status}"})
    response = exchange.answer(body, fault.status)
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return after(fault, response)

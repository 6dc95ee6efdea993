"""Every error becomes an answer here and nowhere else; so do failures armed on purpose."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType

from flask import Request

from ..faults import Fault
from . import errors, exchange
from .exchange import Answer
from .state import State

log = logging.getLogger("hjkit")

ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "error.page": ("paging.bad-page",),
        "error.token.expired": ("token.leeway",),
        "error.filter.repeated": ("filter.repeated",),
    }
)
"""What a refusal leans on beside itself."""


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
    state.faults.wait(fault)
    if fault.status:
        raise ArmedFault(fault)
    return fault


def after(fault: Fault | None, answer: Answer) -> Answer:
    """faults(after): cut the body."""
    if fault is not None and fault.cut is not None:
        answer.body = answer.body[: fault.cut]
    return answer


def answer(state: State, request: Request, error: Exception) -> Answer:
    """The answer to an error, in the vendor's voice on vendor paths."""
    if isinstance(error, ArmedFault):
        return _armed(error.fault)
    if errors.is_ours(request.path):
        said = exchange.answer(*errors.admin_body(error))
    else:
        said = _vendor(state, request, error)
    if said.status == 405:
        said.headers.append(("Allow", ", ".join(sorted(getattr(error, "valid_methods", None) or ()))))
    if said.status >= 500:
        log.error("unexpected error", exc_info=error)
    return said


def _vendor(state: State, request: Request, error: Exception) -> Answer:
    id_, detail = errors.behaviour_of(error)
    call = exchange.of(request)
    call.entry.error = id_
    call.lean(id_, *ALSO.get(id_, ()))
    return exchange.answer(*errors.vendor_body(call.served.contract.behaviours[id_], detail))


def _armed(fault: Fault) -> Answer:
    body = fault.body.encode() if fault.body is not None else errors.encode({"error": f"fault_{fault.status}"})
    said = exchange.answer(body, fault.status)
    if fault.retry_after is not None:
        said.headers.append(("Retry-After", str(fault.retry_after)))
    return after(fault, said)

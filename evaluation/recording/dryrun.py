"""The plan as it would be asked, for ``hjkit record --dry-run``: nothing is sent, no credentials are read."""

from __future__ import annotations

from collections.abc import Iterator

from .plan import Plan, Step
from .target import Target


def text(target: Target, plan: Plan, delay: float) -> str:
    """A line for each step: id, method, path and query with names in braces, what is unusual, open questions."""
    most = sum(step.walk for step in plan.steps)
    seconds = f", {delay:g} s apart" if delay else ""
    head = f"Plan {plan.name} against {target.base}: at most {min(most, plan.limit)} requests{seconds}."
    return "\n".join((f"{head} Nothing is sent.", *(_line(step) for step in plan.steps)))


def _line(step: Step) -> str:
    address = step.path + (f"?{'&'.join(step.query)}" if step.query else "")
    return f"  {step.id:<32} {step.method:<7} {address}" + "".join(f"  [{note}]" for note in _notes(step))


def _notes(step: Step) -> Iterator[str]:
    yield from (f"{key}: {value}" for key, value in step.unusual.items())
    if step.walk > 1:
        yield f"up to {step.walk} pages"
    if step.when:
        yield f"only if {step.when.replace('cut', 'rows were left out of')}"
    if step.questions:
        yield f"question {', '.join(map(str, step.questions))}"

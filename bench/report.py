"""The tables of docs/reference/performance.md, between two markers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from load import Load

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


@dataclass(frozen=True)
class Goal:
    """One claim about speed: what was found, and the most (or least) it may be."""

    name: str
    found: float
    bound: float
    unit: str = ""
    least: bool = False

    @property
    def met(self) -> bool:
        return self.found >= self.bound if self.least else self.found <= self.bound

    @property
    def line(self) -> str:
        wanted = f"at {'least' if self.least else 'most'} {self.bound:g}{self.unit}"
        return f"| {self.name} | {_figure(self.found)}{self.unit} | {wanted} | {'yes' if self.met else '**no**'} |"

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "met": self.met}


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 20 else f"{value:.2f}"


def markdown(goals: Iterable[Goal], loads: Mapping[str, Load], facts: Mapping[str, str]) -> str:
    """The measured part of the page."""
    lines = ["| Goal | Found | Wanted | Met |", "| --- | --- | --- | --- |", *(goal.line for goal in goals), ""]
    lines += ["| Request | per second | CPU each | median latency |", "| --- | --- | --- | --- |"]
    lines += [f"| {n} | {load.rate:,.0f} | {load.cpu:,.0f} µs | {load.latency:.2f} ms |" for n, load in loads.items()]
    return "\n".join([*lines, "", *(f"- {name}: {fact}" for name, fact in facts.items())])


def write(page: Path, text: str) -> None:
    """Replace what stands between the markers. Raises ValueError if the page has none."""
    head, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page.name} lacks the markers {BEGIN} and {END}")
    page.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")

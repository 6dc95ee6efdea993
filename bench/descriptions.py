"""Descriptions: seconds and memory of ``hjkit evaluate openapi:FILE``, for a large one and for hostile ones.

``python bench/descriptions.py [FILE …]`` prints a table; files of your own are measured beside those that are made.
Budgets are the project's own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SCHEMAS = 500
SECONDS, MEGABYTES = 5.0, 300.0
LONGEST = 120.0  # seconds before a run is given up
COLUMNS = (
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "amount",
    "currency",
    "note",
    "is_active",
    "kind",
    "email",
)
THINGS = ("order", "invoice", "carrier", "parcel", "visit", "patient", "payment", "device", "ticket", "lesson")
KINDS = {"amount": {"type": "number"}, "is_active": {"type": "boolean"}}


@dataclass(frozen=True)
class Run:
    """One evaluation: wall seconds, largest resident megabytes, and how it ended."""

    what: str
    size: int
    seconds: float
    megabytes: float
    said: str

    def __str__(self) -> str:
        kept = "kept" if self.seconds <= SECONDS and self.megabytes <= MEGABYTES else "MISSED"
        figures = f"{self.size / 1000:,.0f} kB | {self.seconds:.2f} s | {self.megabytes:.0f} MB"
        return f"| {self.what} | {figures} | {self.said} | {kept} |"


def name(number: int) -> str:
    """``order_0``, ``invoice_1`` and so on."""
    return f"{THINGS[number % len(THINGS)]}_{number}"


def schema(number: int, total: int) -> dict[str, Any]:
    """A row with plain columns, two references by id, one object inside and one that holds another schema."""
    text = {"type": "string", "description": "A column of the row, as somebody may describe it in a sentence."}
    plain = {column: {**text, **KINDS.get(column, {})} for column in COLUMNS}
    ids = {f"{name((number * step + 1) % total)}_id": {"type": "string"} for step in (3, 7)}
    inside = {"type": "object", "properties": {"line1": text, "city": text, "zip": text}}
    other = {"$ref": f"#/components/schemas/{name((number + 1) % total)}"}
    own = {"type": "object", "properties": {**plain, **ids, "address": inside, "related": other}}
    return own if number % 3 else {"allOf": [other, own]} if number % 9 == 0 else {**own, "nullable": True}


def large(total: int = SCHEMAS) -> dict[str, Any]:
    """A description with so many schemas, each listed and read one by one, in circles."""
    paths: dict[str, Any] = {}
    for number in range(total):
        row = {"$ref": f"#/components/schemas/{name(number)}"}
        page = {"properties": {"data": {"type": "array", "items": row}, "total": {"type": "integer"}}}
        paths[f"/{name(number)}s"] = {"get": {"responses": {"200": answer(page), "404": answer({})}}}
        paths[f"/{name(number)}s/{{id}}"] = {"get": {"responses": {"200": answer(row)}}}
    return described(paths, {name(number): schema(number, total) for number in range(total)})


def answer(content: dict[str, Any]) -> dict[str, Any]:
    return {"description": "What is answered.", "content": {"application/json": {"schema": content}}}


def described(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    info = {"title": "Made up", "version": "1"}
    return {"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}}


def diamonds(word: str, deep: int = 60) -> dict[str, Any]:
    """Schemas that each hold the next one twice."""
    refs = [{"$ref": f"#/components/schemas/s{number}"} for number in range(deep + 1)]
    schemas: dict[str, Any] = {
        f"s{number}": {word: [refs[number + 1], dict(refs[number + 1])], "properties": {f"p{number}": refs[number + 1]}}
        for number in range(deep)
    }
    rows = {"type": "array", "items": refs[0]}
    return described(
        {"/rows": {"get": {"responses": {"200": answer(rows)}}}}, {**schemas, f"s{deep}": {"type": "object"}}
    )


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """What is measured, with a word for it."""
    steps = [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]" for number in range(1, 20)]
    made = {
        f"{SCHEMAS} schemas, JSON": ("large.json", json.dumps(large())),
        f"{SCHEMAS} schemas, YAML": (
            "large.yaml",
            yaml.dump(large(), Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper)),
        ),
        "each schema holds the next twice, allOf": ("all.json", json.dumps(diamonds("allOf"))),
        "each schema holds the next twice, oneOf": ("one.json", json.dumps(diamonds("oneOf"))),
        "100,000 brackets": ("deep.json", "[" * 100_000 + "]" * 100_000),
        "aliases of aliases": ("bomb.yaml", "\n".join(["a0: &a0 [x]", *steps])),
        "50 MB": ("huge.json", '"' + "x" * 50_000_000 + '"'),
        "1,500,000 lines of YAML": ("flat.yaml", "\n".join(f"k{number}: v" for number in range(1_500_000))),
    }
    for what, (file, text) in made.items():
        (folder / file).write_text(text, encoding="utf-8")
        yield what, folder / file


def run(what: str, path: Path) -> Run:
    """Evaluate one file in a process of its own, which tells its largest resident size; Linux only."""
    code = (
        "import sys; from pathlib import Path; from evaluation.verbs import evaluate\n"
        "try: evaluate(sys.argv[1:], standalone_mode=False)\n"
        "except Exception as error: print(type(error).__name__, error, file=sys.stderr)\n"
        "finally: print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, f"openapi:{path.name}", "--format", "json"]
    began = time.monotonic()
    try:
        done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return Run(what, path.stat().st_size, LONGEST, 0, "given up")
    *said, memory = done.stderr.strip().splitlines()
    counted = "" if said else f"{len(json.loads(done.stdout)['results'])} checks"
    ended = said[-1].partition(": ")[2] if said else counted
    return Run(what, path.stat().st_size, time.monotonic() - began, int(memory) / 1024, ended)


def main() -> None:
    print("| description | size | time | memory | ends in | budget |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for what, path in files(Path(folder)):
            print(run(what, path), flush=True)
    for given in map(Path, sys.argv[1:]):
        print(run(given.name, given), flush=True)


if __name__ == "__main__":
    main()

"""Whatever a description holds, reading it ends, in an Api or in one sentence; large ones are read in time."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.findings import evaluate
from evaluation.findings.adapters import open_target, openapi
from evaluation.findings.adapters.schemas import Schemas, Tangled
from evaluation.findings.model import Api, Origin
from mockserver.errors import InputError

from .descriptions import CANARY, document, lists, many, written

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)
SMALL = {
    "openapi": "3.0.3",
    "info": {"title": "Small", "version": "1"},
    "paths": {
        "/boxes": {
            "parameters": [],
            "get": {
                "description": "All.",
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "properties": {
                                        "data": {"type": "array", "items": {"$ref": "#/components/schemas/Box"}},
                                        "total": {"type": "integer"},
                                    }
                                }
                            }
                        },
                    },
                    "401": {"$ref": "#/components/responses/No"},
                },
            },
        },
        "/boxes/{id}": {
            "get": {
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {
                                    "allOf": [
                                        {"$ref": "#/components/schemas/Box"},
                                        {"properties": {"more": {"nullable": True}}},
                                    ]
                                }
                            }
                        }
                    }
                }
            }
        },
    },
    "components": {
        "responses": {
            "No": {
                "description": "Expired token.",
                "content": {
                    "application/json": {
                        "schema": {"properties": {"error": {"type": "string", "enum": ["token_expired"]}}}
                    }
                },
            }
        },
        "schemas": {
            "Box": {
                "oneOf": [{"properties": {"id": {"type": "string", "example": "x"}}}, {"items": {}}],
                "properties": {"inside": {"properties": {"a": {"type": "string"}}}, "secret": {"writeOnly": True}},
            }
        },
    },
}


def reference(number: int) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/s{number}"}


def read(schemas: list[Any]) -> Api:
    """A list and a record of the first of several schemas, which call each other s0, s1 and so on."""
    made = document({"/t": many(reference(0)), "/u": lists(reference(0))})
    made["components"]["schemas"] = {f"s{number}": schema for number, schema in enumerate(schemas)}
    return openapi.read(made, "a description")


@given(JSON)
@settings(max_examples=300)
def test_any_value_is_read_or_refused_without_a_word_of_it(value: Any) -> None:
    for made in (value, {"openapi": "3.1.0", "paths": value, "components": value}):
        try:
            assert openapi.read(made, "it").origin is Origin.description
        except InputError as refused:
            assert str(refused).startswith("it: ")


def places(tree: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a tree but its root."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [found for key, value in inner for found in [(*here, key), *places(value, (*here, key))]]


@given(
    st.lists(st.tuples(st.sampled_from(places(SMALL)), JSON | st.sampled_from(places(SMALL))), min_size=1, max_size=4)
)
@settings(max_examples=500)
def test_any_change_of_a_small_description_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    made = copy.deepcopy(SMALL)
    for place, value in changes:
        put(
            made,
            place,
            {"$ref": "#/" + "/".join(map(str, value)).replace("/", "~1")} if type(value) is tuple else value,
        )
    try:
        found = openapi.read(made, "it")
    except InputError:
        return
    assert all(resource.name and resource.paths for resource in found.resources)
    assert not evaluate.run(found).defects


def put(tree: Any, place: tuple[Any, ...], value: Any) -> None:
    """Set a value where the place still is."""
    for key in place[:-1]:
        if not holds(tree, key):
            return
        tree = tree[key]
    if isinstance(tree, dict) or holds(tree, place[-1]):
        tree[place[-1]] = value


def holds(tree: Any, key: Any) -> bool:
    return key in tree if isinstance(tree, dict) else isinstance(tree, list) and type(key) is int and key < len(tree)


GRAPH = st.lists(
    st.dictionaries(
        st.sampled_from(["allOf", "oneOf", "anyOf", "items", "properties", "data", "alias"]),
        st.lists(st.integers(0, 7), min_size=1, max_size=3),
        max_size=4,
    ),
    min_size=8,
    max_size=8,
)


def drawn(edges: dict[str, list[int]]) -> dict[str, Any]:
    """A schema that holds others by the words of its edges."""
    made: dict[str, Any] = {word: list(map(reference, to)) for word, to in edges.items() if word.endswith("Of")}
    if "items" in edges:
        made["items"] = reference(edges["items"][0])
    if "properties" in edges or "data" in edges:
        made["properties"] = {f"p{to}": reference(to) for to in edges.get("properties", [])}
        made["properties"] |= {"data": reference(edges["data"][0])} if "data" in edges else {}
    return reference(edges["alias"][0]) if "alias" in edges else made


@given(GRAPH)
@settings(max_examples=500)
def test_schemas_that_refer_to_each_other_in_any_way_come_to_an_end(edges: list[dict[str, list[int]]]) -> None:
    schemas = list(map(drawn, edges))
    first, second = read(schemas), read(copy.deepcopy(schemas))
    assert [(r.name, [f.name for f in r.fields]) for r in first.resources] == [
        (r.name, [f.name for f in r.fields]) for r in second.resources
    ]


@pytest.mark.parametrize("words", [("allOf",), ("oneOf",), ("anyOf",), ("allOf", "oneOf", "anyOf")])
def test_sixty_schemas_that_each_hold_the_next_twice(words: tuple[str, ...]) -> None:
    rows = [
        {word: [reference(n + 1), reference(n + 1)] for word in words} | {"properties": {f"p{n}": reference(n + 1)}}
        for n in range(60)
    ]
    began = time.process_time()
    (found,) = read([*rows, {"properties": {"end": {"type": "integer"}}}]).resources
    assert {field.name for field in found.fields} == {"end", *(f"p{n}" for n in range(60))}
    assert time.process_time() - began < 5


TANGLED = {
    "parts too deep": [*({"allOf": [reference(n + 1)], "properties": {f"p{n}": {}}} for n in range(900)), {}],
    "all in all": [{"allOf": [reference(to) for to in range(250)], "properties": {f"p{n}": {}}} for n in range(250)],
}


@pytest.mark.parametrize("kind", TANGLED)
def test_schemas_that_cannot_be_put_together_are_one_sentence(kind: str) -> None:
    began = time.process_time()
    with pytest.raises(InputError, match=r"^a description: has schemas too deep in each other, or in too many ways$"):
        read(TANGLED[kind])
    assert time.process_time() - began < 10


def test_a_long_chain_of_names_is_followed() -> None:
    (found,) = read([*map(reference, range(1, 3000)), {"properties": {"id": {}}}]).resources
    assert [field.name for field in found.fields] == ["id"]


def test_steps_are_counted() -> None:
    schemas = Schemas({})
    schemas.step(1_000_000)
    with pytest.raises(Tangled):
        schemas.step(1)


def test_the_sentence_names_the_file_and_not_what_it_calls_itself(tmp_path: Path) -> None:
    schemas = {f"s{n}": {"allOf": [reference(n + 1)]} for n in range(900)}
    made = {**document({"/t": many(reference(0))}, **schemas), "info": {"title": CANARY}}
    path = written(tmp_path, a_json=made)
    with pytest.raises(InputError, match=r"a\.json: has schemas too deep") as refused:
        open_target(f"openapi:{path}")
    assert CANARY not in str(refused.value)


def large(schemas: int) -> dict[str, Any]:
    """A description of so many schemas that refer to each other, each with a list and a record."""
    random_ = random.Random(7)
    words = [
        f"{a}_{b}"
        for a in ("order", "parcel", "visit", "invoice")
        for b in ("name", "status", "code", "created_at", "note")
    ]
    made: dict[str, Any] = {}
    for number in range(schemas):
        plain = {word: {"type": "string", "description": f"The {word} of it."} for word in words}
        ids = {f"thing_{random_.randrange(schemas)}_id": {"type": "string"} for _ in range(3)}
        other = {"$ref": f"#/components/schemas/thing_{random_.randrange(schemas)}"}
        made[f"thing_{number}"] = {
            "properties": {"id": {"type": "string"}, **plain, **ids, "other": other, "list": {"items": other}}
        }
    rows = {f"/{name}s": many({"$ref": f"#/components/schemas/{name}"}) for name in made}
    return document({**rows, **{f"{path}/{{id}}": one for path, one in rows.items()}}, **made)


MEASURED = """
import sys, time
from pathlib import Path
from evaluation.verbs import evaluate
try:
    evaluate(sys.argv[1:], standalone_mode=False)
finally:
    status = Path("/proc/self/status").read_text() if Path("/proc/self/status").exists() else "VmHWM: 0 kB"
    print(time.process_time(), status.split("VmHWM:")[1].split()[0], file=sys.stderr)
"""


def test_five_hundred_schemas_are_evaluated_in_time_and_memory(tmp_path: Path) -> None:
    """Under 5 seconds of a processor and 300 MB resident, the interpreter included."""
    path = written(tmp_path, large_json=large(500))
    command = [sys.executable, "-c", MEASURED, f"openapi:{path}", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds, kilobytes = map(float, done.stderr.split())
    found = json.loads(done.stdout)
    assert found["complete"] and len(found["results"]) > 40
    assert seconds < 5 and kilobytes < 300_000

"""A folder of rows as an Api: what it holds, whatever the files are, and never a word of their content elsewhere."""

from __future__ import annotations

import csv
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import contract, fields, folder, server
from evaluation.findings.model import Api, Input, Origin
from mockserver.errors import InputError
from mockserver.testing import Server

WORLD = Path("fixtures/worlds/sandbox")
CANARY = "canary-Zq81"
ALL = {Input.paths, Input.fields, Input.samples, Input.rows, Input.texts, Input.instants, Input.numbers}
TYPED = {Input.types, Input.nulls}
NAMES = st.from_regex(fields.NAME, fullmatch=True)
PLAIN = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = PLAIN | st.text(st.characters(codec="utf-8"), max_size=8) | st.lists(st.integers(0, 9), max_size=2)
ROWS = st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=15)


def put(place: Path, **texts: str) -> Path:
    """Write files; ``a__json`` becomes ``a.json``."""
    for name, text in texts.items():
        (place / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return place


def shown(api: Api) -> str:
    """Everything of an Api but rows and samples, which only checks see."""
    names = [(r.name, r.description, [t.practice for t in r.tables], [f.name for f in r.fields]) for r in api.resources]
    return repr((api.title, api.partial, sorted(api.inputs), names))


@given(ROWS)
def test_rows_that_are_written_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    place = tmp_path_factory.mktemp("rows")
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    put(place, a__json=json.dumps(rows), b__ndjson=lines, c__json=json.dumps({"data": rows}), d__jsonl=lines)
    expected = fields.resource("a", [fields.table("", rows, ordered=False)])
    for resource in folder.read(place).resources:
        table = resource.tables[0]
        assert json.dumps([table.row(i) for i in range(table.size)]) == json.dumps(
            [expected.tables[0].row(i) for i in range(table.size)]
        )
        assert list(table.columns) == list(expected.tables[0].columns) and table.size == len(rows)
        assert [(f.name, f.types, f.nullable) for f in resource.fields] == [
            (f.name, f.types, f.nullable) for f in expected.fields
        ]


@given(st.lists(st.tuples(st.integers(0, 99), NAMES), min_size=1, max_size=9))
def test_csv_says_the_same_in_texts(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, str]]) -> None:
    place = tmp_path_factory.mktemp("csv")
    with (place / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("the_first_column", "the_other_9_column"), *rows])
    table = folder.read(place).by_name["a"].tables[0]
    assert list(table.column("the_first_column")) == [str(number) for number, _ in rows]
    assert list(table.column("the_other_9_column")) == [text for _, text in rows]


def test_json_says_everything_but_order(tmp_path: Path) -> None:
    api = folder.read(put(tmp_path, patient__json='[{"id": 1, "name": null}]', visit__ndjson='{"id": 2}'))
    assert (api.origin, api.title, api.partial) == (Origin.folder, f"folder {tmp_path.name}", ())
    assert api.inputs == ALL | TYPED | {Input.all_rows}
    assert [(r.name, r.tables[0].practice, r.tables[0].ordered) for r in api.resources] == [
        ("patient", "", False), ("visit", "", False),
    ]  # fmt: skip
    assert api.by_name["patient"].by_name["name"].nullable is True


def test_csv_says_nothing_of_types_and_null(tmp_path: Path) -> None:
    api = folder.read(put(tmp_path, patient__csv="id,first_name\n1,\n", visit__json='[{"id": 2}]'))
    assert api.inputs == ALL | {Input.all_rows}
    field = api.by_name["patient"].by_name["id"]
    assert (field.types, field.nullable, field.samples) == (frozenset(), None, ("1",))
    assert api.by_name["visit"].by_name["id"].types == {"integer"}


def test_each_subfolder_is_a_practice(tmp_path: Path) -> None:
    for name, number in (("SBOX02", 1), ("ABCD01", 2)):
        (tmp_path / name).mkdir()
        put(tmp_path / name, patient__json=json.dumps([{"id": number}]))
    (tmp_path / "notes").mkdir()
    put(tmp_path / "notes", readme__txt="no rows")
    api = folder.read(put(tmp_path, payer__json='[{"id": 3}]', readme__txt=CANARY))
    assert [(t.practice, t.column("id")) for t in api.by_name["patient"].tables] == [
        ("practice 1", (2,)),
        ("practice 2", (1,)),
    ]
    assert [(t.practice, t.column("id")) for t in api.by_name["payer"].tables] == [("", (3,))]


def test_hidden_files_are_none(tmp_path: Path) -> None:
    (tmp_path / ".patient.json").write_text("{", encoding="utf-8")
    (tmp_path / "folder.json").mkdir()
    assert folder.read(put(tmp_path, a__json="[{}]")).partial == ()


def test_two_files_of_one_resource_are_one_too_many(tmp_path: Path) -> None:
    api = folder.read(put(tmp_path, patient__csv="id,n\n1,x", patient__json='[{"id": 7}]'))
    assert api.partial == ("patient.json was left out: patient is there already",)
    assert Input.all_rows not in api.inputs and api.by_name["patient"].tables[0].column("id") == ("1",)


def test_one_bad_file_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "SBOX02").mkdir()
    put(tmp_path / "SBOX02", a__json=f'[{{"{CANARY}": ', b__json='[{"id": 1}]', c__ndjson='{"id": 1}\n{"id"')
    api = folder.read(tmp_path)
    assert api.partial == (
        "a.json of practice 1 is not JSON",
        "c.ndjson of practice 1 is not JSON in line 2; only rows before it were read",
    )
    assert [(r.name, r.empty, r.complete) for r in api.resources] == [
        ("a", True, False), ("b", False, True), ("c", False, False),
    ]  # fmt: skip
    assert api.inputs == ALL | TYPED
    assert api.by_name["c"].by_name["id"].nullable is None


def test_empty_files_are_empty_resources(tmp_path: Path) -> None:
    api = folder.read(put(tmp_path, a__json="[]", b__ndjson="", c__csv="", d__json=""))
    assert [(r.name, r.empty, r.complete) for r in api.resources] == [(name, True, True) for name in "abcd"]
    assert (api.inputs, api.partial) == (frozenset(), ())


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({}, "holds no rows; valid: <resource>.json"),
        ({"a__txt": CANARY}, "holds no rows; valid: "),
        ({"a__json": CANARY}, "holds no rows that can be read: a.json is not JSON; valid: "),
        ({"a__json": CANARY, "b__csv": f"1,{CANARY}\n2,3"}, "holds no rows that can be read: a.json is not JSON"),
    ],
)
def test_where_nothing_can_be_read_one_sentence_says_so(tmp_path: Path, texts: dict[str, str], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        folder.read(put(tmp_path, **texts))
    assert sentence in str(refused.value) and CANARY not in str(refused.value)
    assert refused.value.__cause__ is None and refused.value.__context__ is None


def test_a_path_that_is_no_folder_is_one_sentence(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path / "none", "does not exist"),
        (put(tmp_path, a__json="[]") / "a.json", "is not a folder"),
    ):
        with pytest.raises(InputError, match=sentence):
            folder.read(path)


@pytest.mark.parametrize("key", [f"1 {CANARY}", f"{CANARY}@mail.example", f"é{CANARY}"])
def test_keys_and_values_stay_out_of_what_is_said(tmp_path: Path, key: str) -> None:
    rows = json.dumps([{key: CANARY, "id": CANARY}, {"id": CANARY}, CANARY])
    api = folder.read(
        put(tmp_path, a__json=rows, b__ndjson=f'{{"id": "{CANARY}"}}\n{CANARY}', c__csv=f"{CANARY},2\n3,4")
    )
    assert CANARY not in shown(api)
    assert [f.name for f in api.by_name["a"].fields] == ["column 1", "id"]
    assert len(api.partial) == 3


def test_names_of_files_that_are_no_names_are_numbered(tmp_path: Path) -> None:
    api = folder.read(put(tmp_path, **{"2020-01-02__json": "[{}]", "ünlike__json": "[{}]", "a__json": "[{}]"}))
    assert [r.name for r in api.resources] == ["resource 1", "a", "resource 2"]


def test_long_files_are_read_without_holding_their_text(tmp_path: Path) -> None:
    row = {"id": 1, "name": "x" * 200, "day": "20230315", "note": "y" * 100}
    with (tmp_path / "visit.ndjson").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({**row, "id": i}) + "\n" for i in range(30_000))
    size = (tmp_path / "visit.ndjson").stat().st_size
    tracemalloc.start()
    try:
        assert folder.read(tmp_path).resources[0].tables[0].size == 30_000
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def test_texts_that_differ_are_held_once(tmp_path: Path) -> None:
    with (tmp_path / "visit.ndjson").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"note": f"{i:01000}"}) + "\n" for i in range(10_000))
    size = (tmp_path / "visit.ndjson").stat().st_size
    tracemalloc.start()
    try:
        folder.read(tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 1.6 * size
    finally:
        tracemalloc.stop()


def test_reading_twice_says_the_same(tmp_path: Path) -> None:
    put(tmp_path, a__json='[{"id": 1}]', b__csv="id,n\n1,x", c__json="{")
    assert shown(folder.read(tmp_path)) == shown(folder.read(tmp_path))


@pytest.fixture(scope="module")
def world() -> Api:
    return folder.read(WORLD)


def test_a_readable_world_is_what_its_mock_serves(sandbox: Server, world: Api) -> None:
    live = server.read(sandbox.url, environ={})
    assert [r.name for r in world.resources] == [r.name for r in live.resources if r.name != "client_ids"]
    for resource in world.resources:
        mine, theirs = resource.tables[0], live.by_name[resource.name].tables[0]
        assert (mine.practice, mine.size, mine.complete) == (theirs.practice, theirs.size, theirs.complete)
        served = [json.dumps(theirs.row(i)) for i in range(theirs.size)]
        assert sorted(json.dumps(mine.row(i)) for i in range(mine.size)) == sorted(served)


def test_a_readable_world_has_the_fields_of_the_contract(world: Api) -> None:
    described = contract.read()
    assert world.inputs == ALL | TYPED | {Input.all_rows} and world.partial == ()
    for resource in (r for r in world.resources if not r.empty):
        declared = described.by_name[resource.name]
        assert [f.name for f in resource.fields] == [f.name for f in declared.fields]
        assert all(f.types <= declared.by_name[f.name].types for f in resource.fields)


def copied(place: Path, **changes: Any) -> Path:
    """The manifest of the sandbox with other values, and one of its files."""
    manifest = json.loads((WORLD / "world.json").read_text(encoding="utf-8")) | changes
    (place / "SBOX02").mkdir()
    rows = (WORLD / "SBOX02" / "provider.json").read_text(encoding="utf-8")
    put(place / "SBOX02", provider__json=rows, truth__ndjson=f'{{"{CANARY}": 1}}\n')
    return put(place, world__json=json.dumps(manifest))


def test_half_a_world_says_what_is_missing(tmp_path: Path) -> None:
    api = folder.read(copied(tmp_path))
    assert len(api.partial) == 18 and Input.all_rows not in api.inputs
    assert api.partial[0] == "SBOX02/allergy.json cannot be read (No such file or directory)"
    assert api.by_name["provider"].complete and not api.by_name["allergy"].complete


def test_a_file_of_a_world_without_versions_is_said(tmp_path: Path) -> None:
    put(copied(tmp_path) / "SBOX02", vitals__json=f'[{{"{CANARY}": 1}}]')
    assert "SBOX02/vitals.json does not hold versions of rows" in folder.read(tmp_path).partial


def test_only_versions_of_the_worlds_now_are_read(tmp_path: Path) -> None:
    before, after = "2022-08-01 11:59:59.9999", "2022-08-01 12:00:00.000001"
    versions = [
        (before, None),
        (before, after),
        (before, before),
        (after, None),
        ("2022-08-01 12:00:00", after),
        (1, None),
    ]
    rows = [{"from": start, "to": end, "row": {"n": n}} for n, (start, end) in enumerate(versions)]
    put(copied(tmp_path) / "SBOX02", vitals__json=json.dumps(rows))
    assert folder.read(tmp_path).by_name["vitals"].tables[0].column("n") == (0, 1, 4)


def test_a_world_under_other_quirks_has_their_names(tmp_path: Path) -> None:
    api = folder.read(copied(tmp_path, quirks=[]))
    assert {"patient", "payer", "location"} <= set(api.by_name)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": 1}, "is a world to be served, not files of rows: build it with --readable"),
        ({"quirks": [CANARY]}, "quirks holds one that is not known"),
        ({"quirks": [1]}, "quirks holds one that is not known"),
        ({"now": CANARY}, "now is missing or not int"),
        ({"practices": {f"../{CANARY}": {}}}, "practices holds what is no code of a practice"),
        ({"practices": []}, "practices is missing or not dict"),
    ],
)
def test_a_broken_manifest_is_one_sentence(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        folder.read(copied(tmp_path, **changes))
    assert sentence in str(refused.value) and CANARY not in str(refused.value)


@pytest.mark.parametrize("text", [CANARY, "[]", "{}", f'{{"{CANARY}": 1}}'])
def test_a_manifest_that_is_none_is_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"world.json: is no manifest of a world") as refused:
        folder.read(put(copied(tmp_path), world__json=text))
    assert CANARY not in str(refused.value)

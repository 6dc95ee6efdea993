"""One file of rows: what is read, and what is said of the rest without a word of its content."""

from __future__ import annotations

import csv
import io
import json
import logging
import traceback
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import files
from evaluation.findings.adapters.fields import Gatherer

CANARY = "canary-Zq81"
HEADERLESS = "has no header: its first line does not look like names of columns"
ROWS = [{"id": 1, "name": "a"}, {"id": 2, "name": None}]
TEXT = json.dumps(ROWS)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8)


def fill(folder: Path, name: str, content: str | bytes) -> tuple[Gatherer, str]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    gathered = Gatherer("")
    return gathered, files.fill(path, gathered)


def rows(folder: Path, name: str, content: str | bytes) -> list[dict[str, Any]]:
    gathered, problem = fill(folder, name, content)
    assert problem == ""
    table = gathered.table()
    return [table.row(i) for i in range(table.size)]


@pytest.mark.parametrize(
    "text", [TEXT, f'{{"data": {TEXT}}}', f'{{"data": {TEXT}, "total": 2}}', f"\ufeff{TEXT}", f"\n{TEXT} "]
)
def test_json_is_an_array_or_an_object_with_data(tmp_path: Path, text: str) -> None:
    assert rows(tmp_path, "x.json", text) == ROWS


@pytest.mark.parametrize("name", ["x.ndjson", "x.jsonl", "x.NDJSON"])
@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\n \n"])
def test_ndjson_is_an_object_a_line(tmp_path: Path, name: str, between: str) -> None:
    assert rows(tmp_path, name, "\ufeff" + between.join(map(json.dumps, ROWS))) == ROWS


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_has_a_header_and_any_usual_sign_between(tmp_path: Path, sign: str) -> None:
    lines = ["\ufeffpatient_id;first_name;note", '1;Ann;"a; ""b"""', "", "2;;"]
    text = "\r\n".join(line.replace(";", sign) for line in lines)
    assert rows(tmp_path, "x.csv", text) == [
        {"patient_id": "1", "first_name": "Ann", "note": f'a{sign} "b"'},
        {"patient_id": "2", "first_name": "", "note": ""},
    ]


@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x.csv"])
def test_an_empty_file_holds_no_rows(tmp_path: Path, name: str) -> None:
    assert rows(tmp_path, name, "") == []


def test_a_header_alone_holds_no_rows_and_no_names(tmp_path: Path) -> None:
    gathered, problem = fill(tmp_path, "x.csv", "Ann,Smith\n")
    assert (gathered.columns, gathered.size, problem) == ({}, 0, "")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("x.json", f'[{{"a": "{CANARY}"', "is not JSON"),
        ("x.json", CANARY, "is not JSON"),
        ("x.json", "[" * 200_000, "is not JSON"),
        ("x.json", f'"{CANARY}"', "holds neither an array of rows nor an object with data"),
        ("x.json", f'{{"{CANARY}": 1}}', "holds neither an array of rows nor an object with data"),
        ("x.json", '{"data": [{"a": 1}], "total": 7}', "holds 1 rows of more"),
        ("x.json", f'[{{"a": 1}}, "{CANARY}", 2]', "holds 2 entries that are no rows; they were left out"),
        ("x.ndjson", f'{{"a": 1}}\n{{"{CANARY}', "is not JSON in line 2; only rows before it were read"),
        ("x.ndjson", f'\n{{"a": 1}}\n"{CANARY}"', "holds 1 entries that are no rows; they were left out"),
        ("x.csv", f'a_b,c_d\n1,2\n3,"{CANARY}', "is not CSV in line 3; only rows before it were read"),
        ("x.csv", f"a_b,c_d\n1,2\n{CANARY}\n1,2,3", "holds 2 entries that are no rows; they were left out"),
        ("x.csv", b"a_b,c_d\n1,2\n3,\xff\n", "is not UTF-8"),
        ("x.json", b"\xff\xfe[\x00", "is not JSON"),
        ("x.csv", f"{CANARY},1980-01-02\nAnn,1990-02-03", HEADERLESS),
    ],
)  # fmt: skip
def test_trouble_is_said_without_a_word_of_the_file(tmp_path: Path, name: str, text: Any, problem: str) -> None:
    said = fill(tmp_path, name, text)[1]
    assert said == problem
    assert CANARY not in said


def test_rows_before_the_trouble_are_kept(tmp_path: Path) -> None:
    lines = [json.dumps({"a": i}) for i in range(2500)]
    assert fill(tmp_path, "x.ndjson", "\n".join([*lines, "{"]))[0].size == 2500
    table = ["a_b,c_d", *(f"{i},x" for i in range(1500)), '"']
    assert fill(tmp_path, "x.csv", "\n".join(table))[0].size == 1500


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert files.fill(tmp_path / "x.json", Gatherer("")) == "cannot be read (No such file or directory)"


@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x.csv"])
def test_no_error_keeps_the_text(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the error nor what it was raised in the wake of, nor a log with a traceback."""
    path = tmp_path / name
    path.write_text(f'{CANARY},1,""\n"{CANARY}', encoding="utf-8")
    with pytest.raises(files.Unreadable) as raised:
        list(files.FORMATS[path.suffix].rows(path))
    try:
        raise raised.value
    except files.Unreadable:
        logging.getLogger("test").exception("failed")
    error: BaseException | None = raised.value
    assert error is not None and error.__cause__ is None and error.__context__ is None
    assert CANARY not in "".join(traceback.format_exception(raised.value)) + caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "patient_id,first_name\n1,Ann",
        "Patient ID,First Name\n1,Ann",
        "PATIENT_ID,NAME\n1,Ann",
        "patientId,firstName\nx1,Ann",
        "name,city\nAnn Smith,Boston",
        "id,Größe (cm)\n1,170",
        "# id,name\n1,Ann",
        "name\nAnn\nBob",
    ],
)
def test_headers(tmp_path: Path, text: str) -> None:
    assert fill(tmp_path, "x.csv", text)[1] == ""


@pytest.mark.parametrize(
    "text",
    [
        "1,Ann\n2,Bob",
        "Ann,Smith\nBob,Jones",
        "Ann,Smith,Ann\nBob,Jones,Cy",
        "ann,2020-01-02,-7\nbob,2020-01-03,8",
        "Ann,\nBob,x",
        "a name,yes\nb,no\nc,yes",
        "ann@canary.example,(555) 1234\nb,c",
        "Ann\nBob\nAnn",
    ],
)
def test_first_lines_that_could_be_values_are_refused(tmp_path: Path, text: str) -> None:
    gathered, problem = fill(tmp_path, "x.csv", text)
    assert problem.startswith("has no header") and gathered.size == 0 and not gathered.columns


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_what_the_standard_library_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, cells: Any) -> None:
    cells = [row for row in cells if row not in (("", ""), ("the_id", "the_name"))]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("the_id", "the_name"), *cells])
    gathered, problem = fill(tmp_path_factory.mktemp("csv"), "x.csv", text.getvalue())
    if not problem:
        assert list(zip(*gathered.columns.values(), strict=True)) == cells
    else:
        assert problem.startswith("has no header")


@given(st.text(max_size=40))
def test_any_text_is_rows_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("x.json", "x.ndjson", "x.csv"):
        gathered, problem = fill(folder, name, text.encode("utf-8", "surrogatepass"))
        assert gathered.size >= 0 and "\n" not in problem and len(problem) < 100

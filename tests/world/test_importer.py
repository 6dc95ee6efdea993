"""Rows of one's own: what is taken, what is made up, and what is said about the rest."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver import contract
from mockserver.contract import Contract, check, wire
from mockserver.errors import InputError
from mockserver.world import profiles, sandbox
from mockserver.world.importer import PRACTICE, ImportedRow, RowsRefused, read

NONE = contract.load(frozenset())
VENDOR = contract.load()
PROVIDER = {"provider_id": "1234500017", "first_name": "Dana", "last_name": "Provider_7"}
PATIENT = {
    "patient_id": "48213",
    "first_name": "Patient_A",
    "last_name": "Sample",
    "dob": "19720418",
    "gender": "female",
}


def rows_of_the_sandbox(told: Contract) -> dict[str, list[dict[str, wire.JSON]]]:
    """Served rows of a world without quirks, by element."""
    rows: dict[str, list[dict[str, wire.JSON]]] = {}
    for history in sandbox.histories(profiles.load("sandbox")):
        version = history.versions[-1]
        writer = wire.RowWriter(told.elements[history.element], "SBOX02")
        row = json.loads(writer.row(version.values, history.surrogate, history.created, version.at))
        rows.setdefault(history.element, []).append(row)
    return rows


def as_csv(rows: list[dict[str, wire.JSON]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_ndjson(rows: list[dict[str, wire.JSON]]) -> str:
    return "\n".join(map(json.dumps, rows)) + "\n"


def put(directory: Path, name: str, content: object) -> Path:
    path = directory / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return directory


def refused(directory: Path, told: Contract = NONE) -> tuple[str, ...]:
    with pytest.raises(RowsRefused) as caught:
        read(directory, told)
    return caught.value.problems


@pytest.mark.parametrize(
    ("suffix", "written"), [("csv", as_csv), ("json", json.dumps), ("ndjson", as_ndjson)], ids=["csv", "json", "ndjson"]
)
def test_a_world_comes_back_as_it_was_served(tmp_path: Path, suffix: str, written: object) -> None:
    served = rows_of_the_sandbox(NONE)
    for element, rows in served.items():
        put(tmp_path, f"{element}.{suffix}", written(rows))  # type: ignore[operator]
    back: dict[str, list[dict[str, wire.JSON]]] = {}
    for imported in read(tmp_path, NONE):
        back.setdefault(imported.element, []).append(imported.row)
        assert imported.practice == "SBOX02"
    assert back == served


def test_instants_and_ids_are_those_of_the_row(tmp_path: Path) -> None:
    stamps = {"hj_create_timestamp": "2022-01-02 03:04:05.500000", "hj_modify_timestamp": "2022-01-03 00:00:00.000001"}
    put(tmp_path, "provider.json", [{**PROVIDER, "hj_provider_id": "123456789", **stamps}])
    (row,) = read(tmp_path, NONE)
    assert row.surrogate == 123456789
    assert row.created_us == wire.parse_timestamp("2022-01-02 03:04:05.5")
    assert row.modified_us == wire.parse_timestamp("2022-01-03 00:00:00.000001")


def test_a_saved_answer_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "provider.json", {"current_page": 1, "data": [PROVIDER], "total": 1})
    (row,) = read(tmp_path, NONE)
    assert row.row["last_name"] == "Provider_7"


def test_what_is_left_out_is_made_and_satisfies_the_contract(tmp_path: Path) -> None:
    put(tmp_path, "patient.json", [PATIENT, {**PATIENT, "patient_id": "48214"}])
    put(tmp_path, "allergy.csv", "patient_id,encounter_id,type,description\n48213,7,Drug,Penicillin\n")
    rows = read(tmp_path, NONE)
    assert [r.element for r in rows] == ["allergy", "demographic", "demographic"]
    for row in rows:
        assert check.problems(NONE.elements[row.element], row.row) == []
        assert row.practice == row.row["practice_id"] == PRACTICE
        assert row.created_us == row.modified_us < profiles.load("sandbox").now
    assert len({(r.element, r.surrogate) for r in rows}) == len({r.created_us for r in rows[1:]}) + 1 == 3
    assert rows[0].row["allergy_id"]


def test_made_values_are_the_same_every_time_and_differ_by_practice(tmp_path: Path) -> None:
    put(tmp_path, "provider.json", [PROVIDER])
    assert read(tmp_path, NONE) == read(tmp_path, NONE)
    assert read(tmp_path, NONE)[0].surrogate != read(tmp_path, NONE, practice="MINE02")[0].surrogate


def test_a_made_id_avoids_those_given(tmp_path: Path) -> None:
    put(tmp_path, "provider.json", [PROVIDER])
    taken = read(tmp_path, NONE)[0].surrogate
    put(tmp_path, "provider.json", [PROVIDER, {**PROVIDER, "hj_provider_id": str(taken)}])
    one, two = read(tmp_path, NONE)
    assert two.surrogate == taken != one.surrogate


def test_the_vendor_contract_wants_numbers_where_it_says_so(tmp_path: Path) -> None:
    put(tmp_path, "payer_dim.csv", "payerid,payer_id,payer_name\n123456789,1,SAMPLE\n")
    (row,) = read(tmp_path, VENDOR)
    assert row.row["payerid"] == 123456789 == row.surrogate
    assert row.row["client_id"] == PRACTICE


def test_empty_cells_are_null_where_null_may_be_and_empty_text_elsewhere(tmp_path: Path) -> None:
    values = dict.fromkeys((p.wire for p in VENDOR.elements["appointment"].properties), "")
    values |= {"patient_id": "48213", "date": "20230315", "begin_time": "0930", "end_time": "0945", "duration": "15"}
    values |= {"type": "FU", "delete_ind": "N"}
    put(tmp_path, "appointment.csv", as_csv([dict(values)]))
    (row,) = read(tmp_path, VENDOR)
    assert row.row["provider_clinician_name"] is None
    assert row.row["provider_id"] == row.row["detail"] == ""
    assert str(row.row["client_appt_id"]).isdigit()


def test_directories_name_practices(tmp_path: Path) -> None:
    put(tmp_path, "ABCD01/provider.json", [PROVIDER])
    put(tmp_path, "ABCD02/provider.json", [PROVIDER])
    assert [r.row["practice_id"] for r in read(tmp_path, NONE)] == ["ABCD01", "ABCD02"]


def test_rows_name_practices(tmp_path: Path) -> None:
    put(tmp_path, "provider.json", [{**PROVIDER, "practice_id": "ABCD01"}, PROVIDER])
    assert [r.practice for r in read(tmp_path, NONE)] == ["ABCD01", PRACTICE]


def test_the_list_of_practices_has_no_ids(tmp_path: Path) -> None:
    put(tmp_path, "client_ids.csv", "client_id,client\nABCD01,Sample Practice\n")
    (row,) = read(tmp_path, VENDOR)
    assert (row.practice, row.surrogate) == ("ABCD01", 0)
    assert row.row == {"client_id": "ABCD01", "client": "Sample Practice"}


def test_a_byte_order_mark_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    text = "\ufeffprovider_id,first_name,last_name\n\n1234500017,Dana,Provider_7\n\n"
    assert len(read(put(tmp_path, "provider.csv", text), NONE)) == 1


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "provider.json", [PROVIDER])
    put(tmp_path, "README.md", "words")
    put(tmp_path, ".hidden/x.csv", "words")
    assert len(read(tmp_path, NONE)) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("providr.csv", "a\n1\n", ["providr.csv: 'providr' is no element", "did you mean provider?"]),
        ("provider.txt", "x", ["provider.txt: is no kind of file", "valid: .csv, .json, .ndjson"]),
        ("mine01/provider.csv", "x", ["mine01/: the directory is named after no practice", "four capital letters"]),
        (
            "provider.json",
            [{**PROVIDER, "frist_name": "x"}],
            ["row 1", "no column 'frist_name'", "did you mean first_name?"],
        ),
        ("provider.json", "[{]", ["provider.json line 1: is not JSON"]),
        ("provider.json", {"rows": []}, ["provider.json: holds no rows", "valid: a list of rows"]),
        ("provider.json", [PROVIDER, 7], ["provider.json row 2: is not a JSON object"]),
        ("provider.ndjson", "\n{\n", ["provider.ndjson line 2: is not JSON"]),
        ("provider.csv", "", ["provider.csv line 1: names no columns", "valid: "]),
        ("provider.csv", "first_name,first_name\n", ["line 1: column 'first_name' stands twice"]),
        ("provider.csv", "first_name,last_name\nDana\n", ["provider.csv line 2: 1 cells under 2 columns"]),
        ("provider.csv", "first_name,last_name\nDana,X\n", ["provider.csv line 1: column provider_id is missing"]),
        ("provider.csv", 'first_name\n"Da"na\n', ["provider.csv line 2: is not CSV"]),
        (
            "provider.json",
            [{**PROVIDER, "provider_id": "12"}],
            ["row 1: column provider_id is not provider", "for example"],
        ),
        ("provider.json", [{**PROVIDER, "active": True}], ["row 1: column active must be string or null"]),
        ("provider.json", [{**PROVIDER, "first_name": None}], ["row 1: column first_name must be string"]),
        ("provider.json", [{**PROVIDER, "first_name": ["a"]}], ["row 1: column first_name must be string"]),
        ("provider.json", [{**PROVIDER, "hj_provider_id": 5}], ["column hj_provider_id must be string"]),
        ("provider.json", [{**PROVIDER, "practice_id": "sbox"}], ["column practice_id is not practice-code"]),
        ("ABCD01/provider.json", [{**PROVIDER, "practice_id": "ABCD02"}], ["names another practice", "valid: ABCD01"]),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path, name: str, content: object, says: list[str]) -> None:
    (problem,) = refused(put(tmp_path, name, content))
    for words in says:
        assert words in problem


def test_broken_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "provider.csv").write_bytes(b"first_name\n\xff\n")
    assert refused(tmp_path) == ("provider.csv: cannot be read as UTF-8 text (UnicodeDecodeError)",)


def test_instants_that_do_not_exist_or_contradict_are_named(tmp_path: Path) -> None:
    day = {"hj_create_timestamp": "2022-02-30 00:00:00.000001", "hj_modify_timestamp": "2022-03-01 00:00:00.000001"}
    late = {**day, "hj_create_timestamp": "2022-03-30 00:00:00.000001"}
    missing, after = refused(put(tmp_path, "provider.json", [{**PROVIDER, **day}, {**PROVIDER, **late}]))
    assert missing.startswith("provider.json row 1: columns hj_create_timestamp and hj_modify_timestamp must")
    assert after == "provider.json row 2: column hj_create_timestamp lies after hj_modify_timestamp"


def test_a_healthjump_id_given_twice_is_named_with_both_places(tmp_path: Path) -> None:
    twice = [{**PROVIDER, "hj_provider_id": "123456789"}] * 2
    assert refused(put(tmp_path, "provider.json", twice)) == (
        "provider.json row 2: column hj_provider_id repeats that of provider.json row 1",
    )


def test_problems_of_all_files_are_collected_20_shown_and_the_rest_counted(tmp_path: Path) -> None:
    put(tmp_path, "provider.json", [{**PROVIDER, "provider_id": "x"}] * 30)
    put(tmp_path, "demographics.csv", "a\n")
    with pytest.raises(InputError) as caught:
        read(tmp_path, NONE)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"{tmp_path.name}: 31 problems, nothing was taken"
    assert len(lines) == 22 and lines[-1].strip() == "and 11 more"


def test_a_missing_column_is_said_once_for_a_file(tmp_path: Path) -> None:
    text = "first_name,last_name\n" + "Dana,Provider_7\n" * 5
    assert refused(put(tmp_path, "provider.csv", text)) == ("provider.csv line 1: column provider_id is missing",)


def test_values_are_never_repeated(tmp_path: Path) -> None:
    put(tmp_path, "patient.json", [{**PATIENT, "dob": "SECRET", "ssn": "SECRET", "gender": "SECRET"}])
    assert len(refused(tmp_path)) == 3
    assert not any("SECRET" in problem for problem in refused(tmp_path))


def test_no_directory_and_no_rows(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: no such directory"):
        read(tmp_path / "nowhere", NONE)
    with pytest.raises(InputError, match=r"there are no rows; valid: allergy[.]csv"):
        read(tmp_path, NONE)
    with pytest.raises(InputError, match="there are no rows"):
        read(put(tmp_path, "provider.json", []), NONE)


@given(st.text(max_size=200), st.sampled_from(["provider.csv", "demographic.json", "charge.ndjson"]))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_rows_or_an_error_of_ours(text: str, name: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            rows: list[ImportedRow] = read(Path(folder), NONE)
        except InputError:
            return
    assert all(check.problems(NONE.elements[r.element], r.row) == [] for r in rows)

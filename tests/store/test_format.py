"""The files of a table: what is in them, that they repeat, and what happens to broken ones."""

from __future__ import annotations

import json
import random
import struct
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.errors import InputError
from mockserver.store import Entry, Table, write
from mockserver.store.entries import in_order
from mockserver.store.format import HEADER, Index, chunks, pack

FOREVER = 2**63 - 1
ENTRIES = [
    Entry(0, 50, 10, 10, 1, b'{"id":1,"v":"a"}'),
    Entry(50, FOREVER, 50, 10, 1, b'{"id":1,"v":"b"}'),
    Entry(20, FOREVER, 20, 20, 2, '{"id":2,"v":"é,]"}'.encode()),
]
FIELDS = {"magic": 0, "mark": 1, "version": 2, "order": 3, "count": 4, "moments": 5, "size": 6}

instants = st.integers(-(2**62), 2**62)
entries = st.lists(
    st.builds(
        Entry, instants, instants, instants, instants, st.integers(0, 9), st.sampled_from([b"{}", b'{"a":1}'])
    ),
    max_size=8,
)


def patched(path: Path, field: str, value: int) -> None:
    data = path.read_bytes()
    fields = list(HEADER.unpack_from(data))
    fields[FIELDS[field]] = value
    path.write_bytes(HEADER.pack(*fields) + data[HEADER.size :])


def test_the_rows_file_is_the_inside_of_a_json_array(tmp_path: Path) -> None:
    write(tmp_path, "vitals", ENTRIES)
    rows = json.loads(b"[" + (tmp_path / "vitals.rows").read_bytes() + b"]")
    assert [row["v"] for row in rows] == ["b", "é,]", "a"]


def test_info_counts_versions_and_rows_and_hashes_both_files(tmp_path: Path) -> None:
    info = write(tmp_path, "vitals", ENTRIES)
    index, rows = (tmp_path / "vitals.idx").read_bytes(), (tmp_path / "vitals.rows").read_bytes()
    assert (info.element, info.versions, info.rows) == ("vitals", 3, 2)
    assert info.size == len(index) + len(rows)
    assert info.sha256 == sha256(index + rows).hexdigest()


def test_nothing_but_the_two_files_is_left(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "down", "vitals", ENTRIES)
    assert sorted(path.name for path in (tmp_path / "deep" / "down").iterdir()) == [
        "vitals.idx",
        "vitals.rows",
    ]


def test_the_same_entries_in_any_order_are_the_same_bytes(tmp_path: Path) -> None:
    many = [Entry(i % 3, FOREVER, i % 5, i % 2, i, b'{"i":%d}' % i) for i in range(2500)]
    first = write(tmp_path / "a", "vitals", many)
    random.Random(4).shuffle(many)
    assert write(tmp_path / "b", "vitals", many) == first
    for name in ("vitals.rows", "vitals.idx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_any_change_of_an_entry_changes_the_hash(tmp_path: Path) -> None:
    base = write(tmp_path, "vitals", ENTRIES).sha256
    moved = [*ENTRIES[:2], Entry(21, FOREVER, 20, 20, 2, ENTRIES[2].row)]
    assert write(tmp_path, "vitals", moved).sha256 != base


def test_a_write_that_fails_leaves_the_old_table(tmp_path: Path) -> None:
    write(tmp_path, "vitals", ENTRIES)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(TypeError):
        write(tmp_path, "vitals", [Entry(0, 1, 0, 0, 1, "text")])  # type: ignore[arg-type]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_open_table_keeps_its_rows_when_the_files_are_replaced(tmp_path: Path) -> None:
    write(tmp_path, "vitals", ENTRIES)
    table = Table.open(tmp_path, "vitals")
    write(tmp_path, "vitals", [])
    assert table.at(60).page(0, 9) == b'{"id":1,"v":"b"},' + ENTRIES[2].row
    assert len(Table.open(tmp_path, "vitals")) == 0


@given(entries=entries)
def test_an_index_gives_back_what_was_packed(entries: list[Entry]) -> None:
    data, ordered = pack(entries, "newest")
    index = Index(memoryview(data), "memory")
    rows = b"".join(chunks(ordered, 3))
    assert ordered == in_order(entries, "newest")
    assert len(rows) == index.size
    assert [
        Entry(
            *(index.start[i], index.end[i], index.modified[i], index.created[i], index.surrogate[i]),
            rows[index.offsets[i] : index.offsets[i + 1] - 1],
        )
        for i in range(index.count)
    ] == ordered
    assert list(index.instants) == sorted({e.start for e in entries} | {e.end for e in entries})


@given(data=st.binary(max_size=200))
def test_any_bytes_are_an_index_or_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError):
        Index(memoryview(data), "memory")


@given(cut=st.integers(0, 10_000))
def test_a_cut_index_is_refused(cut: int) -> None:
    data, _ = pack(ENTRIES, "newest")
    with pytest.raises(InputError):
        Index(memoryview(data)[: cut % len(data)], "memory")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("mark", struct.unpack(">q", struct.pack("<q", 0x0102030405060708))[0], "another byte order"),
        ("version", 2, "has format 2, build the world again; valid: 1"),
        ("order", 9, "unknown order"),
        ("count", 4, "cut short or has been changed"),
        ("count", -1, "cut short or has been changed"),
        ("moments", 2**40, "cut short or has been changed"),
        ("size", 3, "bytes where its index says 3"),
    ],
)
def test_a_changed_header_is_named(tmp_path: Path, field: str, value: int, words: str) -> None:
    write(tmp_path, "vitals", ENTRIES)
    patched(tmp_path / "vitals.idx", field, value)
    with pytest.raises(InputError, match=words) as caught:
        Table.open(tmp_path, "vitals")
    assert "vitals." in caught.value.where


@pytest.mark.parametrize("name", ["vitals.rows", "vitals.idx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, "vitals", ENTRIES)
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match="cannot be read") as caught:
        Table.open(tmp_path, "vitals")
    assert caught.value.where == str(tmp_path / name)


@pytest.mark.parametrize("content", [b"", b"not a table", b"hjtable\n"])
def test_another_file_is_not_taken_for_an_index(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "vitals", ENTRIES)
    (tmp_path / "vitals.idx").write_bytes(content)
    with pytest.raises(InputError, match="is not an index of rows"):
        Table.open(tmp_path, "vitals")


@pytest.mark.parametrize("content", [b"", b'{"id":1,"v":'])
def test_cut_rows_are_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "vitals", ENTRIES)
    (tmp_path / "vitals.rows").write_bytes(content)
    with pytest.raises(InputError, match=f"has {len(content)} bytes where its index says"):
        Table.open(tmp_path, "vitals")

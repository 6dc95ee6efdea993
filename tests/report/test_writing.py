"""A folder has a whole report or the one before it; nobody else's file is replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.report import writing
from evaluation.report.writing import HTML, JSON, MARKS, NAMES, PDF, check, write
from mockserver.errors import InputError

FILES = {
    HTML: b"<head>" + MARKS[HTML] + b"</head>",
    JSON: b'{"made_by": "hjkit report"}',
    PDF: b"%PDF-1.4\n" + MARKS[PDF] + b")",
}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_is_written_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for number in range(2):
        write(folder, {**FILES, PDF: FILES[PDF] + b" %d" % number})
        assert names(folder) == sorted(NAMES) and (folder / PDF).read_bytes() == FILES[PDF] + b" %d" % number
    assert all((folder / name).stat().st_mode & 0o777 == 0o644 for name in NAMES)


def test_a_report_without_pdf_takes_the_old_one_away(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    write(tmp_path, {HTML: FILES[HTML], JSON: FILES[JSON]})
    assert names(tmp_path) == [HTML, JSON]


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write(tmp_path, FILES)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", "{}", "mine", '{"made_by": "me"}', "[" * 50_000, "[]", "\0"])
def test_a_file_of_somebody_else_is_never_replaced(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=f"holds a {name} that hjkit report did not write"):
        write(tmp_path, FILES)
    assert names(tmp_path) == [name] and (tmp_path / name).read_text() == text


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_somebody_else_beside_files_of_ours_stays_too(name: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match=f"holds a {name}"):
        write(tmp_path, FILES)
    assert (tmp_path / name).read_text() == "mine"


@pytest.mark.parametrize("name", NAMES)
def test_links_and_folders_in_the_way_are_refused(name: str, tmp_path: Path) -> None:
    real, linked, folder = (tmp_path / part for part in ("real", "linked", "folder"))
    write(real, FILES)
    linked.mkdir()
    (linked / name).symlink_to(real / name)
    (folder / name).mkdir(parents=True)
    for place in (linked, folder):
        with pytest.raises(InputError, match=f"holds a {name}"):
            write(place, FILES)
    assert (real / name).read_bytes() == FILES[name]


def test_a_dangling_link_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / PDF).symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=f"holds a {PDF}"):
        check(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(InputError, match="is a file, not a folder"):
        write(tmp_path / "x", FILES)
    for wrong in (tmp_path / "x" / "y", Path("a\0b"), Path("x" * 5000)):
        with pytest.raises(InputError, match=r"^--out: cannot be "):
            write(wrong, FILES)


def test_a_write_that_fails_leaves_the_report_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FILES)
    whole = writing._part

    def full(folder: Path, name: str, data: bytes) -> Path:
        if name == PDF:
            raise OSError(28, "No space left on device")
        return whole(folder, name, data)

    monkeypatch.setattr(writing, "_part", full)
    with pytest.raises(InputError, match=r"cannot be written to \(No space left on device\)"):
        write(tmp_path, dict.fromkeys(FILES, b"new"))
    assert names(tmp_path) == sorted(NAMES) and (tmp_path / HTML).read_bytes() == FILES[HTML]


def test_a_part_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(writing.os, "fsync", broken)
    with pytest.raises(InputError, match="Input/output error"):
        write(tmp_path, FILES)
    assert names(tmp_path) == []


def test_data_of_another_program_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / JSON).write_text(json.dumps({"made_by": "hjkit report", "customer": "x"}))
    check(tmp_path)

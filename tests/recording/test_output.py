"""The folder of a capture: whole or absent, never over somebody's files, never in a repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from evaluation.recording import cassette, output
from evaluation.recording.cassette import Cassette
from mockserver.errors import InputError

TEXTS = {"a.yaml": cassette.dumps(Cassette({"origin": "mock 0.1.0"}, ())), output.PENDING: "# none\n"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "an older capture"])
def test_a_capture_takes_its_place(tmp_path: Path, there: str) -> None:
    out = tmp_path / "deep" / "out"
    if there != "nothing":
        out.mkdir(parents=True)
    if there == "an older capture":
        output.save(out, {"old.yaml": TEXTS["a.yaml"]})
    output.check(out, overwrite=True, private=False)
    output.save(out, TEXTS)
    assert names(out) == sorted(TEXTS) and names(out.parent) == ["out"]


def test_what_an_ended_process_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".out.part-x1"
    left.mkdir()
    (left / "a.yaml").write_text("half")
    output.save(tmp_path / "out", TEXTS)
    assert names(tmp_path) == ["out"]


def test_a_failure_leaves_the_old_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output.save(tmp_path / "out", {"old.yaml": TEXTS["a.yaml"]})

    def full(path: Path, text: str) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(cassette, "write_text", full)
    with pytest.raises(OSError, match="no space"):
        output.save(tmp_path / "out", TEXTS)
    assert names(tmp_path) == ["out"] and names(tmp_path / "out") == ["old.yaml"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        output.check(tmp_path, overwrite=False, private=False)
    with pytest.raises(InputError, match="holds mine"):
        output.check(tmp_path, overwrite=True, private=False)
    with pytest.raises(InputError, match="is a file"):
        output.check(tmp_path / "mine.txt", overwrite=True, private=False)


def repository(folder: Path, ignored: str = "") -> Path:
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    (folder / ".gitignore").write_text(ignored)
    return folder


def test_what_an_api_answered_stays_out_of_repositories(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", "private/\n")
    output.check(repo / "cassettes", overwrite=False, private=False)
    with pytest.raises(InputError, match="git work tree"):
        output.check(repo / "cassettes" / "live", overwrite=False, private=True)
    output.check(repo / "private" / "live", overwrite=False, private=True)
    output.check(tmp_path / "elsewhere", overwrite=False, private=True)


def test_a_link_into_a_repository_is_seen_through(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    (repo / "inside").mkdir()
    (tmp_path / "link").symlink_to(repo / "inside")
    with pytest.raises(InputError, match="git work tree"):
        output.check(tmp_path / "link" / "live", overwrite=False, private=True)


def test_without_git_to_ask_a_repository_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repository(tmp_path / "repo", "private/\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="git work tree"):
        output.check(repo / "private", overwrite=False, private=True)

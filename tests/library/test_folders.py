"""Folders that are made whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.store import folders
from mockserver.store.folders import SCRATCH, SETTLED, fresh_folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "world"
    with fresh_folder(target) as folder:
        (folder / "a").write_text("1", encoding="utf-8")
        assert not target.exists()
    assert names(target) == ["a"] and names(tmp_path / "deep") == ["world"]


def test_it_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with fresh_folder(tmp_path / "world"):
        pass
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "world")}
    assert len(modes) == 1


def test_it_takes_the_place_of_an_older_one_whole(tmp_path: Path) -> None:
    for name in "ab":
        with fresh_folder(tmp_path / "world") as folder:
            (folder / name).touch()
    assert names(tmp_path / "world") == ["b"] and names(tmp_path) == ["world"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_it_vanishes_when_the_block_fails_and_the_old_one_stays(
    tmp_path: Path, error: type[BaseException]
) -> None:
    with fresh_folder(tmp_path / "world") as folder:
        (folder / "old").touch()
    with pytest.raises(error), fresh_folder(tmp_path / "world") as folder:
        (folder / "new").touch()
        raise error
    assert names(tmp_path / "world") == ["old"] and names(tmp_path) == ["world"]


@given(st.sampled_from(["world", "a.b", "mit blank", "ö", "-x", ".hidden"]))
def test_any_name_will_do(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    parent = tmp_path_factory.mktemp("names")
    with fresh_folder(parent / name) as folder:
        (folder / "a").touch()
    assert names(parent) == [name]


def test_a_relative_place_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with fresh_folder(Path("world")):
        pass
    assert names(tmp_path) == ["world"]


def _left(parent: Path, age: float) -> Path:
    """What a maker leaves that was killed ``age`` seconds ago."""
    left = parent / f"{SCRATCH}world-x1"
    (left / "new").mkdir(parents=True)
    moment = left.stat().st_mtime - age
    os.utime(left, (moment, moment))
    return left


def test_what_a_killed_maker_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    _left(tmp_path, SETTLED + 5)
    with fresh_folder(tmp_path / "other"):
        pass
    assert names(tmp_path) == ["other"]


def test_what_is_just_being_made_stays(tmp_path: Path) -> None:
    left = _left(tmp_path, 1)
    with fresh_folder(tmp_path / "other"):
        pass
    assert left.is_dir()


def test_a_slow_maker_is_not_swept(tmp_path: Path) -> None:
    with fresh_folder(tmp_path / "slow") as slow:
        os.utime(slow.parent, (0, 0))
        with fresh_folder(tmp_path / "quick"):
            pass
        (slow / "a").touch()
    assert names(tmp_path) == ["quick", "slow"] and names(tmp_path / "slow") == ["a"]


def test_without_locks_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _left(tmp_path, SETTLED + 5)
    monkeypatch.setattr(folders, "_hold", lambda folder: None)
    with fresh_folder(tmp_path / "world"):
        pass
    assert left.is_dir() and (tmp_path / "world").is_dir()


def test_no_handle_is_left_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else 0
    for number in range(20):
        with fresh_folder(tmp_path / str(number)):
            pass
    after = len(list(Path("/proc/self/fd").iterdir())) if before else 0
    assert after <= before + 2


def test_many_makers_of_one_folder(tmp_path: Path) -> None:
    """Whoever ends last wins, and the folder is always one maker's alone."""

    def make(name: str) -> None:
        try:
            with fresh_folder(tmp_path / "world") as folder:
                for part in "abc":
                    (folder / f"{name}{part}").touch()
        except OSError:
            pass  # another took the place between the two renames

    makers = [threading.Thread(target=make, args=(str(n),)) for n in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert names(tmp_path) == ["world"]
    assert len({name[0] for name in names(tmp_path / "world")}) == 1 and len(names(tmp_path / "world")) == 3

"""``hjkit world``: the same bytes every time, nothing half made, nobody's folder replaced, the user's own rows."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mockserver import InputError, load_world
from mockserver.store.folders import SCRATCH

from .conftest import Hjkit
from .processes import HJKIT, environment, serving, start

SMALL = ("world", "build", "--profile", "clinic", "--patients", "12", "--seed", "5")


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("flags", [(), ("--readable",), ("--quirks", "none")])
def test_building_twice_gives_the_same_bytes(hjkit: Hjkit, tmp_path: Path, flags: Sequence[str]) -> None:
    first, second = tmp_path / "first", tmp_path / "deep" / "second"
    for out in (first, second):
        done = hjkit("world", "build", "--profile", "sandbox", "--out", str(out), *flags)
        assert done.code == 0
        assert done.out.startswith(f"{out}: world sandbox, seed 20211115, quirks ")
    assert contents(first) == contents(second)
    assert len(contents(first)) > 20
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_world_of_ones_own_size(hjkit: Hjkit, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    done = hjkit(*SMALL, "--out", str(out))
    assert "patient 0 of 12" in done.err and "seed 5" in done.out
    assert f"hjkit serve --world {out}" in done.out
    world = load_world(str(out))
    assert world.manifest["seed"] == 5
    (practice,) = world.practices.values()
    # A registration done twice makes a row more than there are patients.
    assert 12 <= len(practice.tables["demographic"].at(world.now)) <= 16
    again = hjkit(*SMALL, "--seed", "6", "--out", str(tmp_path / "other"))
    assert again.code == 0
    assert contents(out) != contents(tmp_path / "other")


def test_a_built_world_is_served(hjkit: Hjkit, tmp_path: Path, cache: Path) -> None:
    out = tmp_path / "a world"
    hjkit(*SMALL, "--quirks", "vendor,-Q14", "--out", str(out))
    with serving(tmp_path, cache, "--quirks", "vendor,-Q14", world=str(out)) as mock:
        (practice,) = mock.facts["practices"]
        page = mock.get(f"/hjdw/{practice}/demographic").json()
        assert 12 <= page["total"] <= 16


def test_a_world_of_other_quirks_is_refused(hjkit: Hjkit, tmp_path: Path) -> None:
    out = tmp_path / "clean"
    built = hjkit("world", "build", "--profile", "sandbox", "--quirks", "none", "--out", str(out))
    assert f"serve it with: hjkit serve --world {out} --quirks none" in built.out
    done = hjkit("serve", "--port", "0", "--world", str(out))
    assert (done.code, done.err) == (2, f"hjkit: {out}: built with quirks none, asked for vendor\n")


def test_a_readable_world_is_not_served(hjkit: Hjkit, tmp_path: Path) -> None:
    out = tmp_path / "readable"
    hjkit("world", "build", "--profile", "sandbox", "--readable", "--out", str(out))
    done = hjkit("serve", "--port", "0", "--world", str(out))
    said = f"hjkit: {out}: is written to be read, not served: build it without --readable\n"
    assert (done.code, done.err) == (2, said)


def test_a_readable_world_says_what_is_served_when(hjkit: Hjkit, tmp_path: Path) -> None:
    hjkit("world", "build", "--profile", "sandbox", "--readable", "--out", str(tmp_path / "readable"))
    lines = json.loads((tmp_path / "readable" / "SBOX02" / "appointment.json").read_text(encoding="utf-8"))
    now = "2022-08-01 12:00:00"
    visible = [each["row"] for each in lines if each["from"] <= now and (each["to"] is None or now < each["to"])]
    world = load_world("sandbox")
    assert visible == [json.loads(row) for row in world.practices["SBOX02"].tables["appointment"].at(world.now).rows()]
    assert len(lines) > len(visible)


def test_a_world_is_replaced_and_nothing_else_is(hjkit: Hjkit, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert hjkit("world", "build", "--profile", "sandbox", "--out", str(out)).code == 0
    foreign = tmp_path / "thesis"
    foreign.mkdir()
    assert hjkit(*SMALL, "--out", str(foreign)).code == 0  # an empty folder is nobody's
    (out / "world.json").unlink()
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for place in (out, file):
        before = contents(out)
        done = hjkit("world", "build", "--profile", "sandbox", "--out", str(place))
        said = f"hjkit: --out {place}: exists and is no world; give another folder\n"
        assert (done.code, done.err) == (2, said)
        assert contents(out) == before and file.read_text(encoding="utf-8") == "mine"


def _building(tmp_path: Path, cache: Path, number: int) -> None:
    """A build that is hit by a signal once it has written something."""
    command = [*HJKIT, "world", "build", "--profile", "clinic", "--patients", "3000", "--out", "world"]
    with start(tmp_path, command, environment(cache)) as mock:
        while not list(tmp_path.glob(f"{SCRATCH}*/new/*")):
            assert mock.process.poll() is None, mock.err
            time.sleep(0.01)
        _ended(mock.process, number)
        assert "Traceback" not in mock.err


def _ended(process: subprocess.Popen[bytes], number: int) -> None:
    """Python swallows an interrupt that arrives within a destructor, so it is sent again, as a person presses again."""
    for _ in range(2):
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            return
    process.send_signal(number)
    process.wait(timeout=30)


def test_an_interrupted_build_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    _building(tmp_path, cache, signal.SIGINT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["err", "out"]  # what the command printed


def test_a_killed_build_leaves_no_world_and_the_next_one_clears_up(
    hjkit: Hjkit, tmp_path: Path, cache: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    _building(place, cache, signal.SIGKILL)
    (left,) = place.glob(f"{SCRATCH}*")
    with pytest.raises(InputError, match="is no world"):
        load_world(str(left / "new"))
    os.utime(left, (0, 0))
    assert hjkit("world", "build", "--profile", "sandbox", "--out", str(place / "world")).code == 0
    assert sorted(path.name for path in place.iterdir()) == ["err", "out", "world"]


def test_two_builders_of_one_cache_give_one_world(tmp_path: Path) -> None:
    command = [*HJKIT, "get", "/hjdw/SBOX02/client_ids", "--world", "sandbox"]
    environ = environment(tmp_path / "cache")
    running = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert ended[0][0] == ended[1][0] != b""
    assert sorted(bool(said) for _, said in ended) == [False, True], "one of them built it"
    kept = [path for path in (tmp_path / "cache" / "worlds").iterdir() if path.is_dir()]
    assert len(kept) == 1


READ_ONLY = """
import os
def refuse(*_, **__): raise PermissionError(13, "read only")
os.utime = os.mkdir = os.rename = refuse
from mockserver import load_world
print(len(load_world("sandbox").practices))
"""


def test_a_cache_that_can_only_be_read_will_do(hjkit: Hjkit, cache: Path) -> None:
    hjkit("get", "/hjdw/SBOX02/provider", "--world", "sandbox")
    command = [sys.executable, "-c", READ_ONLY]
    done = subprocess.run(command, env=environment(cache), capture_output=True, text=True)
    assert done.stdout == "1\n", done.stderr


PATIENTS = "client_patient_id,first_name,last_name,dob,gender\n7,Ada1,Test2,19700101,F\n8,Bob3,Test4,19801231,M\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Rows of one's own, and a folder for another practice."""
    folder = tmp_path / "own"
    (folder / "MINE02").mkdir(parents=True)
    (folder / "demographic.csv").write_text(PATIENTS, encoding="utf-8")
    (folder / "MINE02" / "demographic.csv").write_text(PATIENTS, encoding="utf-8")
    return folder


def test_own_rows_are_served(hjkit: Hjkit, own: Path, tmp_path: Path, cache: Path) -> None:
    out = tmp_path / "imported"
    done = hjkit("world", "import", str(own), "--practice", "MINE01", "--out", str(out))
    assert done.code == 0, done.err
    assert "demographic              4" in done.out
    with serving(tmp_path, cache, world=f"sandbox,{out}") as mock:
        assert mock.facts["practices"] == ["MINE01", "MINE02", "SBOX02"]
        rows = mock.get("/hjdw/MINE01/demographic?last_name=eq~Test2").json()["data"]
        assert [(row["first_name"], row["client_id"]) for row in rows] == [("Ada1", "MINE01")]
        assert mock.get("/hjdw/MINE02/charge").json()["total"] == 0


def test_own_rows_are_described(hjkit: Hjkit, own: Path, tmp_path: Path) -> None:
    hjkit("world", "import", str(own), "--out", str(tmp_path / "imported"))
    done = hjkit("world", "describe", str(tmp_path / "imported"), "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert list(found) == ["MINE01", "MINE02"]
    assert [(line["element"], line["rows"]) for line in found["MINE01"]["rows"]] == [("demographic", 2)]


def test_bad_rows_name_file_line_and_column_and_nothing_is_written(hjkit: Hjkit, own: Path, tmp_path: Path) -> None:
    (own / "demografic.json").write_text("[]", encoding="utf-8")
    (own / "demographic.csv").write_text(PATIENTS.replace("last_name", "lastname"), encoding="utf-8")
    out = tmp_path / "imported"
    done = hjkit("world", "import", str(own), "--out", str(out))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("hjkit: own: ") and "Traceback" not in done.err
    assert "demografic.json: 'demografic' is no element" in done.err and "did you mean demographic" in done.err
    assert "demographic.csv line 1: demographic has no column 'lastname'" in done.err
    assert "did you mean last_name" in done.err
    assert not out.exists()


def test_an_import_replaces_no_foreign_folder(hjkit: Hjkit, own: Path) -> None:
    before = contents(own)
    done = hjkit("world", "import", str(own), "--out", str(own))
    assert done.code == 2 and "is no world" in done.err
    assert contents(own) == before


def test_nothing_to_import_is_told(hjkit: Hjkit, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in ("empty", "nowhere"):
        done = hjkit("world", "import", str(tmp_path / place), "--out", str(tmp_path / "out"))
        assert done.code == 2 and place in done.err and "Traceback" not in done.err


def test_a_description_in_words_and_for_machines(hjkit: Hjkit, tmp_path: Path) -> None:
    out = str(tmp_path / "small")
    hjkit(*SMALL, "--quirks", "none", "--out", out)
    text = hjkit("world", "describe", out)
    found: dict[str, Any] = json.loads(hjkit("world", "describe", out, "--json").out)
    (practice,) = found
    assert text.code == 0 and text.out.startswith(f"== {practice}\n\nrows\n")
    for table in ("rows", "visits by sex", "references", "duplicates"):
        assert f"\n{table}\n" in text.out and found[practice][table]
    assert all(line["unresolved"] == 0 for line in found[practice]["references"])


def test_what_cannot_be_described_is_told(hjkit: Hjkit) -> None:
    done = hjkit("world", "describe", "clinc")
    assert done.code == 2
    assert done.err.startswith("hjkit: world: 'clinc' is no world") and "did you mean clinic" in done.err


def test_the_list_names_the_shipped_worlds(hjkit: Hjkit) -> None:
    lines = hjkit("world", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["clinic", "sandbox"]
    assert "SBOX02" in lines[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("patiens: 12\n", "mine.yaml: key 'patiens' is not known; valid: .*patients.*did you mean patients"),
        ("patients: many\n", "mine.yaml: patients: 'many' does not fit"),
        ("patients: 0\n", "mine.yaml: patients: 0 does not fit"),
        ("patients: [\n", "mine.yaml line [0-9]: is not YAML"),
        ("- 1\n", "mine.yaml: is not a mapping"),
        ("maker: sandbo\n", "mine.yaml: maker: .*sandbox"),
    ],
)
def test_a_bad_profile_is_one_sentence(hjkit: Hjkit, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    for verb in (
        ("world", "build", "--profile", str(tmp_path / "mine.yaml"), "--out", str(tmp_path / "out")),
        ("serve", "--port", "0", "--world", str(tmp_path / "mine.yaml")),
    ):
        done = hjkit(*verb)
        assert (done.code, done.out) == (2, "")
        assert re.fullmatch(f"hjkit: {said}.*\n", done.err), done.err
    assert not (tmp_path / "out").exists()


def test_a_profile_of_ones_own_is_built_and_served(hjkit: Hjkit, tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text("patients: 3\n", encoding="utf-8")
    done = hjkit("get", "/hjdw/CLNC04/demographic", "--world", str(tmp_path / "tiny.yaml"))
    assert done.code == 0, done.err
    assert 3 <= json.loads(done.out)["total"] <= 6


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 1, "name": "x"}', "\ud800"])
def test_a_broken_world_is_one_sentence(hjkit: Hjkit, tmp_path: Path, text: str) -> None:
    (tmp_path / "world.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    done = hjkit("serve", "--port", "0", "--world", str(tmp_path))
    assert done.code == 2
    assert done.err.startswith(f"hjkit: {tmp_path}/world.json: is ") and done.err.count("\n") == 1


def test_a_damaged_world_is_one_sentence(hjkit: Hjkit, tmp_path: Path) -> None:
    out = tmp_path / "out"
    hjkit("world", "build", "--profile", "sandbox", "--out", str(out))
    with (out / "SBOX02" / "charge.rows").open("ab") as file:
        file.write(b"{")
    done = hjkit("serve", "--port", "0", "--world", str(out))
    assert done.code == 2
    assert "charge.rows" in done.err and "build the world again" in done.err and done.err.count("\n") == 1


def test_what_the_disk_refuses_is_one_sentence(hjkit: Hjkit, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = hjkit("world", "build", "--profile", "sandbox", "--out", str(tmp_path / "file" / "world"))
    assert done.code == 2
    assert done.err == f"hjkit: {tmp_path / 'file'}: File exists\n"


def test_the_manifest_names_rows_and_hashes(hjkit: Hjkit) -> None:
    done = hjkit("world", "manifest", "--quirks", "none", HJKIT_CACHE_DIR="")
    found = json.loads(done.out)
    assert list(found) == ["clinic", "sandbox"]
    demographic = found["sandbox"]["practices"]["SBOX02"]["elements"]["demographic"]
    assert set(demographic) == {"rows", "versions", "sha256"} and len(demographic["sha256"]) == 64

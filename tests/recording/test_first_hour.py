"""The page "You just got credentials: the first hour", tried as a new user would, against the mock."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.recording import cassette, plan
from evaluation.recording.verbs_record import record
from tests.recording.captures import ELEMENTS, free_port

DOCS = Path(__file__).parents[2] / "docs" / "guide"
PAGE = (DOCS / "first-hour.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def script(folder: Path) -> str:
    """All commands of the page in one shell, with the mock in the vendor's place and servers on free ports."""
    mock, replay = free_port(), free_port()
    text = "\n".join(BLOCKS).replace("https://api.healthjump.com", f"http://127.0.0.1:{mock}")
    text = text.replace("8420", str(mock)).replace("--port 8421", f"--port {replay}").replace(":8421", f":{replay}")
    text = text.replace("hjkit serve", f"hjkit serve --port {mock} --ready-file mock.json")
    text = text.replace("sleep 5", "until test -e mock.json; do sleep 0.1; done")
    return f"set -e\ntrap 'kill $(jobs -p)' EXIT\n{text}"


def test_the_page_works_from_top_to_bottom(tmp_path: Path) -> None:
    own = {key: value for key, value in os.environ.items() if not key.startswith("HJKIT_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{own['PATH']}"
    environ = {**own, "HOME": str(tmp_path), "PATH": path}
    done = subprocess.run(
        ["bash", "-c", script(tmp_path)], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr
    first = tmp_path / "healthjump-cassettes" / "first"
    assert cassette.read(first).origin.startswith("mock ") and cassette.read(tmp_path / "rehearsal").exchanges
    assert json.loads(done.stdout.splitlines()[-1])["token"].count(".") == 2
    assert done.stdout.count("The 16 open questions") == 2 and "Nothing is sent" in done.stdout
    assert first.parent.stat().st_mode & 0o077 == 0


def test_the_page_names_the_real_number_of_requests() -> None:
    most = sum(step.walk for step in plan.load(None, ELEMENTS).steps)
    assert f"At most {most} requests" in PAGE


@pytest.mark.parametrize("page", ["first-hour.md", "record-and-replay.md"])
def test_pages_name_only_options_there_are(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    known = {option for parameter in record.params for option in parameter.opts}
    for line in text.splitlines():
        if "hjkit record" in line:
            assert set(re.findall(r"--[a-z-]+", line.partition("hjkit record")[2])) <= known | {"--json"}, line


def test_the_guide_describes_every_option_of_record() -> None:
    text = (DOCS / "record-and-replay.md").read_text(encoding="utf-8")
    flags = {option for parameter in record.params for option in parameter.opts}
    assert [flag for flag in sorted(flags) if f"`{flag}" not in text] == []


def test_the_plan_in_the_guide_is_a_plan(tmp_path: Path) -> None:
    text = (DOCS / "record-and-replay.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "mine.yaml").write_text(example)
    found = plan.load(tmp_path / "mine.yaml", ELEMENTS)
    assert [step.id for step in found.steps] == [
        "login.form", "elements.appointment", "elements.demographic", "filters.date",
    ]  # fmt: skip


def test_the_suite_example_in_the_guide_is_the_one_that_is_tested(tmp_path: Path) -> None:
    text = (DOCS / "record-and-replay.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (example,) = (block for block in blocks if "vcr_config" in block)
    (tmp_path / "conftest.py").write_text(example)
    (tmp_path / "test_mine.py").write_text(
        "import pytest, socket\n"
        "from evaluation.recording.guard import NetworkRefused\n"
        "def test_nothing_leaves():\n"
        "    with pytest.raises(NetworkRefused):\n"
        "        socket.getaddrinfo('elsewhere.example', 443)\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:healthjump", "-p", "no:cacheprovider"]
    done = subprocess.run([*command], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "1 passed" in done.stdout, done.stdout + done.stderr

"""The recorder killed at any moment leaves nothing unscrubbed and no half cassette anywhere."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from evaluation.recording import cassette
from evaluation.recording.cassette import Cassette
from evaluation.recording.scrub import check
from mockserver.settings import Settings
from mockserver.testing import Healthjump, Server
from tests.recording.captures import files_below

CANARIES = {"email": "canaryZq81@canary.test", "password": "canaryZq81password", "secret_key": "canaryzq81key"}
STEPS = """\
plan: short
variables: {practice: SBOX02}
steps:
- {step: login.form, why: x, login: form, take: {token: token}}
- {step: 'elements.{element}', each: {element: [demographic, appointment, vitals]}, why: x,
   path: '/hjdw/{practice}/{element}'}
- {step: refusals.login-wrong, why: x, login: wrong}
"""


@pytest.fixture(scope="module")
def canaries() -> Iterator[Server]:
    """A mock whose login, key and rows all bear the mark."""
    server = Server(Settings(world="sandbox", per_page=40, **CANARIES))
    mock = Healthjump(server)
    for row in mock.rows("demographic"):
        marked = {"first_name": "CanaryZq81 Zq8", "address_line_1": "81 Canaryzq81 Street"}
        mock.patch("demographic", row["demographicid"], **marked)
    mock.close()
    yield server
    server.stop()


class Run:
    """``hjkit record`` in a process of its own, which may dump core as far as the shell is concerned."""

    def __init__(self, server: Server, place: Path) -> None:
        self.place, self.out = place, place / "out"
        for name in ("tmp", "work"):
            (place / name).mkdir(parents=True)
        (place / "plan.yaml").write_text(STEPS)
        command = [sys.executable, "-m", "mockserver.cli", "record", "--base-url", server.url, "--out", str(self.out)]
        given = {f"HJKIT_{name.upper()}": value for name, value in CANARIES.items()}
        environ = {**os.environ, **given, "TMPDIR": str(place / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [*command, "--plan", str(place / "plan.yaml")],
            cwd=place / "work",
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_cores_allowed,
        )

    def wait_for(self, lines: int) -> None:
        """Until that many steps were reported, or the process ended."""
        assert self.process.stderr is not None
        for _ in range(lines):
            self.process.stderr.readline()

    def end(self, with_signal: signal.Signals = signal.SIGKILL) -> None:
        self.process.send_signal(with_signal)
        self.process.wait(30)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def left(self) -> list[str]:
        """Files with a canary in them, and a folder that is there without being whole."""
        marked = [path.name for path in files_below(self.place) if b"zq81" in path.read_bytes().lower()]
        if self.out.exists() and len(cassette.read(self.out).exchanges) != 5:
            marked.append("half a capture")
        return marked + [path.name for path in files_below(self.place / "work", self.place / "tmp")]


def _cores_allowed() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def test_unharmed_it_writes_a_whole_capture(canaries: Server, tmp_path: Path) -> None:
    run = Run(canaries, tmp_path / "one")
    run.wait_for(6)
    assert run.process.wait(60) == 0 and run.left() == [] and check([run.out]) == []
    run.end()


@pytest.mark.parametrize("lines", [0, 1, 3, 5])
def test_killed_while_it_asks(lines: int, canaries: Server, tmp_path: Path) -> None:
    run = Run(canaries, tmp_path / "one")
    run.wait_for(lines)
    run.end()
    assert run.left() == [] and not run.out.exists()


def test_killed_at_random_moments_until_it_has_written(canaries: Server, tmp_path: Path) -> None:
    random, written = Random(81), 0
    for number in range(14):
        run = Run(canaries, tmp_path / str(number))
        run.wait_for(5)
        if number:
            time.sleep(random.uniform(0.0, 0.6))
        else:
            run.process.wait(60)
        run.end()
        assert run.left() == []
        written += run.out.exists()
    assert written >= 1


@pytest.mark.parametrize("with_signal", [signal.SIGABRT, signal.SIGSEGV, signal.SIGTERM, signal.SIGINT])
def test_signals_that_dump_core_dump_none(with_signal: signal.Signals, canaries: Server, tmp_path: Path) -> None:
    run = Run(canaries, tmp_path / "one")
    run.wait_for(2)
    run.process.send_signal(signal.SIGSTOP)
    limits = Path(f"/proc/{run.process.pid}/limits").read_text()
    run.process.send_signal(signal.SIGCONT)
    run.end(with_signal)
    assert [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")] == [["0", "0"]]
    assert [name for name in run.left() if name != "half a capture"] == []


WRITER = """
import sys
from pathlib import Path
from evaluation.recording import output
out, text = Path(sys.argv[1]), Path(sys.argv[2]).read_text()
print("ready", flush=True)
while True:
    output.save(out, {f"{n}.yaml": text for n in range(6)})
"""


def test_killed_while_it_writes(captured: Cassette, tmp_path: Path) -> None:
    """The folder holds all six cassettes or is not there."""
    source, random = tmp_path / "source.yaml", Random(18)
    cassette.write(source, captured)
    for number in range(12):
        out = tmp_path / f"out{number}"
        command = [sys.executable, "-c", WRITER, str(out), str(source)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0.0, 0.3))
            process.kill()
        names = sorted(path.name for path in out.iterdir()) if out.exists() else []
        assert names in ([], [f"{n}.yaml" for n in range(6)])
        assert all(path.read_bytes() == source.read_bytes() for path in files_below(out))

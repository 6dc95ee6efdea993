"""The PDF is what the page says, the same bytes each time, and made without a network."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from evaluation.report import pdf
from evaluation.report.document import as_html
from evaluation.report.page import page, paragraph, section
from mockserver.errors import InputError
from tests.browser.tools import chromium

from .reports import data, pdf_text

STAMP = b"(D:20261122101112+01'00')"
HEAD = b"%PDF-1.4\n/Creator (Mozilla \\(X11; Linux\\) x)\n/CreationDate " + STAMP + b"\n/ModDate " + STAMP


@pytest.fixture(scope="module")
def program() -> str:
    return chromium()


def script(folder: Path, body: str) -> str:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_the_variable_comes_first(tmp_path: Path) -> None:
    named = script(tmp_path, "exit 0")
    assert pdf.find({pdf.VARIABLE: named, "PATH": "/nowhere"}) == named
    assert pdf.find({"PATH": str(tmp_path)}) == named
    assert pdf.find({"PATH": "/nowhere"}) == ""


@pytest.mark.parametrize("wrong", ["/nowhere/chromium-7731", "no-such-program-7731"])
def test_a_variable_that_names_no_program_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match=r"^HJKIT_CHROMIUM: names no program") as caught:
        pdf.find({pdf.VARIABLE: wrong, "PATH": os.environ["PATH"]})
    assert "7731" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "why"),
    [("exit 3", "Chromium ended with 3"), ("exit 0", "Chromium made no PDF"), ("kill -9 $$", "ended with -9")],
)
def test_a_program_that_fails_ends_in_a_sentence(body: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=why):
        pdf.printed(script(tmp_path, body), "<p>")


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    program = script(tmp_path, f'sleep 60 & echo $! > "{tmp_path}/child"; wait')
    started = time.monotonic()
    with pytest.raises(InputError, match=r"did not end within 0\.5 seconds"):
        pdf.printed(program, "<p>", timeout=0.5)
    assert time.monotonic() - started < 20
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if _ended(child):
            return
        time.sleep(0.05)
    raise AssertionError("its child still runs")


def _ended(process: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_only_root_does_without_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, flags in ((0, ["--no-sandbox"]), (1000, [])):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        assert pdf._sandbox() == flags


@pytest.mark.parametrize(("date", "day"), [("", b"20000101"), ("2026-11-22", b"20261122")])
def test_times_are_taken_out_and_every_byte_keeps_its_place(date: str, day: bytes) -> None:
    made = pdf.undated(HEAD, date)
    assert len(made) == len(HEAD) and made.count(b"(D:" + day + b"000000+00'00')") == 2
    assert re.search(rb"/Creator \(hjkit report *\)\n", made) and b"Linux" not in made
    assert pdf.undated(made, date) == made


def simple(paper: str = "A4", text: str = "A page of its own.") -> str:
    return page("Title", section("one", "One", paragraph(text)), footer=paragraph("foot"), paper=paper)


def test_the_same_page_gives_the_same_bytes(program: str) -> None:
    first, second = (pdf.printed(program, simple(), "2026-11-22") for _ in range(2))
    assert first == second and first.startswith(b"%PDF-")
    assert b"D:20261122000000" in first and b"Linux" not in first and b"file:" not in first and b"/tmp" not in first


@pytest.mark.parametrize(("paper", "box"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_is_the_one_that_is_wanted(paper: str, box: tuple[int, int], program: str) -> None:
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf.printed(program, simple(paper)))
    assert found and (round(float(found[1])), round(float(found[2]))) == box


def test_the_pdf_says_what_the_page_says(program: str) -> None:
    shown = pdf_text(pdf.printed(program, as_html(data(), "A4")))
    made = data()
    for text in (made["customer"], *made["verdict"]["sentences"], made["command"], made["notice"]["independent"]):
        assert "".join(text.split()) in shown, text
    assert all(one["id"] in shown for one in data()["findings"]["vendor"])
    assert "1/" in shown, "pages have numbers"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked."""
    paths: list[str] = []

    class Told(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Told)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def test_it_reaches_no_network_and_runs_no_script(program: str, asked: tuple[str, list[str]]) -> None:
    """Even if something got into the page, which escaping rules out."""
    url, paths = asked
    hostile = f'<img src="{url}/i"><link rel=stylesheet href="{url}/l"><iframe src="{url}/f"></iframe>'
    script_ = f'<script>fetch("{url}/s"); document.write("written")</script>'
    shown = pdf_text(pdf.printed(program, simple().replace("</main>", f"{hostile}{script_}</main>")))
    bare = f"<!DOCTYPE html><p>seen</p>{hostile}"
    pdf.printed(program, bare)
    assert paths == [] and "written" not in shown and "Apageofitsown." in shown

"""The page as PDF, printed by the Chromium of this machine. Nothing is downloaded, and it may reach no network."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from mockserver.errors import InputError

from .data import MAKER

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VARIABLE = "HJKIT_CHROMIUM"
TIMEOUT = 120.0  # seconds
WHERE = "--pdf"
CREATOR = re.compile(rb"/Creator \(((?:[^()\\]|\\.)*)\)")
STAMP = re.compile(rb"/(CreationDate|ModDate) \(D:([^)]*)\)")
UNDATED = "20000101"
FLAGS = (
    "--headless=new", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-default-apps", "--disable-breakpad", "--no-first-run",
    "--no-default-browser-check", "--no-pings", "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb",
    "--font-render-hinting=none", "--lang=en-US", "--disable-dev-shm-usage", "--password-store=basic",
    "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip


def find(environ: Mapping[str, str] = os.environ) -> str:
    """The program, empty where there is none. Raises InputError where the variable names none that can be run."""
    named = environ.get(VARIABLE, "")
    if named:
        found = shutil.which(named)
        if found is None:
            raise InputError("names no program that can be run", VARIABLE)
        return found
    return next((path for path in (shutil.which(name, path=environ.get("PATH")) for name in NAMES) if path), "")


def printed(program: str, html: str, date: str = "", timeout: float = TIMEOUT) -> bytes:
    """The page as PDF, the same bytes for the same page, program and fonts.

    ``date`` is a day such as 2026-11-22 that the PDF says it was made on. Raises InputError where printing fails.
    """
    with tempfile.TemporaryDirectory(prefix="hjkit-report-", ignore_cleanup_errors=True) as place:
        page, made = Path(place) / "report.html", Path(place) / "report.pdf"
        page.write_text(html, encoding="utf-8", newline="\n")
        _run(program, page, made, timeout)
        if not made.is_file():
            raise InputError("Chromium made no PDF; HTML and data can be had with --no-pdf", WHERE)
        return undated(made.read_bytes(), date)


def _run(program: str, page: Path, made: Path, timeout: float) -> None:
    command = [program, *FLAGS, *_sandbox(), f"--user-data-dir={page.parent / 'profile'}"]
    command += [f"--print-to-pdf={made}", page.as_uri()]
    environ = {"PATH": os.environ.get("PATH", ""), "HOME": str(page.parent), "LANG": "C.UTF-8", "TZ": "UTC"}
    started = subprocess.Popen(
        command, env=environ, cwd=page.parent, start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        code = started.wait(timeout)
    except subprocess.TimeoutExpired:
        raise InputError(f"Chromium did not end within {timeout:g} seconds; use --no-pdf", WHERE) from None
    finally:
        _end(started)
    if code:
        raise InputError(f"Chromium ended with {code}; HTML and data can be had with --no-pdf", WHERE)


def _sandbox() -> list[str]:
    """Root has to do without: as root Chromium does not start with a sandbox. The page is ours and holds no script."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _end(started: subprocess.Popen[bytes]) -> None:
    """End what is left of it: the session it was started in has nothing but Chromium's own processes."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


def undated(pdf: bytes, date: str = "") -> bytes:
    """The PDF with the given day instead of the time it was made at, and nothing of this machine.

    Every byte keeps its place, because a PDF finds its parts by their offsets.
    """
    day = (date.replace("-", "") or UNDATED).encode()

    def stamped(match: re.Match[bytes]) -> bytes:
        kept = re.sub(rb"\d", b"0", match[2])
        return b"/%s (D:%s%s)" % (match[1], day, kept[len(day) :])

    def named(match: re.Match[bytes]) -> bytes:
        return b"/Creator (%s)" % MAKER.encode()[: len(match[1])].ljust(len(match[1]))

    return CREATOR.sub(named, STAMP.sub(stamped, pdf), count=1)

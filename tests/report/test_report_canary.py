"""No value of a row, token, login, header, path or journal reaches a report, whatever the source and the option."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluation.report.verbs import report
from mockserver.web.logins import DEFAULT
from tests.browser.tools import chromium
from tests.findings import canaries
from tests.findings.canaries import Aviaries

from .reports import pdf_text

SOURCES = ("server", "cassette", "live cassette", "folder")
LOGIN = (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key)
JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}")
MARK = "Quimby7731"


@pytest.fixture(scope="module")
def made() -> Aviaries:
    return canaries.built()


@pytest.fixture(scope="module", params=SOURCES)
def target(request: pytest.FixtureRequest, made: Aviaries, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The aviary as each kind of source, in a folder whose name is a mark."""
    folder = tmp_path_factory.mktemp("source") / MARK
    folder.mkdir()
    if request.param == "server":
        with canaries.server(made) as url:
            yield url
    elif request.param == "folder":
        yield str(canaries.files(made, folder))
    else:
        origin = "live 2026-01-31" if request.param == "live cassette" else "loopback 2026-01-31"
        yield str(canaries.cassette(made, folder, origin))


def journal(folder: Path, made: Aviaries) -> Path:
    """A journal in which every text is a canary, but for one behaviour."""
    birds = iter(list(made.birds) * 2)
    entry: dict[str, object] = {
        key: next(birds) for key in ("client", "login", "method", "path", "query", "practice", "error", "fault")
    }
    entry |= {"status": 200, "element": next(birds), "behaviours": [next(birds), "envelope.keys"]}
    path = folder / f"{MARK}.json"
    path.write_text(json.dumps({"total": 1, "entries": [entry, {**entry, "element": "allergy"}]}), encoding="utf-8")
    return path


def run(folder: Path, *arguments: str) -> Result:
    environ = {"HJKIT_EMAIL": None}
    return CliRunner().invoke(report, ["--customer", "Acme", "--out", str(folder), *arguments], env=environ)


def assert_silent(text: str, made: Aviaries) -> None:
    low = text.lower()
    leaked = sorted({what for bird, what in made.birds.items() if bird.lower() in low})
    assert not leaked, leaked
    assert not any(secret in text for secret in (*LOGIN, MARK)) and not JWT.search(text)


@pytest.mark.parametrize("public", [(), ("--public",)])
def test_neither_page_nor_data_nor_output_show_a_canary(
    public: tuple[str, ...], target: str, made: Aviaries, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    given = ("--target", target, "--alternative", target, "--journal", str(journal(tmp_path, made)), *public)
    result = run(tmp_path / "out", "--no-pdf", *given)
    assert result.exit_code in (0, 3), result.exception
    page, data = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("report.html", "report.json"))
    found = json.loads(data)
    assert len(found["findings"]["vendor"]) + len(found["findings"]["here"]) >= 8, "something was found in it"
    assert [one["id"] for one in found["relied"]["behaviours"]] == ["envelope.keys"] and found["relied"]["strange"] > 2
    assert not any("exchange" in one for group in ("vendor", "here") for one in found["findings"][group])
    assert_silent(page + data + caplog.text, made)
    assert_silent((result.output + result.stderr).replace(str(tmp_path), ""), made)


def test_the_pdf_shows_none_either(target: str, made: Aviaries, tmp_path: Path) -> None:
    chromium()
    result = run(tmp_path / "out", "--target", target, "--pdf", "--journal", str(journal(tmp_path, made)))
    assert result.exit_code in (0, 3), result.exception
    pdf = (tmp_path / "out" / "report.pdf").read_bytes()
    shown, bare = pdf_text(pdf), pdf.decode("latin-1")
    assert "HJ-0" in shown and "Acme" in shown
    squeezed = {"".join(bird.split()).lower(): what for bird, what in made.birds.items()}
    leaked = {what for bird, what in squeezed.items() if bird in shown.lower()}
    words = {bird: what for bird, what in squeezed.items() if not bird.isdigit()}  # a PDF is full of places in digits
    leaked |= {what for bird, what in words.items() if bird in bare.lower()}
    assert not leaked
    assert MARK not in shown + bare and str(tmp_path) not in bare and "file:" not in bare


def test_a_defect_shows_none(target: str, made: Aviaries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*values: object, **_: object) -> None:
        raise ValueError(f"cannot show {values} {[vars(value) for value in values if hasattr(value, '__dict__')]}")

    monkeypatch.setattr("evaluation.report.effort._row", broken)
    result = run(tmp_path / "out", "--target", target, "--no-pdf")
    assert "stopped by a defect of this program, ValueError at test_report_canary.py" in str(result.exception)
    assert_silent(f"{result.output}{result.stderr}{result.exception}", made)
    assert not (tmp_path / "out").exists()

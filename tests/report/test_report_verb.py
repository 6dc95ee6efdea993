"""``hjkit report`` from the command line: what is written, what is refused before anything is asked, exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from click.testing import CliRunner, Result

from evaluation.report import making
from evaluation.report.verbs import report
from mockserver.errors import InputError
from mockserver.settings import Settings
from mockserver.testing import Server
from mockserver.web.logins import DEFAULT
from tests.browser.tools import chromium
from tests.sites import ROOT

from .reports import Elements, options, pdf_text, read

CRITERIA = ROOT / "evaluation" / "radar" / "criteria.yaml"


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of no checkout, and nothing in the environment that changes a report."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    for name in ("SOURCE_DATE_EPOCH", "HJKIT_CHROMIUM"):
        monkeypatch.delenv(name, raising=False)
    return place


def verb(*arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(report, ["--customer", "Acme Health", *arguments], env=environ)


def refused(*arguments: str) -> str:
    """The sentence with which it ends."""
    result = verb("--out", "out", *arguments)
    assert result.exit_code == 1 and isinstance(result.exception, InputError), result.output
    assert not Path("out").exists()
    return str(result.exception)


@pytest.fixture(scope="module")
def mock() -> Iterator[Server]:
    server = Server(Settings(world="sandbox"))
    yield server
    server.stop()


def test_it_writes_a_report_and_says_where(bare: Path) -> None:
    result = verb("--out", "out", "--no-pdf", "--date", "2026-11-22")
    assert result.exit_code == 0 and result.output.split() == ["out/report.html", "out/report.json"]
    page, data = read(bare / "out")
    assert data["customer"] == "Acme Health" and data["made_by"] == "hjkit report" and data["date"] == "2026-11-22"
    assert "Acme Health" in page and data["entry"] is None, "no checkout, no entry"
    assert data["command"].startswith("hjkit report --customer 'Acme Health' --out FOLDER --target contract")


def test_the_same_input_gives_the_same_bytes(bare: Path) -> None:
    for name in ("one", "two"):
        assert verb("--out", name, "--no-pdf", "--alternative", "contract:none").exit_code == 0
    for name in ("report.html", "report.json"):
        assert (bare / "one" / name).read_bytes() == (bare / "two" / name).read_bytes()


def test_a_date_can_come_from_the_environment(bare: Path) -> None:
    assert verb("--out", "out", "--no-pdf", SOURCE_DATE_EPOCH="1795305600").exit_code == 0
    assert read(bare / "out")[1]["date"] == "2026-11-22"


def test_where_chromium_is_there_is_a_pdf(bare: Path) -> None:
    chromium()
    for _ in range(2):
        assert verb("--out", "out", "--paper", "letter").exit_code == 0
    pdf = (bare / "out" / "report.pdf").read_bytes()
    assert "AcmeHealth" in pdf_text(pdf) and b"/MediaBox [0 0 612 792]" in pdf
    assert verb("--out", "out", "--no-pdf").exit_code == 0
    assert not (bare / "out" / "report.pdf").exists(), "an old PDF beside a new page would be a lie"


def test_without_chromium_it_says_so_and_goes_on(bare: Path) -> None:
    result = verb("--out", "out", PATH="/nowhere")
    assert result.exit_code == 0 and "No PDF: no Chromium was found on PATH or in HJKIT_CHROMIUM." in result.stderr
    assert sorted(path.name for path in (bare / "out").iterdir()) == ["report.html", "report.json"]
    wanted = verb("--out", "other", "--pdf", PATH="/nowhere")
    assert isinstance(wanted.exception, InputError) and not (bare / "other").exists()


def test_in_a_checkout_the_entry_is_read(bare: Path) -> None:
    (bare / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "radar", bare / "docs" / "radar")
    assert verb("--out", "out", "--no-pdf").exit_code == 0
    _, data = read(bare / "out")
    assert data["entry"]["ring"] == "assess" and data["entry"]["projects"] == ["chamber-cardio"]
    assert verb("--out", "out", "--no-pdf", "--public").exit_code == 0
    page, public = read(bare / "out")
    assert public["entry"]["projects"] == [] and "chamber" not in page + json.dumps(public)
    with pytest.raises(InputError, match="did you mean healthjump"):
        making.make(options(bare / "other", entry="healthjumb"), {})


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--customer", " \u202e "), "--customer: is empty"),
        (("--target", "contrakt"), "TARGET: is no target that exists"),
        (("--target", "contract", "--practice", "X"), "only mean something for a server"),
        (("--alternative", "nowhere"), "TARGET: is no target that exists"),
        (("--alternative", "contract:none") * 40, "alternatives stand side by side"),
        (("--client", "x"), "--client: only means something with --journal"),
        (("--journal", "nowhere.json"), "--journal: cannot be read"),
        (("--criteria", "nowhere.yaml"), "cannot be read"),
        (("--severity", "nowhere.yaml"), "cannot be read"),
        (("--baseline", "nowhere.yaml"), "cannot be read"),
        (("--entry", "nowhere"), "--entry: there is no such entry"),
        (("--entry", "../x"), "--entry: must be lower-case words"),
        (("--date", "tomorrow"), "--date: is no day"),
        (("--timeout", "nan"), "--timeout: must be a number of seconds"),
        (("--out", __file__), "--out: is a file"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(arguments: tuple[str, ...], why: str) -> None:
    assert why in refused("--no-pdf", *arguments)


def test_customer_and_folder_are_needed() -> None:
    for arguments in (["--customer", "x"], ["--out", "x"]):
        result = CliRunner().invoke(report, arguments)
        assert result.exit_code == 2 and "Missing option" in result.stderr


def test_a_file_of_somebody_else_stops_it_before_anything_is_asked(bare: Path, mock: Server) -> None:
    before = mock.state.journal.total if hasattr(mock, "state") else 0
    (bare / "out").mkdir()
    (bare / "out" / "report.html").write_text("mine")
    result = verb("--out", "out", "--no-pdf", "--target", mock.url)
    assert "holds a report.html that hjkit report did not write" in str(result.exception)
    assert (bare / "out" / "report.html").read_text() == "mine"
    assert before == (mock.state.journal.total if hasattr(mock, "state") else 0)


def test_a_customer_with_own_weights(bare: Path) -> None:
    theirs: dict[str, Any] = yaml.safe_load(CRITERIA.read_text(encoding="utf-8"))
    own = {"weight": 500, "title": "Price <script>alert(1)</script>", "because": "We are poor."}
    theirs["criteria"]["price"] |= own
    (bare / "theirs.yaml").write_text(yaml.safe_dump(theirs, sort_keys=False), encoding="utf-8")
    assert verb("--out", "out", "--no-pdf", "--criteria", "theirs.yaml").exit_code == 0
    page, data = read(bare / "out")
    assert "We are poor." in page and "<script" not in page and "Price &lt;script&gt;" in page
    assert data["verdict"]["confidence"] < 10 and data["versions"]["criteria"]["own"] is False
    assert "theirs" not in page, "no name of a file"


def test_accepted_findings_and_own_severities(bare: Path) -> None:
    (bare / "accepted.yaml").write_text(
        "accepted:\n- {check: HJ-001, reason: mapped by hand}\n- {check: HJ-012, reason: old}\n"
    )
    assert verb("--out", "out", "--no-pdf", "--baseline", "accepted.yaml").exit_code == 0
    page, data = read(bare / "out")
    assert [one["id"] for one in data["findings"]["accepted"]] == ["HJ-001"] and "mapped by hand" in page
    assert any("HJ-012" in note for note in data["notes"]) and "accepted.yaml" not in page.replace("BASELINE.yaml", "")


def test_a_mock_is_evaluated_and_asked_for_its_journal(bare: Path, mock: Server) -> None:
    assert verb("--out", "first", "--no-pdf", "--target", mock.url).exit_code == 0
    asked = ("--out", "out", "--no-pdf", "--target", mock.url, "--journal", mock.url, "--public")
    refused = verb(*asked)
    assert "none of a program that is not the kit's" in str(refused.exception), "an evaluation is no customer's run"
    login = {"email": DEFAULT.email, "password": DEFAULT.password}
    token = requests.post(f"{mock.url}/authenticate", data=login, timeout=10).json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Secretkey": DEFAULT.secret_key}
    assert requests.get(f"{mock.url}/hjdw/SBOX02/vitals", headers=headers, timeout=10).ok
    result = verb(*asked)
    assert result.exit_code == 0, result.exception
    page, data = read(bare / "out")
    text = Elements(page).text
    assert [one["element"] for one in data["relied"]["elements"]] == ["vitals"] and "Your run relied on" in text
    assert any("exchange" in one for one in data["findings"]["vendor"])
    assert "SBOX02" not in page and "127.0.0.1:" not in text.replace(":PORT", "").replace(":8420", "")
    assert str(mock.url.rpartition(":")[2]) not in json.dumps(data)


def test_the_mock_on_any_port_gives_the_same_report(bare: Path) -> None:
    made = []
    for _ in range(2):
        server = Server(Settings(world="sandbox"))
        assert verb("--out", "out", "--no-pdf", "--target", server.url).exit_code == 0
        server.stop()
        made.append([(bare / "out" / name).read_bytes() for name in ("report.html", "report.json")])
    assert made[0] == made[1]


def test_what_could_not_be_read_ends_in_another_code(bare: Path) -> None:
    (bare / "rows").mkdir()
    (bare / "rows" / "allergy.json").write_text('[{"allergy_pk": 1}]')
    (bare / "rows" / "vitals.json").write_text('[{"x": ')
    result = verb("--out", "out", "--no-pdf", "--target", "rows")
    assert result.exit_code == 3 and not read(bare / "out")[1]["target"]["complete"]


def test_a_defect_shows_no_value(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Quimby7731")

    monkeypatch.setattr(making, "as_data", broken)
    result = verb("--out", "out", "--no-pdf")
    assert "stopped by a defect of this program, ValueError at test_report_verb.py" in str(result.exception)
    assert "Quimby" not in str(result.exception) + result.output and not (bare / "out").exists()


def test_the_kit_knows_the_verb() -> None:
    from importlib.metadata import entry_points

    (found,) = entry_points(group="hjkit", name="report")
    assert found.load() is report


def test_options_of_tests_are_those_of_the_verb() -> None:
    names = {option.name for option in report.params}
    assert set(options(Path("x"))) == names

"""The date comes from whoever asks, never from the clock; the command names no path, address or login."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.report.again import command, day, target
from evaluation.report.notice import as_data, text
from evaluation.report.verbs import report
from mockserver.errors import InputError

from .reports import options

SECRET = "Quimby7731"


@pytest.mark.parametrize(
    ("given_", "environ", "shown"),
    [
        (None, {}, ""),
        ("2026-11-22", {}, "2026-11-22"),
        ("2026-11-22", {"SOURCE_DATE_EPOCH": "0"}, "2026-11-22"),
        (None, {"SOURCE_DATE_EPOCH": "1795305600"}, "2026-11-22"),
        (None, {"SOURCE_DATE_EPOCH": ""}, ""),
    ],
)
def test_the_date_is_the_one_that_was_given(given_: str | None, environ: dict[str, str], shown: str) -> None:
    assert day(given_, environ) == shown


@pytest.mark.parametrize("wrong", ["", "today", "22.11.2026", "2026-02-30", "2026-11-22T00:00:00Z"])
def test_a_day_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match=r"^--date: is no day"):
        day(wrong, {})


@pytest.mark.parametrize("wrong", ["x", "1e9", "99999999999999999999", "-99999999999999"])
def test_an_epoch_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match=r"^SOURCE_DATE_EPOCH: is no number of seconds"):
        day(None, {"SOURCE_DATE_EPOCH": wrong})


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("contract", "contract"),
        ("contract:none", "contract:none"),
        (f"contract:{SECRET}/x", "FILE"),
        (f"openapi:{SECRET}.yaml", "openapi:FILE"),
        (f"/home/{SECRET}/rows", "FILE"),
        (f"C:\\{SECRET}", "FILE"),
        ("http://127.0.0.1:8420", "http://127.0.0.1:PORT"),
        (f"https://{SECRET}.example.com", "https://HOST"),
    ],
)
def test_a_target_is_shown_without_what_is_private(given_: str, shown: str) -> None:
    assert target(given_) == shown


def test_the_command_has_every_option_that_changes_the_report() -> None:
    own = Path(f"/home/{SECRET}/x.yaml")
    given_ = options(
        Path(f"/home/{SECRET}"), target=str(own), alternatives=("contract:none", str(own)), criteria=own, severity=own,
        baseline=own, journal=str(own), client=SECRET, day="2026-11-22", public=True, permission=True,
    )  # fmt: skip
    made = command(given_, "Acme & Söhne")
    assert SECRET not in made and "/home" not in made
    assert shlex.split(made)[:4] == ["hjkit", "report", "--customer", "Acme & Söhne"]
    known = {option for one in report.params for option in one.opts}
    assert {part for part in shlex.split(made) if part.startswith("--")} <= known
    for option in ("--criteria", "--severity", "--baseline", "--journal", "--client", "--date", "--public"):
        assert option in made


@given(st.text(min_size=1, max_size=30))
def test_a_customer_is_one_word_of_the_command(customer: str) -> None:
    assert shlex.split(command(options(Path("x")), customer))[3] == customer


# --- the words of NOTICE ---


def test_the_notice_says_that_nobody_is_affiliated() -> None:
    assert "not affiliated with" in as_data()["independent"]


def test_every_owner_of_codes_is_named_with_their_words() -> None:
    found = {one["title"]: one["text"] for one in as_data()["licences"]}
    assert {"LOINC", "UCUM", "RxNorm", "ICD-10-CM", "CVX"} <= set(found)
    assert "Regenstrief" in found["LOINC"] and "WITHOUT" not in found["LOINC"]
    assert 'PROVIDED "AS IS."' in found["UCUM"], "the second paragraph belongs to it"
    assert "Programs in the built site" not in found and all(found.values())


def test_without_a_checkout_the_installed_package_has_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    checkout = text()
    monkeypatch.setattr("evaluation.report.notice.CHECKOUT", tmp_path / "none")
    assert text() == checkout


def test_without_either_nothing_is_made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("evaluation.report.notice.CHECKOUT", tmp_path / "none")
    monkeypatch.setattr("evaluation.report.notice.PACKAGE", "no-such-package-7731")
    assert as_data() == {"independent": "", "licences": []}

"""What lies in the repository is fit to be shipped: files, licences, data, the first screen of the README."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests import scan

ROOT = Path(__file__).parents[1]
CACHES = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
BUILT = {".git", ".venv", "node_modules"} | CACHES
BUILT_AT_TOP = {"build", "dist", "site"}
LARGEST_FILE = 2_000_000


def _files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder)
        skipped = BUILT | (BUILT_AT_TOP if here == ROOT else set())
        folders[:] = sorted(
            name for name in folders if name not in skipped and not name.endswith(".egg-info")
        )
        yield from (here / name for name in sorted(names) if name != ".git")


def _texts() -> Iterator[tuple[Path, str]]:
    for path in _files():
        if path.suffix not in {".png", ".ico", ".pyc"}:
            yield path, path.read_text(encoding="utf-8")


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_text_holds_a_key_an_address_or_a_machine_path() -> None:
    own = {"tests/scan.py", "tests/test_scan.py"}
    problems = [
        f"{_named(p)}: {what}"
        for p, text in _texts()
        if _named(p) not in own
        for what in scan.text_problems(text)
    ]
    assert problems == []


TOKEN = re.compile(r"\beyJ[\w-]+\.(eyJ[\w-]+)\.([\w-]+)")


def _claims(payload: str) -> dict[str, object]:
    claims: dict[str, object] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def test_every_token_in_a_recording_is_the_mocks_own_and_opens_nothing() -> None:
    """Scanners for secrets point at these: issued on loopback to an invented address, and signed with a placeholder."""
    found = {match for path in (ROOT / "fixtures").rglob("*.yaml") for match in TOKEN.findall(path.read_text())}
    assert found
    for payload, signature in found:
        claims = _claims(payload)
        assert str(claims["iss"]).startswith("http://127.0.0.1:")
        assert str(claims["email"]).endswith(".test")
        assert signature.startswith(urlsafe_b64encode(b"scrubbed").decode().rstrip("="))


def test_no_file_is_large() -> None:
    assert [_named(path) for path in _files() if path.stat().st_size > LARGEST_FILE] == []


def test_texts_have_unix_line_ends_and_nothing_left_open() -> None:
    open_ends = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
    assert [_named(path) for path, text in _texts() if "\r" in text or open_ends.search(text)] == []


def _flat(value: object, column: str) -> Iterator[dict[str, object]]:
    """Every scalar of a nested document as a row of one column, named by the nearest key; rows of a world whole."""
    if isinstance(value, Mapping) and isinstance(value.get("row"), dict):
        yield value["row"]
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(inner, column)
    else:
        yield {column: value}


def _data_rows(path: Path) -> Iterator[Mapping[str, object]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    elif path.suffix == ".json":
        yield from _flat(json.loads(text), "")
    elif path.suffix in {".yaml", ".yml"}:
        yield from _flat(yaml.safe_load(text), "")


def _data_files() -> list[Path]:
    roots = (ROOT / "fixtures", ROOT / "mockserver" / "world", ROOT / "mockserver" / "quirks")
    return [
        p
        for p in _files()
        if p.suffix in {".csv", ".json", ".yaml"} and any(p.is_relative_to(r) for r in roots)
    ]


@pytest.mark.parametrize("path", _data_files(), ids=_named)
def test_no_data_file_holds_licensed_codes_or_real_identities(path: Path) -> None:
    # Pools hold plain names; what is made of them carries digits, which the scan of the built worlds checks.
    problems = scan.table_problems(_named(path), _data_rows(path))
    pool = "pools" in path.parts
    assert [problem for problem in problems if not (pool and "real name" in problem)] == []


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text and "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize(
    "name", ["LOINC", "UCUM", "RxNorm", "NUCC", "ICD-10-CM", "HCPCS", "CVX", "CPT", "SNOMED"]
)
def test_the_notice_names_every_code_system(name: str) -> None:
    assert name in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_the_notice_says_who_this_is_not() -> None:
    assert "not affiliated" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def _first_screen() -> str:
    return "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40])


@pytest.mark.parametrize(
    "words",
    [
        "make serve",
        "make test",
        "curl",
        "/hjdw/SBOX02/demographic",
        "webhooks",
        "unloads",
        "database explorer",
        "Beacon",
        "write access",
        "Not affiliated",
    ],
)
def test_the_first_screen_of_the_readme_says_it(words: str) -> None:
    assert words.lower() in _first_screen().lower()


def test_links_in_the_readme_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links and [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_ci_script_is_a_valid_program() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)

"""Settings: one table, three ways to set one, and a sentence for each way to get it wrong."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver import InputError, Settings
from mockserver.settings import Row, from_text, resolve, table

from .conftest import Hjkit
from .processes import serving

ROWS = {row.name: row for row in table()}


def test_every_field_is_a_row() -> None:
    assert list(ROWS) == [field.name for field in dataclasses.fields(Settings)]
    for row in ROWS.values():
        assert row.help.endswith(".") and row.kind in (str, int, bool)
        assert row.flag == "--" + row.variable.removeprefix("HJKIT_").lower().replace("_", "-")


def test_the_list_names_flag_variable_and_default(hjkit: Hjkit) -> None:
    done = hjkit("settings")
    assert done.code == 0
    for row in ROWS.values():
        assert re.search(rf"^{row.flag}  {row.variable}\b", done.out, re.MULTILINE)
        assert row.help in done.out
    assert "--port  HJKIT_PORT  (default 8420)" in done.out
    assert "keep, drop" in done.out and "1 to 100000" in done.out


def test_the_list_for_machines(hjkit: Hjkit) -> None:
    rows = json.loads(hjkit("settings", "--json").out)
    assert [row["flag"] for row in rows] == [row.flag for row in ROWS.values()]
    port = next(row for row in rows if row["flag"] == "--port")
    assert (port["default"], port["low"], port["high"], port["secret"]) == (8420, 0, 65535, False)


def test_serve_takes_every_setting(hjkit: Hjkit) -> None:
    said = hjkit("serve", "--help").out
    for row in ROWS.values():
        assert f"{row.flag} " in said and f"[{row.variable}]" in said


_OTHER: dict[type, str | int] = {str: "sandbox", int: 7}


def _another(row: Row) -> str | int | bool:
    """A value that is possible and not the default."""
    if row.kind is bool:
        return row.default is False
    if row.pattern:
        return "https://mock.example.test"
    return row.choices[-1] if row.choices else _OTHER[row.kind]


@pytest.mark.parametrize("name", ROWS)
def test_a_flag_wins_over_its_variable_and_that_over_the_default(name: str) -> None:
    row, other = ROWS[name], _another(ROWS[name])
    text = str(other).lower() if row.kind is bool else str(other)
    assert getattr(resolve({}, {}), name) == row.default
    assert getattr(resolve({name: None}, {row.variable: text}), name) == other
    assert getattr(resolve({name: row.default}, {row.variable: text}), name) == row.default


@pytest.mark.parametrize(("text", "value"), [("YES", True), ("1", True), ("off", False), ("No", False)])
def test_switches_take_the_usual_words(text: str, value: bool) -> None:
    assert resolve({}, {"HJKIT_EVIDENCE_HEADER": text}).evidence_header is value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("HJKIT_PER_PAG", "7", "HJKIT_PER_PAG: no such setting; valid: .*; did you mean HJKIT_PER_PAGE"),
        ("HJKIT_PER_PAGE", "0", "HJKIT_PER_PAGE: 0 is out of range; valid: 1 to 100000"),
        ("HJKIT_PORT", "http", "HJKIT_PORT: 'http' is not a whole number; valid: 0 to 65535"),
        ("HJKIT_TLS", "ye", "HJKIT_TLS: 'ye' is neither yes nor no; valid: .*; did you mean yes"),
        ("HJKIT_NEXT_PAGE_FILTERS", "kep", "HJKIT_NEXT_PAGE_FILTERS: 'kep' is not possible; .* did you mean keep"),
        ("HJKIT_PUBLIC_URL", "mock.test", "HJKIT_PUBLIC_URL: 'mock.test' is no address; valid: http"),
    ],
)
def test_a_bad_variable_is_one_sentence(hjkit: Hjkit, name: str, text: str, said: str) -> None:
    done = hjkit("serve", **{name: text})
    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(f"hjkit: {said}.*\n", done.err)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("--world clinik", "--world: 'clinik' is no .*valid: clinic, sandbox.*did you mean clinic"),
        ("--world sandbox,./nowhere", "nowhere/world.json: is no world"),
        ("--world nowhere.yaml", "nowhere.yaml: cannot be read"),
        ("--world ,", "--world: names no world"),
        ("--world sandbox,sandbox", "--world: 'sandbox' stands twice"),
        ("--practice SBOX03", "--practice: no world has practice 'SBOX03'; valid: .*SBOX02.*did you mean SBOX02"),
        ("--quirks vendr", "--quirks: 'vendr' is no quirk; valid: none, vendor,.*did you mean vendor"),
        ("--quirks Q02", "--quirks: Q02 has no switch"),
        ("--clock frosen", "--clock: 'frosen' is not .*did you mean frozen"),
        ("--clock 2022-13-01", "--clock: '2022-13-01' is not an instant"),
        ("--public-url ftp://x", "--public-url: 'ftp://x' is no address"),
        ("--repeated-column las", "--repeated-column: 'las' is not possible; valid: error, and, last"),
        ("--port 70000", "--port: 70000 is out of range; valid: 0 to 65535"),
        ("--logins nowhere.yaml", "nowhere.yaml: cannot be read"),
        ("--host no.such.host.invalid --admin-token x", "no.such.host.invalid:0: cannot listen there"),
    ],
)
def test_a_bad_flag_is_one_sentence(hjkit: Hjkit, flags: str, said: str) -> None:
    hjkit("get", "/", "--world", "sandbox")  # builds it, which is told on stderr
    done = hjkit("serve", "--port", "0", "--world", "sandbox", *flags.split())
    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(f"hjkit: .*{said}.*\n", done.err), done.err


@pytest.mark.parametrize(
    "arguments", [("serve", "--port", "many"), ("serve", "--per-pag", "7"), ("serv",), ("settings", "more")]
)
def test_what_click_refuses_ends_alike(hjkit: Hjkit, arguments: tuple[str, ...]) -> None:
    done = hjkit(*arguments)
    assert done.code == 2 and "Error: " in done.err and "Traceback" not in done.err


def test_a_secret_of_the_wrong_kind_is_not_repeated() -> None:
    with pytest.raises(InputError) as refused:
        Settings(password=4711)  # type: ignore[arg-type]
    assert str(refused.value) == "--password: the value is not text"


@pytest.mark.parametrize("values", [{"per_page": "7"}, {"per_page": True}, {"tls": 1}, {"world": Path("x")}])
def test_a_value_of_the_wrong_kind_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InputError, match="is not"):
        Settings(**values)  # type: ignore[arg-type]


@given(st.integers())
def test_the_range_of_pages_is_exact(number: int) -> None:
    possible = 1 <= number <= 100_000
    try:
        assert Settings(per_page=number).per_page == number and possible
    except InputError as error:
        assert not possible and "1 to 100000" in str(error)


@given(st.dictionaries(st.sampled_from(sorted(ROWS)), st.text(max_size=5)))
def test_any_text_is_taken_or_refused_in_a_sentence(pairs: dict[str, str]) -> None:
    try:
        Settings(**from_text(pairs, "somewhere"))
    except InputError as error:
        assert str(error).startswith("somewhere: ")


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("", True),
        ("http://127.0.0.1:4010", True),
        ("https://host/path", True),
        ("http://", False),
        ("//host", False),
        ("http://host/?q", False),
        ("http://ho st", False),
        ("http://host\n", False),
    ],
)
def test_what_is_an_address(url: str, good: bool) -> None:
    if good:
        assert Settings(public_url=url).public_url == url
    else:
        with pytest.raises(InputError):
            Settings(public_url=url)


class Guarded(Mapping[str, str]):
    """An environment that tells when somebody looks at what is meant for a live host."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values_ = values

    def __getitem__(self, name: str) -> str:
        assert not name.startswith("HJKIT_LIVE_"), "looked at a live credential"
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def test_live_credentials_are_never_looked_at() -> None:
    environ = Guarded({"HJKIT_LIVE_PASSWORD": "live-secret", "HJKIT_PER_PAGE": "7"})
    assert resolve({}, environ) == Settings(per_page=7)


def test_live_credentials_are_never_printed(tmp_path: Path, cache: Path, hjkit: Hjkit) -> None:
    names = ("HOST", "EMAIL", "PASSWORD", "SECRET_KEY")
    live = {f"HJKIT_LIVE_{name}": f"live-secret-{name}" for name in names}
    with serving(tmp_path, cache, **live) as mock:
        mock.login()
        shown = [mock.printed("Ctrl-C"), mock.err, json.dumps(dict(mock.facts)), mock.admin("GET", "/journal").text]
    shown += [hjkit("settings", **live).out, hjkit("serve", "--help").out]
    assert "live-secret" not in "".join(shown)


def test_no_source_but_the_check_of_names_knows_of_them() -> None:
    folder = Path(__file__).parents[2] / "mockserver"
    naming = [path.name for path in folder.rglob("*.py") if "HJKIT_LIVE" in path.read_text(encoding="utf-8")]
    assert naming == ["settings.py"]


def test_a_server_goes_by_its_variables_and_flags_win(tmp_path: Path, cache: Path) -> None:
    environ = {"HJKIT_PER_PAGE": "5", "HJKIT_QUIRKS": "none", "HJKIT_EMAIL": "me@clinic.test", "HJKIT_PORT": "1"}
    with serving(tmp_path, cache, "--per-page", "7", **environ) as mock:
        assert mock.facts["email"] == "me@clinic.test"
        page = mock.get("/hjdw/SBOX02/patient").json()
        assert (page["per_page"], len(page["data"])) == (7, 7)

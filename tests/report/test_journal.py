"""What a run leaned on, read from a mock over HTTP and from files: ids and counts, and nothing a request said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.recording.steps import USER_AGENT
from evaluation.report.journal import Use, _uses, read
from evaluation.report.relied import as_data
from mockserver.contract import Grade, load
from mockserver.errors import InputError
from mockserver.settings import Settings
from mockserver.testing import Server
from mockserver.web.logins import DEFAULT

SECRET = "Quimby7731"
BEHAVIOURS = load().behaviours
WEAK = next(id_ for id_, one in BEHAVIOURS.items() if one.evidence.grade is Grade.inferred)
FIRM = next(id_ for id_, one in BEHAVIOURS.items() if one.evidence.grade is Grade.observed)


@pytest.fixture(scope="module")
def mock() -> Iterator[Server]:
    """A mock that two clients have asked."""
    server = Server(Settings(world="sandbox"))
    for client, paths in (("connector/1.0", ["appointment", "allergy?page=2"]), ("script/2", ["vitals"])):
        session = requests.Session()
        session.headers["User-Agent"] = f"{client} {SECRET}"
        said = session.post(f"{server.url}/authenticate", data={"email": DEFAULT.email, "password": DEFAULT.password})
        session.headers.update({"Authorization": f"Bearer {said.json()['token']}", "Secretkey": DEFAULT.secret_key})
        for path in paths:
            assert session.get(f"{server.url}/hjdw/SBOX02/{path}", headers={"Version": "3.0"}).ok
    yield server
    server.stop()


def saved(folder: Path, data: Any) -> str:
    path = folder / "journal.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def test_a_running_mock_tells_what_each_client_leaned_on(mock: Server) -> None:
    first, second = read(mock.url)
    assert set(first.elements) == {"appointment", "allergy"} and set(second.elements) == {"vitals"}
    assert first.behaviours and all(count > 0 for count in first.behaviours.values()) and not first.strange


@pytest.mark.parametrize(("client", "elements"), [("connector", {"appointment", "allergy"}), ("script", {"vitals"})])
def test_one_client_can_be_chosen(mock: Server, client: str, elements: set[str]) -> None:
    (use,) = read(mock.url, client)
    assert set(use.elements) == elements


def test_programs_of_the_kit_are_no_programs_of_a_customer(tmp_path: Path) -> None:
    """An evaluation of the same mock asks for everything, and would be taken for what the customer relied on."""
    evaluated = {"client": USER_AGENT, "behaviours": [{"id": WEAK, "requests": 9}], "elements": []}
    theirs = {"client": "connector/1", "behaviours": [{"id": FIRM, "requests": 1}], "elements": []}
    both = saved(tmp_path, {"clients": [evaluated, theirs]})
    assert [set(use.behaviours) for use in read(both)] == [{FIRM}]
    assert [set(use.behaviours) for use in read(both, "healthjump-kit")] == [{WEAK}]
    with pytest.raises(InputError, match="no request"):
        read(saved(tmp_path, {"clients": [evaluated]}))


def test_files_of_both_kinds_say_the_same_as_the_mock(mock: Server, tmp_path: Path) -> None:
    asked = read(mock.url)
    for kind in ("assumptions", "journal"):
        text = requests.get(f"{mock.url}/__admin/{kind}").text
        assert SECRET in text
        assert read(saved(tmp_path, text)) == asked
        assert read(saved(tmp_path, text), "script") == asked[1:]


def test_nothing_a_request_said_gets_further(mock: Server, tmp_path: Path) -> None:
    made = json.dumps(as_data(read(mock.url)))
    assert SECRET not in made and "connector" not in made and "client 2" in made
    assert DEFAULT.email not in made and "SBOX02" not in made


def test_a_journal_full_of_marks_shows_none(tmp_path: Path) -> None:
    entry = {
        **dict.fromkeys(("client", "login", "method", "path", "query", "practice", "error", "fault"), SECRET),
        "status": 200, "element": SECRET, "behaviours": [SECRET, FIRM, 7, None, [SECRET]],
    }  # fmt: skip
    behaviour = {"id": FIRM, "requests": 2, "claim": SECRET, "grade": SECRET, "setting": SECRET, SECRET: SECRET}
    client = {"client": SECRET, "summary": SECRET, "behaviours": [behaviour, SECRET, {"id": SECRET, "requests": 1}]}
    elements = {"elements": [{"element": SECRET, "requests": 1, "columns": {SECRET: 1}}]}
    for data, strange in (({"entries": [entry]}, 5), ({"clients": [{**client, **elements}]}, 2)):
        made = as_data(read(saved(tmp_path, {**data, SECRET: SECRET})))
        assert SECRET not in json.dumps(made)
        assert made["strange"] == strange and [one["id"] for one in made["behaviours"]] == [FIRM]


@pytest.mark.parametrize("requests_", [0, -1, 1.5, True, "3", None, 10**13])
def test_a_count_that_is_none_is_not_believed(requests_: object, tmp_path: Path) -> None:
    row = {"client": "x", "behaviours": [{"id": WEAK, "requests": requests_}]}
    (use,) = read(saved(tmp_path, {"clients": [row]}))
    assert not use.behaviours and use.strange == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is neither assumptions nor a journal"),
        (f'{{"{SECRET}": 1}}', "is neither assumptions nor a journal"),
        ('{"clients": {}}', "is neither assumptions nor a journal"),
        ('{"clients": []}', "has no request in it"),
        ('{"entries": [1, null]}', "has no request in it"),
    ],
)
def test_what_is_no_journal_is_refused_in_one_sentence(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(saved(tmp_path, text))
    assert str(caught.value).startswith(f"--journal: {why}") and SECRET not in str(caught.value)


def test_a_file_that_is_not_there_is_refused_without_its_name(tmp_path: Path) -> None:
    for path in (tmp_path / SECRET, tmp_path, "\0", "x" * 5000):
        with pytest.raises(InputError, match=r"^--journal: cannot be read") as caught:
            read(str(path))
        assert SECRET not in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.report.journal.LARGEST", 3_000_000)
    with pytest.raises(InputError, match="is larger than 3 MB"):
        read(saved(tmp_path, " " * 3_000_001))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(InputError, match="is not JSON"):
        read(str(tmp_path / "x"))


@pytest.mark.parametrize("url", ["http://example.com", "https://192.0.2.1:8420", "http://localhost.example.com"])
def test_only_this_machine_is_asked(url: str) -> None:
    with pytest.raises(InputError, match="only a mock on this machine is asked"):
        read(url)


@pytest.mark.parametrize(
    "url", [f"http://a:{SECRET}@127.0.0.1:1", f"http://127.0.0.1:1/{SECRET}", "http://", "http://[x"]
)
def test_an_address_that_is_none_is_not_repeated(url: str) -> None:
    with pytest.raises(InputError, match=r"^--journal: ") as caught:
        read(url)
    assert SECRET not in str(caught.value)


def test_a_server_that_is_not_there(mock: Server) -> None:
    stopped = Server(Settings(world="sandbox"))
    stopped.stop()
    with pytest.raises(InputError, match=r"^--journal: no answer from the server"):
        read(stopped.url)


def test_no_such_client(mock: Server) -> None:
    with pytest.raises(InputError, match="has no request of such a client") as caught:
        read(mock.url, SECRET * 2)
    assert SECRET not in str(caught.value)


KEYS = st.sampled_from(
    ["clients", "entries", "client", "behaviours", "elements", "id", "requests", "element", "status"]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([WEAK, FIRM, "allergy"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, json_values, max_size=4))
@settings(deadline=None)
def test_whatever_a_journal_holds_ends_in_counts_or_in_a_sentence(data: dict[str, Any]) -> None:
    try:
        uses = _uses(data, "")
    except InputError:
        return
    made = as_data(uses)
    assert {one["id"] for one in made["behaviours"]} <= set(BEHAVIOURS)
    assert {one["element"] for one in made["elements"]} <= set(load().elements)


# --- what is made of it ---


def test_the_weakest_stands_first_and_grades_are_those_of_the_contract() -> None:
    use = Use()
    use.behaviours.update({FIRM: 3, WEAK: 1})
    made = as_data([use, Use()])
    assert [one["id"] for one in made["behaviours"]] == [WEAK, FIRM]
    assert [one["grade"] for one in made["behaviours"]] == ["inferred", "observed"]
    assert made["behaviours"][0]["claim"] == BEHAVIOURS[WEAK].claim
    assert made["grades"]["inferred"] == made["grades"]["observed"] == 1 and sum(made["grades"].values()) == 2
    assert [one["behaviours"] for one in made["clients"]] == [2, 0]


def test_clients_add_up() -> None:
    one, other = Use(), Use()
    one.behaviours[FIRM], other.behaviours[FIRM] = 2, 5
    one.elements["allergy"], other.elements["vitals"] = 1, 4
    made = as_data([one, other])
    assert made["behaviours"][0]["requests"] == 7
    assert [(row["element"], row["requests"]) for row in made["elements"]] == [("allergy", 1), ("vitals", 4)]


@pytest.mark.parametrize("name", ["charge", "appointment"])
def test_columns_are_counted_by_grade(name: str) -> None:
    use = Use()
    use.elements[name] = 1
    (row,) = as_data([use])["elements"]
    columns = load().elements[name].properties
    assert sum(row["columns"].values()) == len(columns)
    weak = [column.vendor for column in columns if column.evidence.grade is Grade.inferred]
    assert row["weak"] == len(weak) and row["weakest"] == weak[:8]

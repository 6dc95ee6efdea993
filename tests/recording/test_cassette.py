"""A cassette goes to disk whole, comes back the same, and is one for vcrpy too."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
import vcr
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording import cassette
from evaluation.recording.cassette import Cassette
from evaluation.recording.exchange import Exchange, Request, Response
from mockserver.errors import InputError

URL = "http://127.0.0.1:9/hjdw/SBOX02/appointment?date=eq~20211115"


def exchange(body: bytes = b'{"data":[]}', step: str = "one", url: str = URL, **response: object) -> Exchange:
    request = Request("GET", url, (("Secretkey", "invented"), ("Version", "3.0")))
    headers = (("Content-Type", "application/json"), ("X-Twice", "a"), ("X-Twice", "b"))
    return Exchange(step, request, Response(200, "OK", headers, body))


META = {"origin": "mock 0.1.0", "recorded": "2026-01-02", "steps": {"one": {"token": "none"}}}


@given(body=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
def test_any_body_survives(body: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "one.yaml"
    written = Cassette(META, (exchange(body),))
    cassette.write(path, written)
    assert cassette.read(path) == written
    assert [p.name for p in path.parent.iterdir()] == ["one.yaml"]


def test_vcrpy_replays_it_as_it_is(tmp_path: Path) -> None:
    cassette.write(tmp_path / "one.yaml", Cassette(META, (exchange('{"reason":"naïve ü"}'.encode()),)))
    with vcr.use_cassette(str(tmp_path / "one.yaml"), record_mode="none"):
        answer = requests.get(URL, timeout=5)
    assert answer.json() == {"reason": "naïve ü"} and answer.headers["X-Twice"] == "a, b"


def test_it_reads_what_vcrpy_wrote(tmp_path: Path) -> None:
    path = tmp_path / "theirs.yaml"
    path.write_text(
        "interactions:\n- request: {body: null, headers: {Accept: ['*/*']}, method: GET, uri: 'http://h.test/'}\n"
        "  response: {body: {string: hello}, headers: {A: b}, status: {code: 200, message: OK}}\nversion: 1\n"
    )
    (only,) = cassette.read(path).exchanges
    assert only.response.body == b"hello" and only.response.headers == (("A", "b"),) and only.step == ""
    assert cassette.read(path).origin == "unknown"


def test_a_long_line_is_not_folded(tmp_path: Path) -> None:
    text = cassette.dumps(Cassette(META, (exchange(b'{"a": "' + b"word " * 400 + b'"}'),)))
    assert "word " * 400 in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\ninteractions: {}\n", "is not a cassette"),
        ("version: 1\ninteractions: [1]\n", "interaction 1: must be a mapping"),
        ("version: 1\ninteractions: [{request: {}}]\n", "response is missing"),
        ("version: 1\ninteractions: []\nhealthjump: []\n", "healthjump: must be a mapping"),
        ("version: 1\na: !!python/object/apply:os.getcwd []\n", "safe loader"),
        ("version: 1\n  bad: [\n", "line 2"),
    ],
)
def test_what_is_no_cassette_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=said) as refusal:
        cassette.read(path)
    assert "bad.yaml" in refusal.value.where


def test_no_message_shows_what_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "interactions:\n- request: {method: {Canary7: 1}, uri: Canary7, headers: {}, body: 1}\n"
        "  response: {status: {code: Canary7}, headers: {}, body: {}}\n"
    )
    with pytest.raises(InputError) as refusal:
        cassette.read(path)
    assert "Canary7" not in str(refusal.value)


def test_a_folder_is_read_as_one_and_leaves_other_files_alone(tmp_path: Path) -> None:
    cassette.write(tmp_path / "b.yaml", Cassette({**META, "steps": {"two": {}}}, (exchange(step="two"),)))
    cassette.write(tmp_path / "a.yaml", Cassette(META, (exchange(),)))
    (tmp_path / "pending-rules.yaml").write_text("appointment.extra: {}\n")
    joined = cassette.read(tmp_path)
    assert [e.step for e in joined.exchanges] == ["one", "two"]
    assert sorted(joined.meta["steps"]) == ["one", "two"] and joined.origin == "mock 0.1.0"


def test_a_folder_of_two_origins_is_refused(tmp_path: Path) -> None:
    cassette.write(tmp_path / "a.yaml", Cassette(META, ()))
    cassette.write(tmp_path / "b.yaml", Cassette({"origin": "live 2026-01-02"}, ()))
    with pytest.raises(InputError, match="different origins"):
        cassette.read(tmp_path)
    with pytest.raises(InputError, match="holds no cassette"):
        (tmp_path / "empty").mkdir()
        cassette.read(tmp_path / "empty")


@pytest.mark.parametrize(
    ("origin", "may"), [("mock 0.1.0", False), ("live 2026-01-02", True), ("loopback 2026-01-02", False)]
)
def test_only_the_vendor_itself_raises_a_grade(origin: str, may: bool) -> None:
    assert Cassette({"origin": origin}, ()).raises_grades is may
    assert not Cassette({}, ()).raises_grades


def test_nothing_of_an_exchange_shows_in_its_repr() -> None:
    shown = repr(exchange(b"Canary7"))
    assert "Canary7" not in shown and "invented" not in shown and "20211115" not in shown

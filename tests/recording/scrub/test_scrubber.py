"""The scrubber as a whole: rules for everything, joins, order, unknown keys, idempotence, failures."""

from __future__ import annotations

import json
import traceback
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.recording.exchange import Exchange, Request, Response
from evaluation.recording.scrub import Scrubber, ScrubFailure, as_yaml, check, kinds, letters, messages, rules
from evaluation.recording.scrub.columns import compile_columns
from evaluation.recording.scrub.scrubber import OPENERS, context
from evaluation.recording.scrub.walker import Editor
from mockserver import contract as contracts
from mockserver.contract import quirks

CONTRACT = contracts.load()
RULES = rules.default()
BASE = "http://127.0.0.1:8420/hjdw/SBOX02"


def asked(target: str, body: Any, status: int = 200, kind: str = "application/json", **headers: str) -> Exchange:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = tuple({"Content-Type": kind, **headers}.items())
    return Exchange("step", Request("GET", f"{BASE}/{target}"), Response(status, "OK", given, raw))


def page(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"current_page": 1, "data": list(rows), "from": 1, "next_page_url": None, "total": len(rows)}


def scrubbed(*given: Exchange, seed: int = 1) -> list[Any]:
    made = Scrubber(CONTRACT, random=Random(seed)).session(given)
    return [json.loads(one.response.body) for one in made]


@pytest.mark.parametrize("selection", ["vendor+feed", "none", *(f"vendor,-{q}" for q in ("Q05", "Q11", "Q20", "Q28"))])
def test_every_column_has_a_rule_that_takes_its_example(selection: str) -> None:
    """No example of the contract is masked, whatever quirks are in force."""
    editor = Editor(context(CONTRACT, random=Random(1)), OPENERS)
    contract = contracts.load(quirks.parse_selection(selection))
    for element in contract.elements.values():
        for prop in element.properties:
            column = editor.context.columns.of(element.name, prop.wire)
            assert column is not None, f"{element.name}.{prop.wire}"
            text = json.dumps(prop.example) if prop.number else str(prop.example or "")
            if text:
                assert kinds.write(column.rule, text, editor.context) is not None, f"{element.name}.{prop.wire}"


def test_every_rule_names_a_kind_there_is() -> None:
    known = {*kinds.KINDS, *OPENERS, "listed", "drop", "mask", "unknown"}
    found = {rule.kind for section in RULES.sections.values() for rule in section.values()}
    assert found <= known
    formats = {p.format for e in contracts.load(quirks.of_set("vendor+feed")).elements.values() for p in e.properties}
    assert formats <= set(RULES.sections["formats"])


def test_columns_are_known_under_every_name_they_can_have() -> None:
    columns = compile_columns(CONTRACT, RULES)
    names = ("client_appt_id", "client_appointment_id", "appt_id", "appointment_id")
    assert len({id(columns.of("appointment", name)) for name in names}) >= 1
    assert all(columns.of("appointment", name) for name in names)
    assert columns.paths["patient"] == columns.paths["demographic"] == "demographic"
    for quirk in quirks.switchable():
        for state in ({quirk}, quirks.VENDOR - {quirk}):
            for element in contracts.load(frozenset(state)).elements.values():
                assert all(columns.of(element.name, p.wire) for p in element.properties), quirk


def test_joins_hold_across_elements_texts_and_urls() -> None:
    visit = {"patient_id": "48213", "resource": "Provider_1234500017", "provider_id": "1234500017"}
    person = {"client_patient_id": "48213", "other_id": "48213", "account_id": "48213", "pcp_id": "1234500017"}
    paged = page(visit) | {"next_page_url": f"{BASE}/appointment?patient_id=eq~48213&page=2"}
    given = asked("appointment?patient_id=eq~48213", paged), asked("demographic", page(person))
    first, second = Scrubber(CONTRACT, random=Random(2)).session(given)
    row, other = (json.loads(one.response.body)["data"][0] for one in (first, second))
    assert {row["patient_id"], *(other[k] for k in ("client_patient_id", "other_id", "account_id"))} == {
        row["patient_id"]
    }
    assert row["resource"].endswith("_" + row["provider_id"]) and other["pcp_id"] == row["provider_id"]
    following = json.loads(first.response.body)["next_page_url"]
    for url in (first.request.url, following):
        assert parse_qs(urlsplit(url).query)["patient_id"] == [f"eq~{row['patient_id']}"]
    assert row["patient_id"] != "48213" and "SBOX02" not in first.request.url + following


@pytest.mark.parametrize("operator", ["lt", "gte", "btwn", "like"])
def test_compared_columns_keep_their_order(operator: str) -> None:
    names = ["Patient_A", "Patient_C", "Patient_Q", "Maria412", "Max658", "Ann"]
    rows = page(*({"first_name": name} for name in names))
    (made,) = scrubbed(asked(f"demographic?first_name={operator}~Patient_M", rows))
    new = [row["first_name"] for row in made["data"]]
    assert sorted(range(6), key=names.__getitem__) == sorted(range(6), key=new.__getitem__)


def test_healthjump_ids_keep_their_order_and_timestamps_their_batches() -> None:
    numbers = [120034518, 999000001, 120034519, 500000000]
    stamp = "2022-07-30 02:34:12.4559"
    rows = page(*({"demographicid": n, "hj_modify_timestamp": stamp} for n in numbers))
    (made,) = scrubbed(asked("demographic", rows))
    new = [row["demographicid"] for row in made["data"]]
    assert sorted(range(4), key=numbers.__getitem__) == sorted(range(4), key=new.__getitem__)
    assert len({row["hj_modify_timestamp"] for row in made["data"]}) == 1
    assert made["data"][0]["hj_modify_timestamp"].endswith(" 02:34:12.4559")


def test_ten_unknown_fields_survive_as_keys_and_are_listed() -> None:
    values: list[Any] = [
        "Maria Lopez",
        "",
        None,
        5551234,
        12.5,
        True,
        ["a@" + "b.com"],
        {"deep": "x"},
        "48213",
        '{"n": "Ana"}',
    ]
    strange = {f"new_field_{'abcdefghij'[i]}": value for i, value in enumerate(values)}
    scrubber = Scrubber(CONTRACT, random=Random(1))
    made = scrubber.exchange(asked("demographic", page({"client_patient_id": "48213", **strange})))
    row = json.loads(made.response.body)["data"][0]
    assert [*row][1:] == [*strange]
    expected = ["Xxxxx Xxxxx", "", None, 1111111, 11.1, False, ["x@" + "x.xxx"], {"deep": "x"}, "00000", '{"n": "Xxx"}']
    assert list(row.values())[1:] == expected
    deep = {"demographic.new_field_h.deep", "nested.n"}
    assert {*scrubber.pending} == {f"demographic.{key}" for key in strange if key != "new_field_h"} | deep
    listed = yaml.safe_load(as_yaml(scrubber.pending))
    assert listed["demographic.new_field_a"] == {"types": ["text"], "lengths": [11, 11], "classes": " Aa", "seen": 1}
    assert "Maria" not in as_yaml(scrubber.pending)


@pytest.mark.parametrize("key", ["Maria Lopez", "48213", "1941-03-17", "maria@" + "x.org", "Lopez"])
def test_a_key_that_is_no_name_of_a_field_is_masked(key: str) -> None:
    scrubber = Scrubber(CONTRACT, random=Random(1))
    made = scrubber.exchange(asked("demographic", page({"last_name": "Lopez", key: 1})))
    assert key.encode() not in made.response.body and key not in as_yaml(scrubber.pending)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [("dob", "48213", "00000"), ("dob", "Maria", "Xxxxx"), ("state", "Ohioan", "Xxxxxx"), ("zip", "03601", "00000"),
     ("zip", "22139-1234", "22100-0000"), ("gender", "Maria", "Xxxxx"), ("race", "Maria Lopez", "Xxxxx Xxxxx"),
     ("state", "VA ", "VA "), ("ssn", "000000000", "000000000"), ("death_date", "Friday", "Xxxxxx")],
)  # fmt: skip
def test_values_of_a_column(column: str, value: str, expected: str) -> None:
    (made,) = scrubbed(asked("demographic", page({column: value})))
    assert made["data"][0][column] == expected


@pytest.mark.parametrize(
    "code", ["E11.9", "e11.9", "I10", "250.00", "V70.0", "U07.112", "G0463", "G0463GT", "GT", "4548-4"]
)
def test_unmistakable_codes_stay(code: str) -> None:
    (made,) = scrubbed(asked("diagnosis", page({"diagnosis_code": code})))
    assert made["data"][0]["diagnosis_code"] == code


@pytest.mark.parametrize("code", ["99213", "212345678", "M190713", "Maria", "212-34-5678", "48213", "4548-5", "M19071"])
def test_codes_that_could_be_somebodys_keep_their_spelling_only(code: str) -> None:
    (made,) = scrubbed(asked("diagnosis", page({"diagnosis_code": code})))
    new = made["data"][0]["diagnosis_code"]
    assert new != code and letters.masked(new) == letters.masked(code)


def test_a_page_of_html_keeps_its_tags() -> None:
    html = (
        b"<!DOCTYPE html><html><body class='x1'><h1>404 Not Found</h1>"
        b'<p id="Maria">Maria Lopez 312-664-5000</p></body></html>'
    )
    made = Scrubber(CONTRACT, random=Random(1)).exchange(asked("nope", html, 404, "text/html"))
    assert made.response.body == (
        b"<!DOCTYPE html><html><body class='x1'><h1>404 Not Found</h1>"
        b'<p id="Xxxxx">Xxxxx Xxxxx 000-000-0000</p></body></html>'
    )


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("The given data was invalid.", "The given data was invalid."),
        ("no row for Maria, May or page 92", "no row for Xxxxx, Xxx or page 00"),
        ("you may retry after 60, see 429", "you may retry after 60, see 429"),
        ("call 312-664-5000 or 10.20.30.40", "call 000-000-0000 or 00.00.00.00"),
        ("filter_value_invalid in dx1_code of Provider_7", "filter_value_invalid in dx1_code of Provider_7"),
        ("nginx/1.25.3 for aged 101", "nginx/1.25.3 for xxxx 000"),
    ],
)
def test_words_of_servers(said: str, left: str) -> None:
    (made,) = scrubbed(asked("nope", {"error": said}, 500))
    assert made["error"] == left


def test_bytes_that_are_no_text_keep_their_number() -> None:
    made = Scrubber(CONTRACT).exchange(asked("x", b"\xff\x00Maria\xfe", kind="application/octet-stream"))
    assert made.response.body == b"x" * 8


def test_headers_are_allowed_by_name_and_form() -> None:
    given = {
        "Set-Cookie": "a=b",
        "X-Owner": "Maria 1",
        "Date": "Sun, 22 Nov 2026 18:28:06 GMT",
        "Server": "nginx/1.2.3",
    }
    made = Scrubber(CONTRACT, random=Random(1)).exchange(asked("demographic", page(), **given))
    headers = dict(made.response.headers)
    assert "Set-Cookie" not in headers and headers["X-Owner"] == "Xxxxx 0"
    assert headers["Server"] == "nginx/1.2.3" and headers["Date"].startswith("Sun, ") and "2026" not in headers["Date"]


TEXT = st.text(max_size=12)
ROWS = st.dictionaries(
    st.sampled_from(
        ["client_patient_id", "first_name", "dob", "ssn", "zip", "nick", "first_email", "hj_modify_timestamp"]
    ),
    st.none()
    | st.integers()
    | TEXT
    | st.sampled_from(["48213", "19410317", "212345678", "2022-07-30 02:34:12.4", "Ann"]),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=4), st.integers(0, 99))
def test_what_is_scrubbed_passes_unchanged_and_keeps_its_shape_elsewhere(rows: list[dict[str, Any]], seed: int) -> None:
    """One scrubber: a fixed point. Another: other values of the same shape. Check objects to neither."""
    given = asked("demographic?first_name=eq~Ann&page=1", page(*rows), **{"X-Any": "thing"})
    scrubber = Scrubber(CONTRACT, random=Random(seed))
    once = scrubber.exchange(given)
    assert scrubber.exchange(once) == once
    twice = Scrubber(CONTRACT, random=Random(seed + 1)).exchange(once)
    assert _shape(twice.response.body) == _shape(once.response.body)
    assert [name for name, _ in twice.response.headers] == [name for name, _ in once.response.headers]


def _shape(body: bytes) -> Any:
    return [(type(v), len(str(v))) for row in json.loads(body)["data"] for v in row.values()]


def test_two_recordings_have_two_tables() -> None:
    given = asked("demographic", page({"client_patient_id": "4821377", "first_name": "Maria", "dob": "19720418"}))
    one, other = Scrubber(CONTRACT).exchange(given), Scrubber(CONTRACT).exchange(given)
    assert one != other


def test_a_failure_tells_no_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    def broken(walker: object, given: Exchange) -> Exchange:
        secret = given.response.body.decode()
        raise RuntimeError(f"cannot take {secret}")

    monkeypatch.setattr(messages, "exchange", broken)
    given = asked("demographic", page({"first_name": "Iolanthe"}))
    with pytest.raises(ScrubFailure) as caught:
        Scrubber(CONTRACT).session([given])
    error = caught.value
    assert error.__cause__ is None and error.__context__ is None
    told = str(error) + "".join(traceback.format_exception(error))
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if "evaluation" in frame.f_code.co_filename]
    told += "".join(repr(value) for frame in frames for value in frame.f_locals.values())
    assert frames and "Iolanthe" not in told
    assert "RuntimeError" in str(error) and "step" in str(error)
    assert check.__module__ and not list(tmp_path.iterdir())


def test_no_repr_holds_a_value() -> None:
    scrubber = Scrubber(CONTRACT, random=Random(1))
    scrubber.exchange(asked("demographic", page({"first_name": "Iolanthe"})))
    assert "Iolanthe" not in repr(scrubber) + repr(scrubber._context) + repr(scrubber._context.table)

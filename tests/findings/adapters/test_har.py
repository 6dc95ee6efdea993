"""HAR files: which host, which resources, what is told and what is left alone."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.findings.adapters import har as adapter
from evaluation.findings.evaluate import SEEN, VENDOR_ITSELF, run
from evaluation.findings.model import Api, Input, Origin
from mockserver.errors import InputError
from tests.findings.adapters.strangers import HOST, entry, har, jwt, put, shown

ROWS = [{"id": number, "last_name": "Inventedson"} for number in range(1, 6)]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


def read(folder: Path, *entries: Any) -> Api:
    return adapter.read(put(folder, har(*entries), "traffic.har"))


def test_a_recording_of_one_listing(tmp_path: Path) -> None:
    api = read(tmp_path, entry("/api/v1/patients", {"data": ROWS, "total": 5}))
    assert api.title == "recorded traffic (file traffic.har)" and api.vendor == "" and api.partial == ()
    assert [(r.name, r.listed, r.complete) for r in api.resources] == [("patients", True, True)]
    assert api.inputs >= {Input.all_rows, Input.order, Input.texts, Input.numbers, Input.instants, Input.nulls}
    assert api.resources[0].by_name["id"].types == {"integer"}


def test_a_recording_is_never_proof_of_a_vendor(tmp_path: Path) -> None:
    api = read(tmp_path, entry("/patients", ROWS))
    assert api.origin is Origin.capture and Origin.capture not in VENDOR_ITSELF
    assert {result.seen for result in run(api).results} == {SEEN[Origin.capture]}
    assert "not known" in SEEN[Origin.capture]


def test_the_host_with_most_answers_wins_and_others_are_counted(tmp_path: Path) -> None:
    other = [entry(f"/events{n}", [{"id": 1}], host=f"https://secret{n}.example.com") for n in (1, 2)]
    api = read(tmp_path, *other, entry("/patients", ROWS), entry("/visits", ROWS))
    assert [r.name for r in api.resources] == ["patients", "visits"]
    assert api.partial == ("2 JSON answers of 2 other hosts left out; the host with most of them is read",)
    assert "secret" not in shown(api)


def test_what_is_no_answer_with_rows_is_left_alone(tmp_path: Path) -> None:
    odd = [
        entry("/logo.png", status=200, text="iVBOR", mime="image/png"),
        entry("/patients", ROWS, method="OPTIONS"),
        entry("/patients", {"id": 9, "written": True}, method="POST", status=201),
        entry("/old", {"moved": 1}, status=302),
        entry("/patients", "", status=304, text=""),
        entry("/empty", "", status=204, text=""),
        entry("/scalar", 12),
        entry("/null", None),
        entry("chrome://settings", ROWS, host=""),
        entry("/broken[", ROWS, host="http://[::1"),
        {"request": None, "response": []},
        "no entry",
        None,
    ]
    api = read(tmp_path, *odd, entry("/patients", ROWS))
    assert [r.name for r in api.resources] == ["patients"] and api.partial == ()
    assert "written" not in api.resources[0].by_name


def test_bodies_that_are_missing_or_cut_off_are_told(tmp_path: Path) -> None:
    cut = json.dumps(ROWS)[:-9]
    api = read(
        tmp_path, entry("/visits", text=""), entry("/charges", text=cut), entry("/claims", text=cut),
        entry("/patients", ROWS), entry("/patients", ROWS),
    )  # fmt: skip
    assert api.partial == (
        "1 JSON answer without a body: the recording does not hold it",
        "2 JSON answers whose body is not JSON, perhaps cut off",
    )


@pytest.mark.parametrize("depth", [250, 900, 50_000])
def test_a_body_nested_too_deep_is_told(tmp_path: Path, depth: int) -> None:
    deep = f'[{{"id": 1, "deep": {"[" * depth}{"]" * depth}}}]'
    said = entry("/patients", text=deep, status=429)
    api = read(tmp_path, entry("/visits", text=deep), entry("/patients", ROWS), said)
    assert len(api.resources) == 1 and len(api.partial) == 1 and api.refusals[0].keys is None


def test_a_file_too_large_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MOST", 1000)
    with pytest.raises(InputError, match=r"is larger than the 1000 bytes that are read"):
        read(tmp_path, entry("/patients", ROWS * 100))


def test_a_body_in_base64_and_one_with_a_mark(tmp_path: Path) -> None:
    coded = b64encode(json.dumps(ROWS).encode()).decode()
    api = read(
        tmp_path, entry("/patients", text=coded, encoding="base64"), entry("/visits", text="\ufeff[{\"id\": 1}]"),
        entry("/charges", text="no base64", encoding="base64"),
    )  # fmt: skip
    assert [r.name for r in api.resources] == ["patients", "visits"] and len(api.partial) == 1


@pytest.mark.parametrize("mime", ["application/json", "application/fhir+json", "application/vnd.api+json", ""])
def test_media_types_of_json(tmp_path: Path, mime: str) -> None:
    assert read(tmp_path, entry("/patients", ROWS, mime=mime)).resources[0].name == "patients"


def test_a_type_that_only_headers_name(tmp_path: Path) -> None:
    made = entry("/patients", ROWS, mime="")
    made["response"]["headers"] = [{"name": "CONTENT-TYPE", "value": "application/json"}, None, {"name": 1}]
    assert read(tmp_path, made).resources[0].tables[0].size == 5


def test_refusals_have_causes_and_no_codes_of_theirs(tmp_path: Path) -> None:
    said = [
        entry("/patients", {"code": "token_expired"}, status=401),
        entry("/patients", {"error": {"code": "QXCODE", "message": "No token was sent"}}, status=401),
        entry("/patients", {"why": "so"}, status=429),
        entry("/patients", {"code": "QXCODE"}, status=418),
    ]
    api = read(tmp_path, entry("/patients", ROWS), *said)
    assert Input.refusals in api.inputs
    assert [(r.cause, r.status, r.code) for r in api.refusals] == [
        ("token expired", 401, "code 1"), ("token missing", 401, "code 2"), ("too many requests", 429, ""),
    ]  # fmt: skip
    assert "QXCODE" not in shown(api)


def test_the_structure_of_a_bearer_token(tmp_path: Path) -> None:
    token = jwt(iss="http://QXISSUER.example.org", sub="QXSUBJECT", iat=1, exp=3601)
    first = entry("/patients", ROWS, headers={"Authorization": "Bearer nothing"})
    api = read(tmp_path, first, entry("/visits", ROWS, headers={"authorization": f"bearer {token}"}))
    assert api.token is not None and api.token.life == 3600 and api.token.issuer_scheme == "http"
    assert Input.token in api.inputs and "QX" not in shown(api)
    elsewhere = entry("/visits", ROWS, headers={"authorization": f"Bearer {token}"}, host="https://b.example.org")
    assert read(tmp_path, entry("/patients", ROWS), entry("/charges", ROWS), elsewhere).token is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ([], "is no HAR file"),
        ({"log": []}, "is no HAR file"),
        ({"log": {"entries": {}}}, "is no HAR file"),
        (har(version="9.9"), "is of a HAR version that is not read; valid: 1.1, 1.2"),
        (har(), "holds no JSON answer to a GET request"),
        (har(entry("/login", {"token": "x"}, method="POST")), "holds no JSON answer to a GET request"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        adapter.read(put(tmp_path, content))
    assert sentence in str(refused.value) and "\n" not in str(refused.value)


def test_credentials_in_an_address_are_no_part_of_its_host(tmp_path: Path) -> None:
    with_login = entry("/patients", ROWS, host=HOST.replace("//", "//QXUSER:QXWORD@"))
    api = read(tmp_path, with_login, entry("/visits", ROWS))
    assert len(api.resources) == 2 and api.partial == () and "QX" not in shown(api)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    log=ANY,
    odd=st.lists(ANY, max_size=3),
    message=st.dictionaries(
        st.sampled_from(["url", "method", "headers", "status", "content", "text", "mimeType", "encoding"]),
        ANY,
        max_size=6,
    ),
)
def test_any_json_is_read_or_refused_in_one_sentence(
    tmp_path: Path, log: Any, odd: list[Any], message: dict[str, Any]
) -> None:
    both = {"request": {"url": f"{HOST}/a", "method": "GET", **message}, "response": {"status": 200, **message}}
    for content in (log, {"log": log}, har(*odd, both), har(both, entry("/patients", odd))):
        try:
            run(adapter.read(put(tmp_path, content)), only=["HJ-001", "HJ-045"])
        except InputError as error:
            assert "\n" not in str(error)

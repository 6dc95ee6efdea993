"""A whole API read over HTTP: our mock, another server, and all that can be wrong with one."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request as Asked
from werkzeug.wrappers import Response as Given

from evaluation.findings.adapters import server
from evaluation.findings.model import Api, Input, Origin
from mockserver import contract
from mockserver.errors import InputError
from mockserver.settings import Settings
from mockserver.testing import Healthjump, Server
from mockserver.web.logins import DEFAULT
from tests.findings.adapters.servers import at, dripping, fronted, said

PLAIN = frozenset(Input) - {Input.documents, Input.descriptions}
WRONG = {"HJKIT_PASSWORD": "canary-password"}


def read(url: str, **how: Any) -> Api:
    return server.read(url, **{"environ": {}, **how})


def sizes(api: Api) -> Mapping[tuple[str, str], int]:
    return {(r.name, t.practice): t.size for r in api.resources for t in r.tables}


def rows_of(api: Api) -> list[Any]:
    return [table.columns for resource in api.resources for table in resource.tables]


@pytest.fixture(scope="module")
def whole(sandbox_server: Server) -> Api:
    """The sandbox, read once."""
    sandbox_server.state.reset()
    return read(sandbox_server.url)


def test_our_mock_is_read_whole(whole: Api, sandbox_server: Server) -> None:
    assert whole.origin is Origin.mock and whole.title == f"mock at {sandbox_server.url}"
    assert whole.partial == () and whole.inputs == PLAIN and whole.vendor == "healthjump"
    assert [r.name for r in whole.resources] == list(contract.load().paths)
    assert all(r.complete for r in whole.resources)


def test_every_row_comes_in_the_order_of_the_pages(whole: Api, sandbox: Server) -> None:
    expected = Healthjump(sandbox)
    try:
        for name in ("appointment", "payer_dim", "client_ids", "vitals"):
            table = whole.by_name[name].tables[0]
            assert [table.row(i) for i in range(table.size)] == expected.rows(name, "SBOX02")
    finally:
        expected.close()


def test_an_empty_element_is_a_table_without_rows(whole: Api) -> None:
    payer = whole.by_name["payer_dim"]
    assert payer.empty and payer.complete and payer.tables[0].size == 0


def test_types_and_nulls_are_those_of_the_answers(whole: Api) -> None:
    fields = whole.by_name["appointment"].by_name
    assert fields["appointmentid"].types == {"integer"} and fields["duration"].types == {"string"}
    assert fields["provider_clinician_name"].nullable is True and fields["date"].nullable is False


@pytest.mark.parametrize("quirks", ["none", "vendor,-Q06,-Q10"])
def test_the_quirks_of_a_mock_choose_the_paths(quirks: str) -> None:
    mock = Server(Settings(world="sandbox", quirks=quirks))
    try:
        api = read(mock.url)
    finally:
        mock.stop()
    paths = contract.load(contract.quirks.parse_selection(quirks)).paths
    assert [r.name for r in api.resources] == list(paths) and "patient" in paths
    assert api.partial == () and Input.all_rows in api.inputs


def test_all_practices_are_read_and_the_list_of_them_once(both_worlds: Server) -> None:
    api = read(both_worlds.url)
    found = sizes(api)
    assert {practice for _, practice in found} == {"CLNC04", "SBOX02"}
    assert [practice for name, practice in found if name == "client_ids"] == ["CLNC04"]
    assert sum(found.values()) > 79_000 and api.partial == ()


def test_both_worlds_take_less_than_two_seconds_of_this_process(both_worlds: Server) -> None:
    """With the mock in the same process, so that its share is counted too."""
    before = time.process_time()
    read(both_worlds.url)
    assert time.process_time() - before < 4


def test_one_practice_can_be_chosen(both_worlds: Server) -> None:
    api = read(both_worlds.url, practices=("SBOX02",))
    assert {practice for _, practice in sizes(api)} == {"SBOX02"} and api.partial == ()


def test_two_runs_are_equal(sandbox: Server) -> None:
    one, other = (read(sandbox.url) for _ in range(2))
    assert (one.title, one.inputs, one.refusals, one.probes, one.token, one.partial, one.asked) == (
        other.title, other.inputs, other.refusals, other.probes, other.token, other.partial, other.asked,
    )  # fmt: skip
    assert rows_of(one) == rows_of(other)


def test_nothing_on_the_mock_changes(sandbox: Server, steered: Healthjump) -> None:
    before = steered.clock.now
    read(sandbox.url)
    assert steered.clock.now == before
    assert {entry["method"] for entry in steered.journal} == {"GET", "POST"}
    assert {e["path"] for e in steered.journal if e["method"] == "POST"} == {"/authenticate"}


# --- getting in ---


def test_a_wrong_login_is_one_sentence_without_the_login(sandbox: Server) -> None:
    with pytest.raises(InputError) as failure:
        read(sandbox.url, environ=WRONG)
    text = str(failure.value)
    assert text.startswith(f"{sandbox.url}: the login was refused (401)") and "HJKIT_PASSWORD" in text
    assert "canary" not in text and "\n" not in text


def test_a_wrong_key_is_told_apart_from_a_wrong_login(sandbox: Server) -> None:
    with pytest.raises(InputError, match=r"login was taken, but its token or Secretkey was refused \(401\)") as failure:
        read(sandbox.url, environ={"HJKIT_SECRET_KEY": "canarykey"})
    assert "canarykey" not in str(failure.value)


def test_the_login_of_the_variables_is_used(logins_file: Path) -> None:
    text = logins_file.read_text(encoding="utf-8").replace("HAND02", "SBOX02")
    logins_file.write_text(text, encoding="utf-8")
    mock = Server(Settings(logins=str(logins_file)))
    environ = {"HJKIT_EMAIL": "one@clinic.test", "HJKIT_PASSWORD": "fake-one", "HJKIT_SECRET_KEY": "fakekeyone"}
    try:
        api = read(mock.url, environ=environ)
    finally:
        mock.stop()
    assert {practice for _, practice in sizes(api)} == {"SBOX02"}
    assert "tenant forbidden" in {refusal.cause for refusal in api.refusals}


@pytest.mark.parametrize(
    ("url", "how", "says"),
    [
        ("http://api.example", {}, "a host elsewhere is recorded over https only"),
        ("https://api.example", {}, "--i-have-permission"),
        ("https://api.example", {"permission": True}, "no credentials for this host, and nobody to ask"),
        ("https://api.example", {"permission": True, "environ": {"HJKIT_LIVE_HOST": "other"}}, "names another host"),
        ("https://who:canary@api.example", {}, "must not carry a login"),
        ("http://127.0.0.1:1", {}, "ConnectionRefusedError"),
        ("http://127.0.0.1:1", {"practices": ("../x",)}, "letters and digits"),
    ],
)
def test_the_rules_of_record_apply(url: str, how: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as failure:
        read(url, **how)
    assert says in str(failure.value) and "canary" not in str(failure.value)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (said({"jwt": "canary"}), "holds no token"),
        (said(["canary"]), "holds no token"),
        (said({"token": "canary\n"}), "holds no token"),
        (Given(b"canary <", 200), "holds no token"),
        (said({"error": "canary"}, 500), r"the login was refused \(500\)"),
    ],
)
def test_a_login_without_token_ends_in_one_sentence(sandbox: Server, answer: Given, says: str) -> None:
    with (
        fronted(sandbox, at("/authenticate", lambda given: answer)) as (url, _),
        pytest.raises(InputError, match=says) as failure,
    ):
        read(url)
    assert "canary" not in str(failure.value)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
def test_a_server_that_never_finishes_is_one_sentence(head: bytes) -> None:
    started = time.monotonic()
    with dripping(head, b"x" if head else b"") as url, pytest.raises(InputError) as failure:
        read(url, timeout=0.3)
    assert str(failure.value) == f"{url}: the server gave no complete answer within 0.3 s"
    assert time.monotonic() - started < 5


# --- practices ---


def test_a_bare_list_of_practices_will_do(sandbox: Server) -> None:
    def bare(given: Given) -> Given:
        return said(json.loads(given.get_data())["data"])

    with fronted(sandbox, at("/client_ids", bare)) as (url, _):
        api = read(url)
    assert api.partial == () and api.by_name["client_ids"].tables[0].size == 1


def test_without_a_list_of_practices_one_has_to_be_named(sandbox: Server) -> None:
    with fronted(sandbox, at("/client_ids", lambda given: said({}, 404))) as (url, _):
        with pytest.raises(InputError, match="client_ids answered 404; valid: --practice CODE"):
            read(url)
        api = read(url, practices=("SBOX02",))
    assert api.partial[0] == "client_ids answered 404, so practices it would add were not read"
    assert "client_ids" not in api.by_name


@pytest.mark.parametrize(("status", "bad", "good"), [
    (403, "SBOX02", "CLNC04"), (404, "SBOX02", "CLNC04"), (500, "SBOX02", "CLNC04"), (404, "CLNC04", "SBOX02"),
])  # fmt: skip
def test_a_practice_that_fails_is_named_and_the_other_read(
    both_worlds: Server, status: int, bad: str, good: str
) -> None:
    handle = Healthjump(both_worlds)
    handle.fail_next(1000, status=status, practice=bad)
    try:
        api = read(both_worlds.url)
    finally:
        handle.reset()
        handle.close()
    assert api.partial == (f"every resource of {bad}: answered {status}",)
    assert Input.all_rows not in api.inputs and Input.rows in api.inputs
    complete = {t.practice: t.complete for r in api.resources if r.name != "client_ids" for t in r.tables}
    assert complete == {good: True, bad: False}
    assert api.by_name["client_ids"].complete


# --- resources ---


def test_a_resource_that_fails_is_named_and_the_rest_read(sandbox: Server, steered: Healthjump) -> None:
    steered.fail_next(1000, status=500, path="vitals")
    api = read(sandbox.url)
    assert api.partial == ("vitals: answered 500",)
    assert api.by_name["vitals"].empty and not api.by_name["vitals"].complete
    assert api.by_name["appointment"].complete and Input.all_rows not in api.inputs


def test_what_another_server_does_not_serve_is_no_resource_of_it(sandbox: Server) -> None:
    with fronted(sandbox, at("/quality_data", lambda given: said({}, 404))) as (url, _):
        api = read(url)
    assert "quality_data" not in api.by_name and api.partial == ("quality_data: answered 404",)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Given(b'{"data": [{"canary', 200), "gave an answer that is not JSON"),
        (Given(b"\xff\xfe", 200), "gave an answer that is not JSON"),
        (Given(b"[" * 100_000, 200), "gave an answer that is not JSON"),
        (said({"rows": ["canary"]}), "gave an answer that is not a page of rows"),
        (said({"data": {"canary": 1}}), "gave an answer that is not a page of rows"),
        (said("canary"), "gave an answer that is not a page of rows"),
        (said({"data": [{"a": 1}, "canary", None]}), "has 2 entries that are no rows; they were left out"),
        (said({"data": [{"a": 1}], "total": 5}), "gave 1 rows and says there are 5"),
        (Given(b"", 302, headers={"Location": "http://127.0.0.1:1/canary"}), "answered 302"),
        (Given(b"", 204), "answered 204"),
    ],
)
def test_an_odd_answer_is_one_sentence_and_the_rest_is_read(sandbox: Server, answer: Given, problem: str) -> None:
    body, status, headers = answer.get_data(), answer.status, list(answer.headers)

    def anew(given: Given) -> Given:
        return Given(body, status, headers=headers)

    with fronted(sandbox, at("/vitals", anew)) as (url, _):
        api = read(url)
    assert api.partial == (f"vitals: {problem}",)
    assert api.by_name["appointment"].complete and not api.by_name["vitals"].complete


def test_a_resource_that_hangs_does_not_keep_the_rest(sandbox: Server, steered: Healthjump) -> None:
    steered.fail_next(10, status=0, delay_ms=3000, path="vitals")
    api = read(sandbox.url, timeout=0.7)
    assert api.partial == ("vitals: gave no complete answer within 0.7 s",)
    assert api.by_name["appointment"].complete


def test_a_server_that_hangs_behind_the_login_is_left_alone(sandbox: Server, steered: Healthjump) -> None:
    steered.fail_next(1000, status=0, delay_ms=3000, practice="SBOX02")
    started = time.monotonic()
    api = read(sandbox.url, timeout=0.3)
    assert time.monotonic() - started < 8
    assert api.origin is Origin.mock and Input.rows not in api.inputs and not api.probes
    assert any("3 requests in a row had failed" in sentence for sentence in api.partial)
    assert len(api.partial) <= 5


def test_the_budget_ends_a_run(sandbox: Server, steered: Healthjump) -> None:
    steered.fail_next(1000, status=0, delay_ms=150, practice="SBOX02")
    api = read(sandbox.url, budget=1.0)
    assert any("the 1 s for the whole run were used up" in sentence for sentence in api.partial)
    assert any(not resource.complete for resource in api.resources)


def test_a_limit_of_pages_is_told(sandbox: Server) -> None:
    api = read(sandbox.url, limit=1)
    assert all("more pages than the 1 that were read" in sentence for sentence in api.partial) and api.partial
    assert sizes(api)[("appointment", "SBOX02")] == 20 and not api.by_name["appointment"].complete
    assert api.by_name["allergy"].complete


# --- another server ---


def test_another_server_is_read_without_naming_its_practices(sandbox: Server, whole: Api) -> None:
    with fronted(sandbox) as (url, seen):
        api = read(url)
    assert api.origin is Origin.server and api.title == f"server at {url}" and api.partial == ()
    assert {t.practice for r in api.resources for t in r.tables} == {"practice 1"}
    assert rows_of(api) == rows_of(whole) and api.asked == {}
    assert b"fake-password" in seen[0] and DEFAULT.password.startswith("fake-password")


def test_codes_of_another_server_are_told_apart_without_being_shown(sandbox: Server, whole: Api) -> None:
    with fronted(sandbox) as (url, _):
        api = read(url)
    ours = {r.cause: r.code for r in whole.refusals}
    theirs = {r.cause: r.code for r in api.refusals}
    assert set(theirs) == set(ours) - {"token expired"}
    assert all(code.startswith("code ") for code in theirs.values())
    for one in theirs:
        for other in theirs:
            assert (theirs[one] == theirs[other]) == (ours[one] == ours[other])


def test_a_key_that_could_be_a_value_is_counted(sandbox: Server) -> None:
    def keyed(given: Given) -> Given:
        return said({"data": [{"a": 1, "Doe, Jane 1950": 2, "mrn12345678": 3, "Jane Doe": 4}]})

    with fronted(sandbox, at("/vitals", keyed)) as (url, _):
        api = read(url)
    assert [field.name for field in api.by_name["vitals"].fields] == ["a", "column 2", "column 3", "column 4"]


def test_only_this_machine_is_asked_for_the_admin_api(sandbox: Server) -> None:
    def refuse(asked: Asked, given: Given) -> Given | None:
        return said({"version": "9", "quirks": "canary"}) if asked.path == "/__admin/health" else None

    with fronted(sandbox, refuse) as (_, seen):
        with pytest.raises(InputError):
            read("https://api.example", permission=True)
        assert seen == []

"""A scrubbed recording as an Api: exactly what scrubbing leaves, and nothing it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from evaluation.findings.adapters import cassette, server
from evaluation.findings.model import Api, Input, Origin, Table
from evaluation.recording.cassette import Cassette
from mockserver.errors import InputError
from mockserver.testing import Server
from tests.recording import captures

from .recordings import asked, rows_of, scrubbed, written

COMMITTED = Path("fixtures/cassettes/vendor")
KEPT = {Input.paths, Input.fields, Input.types, Input.nulls, Input.samples, Input.rows, Input.instants}
ASKED = {Input.refusals, Input.probes, Input.token}
CANARY = "canary-Zq81"
STAMP = "hj_modify_timestamp"


@pytest.fixture(scope="module")
def committed() -> Api:
    return cassette.read(COMMITTED)


@pytest.fixture(scope="module")
def captured(sandbox_server: Server) -> Cassette:
    """What the default plan gets from the sandbox, twenty rows a page, unscrubbed."""
    sandbox_server.state.reset()
    return captures.cassette_of(captures.capture(sandbox_server.url))


@pytest.fixture(scope="module")
def before(captured: Cassette, tmp_path_factory: pytest.TempPathFactory) -> Api:
    exchanges = list(captured.exchanges)
    return cassette.read(written(tmp_path_factory.mktemp("before"), exchanges, steps=captured.meta["steps"]))


@pytest.fixture(scope="module")
def after(captured: Cassette, tmp_path_factory: pytest.TempPathFactory) -> Api:
    return cassette.read(scrubbed(tmp_path_factory.mktemp("after"), captured))


def tables(one: Api, other: Api) -> Iterator[tuple[Table, Table]]:
    assert [r.name for r in one.resources] == [r.name for r in other.resources]
    for mine, theirs in zip(one.resources, other.resources, strict=True):
        yield from zip(mine.tables, theirs.tables, strict=True)


def test_the_committed_cassettes_are_a_recording_of_a_mock(committed: Api) -> None:
    assert (committed.title, committed.origin) == ("cassettes vendor (from a mock)", Origin.recording)
    assert committed.inputs == KEPT | ASKED | {Input.order}
    assert committed.partial == () and not committed.asked and committed.vendor == "healthjump"


def test_every_element_that_was_asked_for_is_there(committed: Api) -> None:
    assert len(committed.resources) == 20
    assert {r.name for r in committed.resources} >= {"appointment", "payer_dim", "client_ids"}
    assert [r.name for r in committed.resources if r.empty] == ["payer_dim"]


def test_most_listings_are_cut_and_say_so(committed: Api) -> None:
    assert {r.name for r in committed.resources if r.complete} == {"payer_dim", "client_ids"}
    assert all(field.nullable is not False for r in committed.resources if not r.complete for field in r.fields)


def test_only_a_listing_without_selections_is_ordered(committed: Api) -> None:
    unordered = {r.name for r in committed.resources for t in r.tables if t.size and not t.ordered}
    assert unordered == {"appointment"}


def test_refusals_and_probes_are_those_of_the_plan(committed: Api) -> None:
    assert {(r.cause, r.status, r.code) for r in committed.refusals} >= {
        ("token missing", 400, "token_not_provided"), ("token expired", 401, "token_expired"),
        ("login wrong", 401, "invalid_credentials"), ("method wrong", 405, "method_not_allowed"),
    }  # fmt: skip
    assert {(p.topic, p.outcome) for p in committed.probes} >= {
        ("version absent", "ignored"), ("version short", "ignored"), ("version unknown", "refused"),
        ("unknown filter column", "refused"), ("page past the end", "empty"),
    }  # fmt: skip


def test_the_token_keeps_names_and_shapes(committed: Api) -> None:
    token = committed.token
    assert token is not None and (token.algorithm, token.life, token.refresh) == ("RS256", 3600, False)
    shapes = {claim.name: claim.holds for claim in token.claims}
    assert (shapes["customer.contacts"], shapes["customer.products"]) == ("json as text", "list as text")
    assert (shapes["aws_error"], shapes["email"]) == ("error text", "plain")


def test_a_folder_and_its_files_say_the_same(committed: Api) -> None:
    one = cassette.read(COMMITTED / "elements.yaml")
    assert one.title == "cassettes elements.yaml (from a mock)"
    assert one.inputs == KEPT | {Input.order}
    assert one.by_name["allergy"].tables[0].columns == committed.by_name["allergy"].tables[0].columns


def test_scrubbing_keeps_names_and_sizes(before: Api, after: Api) -> None:
    for mine, theirs in tables(before, after):
        assert list(mine.columns) == list(theirs.columns)
        assert (mine.size, mine.complete, mine.ordered) == (theirs.size, theirs.complete, theirs.ordered)


def test_scrubbing_keeps_types_null_and_empty_text(before: Api, after: Api) -> None:
    for mine, theirs in tables(before, after):
        for name in mine.columns:
            for old, new in zip(mine.columns[name], theirs.columns[name], strict=True):
                assert type(old) is type(new) and (old == "") is (new == "")


def test_scrubbing_keeps_fields(before: Api, after: Api) -> None:
    for mine, theirs in zip(before.resources, after.resources, strict=True):
        assert [(f.name, f.types, f.nullable) for f in mine.fields] == [
            (f.name, f.types, f.nullable) for f in theirs.fields
        ]


def test_scrubbing_keeps_differences_of_instants_and_digits_of_fractions(before: Api, after: Api) -> None:
    moved = set()
    for mine, theirs in tables(before, after):
        for old, new in zip(*(map(repr, table.columns.get(STAMP, ())) for table in (mine, theirs)), strict=True):
            if old != "absent":
                assert old.partition(" ")[2] == new.partition(" ")[2]
                moved.add(datetime.fromisoformat(old[1:11]) - datetime.fromisoformat(new[1:11]))
    assert len(moved) == 1


def test_scrubbing_keeps_which_ids_are_equal(before: Api, after: Api) -> None:
    pairs = {
        (str(old), str(new))
        for mine, theirs in tables(before, after)
        for old, new in zip(mine.column("patient_id"), theirs.column("patient_id"), strict=True)
    }
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})


def test_scrubbing_keeps_neither_texts_nor_numbers(before: Api, after: Api) -> None:
    for name in ("reason", "client_appt_id"):
        mine, theirs = (set(api.by_name["appointment"].by_name[name].samples) for api in (before, after))
        assert len(mine) > 5 and not mine & theirs
    assert not {Input.texts, Input.numbers} & after.inputs


def test_scrubbing_keeps_refusals_probes_and_the_shape_of_the_token(before: Api, after: Api) -> None:
    assert (before.refusals, before.probes, before.token) == (after.refusals, after.probes, after.token)
    assert before.inputs == after.inputs == KEPT | ASKED | {Input.order}


def test_a_recording_agrees_with_the_server_it_was_made_from(sandbox: Server, after: Api) -> None:
    live = server.read(sandbox.url, environ={})
    assert {r.name for r in after.resources} == {r.name for r in live.resources}
    for resource in after.resources:
        mine = {field.name: field.types for field in resource.fields}
        theirs = {field.name: field.types for field in live.by_name[resource.name].fields}
        assert list(mine) == list(theirs) and all(mine[name] <= theirs[name] for name in mine)
    outcomes = {(p.topic, p.outcome, p.status) for p in after.probes}
    assert outcomes >= {(p.topic, p.outcome, p.status) for p in live.probes}
    codes = {r.cause: (r.status, r.code) for r in live.refusals}
    assert all(codes[r.cause] == (r.status, r.code) for r in after.refusals if r.cause in codes)
    assert after.token == live.token


@pytest.mark.parametrize(
    ("word", "origin", "title"),
    [
        ("mock 0.1.0", Origin.recording, "from a mock"),
        ("live 2026-01-31", Origin.recorded_live, "from the live API"),
        ("loopback 2026-01-31", Origin.server, "from a server on the recording machine"),
        ("canary Zq81", Origin.server, "from an unknown place"),
    ],
)
def test_the_origin_says_how_much_it_proves(tmp_path: Path, word: str, origin: Origin, title: str) -> None:
    api = cassette.read(written(tmp_path, [rows_of("/hjdw/QQXX07/appointment", [{"id": 1}])], word))
    assert (api.origin, api.title) == (origin, f"cassettes made.yaml ({title})")
    assert api.resources[0].tables[0].practice == ("QQXX07" if origin is Origin.recording else "practice 1")


def test_a_cassette_of_whole_listings_has_all_rows(tmp_path: Path) -> None:
    api = cassette.read(written(tmp_path, [rows_of("/hjdw/QQXX07/appointment", [{"id": 1}])]))
    assert api.inputs == KEPT | {Input.order, Input.all_rows}
    assert api.by_name["appointment"].by_name["id"].nullable is False


def test_a_cassette_without_rows_has_no_inputs_of_rows(tmp_path: Path) -> None:
    api = cassette.read(written(tmp_path, [asked("/hjdw", {"error": "not_found"}, 404, "paths.root")]))
    assert api.inputs == {Input.refusals} and api.resources == ()


def test_a_stopped_recording_says_so_in_our_words(tmp_path: Path) -> None:
    api = cassette.read(written(tmp_path, [rows_of("/hjdw/QQXX07/a", [{"id": 1}])], stopped=CANARY, steps=[CANARY]))
    assert api.partial == ("the recording was stopped before its plan was finished",)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"token": 1}', b'{"token": "a.b.c"}'])
def test_a_login_without_a_token_is_none(tmp_path: Path, body: bytes) -> None:
    api = cassette.read(written(tmp_path, [asked("/authenticate", body, method="POST")]))
    assert api.token is None and Input.token not in api.inputs


def test_a_path_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.yaml: does not exist; valid: a cassette or a folder"):
        cassette.read(tmp_path / "none.yaml")


def test_an_empty_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no cassette"):
        cassette.read(tmp_path)


@pytest.mark.parametrize("text", [f"{CANARY}", f"a: [{CANARY}", f"interactions: {CANARY}", f"interactions: [{CANARY}]"])
def test_what_is_no_cassette_is_one_sentence_without_a_word_of_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        cassette.read(file)
    assert CANARY not in str(refused.value) and str(refused.value).count("\n") == 0


def test_values_of_a_cassette_that_nobody_scrubbed_stay_out_of_what_is_said(tmp_path: Path) -> None:
    made = [
        rows_of(f"/hjdw/{CANARY}/1 {CANARY}", [{f"1 {CANARY}": CANARY}, CANARY], 9, step=CANARY),
        asked("/hjdw", {"error": CANARY, f"1 {CANARY}": 1}, 404, "paths.root"),
        asked("/authenticate", {"token": CANARY}, method="POST"),
    ]
    api = cassette.read(written(tmp_path, made, f"live {CANARY}", stopped=CANARY))
    names = [(r.name, [t.practice for t in r.tables], [f.name for f in r.fields]) for r in api.resources]
    said = repr((api.title, api.partial, api.refusals, api.probes, api.token, names))
    assert not re.search(CANARY, said)

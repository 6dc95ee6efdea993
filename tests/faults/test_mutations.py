"""Named lies: each breaks a fact that the contract states, says so, and is never told unless asked for."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver import contract as contracts
from mockserver.errors import InputError
from mockserver.faults.mutations import CORE, MUTATIONS, Asked, Liar, chosen, mutate, mutated_server
from mockserver.faults.mutations.liar import envelope
from mockserver.faults.mutations.model import pairs

from ..conftest import Start
from ..handmade import PATIENTS

CONTRACT = contracts.load()
PATH = "/hjdw/HAND01/demographic"


def environ(path: str = PATH, query: str = "", method: str = "GET") -> dict[str, Any]:
    return {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}


def asked(query: str) -> Asked:
    return Asked.of(environ(query=query))


def pages_of(rows: int, size: int) -> Any:
    """A WSGI application that serves this many rows."""

    def app(given: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        every = [{"n": n} for n in range(rows)]
        page = envelope(every, size, Asked.of(given), f"http://h{given['PATH_INFO']}")
        return [json.dumps(page).encode()]

    return app


def told(app: Any, given: dict[str, Any]) -> tuple[str, dict[str, str], Any]:
    heads: list[Any] = []
    body = b"".join(app(given, lambda status, headers: heads.extend((status, dict(headers)))))
    return heads[0], heads[1], json.loads(body)


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_names_a_fact_of_the_contract(name: str) -> None:
    mutation = MUTATIONS[name]
    element, _, column = mutation.breaks.partition(".")
    stated = mutation.breaks in CONTRACT.behaviours or column in CONTRACT.elements[element].by_wire
    assert stated and mutation.name == name and mutation.title.endswith(".")
    if mutation.breaks not in CONTRACT.behaviours:
        assert mutation.element == CONTRACT.elements[element].path
    assert mutation.element in ("", "payer", *CONTRACT.paths)


def test_no_two_of_the_core_break_the_same_fact() -> None:
    assert len({MUTATIONS[name].breaks for name in CORE}) == len(CORE) == 10


def test_a_misspelled_name_is_guessed() -> None:
    with pytest.raises(InputError, match="did you mean field-added"):
        chosen(["order", "field-aded"])


def test_nothing_is_started_for_a_misspelled_name() -> None:
    with pytest.raises(InputError):
        mutated_server(lambda settings: pytest.fail("started"), None, ["nothing"])


def test_a_mock_tells_no_lies_by_itself(start: Start) -> None:
    server = start()
    assert not isinstance(server.app.wsgi_app, Liar)
    before = server.data("demographic").body
    mutate(server.app, [])
    assert server.data("demographic").body == before
    mutate(server.app, ["field-renamed"])
    assert server.data("demographic").body != before


def test_the_hand_over(start: Start) -> None:
    server = start()
    lying = mutated_server(lambda settings: SimpleNamespace(app=server.app), None, ["field-renamed"])
    assert lying.app is server.app
    columns = list(server.rows("demographic")[0])
    assert columns[columns.index("town") - 1] == "address_line_2"


def test_admin_paths_are_never_lied_about(start: Start) -> None:
    server = start()
    mutate(server.app, MUTATIONS)
    assert server.get("/__admin/health").status == 200
    assert "charset" not in server.get("/__admin/health").headers["Content-Type"]


def test_half_pages_hold_every_row_once(start: Start) -> None:
    server = start(per_page=6)
    mutate(server.app, ["per-page"])
    assert server.data("demographic").json["per_page"] == 3
    target, seen = f"{PATH}?page=1", []
    while target:
        page = server.get(target, server.access()).json
        seen += [row["demographicid"] for row in page["data"]]
        url = urlsplit(page["next_page_url"] or "")
        target = f"{url.path}?{url.query}" if url.path else ""
    assert len(seen) == len(set(seen)) == PATIENTS == page["total"]


@given(st.integers(0, 40), st.integers(1, 9), st.integers(1, 12))
def test_an_envelope_numbers_its_rows(rows: int, size: int, number: int) -> None:
    page = envelope([{"n": n} for n in range(rows)], size, asked(f"a=eq~1&page={number}"), "http://h/p")
    assert [row["n"] for row in page["data"]] == list(range(rows))[(number - 1) * size : number * size]
    assert list(page) == sorted(page)
    assert page["last_page"] == -(-rows // size)
    assert (page["next_page_url"] is None) == (number >= page["last_page"])
    if page["data"]:
        assert page["to"] - page["from"] + 1 == len(page["data"])
    if page["next_page_url"]:
        assert dict(pairs(urlsplit(page["next_page_url"]).query)) == {"a": "eq~1", "page": str(number + 1)}


@given(st.integers(0, 30), st.integers(1, 7), st.integers(1, 6))
def test_without_a_lie_nothing_changes(rows: int, size: int, number: int) -> None:
    app, given_ = pages_of(rows, size), environ(query=f"page={number}")
    assert told(Liar(app, ()), given_)[2] == told(app, given_)[2]


def test_bounds_leave_a_between_in_every_notation(start: Start) -> None:
    server = start()
    rows = server.rows("demographic")
    stamp = next(row["hj_modify_timestamp"] for row in rows if "." in row["hj_modify_timestamp"])
    queries = [f"client_patient_id=btwn~{rows[3]['client_patient_id']}~{rows[3]['client_patient_id']}",
               f"hj_modify_timestamp=btwn~{stamp}0~{stamp}"]  # fmt: skip
    assert [len(server.rows("demographic", query.replace(" ", "%20"))) for query in queries] == [1, 1]
    mutate(server.app, ["btwn-exclusive"])
    assert [len(server.rows("demographic", query.replace(" ", "%20"))) for query in queries] == [0, 0]


def test_dropped_filters_leave_the_page(start: Start) -> None:
    server = start(per_page=2)
    mutate(server.app, ["filters-dropped"])
    page = server.data("demographic", "city=eq~Town%201").json
    assert urlsplit(page["next_page_url"]).query == "page=2"


@pytest.mark.parametrize(
    ("name", "target", "status"),
    [
        ("error-body", f"{PATH}?nothing=eq~1", 422),
        ("error-status", f"{PATH}?city=nothing~1", 400),
        ("repeated-last", f"{PATH}?city=eq~1&city=eq~2", 200),
        ("past-end-missing", f"{PATH}?page=99", 404),
        ("payer-answers", "/hjdw/HAND01/payer", 200),
    ],
)
def test_lies_about_refusals(start: Start, name: str, target: str, status: int) -> None:
    server = start()
    mutate(server.app, [name])
    answer = server.get(target, server.access())
    assert answer.status == status
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert server.data("demographic").status == 200


def test_head_passes(start: Start) -> None:
    server = start()
    mutate(server.app, CORE)
    assert server.request("HEAD", PATH, server.access()).status == 200

"""Pages are followed as far as they lead, on this server only, and every way to go wrong has an end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import walk
from evaluation.findings.adapters.line import Line, Over, Patience
from evaluation.findings.adapters.walk import Listing, Page, listing, page
from evaluation.recording.client import Unreachable
from evaluation.recording.cutting import cut
from evaluation.recording.exchange import Request, Response
from evaluation.recording.target import parse
from mockserver.testing import Healthjump, Server
from tests.recording.captures import Scripted, said

BASE = "http://127.0.0.1:8420"
FIRST = Request("GET", f"{BASE}/hjdw/P/things", (("Version", "3.0"),))
Value = Response | Exception


def body(rows: list[Any], following: Any = None, **envelope: Any) -> Response:
    return said(json.dumps({"data": rows, "next_page_url": following, **envelope}).encode())


def walked(*answers: Value, limit: int | None = None) -> tuple[Listing, Scripted]:
    sender = Scripted(answers)
    return listing(sender, FIRST, BASE, "things", "P", limit), sender


def ids(found: Listing) -> list[Any]:
    assert found.table is not None
    return list(found.table.column("id"))


def url(number: Any) -> str:
    return f"{BASE}/hjdw/P/things?page={number}"


def test_pages_follow_one_another() -> None:
    found, sender = walked(body([{"id": 1}], url(2)), body([{"id": 2}], url(3)), body([{"id": 3}]))
    assert ids(found) == [1, 2, 3] and found.problem == "" and found.table is not None and found.table.complete
    assert [request.url for request in sender.asked] == [FIRST.url, url(2), url(3)]
    assert all(request.headers == FIRST.headers for request in sender.asked)


@pytest.mark.parametrize(
    "elsewhere",
    ["http://127.0.0.1:8421/hjdw/P/things?page=2", "https://api.example/x", "//api.example/x", "x", "", 7, {}, [""]],
)
def test_a_page_elsewhere_is_never_asked(elsewhere: Any) -> None:
    found, sender = walked(body([{"id": 1}], elsewhere))
    assert len(sender.asked) == 1 and ids(found) == [1]
    assert found.problem == "has a next_page_url that leads to another server or nowhere; it was not followed"
    assert found.table is not None and not found.table.complete


@pytest.mark.parametrize("path", ["/hjdw/Q/things?page=2", "/hjdw/P/other?page=2", "/hjdw/P/things/?page=2", "/"])
def test_a_page_of_another_listing_is_not_asked(path: str) -> None:
    found, sender = walked(body([{"id": 1}], BASE + path))
    assert len(sender.asked) == 1 and ids(found) == [1]
    assert found.problem == "has a next_page_url that leads to another listing; it was not followed"


def test_a_path_may_be_spelled_otherwise() -> None:
    found, sender = walked(body([{"id": 1}], f"{BASE}/hjdw/%50/things?page=2"), body([{"id": 2}]))
    assert len(sender.asked) == 2 and ids(found) == [1, 2] and not found.problem


@pytest.mark.parametrize("back", [FIRST.url, url(2)])
def test_a_circle_ends_where_it_closes(back: str) -> None:
    found, sender = walked(body([{"id": 1}], url(2)), body([{"id": 2}], back))
    assert len(sender.asked) == 2 and ids(found) == [1, 2]
    assert found.problem == "has a next_page_url that leads back to a page that was read"


def test_an_empty_page_that_names_another_ends_the_walk() -> None:
    found, sender = walked(body([{"id": 1}], url(2)), body([], url(3)), body([], url(4)))
    assert len(sender.asked) == 2 and found.problem == "has a page without rows that names a next one"


def test_an_empty_first_page_is_complete() -> None:
    found, _ = walked(body([], total=0))
    assert found.table is not None and found.table.size == 0 and found.table.complete and not found.problem


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (said(b"{}", 500), "answered 500 at page 2"),
        (said(b"{"), "gave an answer that is not JSON at page 2"),
        (said(b"{}"), "gave an answer that is not a page of rows at page 2"),
        (Unreachable("gave no complete answer within 1 s"), "gave no complete answer within 1 s at page 2"),
        (Over("not asked: used up"), "not asked: used up at page 2"),
    ],
)
def test_what_was_read_before_a_failure_is_kept(second: Value, problem: str) -> None:
    found, _ = walked(body([{"id": 1}], url(2)), second)
    assert ids(found) == [1] and found.problem == problem and found.table is not None and not found.table.complete


@pytest.mark.parametrize("answer", [said(b"{}", 404), said(b"x"), Unreachable("gave nothing")])
def test_without_a_first_page_there_is_no_table(answer: Value) -> None:
    found, _ = walked(answer)
    assert found.table is None and found.problem
    assert found.missing == (isinstance(answer, Response) and answer.status == 404)


def test_a_limit_counts_pages() -> None:
    pages = [body([{"id": n}], url(n + 1)) for n in (1, 2)]
    found, sender = walked(*pages, body([{"id": 3}]), limit=2)
    assert ids(found) == [1, 2] and found.problem == "more pages than the 2 that were read" and len(sender.asked) == 2
    assert walked(*pages, body([{"id": 3}]), limit=3)[0].problem == ""


@pytest.mark.parametrize(("total", "problem"), [
    (2, ""), (None, ""), ("2", ""), (True, ""), (3, "gave 2 rows and says there are 3"),
    (0, "gave 2 rows and says there are 0"),
])  # fmt: skip
def test_rows_are_counted_against_the_total(total: Any, problem: str) -> None:
    found, _ = walked(body([{"id": 1}], url(2), total=total), body([{"id": 2}], total=total))
    assert found.problem == problem


def test_what_is_no_row_is_left_out_and_counted() -> None:
    found, _ = walked(body([{"id": 1}, None, 7, "canary", [1]], total=5))
    assert ids(found) == [1] and found.problem == "has 4 entries that are no rows; they were left out"


def test_a_bare_list_is_one_page() -> None:
    found, _ = walked(said(b'[{"id": 1}, {"id": 2}]'))
    assert ids(found) == [1, 2] and not found.problem


leaves = st.none() | st.booleans() | st.floats() | st.text()


@given(st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_json_is_a_page_or_a_problem(document: Any) -> None:
    found = page(said(json.dumps(document).encode()))
    assert isinstance(found, Page) and bool(found.problem) != isinstance(found.envelope.get("data"), list)


@given(st.binary(max_size=200), st.sampled_from([200, 204, 301, 401, 500]))
def test_any_bytes_are_a_page_or_a_problem(raw: bytes, status: int) -> None:
    found = page(said(raw, status))
    assert found.problem or status == 200
    assert repr(found).find("canary") < 0


@given(st.lists(st.lists(st.integers(), min_size=1, max_size=3), min_size=1, max_size=6))
def test_every_row_comes_once_and_in_order(pages: list[list[int]]) -> None:
    last = len(pages)
    answers = [body([{"id": i} for i in rows], url(n + 1) if n < last else None) for n, rows in enumerate(pages, 1)]
    assert ids(walked(*answers)[0]) == [i for rows in pages for i in rows]


def test_the_first_page_is_kept_with_two_rows() -> None:
    found, _ = walked(body([{"id": n} for n in range(5)], url(2), per_page=5), body([{"id": 6}]))
    assert found.first.count == 5 and list(found.first.rows) == [{"id": 0}, {"id": 1}]
    assert json.loads(found.first.text) == {"data": [{"id": 0}, {"id": 1}], "next_page_url": url(2), "per_page": 5}


def test_nothing_of_a_row_is_in_a_repr() -> None:
    found, _ = walked(body([{"id": "canary"}], message="canary"))
    assert "canary" not in repr(found.first)


def test_a_page_of_the_mock_is_spelled_as_it_came(sandbox: Server) -> None:
    """What is shown as an exchange is the answer itself, with fewer rows."""
    handle, line = Healthjump(sandbox), Line(parse(sandbox.url), Patience(5, 60))
    try:
        for name in ("appointment", "payer_dim", "vitals", "demographic"):
            asked = Request("GET", f"{sandbox.url}/hjdw/SBOX02/{name}", tuple(handle.headers().items()))
            response = line.send(asked)
            assert page(response).brief().text.encode() == cut(response, walk.SHOWN)[0].body
    finally:
        line.close()
        handle.close()

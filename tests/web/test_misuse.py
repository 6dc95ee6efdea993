"""Whatever is thrown at it: a 4xx in JSON, never a 5xx, and never a row that was not asked for."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.web.bodies import LIMIT as LARGEST_BODY

from ..clients import Answer, Server

TRICKS = {
    "nul": "%00",
    "nul inside": "a%00b",
    "no utf-8": "%ff%fe",
    "cut utf-8": "%e2%82",
    "overlong": "%c0%af",
    "surrogate": "%ed%a0%80",
    "sql quote": "%27%20OR%20%271%27%3D%271",
    "sql comment": "x%27%3B%20DROP%20TABLE%20patients%3B--",
    "sql union": "1%20UNION%20SELECT%20*%20FROM%20users",
    "dots": "..",
    "encoded dots": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "twice encoded": "%252e%252e%252f",
    "backslashes": "..%5c..%5cwindows",
    "absolute": "%2fetc%2fpasswd",
    "template": "%7B%7B7*7%7D%7D",
    "format": "%25s%25n%7B0%7D",
    "script": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "newline": "a%0d%0aSet-Cookie:%20a=b",
    "blank": "%20",
    "emoji": "%F0%9F%98%80",
    "marks": "%E2%80%AE%E2%80%8B",
    "long": "A" * 8000,
    "many percents": "%25" * 2000,
    "semicolons": "a;b;c",
    "brackets": "a%5B%5D",
}


def refused(answer: Answer, what: str = "") -> None:
    """4xx, JSON, a slug, and nothing of the inside."""
    assert 400 <= answer.status < 500, (what, answer.status, answer.body[:200])
    assert isinstance(answer.error, str) and answer.error
    for leak in (b"Traceback", b"mockserver/", b"site-packages", b'"data":'):
        assert leak not in answer.body, what
    assert "Set-Cookie" not in answer.headers


def nothing_found(answer: Answer, what: str) -> None:
    """A value that is only text may be asked for, and then nothing has it."""
    if answer.status == 200:
        assert answer.json["data"] == [], what
    else:
        refused(answer, what)


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_in_every_part_of_a_vendor_address(server: Server, trick: str) -> None:
    text, access = TRICKS[trick], server.access()
    rows = "/hjdw/HAND01/demographic"
    paths = [f"/{text}", f"/hjdw/{text}/demographic", f"/hjdw/HAND01/{text}", f"{rows}/x{text}", f"{rows}{text}"]
    paths += [f"/hjdw/{text}/{text}", f"/authenticate{text}", f"/hjdw/HAND01/../HAND02/{text}"]
    columns = ("page=", "page=1&page=", "city=", "demographicid=eq~", "hj_modify_timestamp=gt~", "")
    queries = [*(f"{rows}?{column}{text}" for column in columns), f"{rows}?{text}=eq~1", f"{rows}?city={text}~1"]
    for target in (*paths, *queries):
        refused(server.get(target, access), target[:80])
    for condition in ("city=eq~", "city=in~", "city=ne~x&zip=eq~"):
        nothing_found(server.get(f"{rows}?{condition}{text}", access), condition)


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_in_every_part_of_an_admin_address(server: Server, trick: str) -> None:
    text = TRICKS[trick]
    before = server.data("demographic").body
    for method, target in (
        ("GET", f"/{text}"), ("GET", f"/rows/{text}/demographic/100000001"), ("GET", f"/rows/HAND01/{text}/100000001"),
        ("GET", f"/rows/HAND01/demographic/{text}"), ("PUT", f"/rows/HAND01/demographic/{text}"), ("DELETE",
        f"/rows/{text}/demographic/1"),
        ("GET", f"/journal?limit={text}"), ("GET", f"/journal?status={text}"), ("GET", f"/journal?{text}=1"),
        ("GET", f"/truth?practice={text}"), ("GET", f"/truth?element={text}"),
        ("GET", f"/truth?quirk={text}"), ("GET", f"/truth?offset={text}"), ("GET", f"/assumptions?{text}"),
    ):  # fmt: skip
        refused(server.admin(method, target), f"{method} {target[:80]}")
    for target in (
        f"/journal?path={text}",
        f"/journal?client={text}",
        f"/assumptions?client={text}",
    ):
        assert server.admin("GET", target).status == 200
    assert server.data("demographic").body == before


HEADERS = {
    "long": "A" * 60_000, "nul": "a\0b", "latin": "\xff\xfe", "quote": "' OR '1'='1", "path": "../../etc/passwd",
    "empty": "", "blank": " ",
    "commas": "," * 500, "json": '{"$ne":null}', "control": "a\x01\x7fb", "tab": "\t",
}  # fmt: skip


@pytest.mark.parametrize("name", ["Authorization", "Secretkey"])
@pytest.mark.parametrize("trick", HEADERS)
def test_tricks_in_the_headers_that_open(server: Server, name: str, trick: str) -> None:
    for prefix in ("", "Bearer ") if name == "Authorization" else ("", server.login.secret_key):
        if prefix and not HEADERS[trick].strip() and name == "Secretkey":
            continue
        refused(server.data("demographic", **{name: prefix + HEADERS[trick]}), f"{name} {trick}")


@pytest.mark.parametrize("trick", HEADERS)
def test_tricks_in_other_headers_change_nothing_or_are_refused(server: Server, trick: str) -> None:
    plain = server.data("demographic").body
    for name in (
        "User-Agent",
        "Origin",
        "Accept",
        "Accept-Encoding",
        "Cookie",
        "X-Forwarded-Host",
        "Range",
        "Content-Type",
        "params",
        "Referer",
    ):
        answer = server.data("demographic", **{name: HEADERS[trick]})
        assert (answer.status, answer.body) == (200, plain), name
    answer = server.data("demographic", Version=HEADERS[trick])
    assert answer.status in (200, 400)


@pytest.mark.parametrize("encoding", ["gzip", "chunked", "utf-7", "x" * 3000])
def test_odd_encodings_of_a_login_are_refused(server: Server, encoding: str) -> None:
    for headers in (
        {"Content-Encoding": encoding},
        {"Content-Type": f"application/json; charset={encoding}"},
        {"Content-Type": encoding},
    ):
        refused(server.post("/authenticate", headers, b"\x1f\x8b\x08\x00"), str(headers)[:60])


def test_bodies_above_the_limit_are_refused(server: Server) -> None:
    big = b"x" * (LARGEST_BODY + 1)
    access = server.access()
    answers = [
        server.post("/authenticate", {"Content-Type": "application/json"}, big),
        server.request("GET", server.path("demographic"), access, big),
        *(server.request(method, f"/__admin{path}", {"Content-Type": "application/json"}, big)
          for method, path in (("POST", "/clock"), ("POST", "/fail"), ("PUT", "/quirks"), ("POST", "/reset"),
                               ("PUT", "/rows/HAND01/demographic/100000001"))),
    ]  # fmt: skip
    for answer in answers:
        refused(answer)
        assert answer.status == 413


def test_a_body_below_the_limit_is_read(server: Server) -> None:
    assert server.request("GET", server.path("demographic"), server.access(), b"x" * (LARGEST_BODY - 1)).status == 200
    refused(server.post("/authenticate", {"Content-Type": "application/json"}, b" " * (LARGEST_BODY - 1)))


def test_many_parameters_and_many_parts(server: Server) -> None:
    refused(server.data("demographic", "&".join(f"c{number}=eq~1" for number in range(2000))))
    refused(server.data("demographic", "&".join(["city=eq~1"] * 2000)))
    refused(server.data("demographic", "city=in" + "~x" * 3000 + "&city=eq~1"))
    refused(server.get("/" + "/".join("a" * 3000), server.access()))
    part = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na\r\n'
    refused(
        server.post("/authenticate", {"Content-Type": "multipart/form-data; boundary=x"}, part * 5000 + b"--x--\r\n")
    )


def test_patterns_cannot_be_made_slow(server: Server) -> None:
    """Evil regular expressions and wildcards are text; each answer comes in well under a second."""
    for value in ("%25a" * 500 + "b", "(a+)+$", "_" * 1000, "%25" * 3000, "[" * 100):
        server.rows("demographic", f"city=like~{value}")
        entry = server.told("GET", "/journal?limit=1")["entries"][0]
        assert entry["milliseconds"] < 1000


FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
RAW = st.binary(min_size=1, max_size=24).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw))
PLAIN = st.text("abcABC019~!$&'()*+,;=:@%._-/?", max_size=24)


@FUZZ
@given(practice=RAW | PLAIN, element=RAW | PLAIN, query=RAW | PLAIN)
def test_no_address_breaks_it(server: Server, practice: str, element: str, query: str) -> None:
    for target in (f"/hjdw/{practice}/{element}?{query}", f"/hjdw/HAND01/demographic?{query}", f"/{practice}{element}"):
        answer = server.get(target, server.access())
        assert answer.status < 500, target
        assert answer.status == 200 or isinstance(answer.error, str)


@FUZZ
@given(
    name=st.sampled_from(["Authorization", "Secretkey", "Version"]),
    value=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40),
)
def test_no_header_opens_or_breaks_it(server: Server, name: str, value: str) -> None:
    answer = server.data("demographic", **{name: value})
    assert answer.status in ((200, 400) if name == "Version" else (400, 401))


KINDS = st.sampled_from(
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
        ";;=",
        "a/b; c=\xff",
    ]
)


@FUZZ
@given(body=st.binary(max_size=80) | PLAIN.map(str.encode), kind=KINDS)
def test_no_body_logs_in_or_breaks_it(server: Server, body: bytes, kind: str) -> None:
    answer = server.post("/authenticate", {"Content-Type": kind}, body)
    assert (answer.status, answer.error) == (401, "invalid_credentials")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ["advance", "set", "mode", "quirks", "times", "status", "delay_ms", "cut", "path", "practice", "body", "city", "x"]
)


@FUZZ
@given(
    call=st.sampled_from(
        [("POST", "/clock"), ("PUT", "/quirks"), ("POST", "/fail"), ("PUT", "/rows/HAND01/demographic/100000001")]
    ),
    body=st.dictionaries(NAMES, VALUES, max_size=3),
)
def test_no_admin_body_breaks_it(server: Server, call: tuple[str, str], body: object) -> None:
    raw = json.dumps(body).encode()
    answer = server.request(call[0], f"/__admin{call[1]}", {"Content-Type": "application/json"}, raw)
    assert answer.status in (200, 422)
    server.told("POST", "/reset")

"""Login bodies as real clients send them, as nobody should, and as Hypothesis does."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from mockserver.web.bodies import BARE_PERCENT, CHARSET, FORM, JSON, LIMIT, MULTIPART, Credentials, parse

EMAIL, PASSWORD = "dev@clinic.test", "p+ä%41& =é"
URLENCODED = "application/x-www-form-urlencoded"
NOTHING = (None, None)

printable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30)
passwords = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def multipart(email: str, password: str) -> tuple[str, bytes]:
    fields = {"email": (None, email.encode()), "password": (None, password.encode())}
    made = requests.Request("POST", "http://x.test", files=fields).prepare()
    assert isinstance(made.body, bytes)
    return made.headers["Content-Type"], made.body


def part(name: str, value: bytes, boundary: str = "B") -> bytes:
    return f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"


def lenient(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def pair(content_type: str | None, body: bytes) -> tuple[str | None, str | None]:
    return parse(content_type, body)[:2]


@given(printable, passwords)
@example("a@b", "\r\n--B--")
def test_three_wrappings_hold_the_same(email: str, password: str) -> None:
    form = urlencode({"email": email, "password": password}).encode()
    assert parse(URLENCODED, form) == Credentials(email, password, (FORM,))
    for ascii_only in (True, False):
        text = json.dumps({"email": email, "password": password}, ensure_ascii=ascii_only).encode()
        assert parse("application/json", text) == Credentials(email, password, (JSON,))
    assert parse(*multipart(email, password)) == Credentials(email, password, (MULTIPART,))


@given(
    printable,
    passwords,
    st.sampled_from([None, "", "text/plain", "application/octet-stream", "nonsense", "/;"]),
)
def test_without_a_useful_content_type_the_body_is_looked_at(
    email: str, password: str, kind: str | None
) -> None:
    form = urlencode({"email": email, "password": password}).encode()
    assert parse(kind, form) == Credentials(email, password, (FORM,))
    text = json.dumps({"email": email, "password": password}).encode()
    assert parse(kind, text) == Credentials(email, password, (JSON,))
    assert parse(kind, multipart(email, password)[1]) == Credentials(email, password, (MULTIPART,))


@pytest.mark.parametrize("kind", [URLENCODED, "application/json; charset=utf-8", "multipart/form-data"])
def test_a_content_type_that_does_not_fit(kind: str) -> None:
    assert pair(kind, multipart(EMAIL, PASSWORD)[1]) == (EMAIL, PASSWORD)
    assert pair(kind, urlencode({"email": EMAIL, "password": PASSWORD}).encode()) == (EMAIL, PASSWORD)
    assert pair(kind, json.dumps({"email": EMAIL, "password": PASSWORD}).encode()) == (EMAIL, PASSWORD)


@pytest.mark.parametrize(
    ("text", "password"),
    [
        (b"100%", "100%"),
        (b"50%off", "50%off"),
        (b"%", "%"),
        (b"%4", "%4"),
        (b"%zz%41", "%zzA"),
        (b"%%41", "%A"),
        (b"a+b", "a b"),
        (b"a%2Bb", "a+b"),
        (b"a=b=c", "a=b=c"),
        (b"%C3%A9", "é"),
        (b"\xc3\xa9", "é"),
        (b"%E9", "é"),
        (b"\xe9", "é"),
        (b"%00", "\x00"),
        (b"x;y", "x;y"),
        (b" pad ", " pad "),
    ],
)
def test_forms_as_php_reads_them(text: bytes, password: str) -> None:
    assert pair(URLENCODED, b"email=dev%40clinic.test&password=" + text) == (EMAIL, password)
    assert pair(URLENCODED, b"password=" + text + b"&email=dev@clinic.test") == (EMAIL, password)


@given(st.text(st.sampled_from("aG4%"), min_size=1, max_size=12))
def test_bare_percent_signs_stay(text: str) -> None:
    plain = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode())
    assert parse(URLENCODED, f"password={text}".encode()).password == lenient(plain)


CHARSETS = [
    "utf-8",
    "UTF-8",
    '"utf-8"',
    "'utf-8'",
    "iso-8859-1",
    "windows-1252",
    "klingon",
    "",
    "utf-7",
    "a\x00b",
]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_charset_parameters_change_nothing(charset: str, encoding: str) -> None:
    form = "email=dev@clinic.test&password=ä".encode(encoding)
    assert pair(f"{URLENCODED}; charset={charset}", form) == (EMAIL, "ä")
    text = json.dumps({"email": EMAIL, "password": "ä"}, ensure_ascii=False).encode(encoding)
    assert pair(f"application/json;charset={charset}", text) == (EMAIL, "ä")
    assert pair("application/json", text) == (EMAIL, "ä")


def test_what_was_tolerated_is_told() -> None:
    form, text = b"email=a@b&password=50%off", b'{"email": "a@b", "password": "50%off"}'
    assert parse(URLENCODED, form).behaviours == (FORM, BARE_PERCENT)
    assert parse(URLENCODED + "; charset=utf-8", form).behaviours == (FORM, CHARSET, BARE_PERCENT)
    assert parse(URLENCODED, b"email=a%40b&password=50%25off").behaviours == (FORM,)
    assert parse("application/json; charset=utf-8", text).behaviours == (JSON, CHARSET)
    assert parse("application/json", text).behaviours == (JSON,)


@pytest.mark.parametrize(
    "text",
    [
        '{"email": "dev@clinic.test", "password": "x"}',
        '\ufeff{"email": "dev@clinic.test", "password": "x"}',
        ' \n{"password": "y", "password": "x", "email": " dev@clinic.test ", "more": [1, {}]}\r\n',
    ],
)
@pytest.mark.parametrize(
    "kind", ["application/json", "APPLICATION/JSON", "application/vnd.x+json", None, URLENCODED]
)
def test_json_with_trimmings(kind: str | None, text: str) -> None:
    assert parse(kind, text.encode()) == Credentials(EMAIL, "x", (JSON,))


def test_a_number_is_its_digits_and_nothing_else_is_text() -> None:
    assert pair("application/json", b'{"email": "a@b", "password": 12345}') == ("a@b", "12345")
    for value in ("null", "true", "1.5", "[]", "{}", '""', '["x"]'):
        assert pair("application/json", f'{{"email": "a@b", "password": {value}}}'.encode()) == ("a@b", None)


def test_half_a_pair_of_surrogates_can_still_be_written() -> None:
    email, password, _ = parse("application/json", b'{"email": "\\ud800", "password": "x\\udfff"}')
    assert (email, password) == ("?", "x?")


@pytest.mark.parametrize(
    "boundary", ["B", '"B"', "----WebKitFormBoundaryAbC123", '"with blank"', "a'b(c)+_,-./:=?"]
)
def test_boundaries_quoted_or_not(boundary: str) -> None:
    bare = boundary.strip('"')
    body = part("email", EMAIL.encode(), bare) + part("password", b"x", bare) + f"--{bare}--\r\n".encode()
    assert parse(f"multipart/form-data; boundary={boundary}", body) == Credentials(EMAIL, "x", (MULTIPART,))
    assert parse(f"multipart/form-data; charset=utf-8; boundary={boundary}", body).password == "x"


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=other", URLENCODED, None]
)
def test_the_first_line_tells_the_boundary(kind: str | None) -> None:
    body = part("email", EMAIL.encode()) + part("password", "ä".encode("latin-1")) + b"--B--\r\n"
    assert parse(kind, body) == Credentials(EMAIL, "ä", (MULTIPART,))
    assert parse(kind, b"\r\n" + body) == Credentials(EMAIL, "ä", (MULTIPART,))


def test_multipart_with_a_file_and_a_field_twice() -> None:
    file = b'--B\r\nContent-Disposition: form-data; name="email"; filename="f.txt"\r\n\r\nno\r\n'
    body = (
        part("email", b"old@x.test")
        + part("email", EMAIL.encode())
        + file
        + part("password", b"x")
        + b"--B--\r\n"
    )
    assert pair("multipart/form-data; boundary=B", body) == (EMAIL, "x")


def test_a_cut_multipart_keeps_whole_fields_only() -> None:
    body = part("email", EMAIL.encode()) + part("password", b"secret")
    kind = "multipart/form-data; boundary=B"
    assert pair(kind, body) == (EMAIL, None)
    assert pair(kind, body[:-6]) == (EMAIL, None)
    assert pair(kind, body + b"--B--") == (EMAIL, "secret")


def test_more_parts_than_anybody_needs() -> None:
    body = b"".join(part(f"x{n}", b"y") for n in range(200)) + part("email", b"a@b") + b"--B--\r\n"
    assert pair("multipart/form-data; boundary=B", body) == NOTHING


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b"[]",
        b"null",
        b"--",
        b"--B",
        b"--B--",
        b"&&&===",
        b"email",
        b"email=&password=",
        b"\xff\xfe",
        b"email=+&password=",
        b'{"email": "", "password": ""}',
        b'{"email": "  "}',
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"email": 1' + b"0" * 5000 + b"}",
        b"Email=a&PASSWORD=b",
        b"\x00" * 100,
        b"user=a&pass=b",
    ],
)
@pytest.mark.parametrize("kind", [None, URLENCODED, "application/json", "multipart/form-data; boundary=B"])
def test_nothing_to_find(kind: str | None, body: bytes) -> None:
    assert pair(kind, body) == NOTHING


def test_one_field_alone() -> None:
    assert pair(URLENCODED, b"email=a@b") == ("a@b", None)
    assert pair(URLENCODED, b"password=x") == (None, "x")


def test_a_body_that_is_too_long_is_not_read() -> None:
    text = b"email=a@b&password="
    assert pair(URLENCODED, text + b"x" * (LIMIT - len(text))) == ("a@b", "x" * (LIMIT - len(text)))
    assert parse(URLENCODED, text + b"x" * LIMIT) == Credentials()


headers = st.text(max_size=60) | st.builds(
    "{}; {}={}".format,
    st.sampled_from([URLENCODED, "application/json", "multipart/form-data", "text/html"]),
    st.sampled_from(["charset", "boundary", "charset*", "boundary*0", ""]),
    st.text(max_size=20),
)
pieces = st.binary(max_size=30) | st.sampled_from(
    [
        b"email=",
        b"password=",
        b"&",
        b'{"email":',
        b'"',
        b"}",
        b"--B",
        b"\r\n",
        b"--",
        b"%",
        part("email", b"x"),
        b"\n",
    ]
)


@given(st.none() | headers, st.lists(pieces, max_size=12).map(b"".join))
def test_anything_yields_text_or_nothing(kind: str | None, body: bytes) -> None:
    for value in pair(kind, body):
        assert value is None or (value != "" and value.encode())

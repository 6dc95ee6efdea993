"""Who gets in: every way a login and a request may be right, and every way they are refused."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from itertools import product
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mockserver.errors import AuthError
from mockserver.web.auth import BEHAVIOURS, Gate, Granted
from mockserver.web.logins import DEFAULT, Login, Logins
from mockserver.web.token import Tokens

NOW = 1_659_355_200
URL = "https://api.healthjump.com/authenticate"
FORM = "application/x-www-form-urlencoded"
LIMITED = Login("limited@clinic.test", "fake-limited", "fakekeylimited", "Fake South", frozenset({"SBOX02"}))
GATE = Gate(Logins([DEFAULT, LIMITED]))


def login(gate: Gate = GATE, who: Login = DEFAULT, counter: int = 1, now: int = NOW) -> Granted:
    body = urlencode({"email": who.email, "password": who.password}).encode()
    return gate.authenticate(FORM, body, URL, now, counter)


TOKEN = login().token
HEADERS = {"authorization": f"Bearer {TOKEN}", "secretkey": DEFAULT.secret_key, "version": "3.0"}


def refused_login(body: bytes, content_type: str | None = FORM) -> str:
    with pytest.raises(AuthError) as caught:
        GATE.authenticate(content_type, body, URL, NOW, 1)
    return told(caught.value)


def refused(
    changes: dict[str, str | None], practice: str | None = "SBOX02", now: int = NOW, gate: Gate = GATE
) -> str:
    headers = {name: value for name, value in (HEADERS | changes).items() if value is not None}
    with pytest.raises(AuthError) as caught:
        gate.authorise(headers, practice, now)
    return told(caught.value)


def told(error: AuthError) -> str:
    """The behaviour of a refusal, whose text must not hold a secret."""
    assert error.behaviour in BEHAVIOURS and error.detail
    assert not any(secret in str(error) for secret in (DEFAULT.password, DEFAULT.secret_key, TOKEN))
    return error.behaviour


@pytest.mark.parametrize(
    ("content_type", "body", "behaviours"),
    [
        (FORM, urlencode({"email": DEFAULT.email, "password": DEFAULT.password}).encode(), ("login.form",)),
        (
            "application/json; charset=utf-8",
            json.dumps({"email": DEFAULT.email, "password": DEFAULT.password}).encode(),
            ("login.json", "login.charset"),
        ),
        (
            "multipart/form-data; boundary=B",
            b'--B\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
            + DEFAULT.email.encode()
            + b'\r\n--B\r\nContent-Disposition: form-data; name="password"\r\n\r\n'
            + DEFAULT.password.encode()
            + b"\r\n--B--\r\n",
            ("login.multipart",),
        ),
    ],
)
def test_a_login_and_the_behaviours_it_leans_on(
    content_type: str, body: bytes, behaviours: tuple[str, ...]
) -> None:
    granted = GATE.authenticate(content_type, body, URL, NOW, 1)
    assert granted.login is DEFAULT
    assert granted.behaviours == behaviours
    assert granted.token == TOKEN


def test_a_token_for_every_login_of_a_run() -> None:
    tokens = [login(counter=counter).token for counter in range(20)]
    tokens += [login(counter=counter, who=LIMITED).token for counter in range(20)]
    assert len(set(tokens)) == 40
    assert all(len(token.split(".")[2]) == 683 for token in tokens)


def test_the_quirks_shape_the_token() -> None:
    claims = GATE.authorise(HEADERS, None, NOW).claims
    assert claims["iss"].startswith("http://") and "aws_error" in claims
    gate = replace(GATE, quirks=frozenset())
    plain = gate.authorise({**HEADERS, "authorization": f"Bearer {login(gate).token}"}, None, NOW).claims
    assert plain["iss"] == URL and "aws_error" not in plain


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (DEFAULT.email, "x"),
        ("x", DEFAULT.password),
        (DEFAULT.email, LIMITED.password),
        ("x", "y"),
        ("' OR 1=1 --", "y"),
    ],
)
def test_a_wrong_login(email: str, password: str) -> None:
    assert refused_login(urlencode({"email": email, "password": password}).encode()) == "error.login.wrong"


@pytest.mark.parametrize(
    "body", [b"", b"email=x", b"password=x", b"{}", b"email=&password=", b"\xff", b"x" * 100_000]
)
def test_a_login_without_its_fields(body: bytes) -> None:
    assert refused_login(body) == "error.login.missing"
    assert refused_login(body, None) == "error.login.missing"
    assert refused_login(body, "application/json") == "error.login.missing"


@given(st.none() | st.text(max_size=40), st.binary(max_size=200))
def test_any_body_is_refused_calmly(content_type: str | None, body: bytes) -> None:
    with pytest.raises(AuthError) as caught:
        GATE.authenticate(content_type, body, URL, NOW, 1)
    assert caught.value.behaviour in ("error.login.missing", "error.login.wrong")


@pytest.mark.parametrize(
    ("version", "behaviour"),
    [
        ("3.0", "header.version.3.0"),
        ("3", "header.version.3"),
        (None, "header.version.absent"),
        (" 3.0 ", "header.version.3.0"),
    ],
)
def test_three_spellings_of_the_version_are_good_under_its_quirk(version: str | None, behaviour: str) -> None:
    headers = {name: value for name, value in HEADERS.items() if name != "version"}
    session = GATE.authorise(headers | ({} if version is None else {"version": version}), "SBOX02", NOW)
    assert session.login is DEFAULT
    assert session.behaviours == ("header.authorization", "header.secretkey", behaviour)
    assert session.claims["email"] == DEFAULT.email


@pytest.mark.parametrize("version", ["2.0", "", "3.0.0"])
def test_another_version_is_a_matter_of_a_setting(version: str) -> None:
    assert refused({"version": version}) == "error.version"
    open_gate = replace(GATE, any_version=True)
    assert open_gate.authorise({**HEADERS, "version": version}, None, NOW).behaviours[-1] == "header.version.other"


@pytest.mark.parametrize("version", ["3", None, "", "2.0", "3.00", "v3.0"])
def test_without_the_quirk_the_version_must_be_exact(version: str | None) -> None:
    strict = replace(GATE, quirks=GATE.quirks - {"Q34"})
    assert refused({"version": version}, gate=strict) == "error.version"
    assert strict.authorise(HEADERS, "SBOX02", NOW).behaviours[-1] == "header.version.3.0"


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "bEaReR"])
def test_the_scheme_in_another_case(scheme: str) -> None:
    session = GATE.authorise({**HEADERS, "authorization": f"{scheme}  {TOKEN} "}, None, NOW)
    assert session.behaviours[0] == "header.authorization.case"


def test_bearer_without_a_blank_is_a_matter_of_a_setting() -> None:
    glued = {"authorization": f"Bearer{TOKEN}"}
    assert refused(dict(glued), gate=replace(GATE, bearer_lenient=False)) == "error.token.missing"
    session = GATE.authorise(HEADERS | glued, None, NOW)
    assert session.behaviours[0] == "header.authorization.no-space"


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic eDp5", TOKEN, f"Token {TOKEN}", f"Basic Bearer {TOKEN}", "\xa0"],
)
def test_no_token(header: str | None) -> None:
    assert refused({"authorization": header}) == "error.token.missing"


@pytest.mark.parametrize(
    "text", ["x", "null", "undefined", "a.b.c", f"{TOKEN} {TOKEN}", f'"{TOKEN}"', TOKEN[:-5], "é.é.é"]
)
def test_a_token_that_is_none(text: str) -> None:
    assert refused({"authorization": f"Bearer {text}"}) == "error.token.invalid"


def test_a_token_out_of_its_hour() -> None:
    assert refused({}, now=NOW + 3600) == "error.token.expired"
    assert refused({}, now=NOW - 1) == "error.token.invalid"
    assert GATE.authorise(HEADERS, None, NOW + 3599).login is DEFAULT


def test_a_good_token_of_somebody_else() -> None:
    stranger = Login("stranger@clinic.test", "fake", "fakekeystranger")
    token = login(Gate(Logins([stranger])), stranger).token
    assert refused({"authorization": f"Bearer {token}"}) == "error.token.invalid"
    nobody = Tokens().issue({"exp": NOW + 9})
    assert refused({"authorization": f"Bearer {nobody}"}) == "error.token.invalid"


@pytest.mark.parametrize(
    ("key", "behaviour"),
    [
        (None, "error.secretkey.missing"),
        ("", "error.secretkey.missing"),
        ("  ", "error.secretkey.missing"),
        ("x", "error.secretkey.wrong"),
        (LIMITED.secret_key, "error.secretkey.wrong"),
        (DEFAULT.secret_key.upper(), "error.secretkey.wrong"),
        (DEFAULT.secret_key[:-1], "error.secretkey.wrong"),
        (f"{DEFAULT.secret_key}, {DEFAULT.secret_key}", "error.secretkey.wrong"),
        ("schlüssel", "error.secretkey.wrong"),
    ],
)
def test_the_secret_key(key: str | None, behaviour: str) -> None:
    assert refused({"secretkey": key}) == behaviour


@given(st.text(max_size=50))
def test_any_other_secret_key_is_wrong_or_missing(key: str) -> None:
    assume(key.strip() != DEFAULT.secret_key)
    assert refused({"secretkey": key}).startswith("error.secretkey.")


def test_a_login_sees_its_own_practices() -> None:
    token = login(who=LIMITED).token
    own = {"authorization": f"Bearer {token}", "secretkey": LIMITED.secret_key}
    assert GATE.authorise(own, "SBOX02", NOW).login is LIMITED
    assert GATE.authorise(own, None, NOW).login is LIMITED
    for practice in ("CARD11", "sbox02", ""):
        assert refused({**own}, practice) == "error.practice.forbidden"
        assert GATE.authorise(HEADERS, practice, NOW).login is DEFAULT


def test_admission_can_be_asked_apart() -> None:
    GATE.admit(LIMITED, "SBOX02")
    with pytest.raises(AuthError) as caught:
        GATE.admit(LIMITED, "CARD11")
    assert told(caught.value) == "error.practice.forbidden"


@pytest.mark.parametrize(
    ("token", "key", "practice"),
    [way for way in product(("good", "bad", "none"), repeat=3) if set(way) != {"good"}],
)
def test_nothing_is_answered_without_token_key_and_practice(token: str, key: str, practice: str) -> None:
    good = login(who=LIMITED).token
    headers = {
        "authorization": {"good": f"Bearer {good}", "bad": f"Bearer {good}x", "none": None}[token],
        "secretkey": {"good": LIMITED.secret_key, "bad": "x", "none": None}[key],
    }
    code = {"good": "SBOX02", "bad": "CARD11", "none": ""}[practice]
    expected = {"bad": "error.token.invalid", "none": "error.token.missing"}.get(token) or {
        "bad": "error.secretkey.wrong",
        "none": "error.secretkey.missing",
    }.get(key, "error.practice.forbidden")
    assert refused(headers, code) == expected


def test_headers_nobody_asked_for_do_nothing() -> None:
    stray = {"params": "only the appointments please", "x-anything": "\x00", "cookie": "a=b"}
    assert GATE.authorise(HEADERS | stray, "SBOX02", NOW) == GATE.authorise(HEADERS, "SBOX02", NOW)


def test_what_is_printed_holds_no_secret() -> None:
    granted, session = login(), GATE.authorise(HEADERS, "SBOX02", NOW)
    shown = f"{granted} {session} {GATE}"
    for secret in (TOKEN, DEFAULT.secret_key, DEFAULT.password, session.claims["socket_token"]):
        assert secret not in shown


def test_every_behaviour_named_is_one_of_the_contract() -> None:
    from mockserver import contract

    assert set(BEHAVIOURS) <= set(contract.load().behaviours)


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_starting_up_loads_nothing_heavy() -> None:
    program = "import sys, mockserver.web.auth, mockserver.web.tls; print(*sys.modules)"
    loaded = set(run(program).split())
    assert "mockserver.web.auth" in loaded
    assert not loaded & {"cryptography", "werkzeug", "flask", "orjson", "numpy", "jsonschema"}


def test_without_the_library_tokens_are_the_same() -> None:
    program = f"""
import sys
sys.modules["cryptography"] = None
from mockserver.web.auth import Gate
from mockserver.web.logins import DEFAULT, Logins
gate = Gate(Logins([DEFAULT]))
body = b'{{"email": "%s", "password": "%s"}}' % (DEFAULT.email.encode(), DEFAULT.password.encode())
token = gate.authenticate("application/json", body, {URL!r}, {NOW}, 1).token
gate.authorise({{"authorization": "Bearer " + token, "secretkey": DEFAULT.secret_key}}, "SBOX02", {NOW})
print(token)
"""
    assert run(program).strip() == TOKEN

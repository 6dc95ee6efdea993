"""Which host is given which credentials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording import credentials, target
from mockserver.errors import InputError
from mockserver.web.logins import DEFAULT
from tests.recording.captures import LIVE

HOST = f"https://{LIVE['HJKIT_LIVE_HOST']}"


def nobody(what: str) -> str:
    raise AssertionError(f"asked for {what}")


@pytest.mark.parametrize(
    ("url", "host", "base"),
    [
        ("http://127.0.0.1:8420", "127.0.0.1", "http://127.0.0.1:8420"),
        ("http://127.9.9.9:1/", "127.9.9.9", "http://127.9.9.9:1"),
        ("http://[::1]:8420", "::1", "http://[::1]:8420"),
        ("https://localhost", "localhost", "https://localhost"),
    ],
)
def test_this_machine_is_known_by_its_address(url: str, host: str, base: str) -> None:
    found = target.parse(url)
    assert found.loopback and found.host == host and found.base == base


@pytest.mark.parametrize("url", ["https://localhost.example", "https://127.0.0.1.example", "https://10.0.0.1"])
def test_no_other_name_is_this_machine(url: str) -> None:
    assert not target.parse(url).loopback


def test_localhost_is_never_looked_up() -> None:
    assert target.parse("http://localhost:8420").address == "127.0.0.1"


@pytest.mark.parametrize(
    "url",
    [
        "https://canary:Zq81@api.example",
        "https://canary@api.example",
        "ftp://canary.example",
        "https://api.example/canary",
        "https://api.example?canary=1",
        "https://api.example:canary",
        "canary",
        "https://",
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(InputError) as refusal:
        target.parse(url)
    assert "canary" not in str(refusal.value) and "--base-url" in str(refusal.value)


def test_this_machine_gets_the_fake_login_or_the_mocks_variables() -> None:
    here = target.parse("http://127.0.0.1:8420")
    fake = credentials.resolve(here, LIVE, nobody, False)
    assert (fake.email, fake.password, fake.secret_key) == (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key)
    own = {"HJKIT_EMAIL": "me@mock.test", "HJKIT_PASSWORD": "mine", "HJKIT_SECRET_KEY": "key"}
    given_ = credentials.resolve(here, {**LIVE, **own}, nobody, False)
    assert (given_.email, given_.password, given_.secret_key) == ("me@mock.test", "mine", "key")


def test_the_host_that_is_named_gets_what_is_meant_for_it() -> None:
    found = credentials.resolve(target.parse(HOST), LIVE, nobody, True)
    assert [found.email, found.password, found.secret_key] == list(LIVE.values())[1:]


OTHERS = {"HJKIT_EMAIL": "me@mock.test", "HJKIT_PASSWORD": "mine", "HJKIT_SECRET_KEY": "key"}


@pytest.mark.parametrize(
    ("url", "environ", "permission", "said"),
    [
        (HOST.replace("https", "http"), LIVE, True, "https only"),
        (HOST, LIVE, False, "--i-have-permission"),
        ("https://other.example", LIVE, True, "HJKIT_LIVE_HOST: names another host"),
        (f"{HOST}:8443", LIVE, True, "HJKIT_LIVE_HOST: names another host"),
        (HOST, {k: v for k, v in LIVE.items() if k != "HJKIT_LIVE_HOST"}, True, "must name the one host"),
        (HOST, OTHERS, True, "nobody to ask"),
        (HOST, {"HJKIT_LIVE_HOST": LIVE["HJKIT_LIVE_HOST"]}, True, "nobody to ask"),
        (HOST, {**LIVE, "HJKIT_LIVE_SECRET_KEY": "canary key"}, True, "ASCII without blanks"),
    ],
)
def test_anybody_else_gets_nothing(url: str, environ: dict[str, str], permission: bool, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        credentials.resolve(target.parse(url), environ, None, permission)
    assert said in str(refusal.value)
    assert not any(value in str(refusal.value) for value in (*LIVE.values(), "canary"))


def test_what_is_missing_is_asked_for() -> None:
    asked: list[str] = []

    def person(what: str) -> str:
        asked.append(what)
        return f"typed-{what.replace(' ', '-')}"

    environ = {"HJKIT_LIVE_HOST": LIVE["HJKIT_LIVE_HOST"], "HJKIT_LIVE_EMAIL": "known@canary.example"}
    found = credentials.resolve(target.parse(HOST), environ, person, True)
    assert asked == ["password", "secret key"] and found.secret_key == "typed-secret-key"
    assert credentials.resolve(target.parse("https://any.example"), {}, person, True).email == "typed-email"


@given(st.text(min_size=4, max_size=30).filter(str.isprintable))
def test_credentials_have_no_repr(secret: str) -> None:
    shown = repr(credentials.Credentials(secret, secret, secret))
    assert shown == "Credentials()"

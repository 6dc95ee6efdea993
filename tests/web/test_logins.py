"""The accounts, and the file they may come from: what is taken and the sentence for what is not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.errors import InputError
from mockserver.web.logins import DEFAULT, KEYS, Login, Logins, load

ONE = {"email": "one@clinic.test", "password": "fake-one", "secret_key": "fakekey1"}
TWO = {
    "email": "two@clinic.test", "password": "fake two ö", "secret_key": "fakekey2", "customer": "Fake South",
    "customer_id": 4711, "practices": ["SBOX02", "CARD11"],
}  # fmt: skip


def written(tmp_path: Path, content: object, name: str = "logins.json") -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def refusal(path: Path, practices: list[str] | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        load(path, practices)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_default_says_that_it_is_fake() -> None:
    assert DEFAULT.email == "developer@healthjump-kit.test"
    assert "fake" in DEFAULT.password
    assert re.fullmatch(r"fake[a-z0-9]{36}", DEFAULT.secret_key)
    assert DEFAULT.practices is None and DEFAULT.may_see("ANY001")


def test_secrets_stay_out_of_what_is_printed() -> None:
    assert DEFAULT.password not in repr(DEFAULT) and DEFAULT.secret_key not in repr(DEFAULT)
    assert DEFAULT.email in repr(DEFAULT)


def test_found_by_email_and_password() -> None:
    logins = Logins()
    assert logins.find(DEFAULT.email, DEFAULT.password) is DEFAULT
    assert logins.find(DEFAULT.email, DEFAULT.password + " ") is None
    assert logins.find(DEFAULT.email, DEFAULT.password.upper()) is None
    assert logins.find("nobody@clinic.test", DEFAULT.password) is None
    assert logins.find("", "") is None


def test_letter_case_of_the_address_does_not_matter() -> None:
    assert Logins().of(f" {DEFAULT.email.upper()} ") is DEFAULT
    assert Logins().of(None) is None and Logins().of(7) is None


@given(st.text(), st.text())
def test_any_other_text_finds_nobody(email: str, password: str) -> None:
    assert Logins().find(email, password) is None
    assert Logins().find(DEFAULT.email, password) is None
    assert not DEFAULT.has_secret_key(password)


def test_lone_surrogates_are_compared_and_refused() -> None:
    assert Logins().find("\ud800", "\udfff") is None
    assert not DEFAULT.has_secret_key("\ud800")


def test_each_login_has_its_own_password_and_key() -> None:
    one, two = Login("a@x.test", "pa", "ka"), Login("b@x.test", "pb", "kb")
    logins = Logins([one, two])
    assert logins.find("b@x.test", "pb") is two and logins.find("b@x.test", "pa") is None
    assert two.has_secret_key("kb") and not two.has_secret_key("ka")
    assert list(logins) == [one, two] and len(logins) == 2


def test_an_address_given_twice_and_none_at_all_are_refused() -> None:
    with pytest.raises(InputError, match=r"a@x\.test is given twice"):
        Logins([Login("a@x.test", "1", "1"), Login("A@X.test", "2", "2")])
    with pytest.raises(InputError, match="no login"):
        Logins([])


@pytest.mark.parametrize("name", ["logins.json", "logins.yaml", "logins.yml", "logins"])
def test_a_file_in_either_notation(tmp_path: Path, name: str) -> None:
    first, second = load(written(tmp_path, {"logins": [ONE, TWO]}, name), ["SBOX02", "CARD11", "NORT01"])
    assert first == Login("one@clinic.test", "fake-one", "fakekey1")
    assert (second.customer, second.customer_id, second.password) == ("Fake South", 4711, "fake two ö")
    assert second.practices == frozenset({"SBOX02", "CARD11"})
    assert second.may_see("SBOX02") and not second.may_see("NORT01")


def test_yaml_as_people_write_it(tmp_path: Path) -> None:
    text = (
        "logins:\n- email: a@x.test\n  password: '12345'\n  secret_key: abc  # fake\n  practices: all\n"
        "- email: b@x.test\n  password: p\n  secret_key: abc\n  practices: [SBOX02]\n"
    )
    first, second = load(written(tmp_path, text, "l.yaml"))
    assert first.practices is None and second.practices == frozenset({"SBOX02"})


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        ({"emial": "x"}, "logins[0]", "did you mean email?"),
        ({"password": 12345}, "logins[0].password", "needs quotes"),
        ({"password": ""}, "logins[0].password", "1 to 200 characters"),
        ({"email": " "}, "logins[0].email", "1 to 200 characters"),
        ({"email": None}, "logins[0].email", "1 to 200 characters"),
        ({"customer": "x" * 201}, "logins[0].customer", "1 to 200 characters"),
        ({"secret_key": "with blank"}, "logins[0].secret_key", "header"),
        ({"secret_key": "schlüssel"}, "logins[0].secret_key", "header"),
        ({"customer_id": "7"}, "logins[0].customer_id", "whole number"),
        ({"customer_id": -1}, "logins[0].customer_id", "whole number"),
        ({"customer_id": True}, "logins[0].customer_id", "whole number"),
        ({"practices": "SBOX02"}, "logins[0].practices", "a list of practices"),
        ({"practices": []}, "logins[0].practices", "a list of practices"),
        ({"practices": [1]}, "logins[0].practices", "a list of practices"),
        ({"practices": ["SBOX03"]}, "logins[0].practices", "did you mean SBOX02?"),
        ({"practices": ["SBOX02", "SBOX02"]}, "logins[0].practices", "twice"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, change: dict[str, Any], key: str, says: str) -> None:
    error = refusal(written(tmp_path, {"logins": [ONE | change]}), ["SBOX02", "CARD11"])
    assert error.where.endswith(f": {key}")
    assert says in str(error)
    assert "12345" not in str(error)


@pytest.mark.parametrize("key", KEYS[:3])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    entry = {name: value for name, value in ONE.items() if name != key}
    assert f"{key} must be given" in str(refusal(written(tmp_path, {"logins": [entry]})))


@pytest.mark.parametrize(
    "content", [[], {}, {"logins": {}}, {"logins": [], "more": 1}, "", "1", "null", {"login": []}]
)
def test_a_file_of_another_shape(tmp_path: Path, content: object) -> None:
    assert "valid: logins" in str(refusal(written(tmp_path, content, "l.yaml")))


def test_no_login_and_two_of_one_address(tmp_path: Path) -> None:
    assert "holds no login" in str(refusal(written(tmp_path, {"logins": []})))
    assert "one@clinic.test is given twice" in str(refusal(written(tmp_path, {"logins": [ONE, ONE]})))
    assert "a login is a mapping" in str(refusal(written(tmp_path, {"logins": ["a@x.test"]})))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "l.json",
            '{"logins": [\n{"password": "hidden", "password": "hidden"}]}',
            "'password' is given twice",
        ),
        ("l.yaml", "logins:\n- password: hidden\n  password: hidden\n", "'password' is given twice"),
        ("l.json", '{"logins": [\nhidden', "line 2"),
        ("l.yaml", "logins:\n- password: [hidden\n", "line 3"),
        ("l.yaml", "logins:\n- [hidden]: 1\n  ? {a: 1}\n", "a key is not text"),
        ("l.yaml", "logins: '\x07hidden'", "does not allow"),
        ("l.yaml", "logins: 2022-99-99", "cannot be read"),
        ("l.yaml", "logins: !!python/name:os.system hidden", "line 1"),
        ("l.json", "[" * 100_000, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_parsed(tmp_path: Path, name: str, text: str, says: str) -> None:
    error = refusal(written(tmp_path, text, name))
    assert says in str(error)
    assert "hidden" not in str(error)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert "No such file" in str(refusal(tmp_path / "absent.yaml"))
    assert "directory" in str(refusal(tmp_path))
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"logins: \xff\xfe")
    assert "not UTF-8" in str(refusal(path))


scalars = st.none() | st.integers() | st.text() | st.booleans()
keys = st.sampled_from([*KEYS, "logins", "x"])
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(documents)
def test_any_document_is_taken_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, document: object
) -> None:
    path = written(tmp_path_factory.mktemp("any"), {"logins": document})
    try:
        assert len(load(path)) > 0
    except InputError as error:
        assert error.where.startswith(str(path))

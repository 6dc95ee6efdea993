"""Who may log in: fake accounts with their secret key, their customer and the practices they may see."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path
from typing import Any

from mockserver.errors import InputError

# Keys of one login in a file; the first three must be there.
KEYS = ("email", "password", "secret_key", "customer", "customer_id", "practices")
_LONGEST = 200  # characters, so that every token stays far below what a header may hold
_PRINTABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Login:
    """One account. ``practices`` None: all that are served. ``customer_id`` 0: made up from the name."""

    email: str
    password: str = field(repr=False)
    secret_key: str = field(repr=False)
    customer: str = "Fake Customer (healthjump-kit)"
    practices: frozenset[str] | None = None
    customer_id: int = 0

    def may_see(self, practice: str) -> bool:
        return self.practices is None or practice in self.practices

    def has_secret_key(self, given: str) -> bool:
        return _same(self.secret_key, given)


DEFAULT = Login(
    email="developer@healthjump-kit.test",
    password="fake-password-for-tests-only",
    secret_key="fake0secret0key0of0healthjump0kit0000000",  # 40 lower-case letters and digits, as observed
)


class Logins:
    """The accounts of one server. Raises InputError for none at all and for an e-mail address given twice."""

    def __init__(self, logins: Iterable[Login] = (DEFAULT,), where: str = "logins") -> None:
        self._logins = tuple(logins)
        _no_twins((_folded(login.email) for login in self._logins), where)
        if not self._logins:
            raise InputError("holds no login", where)
        self._by_email = {_folded(login.email): login for login in self._logins}

    def __iter__(self) -> Iterator[Login]:
        return iter(self._logins)

    def __len__(self) -> int:
        return len(self._logins)

    def of(self, email: object) -> Login | None:
        """The account of an address in any letter case, as the database of the inferred backend compares."""
        return self._by_email.get(_folded(email)) if isinstance(email, str) else None

    def find(self, email: str, password: str) -> Login | None:
        """The account of these credentials. An unknown address takes as long as a wrong password."""
        login = self.of(email)
        right = _same((login or self._logins[0]).password, password)
        return login if right else None


def load(path: Path, practices: Collection[str] | None = None) -> Logins:
    """The accounts of a YAML or JSON file: ``logins``, a list of mappings with ``KEYS``.

    ``practices``, where given, are the only ones a login may name. Raises InputError, which names file and
    key and never shows a value that could be secret.
    """
    document = _read(path)
    entries = document.get("logins") if isinstance(document, dict) and len(document) == 1 else None
    if not isinstance(entries, list):
        raise InputError("must be a mapping with one key, which holds a list", str(path), ("logins",))
    where = f"{path}: logins"
    return Logins((_login(entry, f"{where}[{i}]", practices) for i, entry in enumerate(entries)), where)


def single(email: str, password: str, secret_key: str) -> Login:
    """The login of the settings, by the rules of a file; what is empty comes from ``DEFAULT``. Raises InputError."""
    given = {"email": email, "password": password, "secret_key": secret_key}
    entry = {key: value or getattr(DEFAULT, key) for key, value in given.items()}
    return _login(entry, "login setting", None)


def _login(entry: object, where: str, practices: Collection[str] | None) -> Login:
    if not isinstance(entry, dict):
        raise InputError("a login is a mapping", where, KEYS)
    for key in entry:
        if key not in KEYS:
            raise InputError(f"unknown key {key!r}", where, KEYS, str(key))
    missing = [key for key in KEYS[:3] if key not in entry]
    if missing:
        raise InputError(f"{' and '.join(missing)} must be given", where)
    secret_key = _text(entry, "secret_key", where)
    if not _PRINTABLE.fullmatch(secret_key):
        raise InputError("goes into a header, so it is ASCII without blanks", f"{where}.secret_key")
    return Login(
        email=_text(entry, "email", where).strip(),
        password=_text(entry, "password", where),
        secret_key=secret_key,
        customer=_text(entry, "customer", where) if "customer" in entry else DEFAULT.customer,
        practices=_practices(entry.get("practices"), f"{where}.practices", practices),
        customer_id=_number(entry.get("customer_id", 0), f"{where}.customer_id"),
    )


def _text(entry: dict[str, Any], key: str, where: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        what = f"must be text of 1 to {_LONGEST} characters; a number needs quotes"
        raise InputError(what, f"{where}.{key}")
    return value


def _number(value: object, where: str) -> int:
    if type(value) is not int or value < 0:
        raise InputError("must be a whole number, 0 for one made up", where)
    return value


def _practices(value: object, where: str, known: Collection[str] | None) -> frozenset[str] | None:
    if value is None or value == "all":
        return None
    if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
        raise InputError("must be all or a list of practices", where, ("all", *sorted(known or ())))
    for name in value:
        if known is not None and name not in known:
            raise InputError(f"no practice {name!r} is served", where, sorted(known), name)
    _no_twins(value, where)
    return frozenset(value)


def _no_twins(values: Iterable[Hashable], where: str) -> None:
    seen = set()
    for value in values:
        if value in seen:
            raise InputError(f"{value} is given twice", where)
        seen.add(value)


def _read(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text, object_pairs_hook=_pairs) if path.suffix == ".json" else _yaml(text)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not a YAML or JSON file ({_line(error)})", str(path)) from None


def _line(error: Exception) -> str:
    """Where a file breaks, without quoting it: it holds passwords."""
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}"
    return str(error) if isinstance(error, _FileError) else "not UTF-8, or a value that cannot be read"


class _FileError(ValueError):
    """Says where a file breaks; its text is fit to be shown."""


def _yaml(text: str) -> object:
    import yaml

    class Loader(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            pairs = [(self.construct_object(key, deep=True), None) for key, _ in node.value]
            _pairs(pairs)
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        raise _FileError(f"line {error.problem_mark.line + 1}" if error.problem_mark else "no YAML") from None
    except yaml.YAMLError:
        raise _FileError("characters YAML does not allow") from None


def _pairs(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """A mapping in which a key given twice is an error, where the parsers would keep the last."""
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if not isinstance(key, Hashable):
            raise _FileError("a key is not text")
        if key in found:
            raise _FileError(f"key {key!r} is given twice")
        found[key] = value
    return found


def _folded(email: object) -> str:
    return str(email).strip().casefold()


def _same(right: str, given: str) -> bool:
    """Equality whose time says nothing about where the texts differ."""
    return compare_digest(right.encode("utf-8", "surrogatepass"), given.encode("utf-8", "surrogatepass"))

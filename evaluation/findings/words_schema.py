"""What the word files may hold. Every mistake is an InputError with file, key, what is valid and a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mockserver.errors import InputError

KINDS: Final = ("person", "event", "place", "tenant", "organization", "thing")
_LISTS: Final = ("words", "kin", "records", "roles", "not_after")
_CONCEPT: Final = ("kind", *_LISTS, "abbreviations", "or_else", "note")
_AMBIGUOUS: Final = ("may_be", "as_person", "record_of", "reason")
_IDS: Final = {
    "tails": list, "other_kinds": list, "worldwide": list, "source": list, "earlier": list, "opposites": dict,
    "minted": list, "relations": list, "part": list, "own": list, "outside": dict, "not_ids": dict, "storage": list,
}  # fmt: skip
_COLUMNS: Final = {
    "modified": dict, "created": dict, "deleted": dict, "instants": list, "flags": list, "person": list, "keys": list,
    "numbered_lines": list, "short": dict,
}  # fmt: skip


def check_concepts(raw: Any) -> None:
    """Hold concepts.yaml against its schema. Raises InputError; also where a phrase stands for two concepts."""
    where = "words/concepts.yaml"
    _keys(raw, ("concepts", "ambiguous"), where, needed=("concepts", "ambiguous"))
    for name, entry in _entries(raw, "concepts", where):
        _concept(entry, f"{where}: concepts.{name}")
        _concept_named(entry, "or_else", f"{where}: concepts.{name}", tuple(raw["concepts"]))
    for word, entry in _entries(raw, "ambiguous", where):
        _ambiguous(entry, f"{where}: ambiguous.{word}", tuple(raw["concepts"]))
    _once(raw, where)


def check_ids(raw: Any) -> None:
    """Hold ids.yaml against its schema. Raises InputError."""
    _typed(raw, _IDS, "words/ids.yaml")
    _typed(raw["not_ids"], {"words": list, "endings": list}, "words/ids.yaml: not_ids")


def check_columns(raw: Any) -> None:
    """Hold columns.yaml against its schema. Raises InputError."""
    where = "words/columns.yaml"
    _typed(raw, _COLUMNS, where)
    for key in ("modified", "created", "deleted"):
        _typed(raw[key], {"words": list, "names": list}, f"{where}: {key}")


def _concept(entry: Any, where: str) -> None:
    _keys(entry, _CONCEPT, where, needed=("kind", "words"))
    if entry["kind"] not in KINDS:
        raise InputError(f"{entry['kind']!r} is no kind", f"{where}.kind", KINDS, str(entry["kind"]))
    for key in _LISTS:
        _texts(entry.get(key, []), f"{where}.{key}")
    full = [*entry["words"], *entry.get("kin", [])]
    for short, word in _mapping(entry.get("abbreviations", {}), f"{where}.abbreviations").items():
        if word not in full:
            raise InputError(f"{word!r} is no word of it", f"{where}.abbreviations.{short}", full, str(word))


def _ambiguous(entry: Any, where: str, concepts: tuple[str, ...]) -> None:
    _keys(entry, _AMBIGUOUS, where, needed=("may_be", "reason"))
    _texts(entry["may_be"], f"{where}.may_be")
    for key in ("as_person", "record_of"):
        _concept_named(entry, key, where, concepts)


def _concept_named(entry: Mapping[str, Any], key: str, where: str, concepts: tuple[str, ...]) -> None:
    if key in entry and entry[key] not in concepts:
        raise InputError(f"{entry[key]!r} is no concept", f"{where}.{key}", concepts, str(entry[key]))


def _once(raw: Mapping[str, Any], where: str) -> None:
    seen: dict[str, str] = {word: f"ambiguous.{word}" for word in raw["ambiguous"]}
    for name, entry in raw["concepts"].items():
        texts = [text for key in _LISTS[:-1] for text in entry.get(key, [])]
        for text in [*texts, *entry.get("abbreviations", {})]:
            if text in seen:
                raise InputError(f"{text!r} stands under {seen[text]} already", f"{where}: concepts.{name}")
            seen[text] = f"concepts.{name}"


def _typed(raw: Any, types: Mapping[str, type], where: str) -> None:
    _keys(raw, tuple(types), where, needed=tuple(types))
    for key, type_ in types.items():
        _texts(raw[key], f"{where}: {key}") if type_ is list else _mapping(raw[key], f"{where}: {key}")


def _keys(raw: Any, valid: tuple[str, ...], where: str, needed: tuple[str, ...]) -> None:
    for key in _mapping(raw, where):
        if key not in valid:
            raise InputError(f"{key!r} is no key", where, valid, str(key))
    for key in needed:
        if key not in raw:
            raise InputError(f"{key} is missing", where, valid)


def _entries(raw: Mapping[str, Any], key: str, where: str) -> Iterator[tuple[str, Any]]:
    yield from _mapping(raw[key], f"{where}: {key}").items()


def _mapping(raw: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise InputError(f"a mapping is wanted, not {_kind(raw)}", where)
    return raw


def _texts(raw: Any, where: str) -> None:
    if not isinstance(raw, list):
        raise InputError(f"a list of words is wanted, not {_kind(raw)}", where)
    for text in raw:
        if not isinstance(text, str) or not text or text != text.lower():
            raise InputError(f"{text!r} is no word in lower case", where)


def _kind(raw: Any) -> str:
    return {list: "a list", dict: "a mapping", str: "a text", type(None): "nothing"}.get(type(raw), "a number")

"""What a case file may hold, checked key by key before anything is built from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from evaluation.findings.model import CAUSES, TOPICS, Input
from mockserver.errors import InputError

# key -> (types it may have, whether it must be there)
Keys = Mapping[str, tuple[tuple[type, ...], bool]]
TEXT: Final = ((str,), True)
TEXT_OR_NOT: Final = ((str,), False)
LIST: Final = ((list,), False)
FLAG: Final = ((bool,), False)
NUMBER: Final = ((int,), False)
ANY: Final = ((str, int, float, bool, list, dict, type(None)), False)

CASE: Final[Keys] = {
    "vendor": TEXT, "about": TEXT, "every": ((dict,), False), "resources": ((dict,), True), "without": LIST,
    "token": ((dict,), False), "refusals": LIST, "probes": LIST, "documents": LIST,
    "planted": LIST, "innocent": LIST, "not_judged": ((dict,), False),
}  # fmt: skip
RESOURCE: Final[Keys] = {
    "fields": ((dict,), True), "rows": ((dict,), False), "count": ((dict,), False), "set": LIST,
    "incomplete": LIST, "unordered": FLAG, "description": TEXT_OR_NOT,
}  # fmt: skip
FIELD: Final[Keys] = {
    "types": LIST, "nullable": FLAG, "format": TEXT_OR_NOT, "pattern": TEXT_OR_NOT, "enum": LIST, "samples": LIST,
    "description": TEXT_OR_NOT, "series": TEXT_OR_NOT, "start": ANY, "step": NUMBER, "scatter": FLAG, "of": LIST,
    "value": ANY,
}  # fmt: skip
CHANGE: Final[Keys] = {"practice": TEXT, "row": ((int,), True), "field": TEXT, "value": ANY}
TOKEN: Final[Keys] = {
    "algorithm": TEXT_OR_NOT, "issuer_scheme": TEXT_OR_NOT, "life": NUMBER, "refresh": FLAG, "claims": LIST,
}  # fmt: skip
CLAIM: Final[Keys] = {"name": TEXT, "type": TEXT, "holds": TEXT_OR_NOT}
REFUSAL: Final[Keys] = {
    "cause": TEXT, "status": ((int,), True), "media_type": TEXT_OR_NOT, "keys": LIST, "code": TEXT_OR_NOT,
}  # fmt: skip
PROBE: Final[Keys] = {"topic": TEXT, "outcome": TEXT, "status": ((int,), True), "detail": TEXT_OR_NOT}
DOCUMENT: Final[Keys] = {"topic": TEXT, "says": TEXT, "source": TEXT_OR_NOT}
PLANTED: Final[Keys] = {"check": TEXT, "at": LIST, "any_of": LIST, "also": LIST, "why": TEXT}
INNOCENT: Final[Keys] = {"check": TEXT, "at": ((list,), True), "why": TEXT}
SERIES: Final = ("constant", "count", "cycle", "instant")
HOLDS: Final = ("plain", "list as text", "json as text", "error text")
CHECKS: Final = tuple(f"HJ-{number:03}" for number in range(1, 48))
PARTS: Final[Mapping[str, Keys]] = {
    "refusals": REFUSAL, "probes": PROBE, "documents": DOCUMENT, "planted": PLANTED, "innocent": INNOCENT,
}  # fmt: skip
WORDS: Final[Mapping[tuple[str, str], Sequence[str]]] = {
    ("refusals", "cause"): CAUSES,
    ("probes", "topic"): TOPICS,
    ("probes", "outcome"): ("refused", "ignored", "applied", "empty"),
    ("documents", "says"): ("documented", "silent", "contradicted"),
    ("planted", "check"): CHECKS,
    ("innocent", "check"): CHECKS,
}


def examine(raw: Any, path: Path) -> Mapping[str, Any]:
    """A case that may be built. Raises InputError with file, key, what is valid and a guess."""
    where = path.name
    case = _keys(raw, CASE, where)
    _all_of(case.get("without", ()), [str(name) for name in Input], f"{where}: without")
    _all_of(case.get("not_judged", {}), CHECKS, f"{where}: not_judged")
    for name, spec in case.get("every", {}).items():
        _field(spec, f"{where}: every.{name}")
    for name, resource in case["resources"].items():
        _resource(resource, f"{where}: resources.{name}")
    for part, keys in PARTS.items():
        for index, item in enumerate(case.get(part, ())):
            _item(_keys(item, keys, f"{where}: {part}[{index}]"), part, f"{where}: {part}[{index}]")
    _token(case.get("token"), f"{where}: token")
    _labels(case, where)
    return case


def _keys(raw: Any, keys: Keys, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise InputError(f"must be a mapping, not {type(raw).__name__}", where, keys)
    for key, value in raw.items():
        if key not in keys:
            raise InputError(f"{key!r} is no key here", where, keys, given=str(key))
        if type(value) not in keys[key][0]:
            raise InputError(f"cannot be {type(value).__name__}", f"{where}.{key}", _names(keys[key][0]))
    missing = [key for key, (_, needed) in keys.items() if needed and not raw.get(key)]
    if missing:
        raise InputError(f"{missing[0]!r} is missing or empty", where, keys)
    return raw


def _names(types: Sequence[type]) -> list[str]:
    return [kind.__name__ for kind in types]


def _all_of(given: Any, valid: Sequence[str], where: str) -> None:
    for word in given:
        if word not in valid:
            raise InputError(f"{word!r} is not known", where, valid, given=str(word))


def _item(item: Mapping[str, Any], part: str, where: str) -> None:
    for (of, key), valid in WORDS.items():
        if of == part:
            _all_of([item[key]], valid, f"{where}.{key}")


def _field(spec: Any, where: str) -> None:
    if isinstance(spec, str):
        kinds = [kind for kind in spec.removesuffix("?").split("|") if kind]
        _all_of(kinds, ("string", "integer", "number", "boolean", "array", "object"), where)
        return
    _all_of([_keys(spec, FIELD, where).get("series", SERIES[0])], SERIES, f"{where}.series")


def _resource(raw: Any, where: str) -> None:
    resource = _keys(raw, RESOURCE, where)
    for name, spec in resource["fields"].items():
        _field(spec, f"{where}.fields.{name}")
    for index, change in enumerate(resource.get("set", ())):
        _keys(change, CHANGE, f"{where}.set[{index}]")
    wide = sum(1 for spec in resource["fields"].values() if isinstance(spec, str) or "series" not in spec)
    for practice, rows in resource.get("rows", {}).items():
        for index, row in enumerate(rows):
            if not isinstance(row, list) or len(row) != wide:
                raise InputError(f"must be a list of {wide} cells", f"{where}.rows.{practice}[{index}]")
            _plain(row, f"{where}.rows.{practice}[{index}]")


def _plain(row: Sequence[Any], where: str) -> None:
    """YAML reads unquoted dates and 9:30 as something else than text."""
    for cell in row:
        if type(cell) not in ANY[0]:
            raise InputError(f"a {type(cell).__name__} is not JSON: quote it", where)


def _token(raw: Any, where: str) -> None:
    for index, claim in enumerate(_keys(raw, TOKEN, where).get("claims", ()) if raw is not None else ()):
        here = f"{where}.claims[{index}]"
        _all_of([_keys(claim, CLAIM, here).get("holds", HOLDS[0])], HOLDS, f"{here}.holds")


def _labels(case: Mapping[str, Any], where: str) -> None:
    """Every place of a label exists in the case, every fault has places, and nothing is both judged and not."""
    valid = ["*", *case["resources"]]
    for name, resource in case["resources"].items():
        valid += [f"{name}.{column}" for column in [*resource["fields"], *case.get("every", {})]]
    for part in ("planted", "innocent"):
        for index, label in enumerate(case.get(part, ())):
            here = f"{where}: {part}[{index}]"
            places = [*label.get("at", ()), *label.get("any_of", ()), *label.get("also", ())]
            if bool(label.get("at")) == bool(label.get("any_of")):
                raise InputError("needs either places in at or places in any_of", here)
            _all_of(places, valid, f"{here}.at")
            if label["check"] in case.get("not_judged", {}):
                raise InputError(f"{label['check']} is not judged in this case", here)
            if not re.search(r"\w.*\.$", label["why"]):
                raise InputError("must be a sentence", f"{here}.why")

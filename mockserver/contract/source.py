"""The contract's YAML files, read once each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .model import Evidence, Grade

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def document(name: str) -> Any:
    """A YAML file of this package as plain data; callers must not change it."""
    text = files("mockserver.contract").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


@cache
def element_names() -> tuple[str, ...]:
    """The elements in the order of the vendor's own list, our own additions last."""
    folder = files("mockserver.contract").joinpath("elements")
    names = sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))
    return tuple(sorted(names, key=lambda n: ("only_without" in element_document(n), n == "client_ids", n)))


def element_document(name: str) -> Mapping[str, Any]:
    doc: Mapping[str, Any] = document(f"elements/{name}.yaml")
    return doc


def evidence(raw: Mapping[str, Any]) -> Evidence:
    """Read an ``x-evidence`` mapping. Raises KeyError for a grade that does not exist."""
    return Evidence(Grade[raw["grade"]], tuple(raw["sources"]), tuple(raw.get("channels", ())))

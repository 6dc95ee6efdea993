"""Prism can fail: it reports every column whose type, null, notation or name is flipped, 1484 flips in all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from mockserver import contract
from mockserver.contract import Element

from .flips import Flip, flips, page, sound_row, without_nulls
from .processes import prism, require_prism
from .upstream import Upstream, upstream

CONTRACT = contract.load()
HEADERS = {"Authorization": "Bearer a.b.c", "Secretkey": "any"}


@dataclass
class Judge:
    """Two Prisms in front of one upstream: one with the contract, one with a contract in which nothing may be null."""

    behind: Upstream
    contract: str
    strict: str
    client: httpx.Client

    def violations(self, element: Element, row: dict[str, Any], *, strict: bool = False) -> list[dict[str, Any]]:
        """What Prism finds wrong with a page that holds this row; empty if it lets the page pass."""
        self.behind.page = page(element, row)
        base = self.strict if strict else self.contract
        answer = self.client.get(f"{base}/hjdw/SBOX02/{element.path}")
        if answer.status_code == 200:
            assert answer.json() == self.behind.page
            return []
        assert answer.status_code == 500, answer.text
        found: list[dict[str, Any]] = answer.json()["validation"]
        return found

    def misses(self, element: Element, flip: Flip) -> bool:
        """Whether Prism fails to report this flip. Whether null is allowed cannot be seen where it is."""
        strict = flip.kind == "null" and element.by_wire[flip.column].nullable
        return not any(map(flip.caught_by, self.violations(element, flip.row, strict=strict)))


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    require_prism()
    folder = tmp_path_factory.mktemp("flips")
    documents = {"contract": CONTRACT.openapi(), "strict": without_nulls(CONTRACT.openapi())}
    with ExitStack() as stack:
        behind = stack.enter_context(upstream())
        base = {name: stack.enter_context(_proxy(folder, name, text, behind)) for name, text in documents.items()}
        client = stack.enter_context(httpx.Client(headers=HEADERS, timeout=30, trust_env=False))
        yield Judge(behind, base["contract"], base["strict"], client)


def _proxy(folder: Path, name: str, document: dict[str, Any], behind: Upstream) -> AbstractContextManager[str]:
    file = folder / f"{name}.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return prism("proxy", "--errors", str(file), behind.url, log=folder / f"{name}.log")


@pytest.mark.parametrize("name", CONTRACT.elements)
def test_every_flip_of_every_column_is_reported(judge: Judge, name: str) -> None:
    element = CONTRACT.elements[name]
    missed = [(flip.column, flip.kind) for flip in flips(CONTRACT, element) if judge.misses(element, flip)]
    assert missed == []


@pytest.mark.parametrize("name", CONTRACT.elements)
def test_the_row_passes_before_it_is_flipped(judge: Judge, name: str) -> None:
    element = CONTRACT.elements[name]
    asked, row = judge.behind.asked, sound_row(CONTRACT, element)
    assert judge.violations(element, row) == judge.violations(element, row, strict=True) == []
    assert judge.violations(element, {n: None if element.by_wire[n].nullable else v for n, v in row.items()}) == []
    assert judge.behind.asked == asked + 3


def test_a_key_too_many_or_too_few_is_reported(judge: Judge) -> None:
    element = CONTRACT.elements["demographic"]
    row = sound_row(CONTRACT, element)
    assert [v["code"] for v in judge.violations(element, {**row, "surplus": "x"})] == ["additionalProperties"]
    del row["zip"]
    assert [v["code"] for v in judge.violations(element, row)] == ["required"]


def test_there_are_1484_flips() -> None:
    made = [(name, flip.column, flip.kind) for name, e in CONTRACT.elements.items() for flip in flips(CONTRACT, e)]
    assert len(made) == len(set(made)) == 4 * 371

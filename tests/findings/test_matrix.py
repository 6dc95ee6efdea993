"""Through every adapter the same vendor looks the same, and the published matrix is what the checks say now."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from evaluation.findings.model import MISSING, Api, Input
from evaluation.findings.outcome import Outcome, Place, Verdict, judge
from evaluation.findings.registry import checks_by_id
from tests.findings.bench import matrix
from tests.findings.bench.shape import CHECKS

LEAST_DECIDED = 15
NOTHING = "there is nothing of this kind to judge"
CUT = "nothing was found, but only some of the rows are there"

# Sentences of single checks for an input that is there in part, and the reason why nothing can be said.
IN_PART: Mapping[tuple[str, str], str] = {
    ("HJ-031", "cassettes"): "The recording holds a part of the bookings, too few to tell what is rare among them.",
    ("HJ-036", "mock"): "Asked by http, the service names an http issuer; only https tells whether that is odd (Q35).",
    ("HJ-036", "cassettes"): "The recording was made by http, where the issuer says nothing (Q35).",
}


@pytest.fixture(scope="module")
def apis() -> Mapping[str, Api]:
    return matrix.apis()


@pytest.fixture(scope="module")
def cells(apis: Mapping[str, Api]) -> matrix.Cells:
    return matrix.cells(apis)


def test_every_check_is_in_it(cells: matrix.Cells) -> None:
    for adapter in matrix.ADAPTERS:
        assert tuple(cells[adapter]) == CHECKS


@pytest.mark.parametrize("check", CHECKS)
def test_no_check_passes_here_and_fails_there(cells: matrix.Cells, check: str) -> None:
    verdicts = {cells[adapter][check].verdict for adapter in matrix.ADAPTERS}
    assert not {Verdict.passed, Verdict.fail} <= verdicts


def test_enough_checks_decide_everywhere(cells: matrix.Cells) -> None:
    assert sum(matrix.decided(cells, check) for check in CHECKS) >= LEAST_DECIDED


def _excuse(check: str, adapter: str, api: Api, outcome: Outcome) -> bool:
    """Whether an input is missing, wholly or of some rows, or there is nothing of this kind."""
    missing = [need for need in checks_by_id()[check].needs if need not in api.inputs]
    if missing:
        return outcome.why == MISSING[missing[0]]
    lacking = {sentence for need, sentence in MISSING.items() if need not in api.inputs}
    only_some = Input.all_rows not in api.inputs and (outcome.why == CUT or "all rows" in outcome.why)
    return outcome.why == NOTHING or outcome.why in lacking or only_some or (check, adapter) in IN_PART


@pytest.mark.parametrize("adapter", matrix.ADAPTERS)
def test_unknown_means_that_something_is_missing(apis: Mapping[str, Api], cells: matrix.Cells, adapter: str) -> None:
    unknown = {c: o for c, o in cells[adapter].items() if o.verdict is Verdict.unknown}
    unexcused = {c: o.why for c, o in unknown.items() if not _excuse(c, adapter, apis[adapter], o)}
    assert unexcused == {}


def test_no_excuse_is_idle(cells: matrix.Cells) -> None:
    for check, adapter in IN_PART:
        assert cells[adapter][check].verdict is Verdict.unknown


def test_all_four_were_read_whole(apis: Mapping[str, Api]) -> None:
    assert tuple(apis) == matrix.ADAPTERS
    assert {name: api.partial for name, api in apis.items()} == dict.fromkeys(matrix.ADAPTERS, ())


def test_the_published_page_is_what_the_checks_say_now(cells: matrix.Cells) -> None:
    page = matrix.page(cells)
    assert matrix.PAGE.read_text(encoding="utf-8") == page, "run python -m tests.findings.bench.matrix"


def test_a_second_run_says_the_same(cells: matrix.Cells) -> None:
    assert matrix.page(matrix.cells(matrix.apis())) == matrix.page(cells)


# --- the page ---


def _made(**verdicts: str) -> matrix.Cells:
    outcomes = {
        "fail": judge([Place("a")], 1, "it is so", ""),
        "pass": judge([], 1, "", "it is not so"),
        "unknown": judge([], 0, "", ""),
    }
    return {adapter: {"HJ-001": outcomes[verdict]} for adapter, verdict in verdicts.items()}


def test_the_page_tells_verdicts_and_why_there_is_none() -> None:
    found = _made(contract="fail", mock="fail", cassettes="unknown", folder="fail")
    page = matrix.page(found)
    assert "0 of 1 checks decide on all four adapters" in page
    assert "| HJ-001 Two ids one underscore apart | fail | fail | unknown | fail |" in page
    assert f"| HJ-001 | cassettes | {NOTHING} |" in page


def test_a_check_decides_if_it_passes_or_fails_everywhere() -> None:
    assert matrix.decided(_made(contract="pass", mock="pass", cassettes="pass", folder="pass"), "HJ-001")
    assert not matrix.decided(_made(contract="pass", mock="pass", cassettes="pass", folder="unknown"), "HJ-001")

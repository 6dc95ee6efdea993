"""One order of grades for every vendor, in which the contract's own keep theirs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from evaluation.findings import known
from evaluation.findings.grades import Proof
from mockserver.contract import Grade


def test_the_order_from_weakest_to_strongest() -> None:
    names = ["inferred", "adjacent", "seed", "documented", "consumed", "observed"]
    assert [str(proof) for proof in sorted(Proof)] == names


def test_the_contract_s_grades_keep_their_order() -> None:
    for weaker, stronger in pairwise(sorted(Grade)):
        assert Proof.of(weaker) < Proof.of(stronger)


@pytest.mark.parametrize("grade", Grade)
def test_a_grade_keeps_its_name_and_is_never_equal_to_a_proof(grade: Grade) -> None:
    assert str(Proof.of(grade)) == str(grade)
    assert int(grade) not in {int(proof) for proof in Proof}


def test_the_contract_gives_nothing_the_grade_of_a_description() -> None:
    assert "documented" not in Grade.__members__
    assert Proof.documented not in {one.grade for one in known.load().values()}

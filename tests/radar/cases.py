"""Small criteria and made-up facts for the laws of the scorecard."""

from __future__ import annotations

from hypothesis import strategies as st

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar.criteria import Criteria, Criterion, Item, Limit
from evaluation.radar.scorecard import Fact

GRADES = {
    Proof.observed: 1.0, Proof.consumed: 0.8, Proof.documented: 0.6, Proof.seed: 0.5, Proof.adjacent: 0.25,
    Proof.inferred: 0.0,
}  # fmt: skip
RINGS = {
    "adopt": (Limit("proven", 80, "a.one"), Limit("proven", 40, "b"), Limit("score", 80), Limit("proven", 70)),
    "trial": (Limit("proven", 80, "a.one"), Limit("score", 50, "a"), Limit("score", 60), Limit("proven", 40)),
    "assess": (Limit("score", 25, "a"), Limit("score", 30)),
    "hold": (),
}


def criteria(**groups: tuple[float, dict[str, float]]) -> Criteria:
    """Criteria by id, each with its weight and the weights of its items."""
    made = {
        id_: Criterion(id_, id_.title(), weight, "", tuple(Item(i, id_, f"Is {i} well?", w) for i, w in items.items()))
        for id_, (weight, items) in groups.items()
    }
    return Criteria(GRADES, RINGS, made)


SMALL = criteria(a=(30, {"a.one": 3, "a.two": 2, "HJ-003": 1}), b=(50, {"b.one": 3, "HJ-005": 3}), c=(20, {"c.one": 1}))
ITEMS = tuple(SMALL.items)

decided = st.builds(
    Fact, st.sampled_from(ITEMS), st.sampled_from([Verdict.fail, Verdict.passed]), st.sampled_from(Proof)
)
known = st.builds(
    Fact,
    st.sampled_from(ITEMS),
    st.sampled_from([Verdict.fail, Verdict.passed]),
    st.sampled_from([grade for grade in Proof if grade is not Proof.inferred]),
)
unknown = st.builds(Fact, st.sampled_from(ITEMS), st.just(Verdict.unknown), st.none())
facts = st.lists(decided | unknown, max_size=12)

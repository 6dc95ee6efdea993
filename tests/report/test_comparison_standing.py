"""Who is ahead: only by what is known of all, never by an unknown, and never where too little is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.outcome import Verdict
from evaluation.radar.scorecard import Fact, Scorecard, score
from evaluation.report.comparison_standing import standing
from tests.radar.cases import SMALL, facts, unknown

STRONG = next(grade for grade, weight in SMALL.grades.items() if weight == 1)
WEAK = next(grade for grade, weight in SMALL.grades.items() if 0 < weight < 0.5)
ALL = tuple(SMALL.items)


def card(*passed: str, failed: tuple[str, ...] = (), grade: object = STRONG) -> Scorecard:
    found = [(Verdict.passed, item) for item in passed] + [(Verdict.fail, item) for item in failed]
    return score([Fact(item, verdict, grade) for verdict, item in found], SMALL)  # type: ignore[arg-type]


def test_more_that_is_well_is_ahead() -> None:
    made = standing({"A": card(*ALL[:2], failed=ALL[2:]), "B": card(*ALL)}, 50)
    assert (made.verdict, made.ahead, made.shared) == ("ahead", ("B",), len(ALL))
    share = round(sum(SMALL.share(SMALL.items[item]) for item in ALL[:2]))
    assert made.well == {"A": share, "B": 100}
    told = f"what is well weighs {share} % for A and 100 % for B"
    assert made.says == f"B is ahead: on the {len(ALL)} items known of A and B, {told}."


def test_the_same_is_even() -> None:
    made = standing({"A": card(*ALL), "B": card(*ALL)}, 50)
    assert made.verdict == "even" and made.ahead == () and made.says.startswith("Even: ")


def test_two_can_be_ahead_of_a_third() -> None:
    made = standing({"A": card(*ALL), "B": card(failed=ALL), "C": card(*ALL)}, 50)
    assert made.ahead == ("A", "C") and made.says.startswith("A and C are ahead: ")


def test_a_fault_counts_the_same_whoever_saw_it() -> None:
    """One of whom faults are only told by a weak source is not better for it."""
    of_b = "b.one", "HJ-005"
    strong, weak = card(failed=of_b), card(failed=of_b, grade=WEAK)
    assert standing({"A": strong, "B": weak}, 20, "b").verdict == "even"


def test_too_little_known_of_one_is_open_and_says_of_whom() -> None:
    made = standing({"A": card(*ALL), "B": card(ALL[0])}, 50)
    assert made.verdict == "open" and made.ahead == () and made.says.startswith("Too little is known of B to call it; ")


def test_enough_known_of_both_but_not_of_the_same_things_is_open() -> None:
    made = standing({"A": card("a.one", "a.two", "c.one"), "B": card("b.one", "HJ-005")}, 40)
    assert made.verdict == "open" and made.shared == 0
    assert made.says == "Too little is known of the same things to call it; nothing is known of all of A and B."


def test_nothing_known_of_one_leaves_nobody_to_compare() -> None:
    made = standing({"A": card(*ALL), "B": card()}, 50)
    assert made.verdict == "unknown" and made.without == ("B",)
    assert made.says == "Something is known of A only; nothing of B."
    assert standing({"A": card(), "B": card()}, 0).says == "Nothing is known of any of them."


def test_one_of_whom_nothing_is_known_does_not_keep_the_others_from_being_compared() -> None:
    made = standing({"A": card(*ALL), "B": card(), "C": card(failed=ALL)}, 50)
    assert made.ahead == ("A",) and made.says.endswith("Nothing is known of B.")


def test_a_single_criterion_is_judged_by_its_own_items() -> None:
    cards = {"A": card("b.one", "HJ-005"), "B": card(failed=("b.one", "HJ-005"))}
    assert standing(cards, 50, "b").ahead == ("A",)
    assert standing(cards, 50, "a").verdict == "unknown"


@given(facts, facts, st.lists(unknown, max_size=5), st.sampled_from(["", "a", "b", "c"]))
def test_an_unknown_changes_nothing(a: list[Fact], b: list[Fact], more: list[Fact], of: str) -> None:
    plain = {"A": score(a, SMALL), "B": score(b, SMALL)}
    assert standing(plain, 30, of) == standing({**plain, "B": score([*b, *more], SMALL)}, 30, of)


@given(facts, facts, st.integers(0, 100), st.sampled_from(["", "a", "b", "c"]))
def test_nobody_is_ahead_where_less_is_known_than_is_asked_for(
    a: list[Fact], b: list[Fact], least: int, of: str
) -> None:
    cards = {"A": score(a, SMALL), "B": score(b, SMALL)}
    if min(one.whole("confidence", of) for one in cards.values()) < least:
        assert standing(cards, least, of).ahead == ()


@given(facts, st.sampled_from(["", "a", "b", "c"]))
def test_nobody_is_ahead_of_himself(found: list[Fact], of: str) -> None:
    one = score(found, SMALL)
    assert standing({"A": one, "B": one}, 0, of).verdict in ("even", "unknown")


@given(facts, facts, st.sampled_from(["", "a", "b", "c"]))
def test_the_order_of_targets_gives_nobody_an_advantage(a: list[Fact], b: list[Fact], of: str) -> None:
    one, other = score(a, SMALL), score(b, SMALL)
    here, there = standing({"A": one, "B": other}, 20, of), standing({"A": other, "B": one}, 20, of)
    swapped = {"A": "B", "B": "A"}
    assert here.verdict == there.verdict and sorted(here.ahead) == sorted(swapped[k] for k in there.ahead)


@given(facts, facts)
def test_whoever_is_ahead_has_no_more_faults_among_what_is_known_of_both(a: list[Fact], b: list[Fact]) -> None:
    made = standing({"A": score(a, SMALL), "B": score(b, SMALL)}, 20)
    assert all(0 <= share <= 100 for share in made.well.values()) and bool(made.well) is bool(made.shared)
    if made.verdict == "ahead":
        assert len(made.ahead) == 1 and set(made.ahead) < {"A", "B"}

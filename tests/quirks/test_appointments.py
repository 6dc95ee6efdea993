"""Q12, Q13, Q14, Q21, each on and off."""

from __future__ import annotations

from datetime import time

import pytest

from mockserver.quirks import Truth, apply, end_of
from mockserver.quirks.context import Context
from mockserver.world.model import FOREVER, SLOTS
from mockserver.world.seeds import surrogate

NIGHT = {"Q21": {"appointment": {"night": 1.0}}}
OFF_GRID = {"Q21": {"appointment": {"off_grid": 1.0}}}
ALL_TWINS = {"Q14": {"appointment": {"twin": 1.0}}}
NOBODY = {"Q12": {"provider": {"unresolved": 0.0}}}
ANYBODY = {"Q12": {"provider": {"unresolved": 1.0}}}


def minutes(value: object) -> int:
    assert isinstance(value, time)
    return value.hour * 60 + value.minute


@pytest.mark.parametrize("quirks", [("Q12",), ()])
def test_no_provider_is_empty_text_only_with_q12(kit, quirks):
    row = kit.history("appointment", provider_id=None, provider_name=None)
    [after] = kit.bend([row], *quirks, raw=NOBODY)
    values = after.versions[0].values
    assert (values["provider_id"], values["provider_name"]) == (("", "") if quirks else (None, None))


@pytest.mark.parametrize("quirks", [("Q12",), ()])
def test_an_unresolved_provider_has_no_name_and_no_row_only_with_q12(kit, quirks):
    rows = [kit.history("appointment"), kit.history("provider", -1)]
    after = kit.bend(rows, *quirks, raw=ANYBODY)
    assert [row.element for row in after] == (["appointment"] if quirks else ["appointment", "provider"])
    values = after[0].versions[0].values
    assert values["provider_id"] == "1234500017"
    assert values["provider_name"] == (None if quirks else "Dana7 Provider7")


def test_appointments_and_providers_agree_on_who_is_unresolved(kit):
    ids = [f"12345{n:05}" for n in range(300)]
    rows = [kit.history(e, n, provider_id=p) for n, p in enumerate(ids) for e in ("appointment", "provider")]
    after = kit.bend(rows, "Q12")
    listed = {row.versions[0].values["provider_id"] for row in after if row.element == "provider"}
    named = {
        v["provider_id"]
        for row in after
        if row.element == "appointment" and (v := row.versions[0].values)["provider_name"] is not None
    }
    assert listed == named
    assert 20 <= len(ids) - len(listed) <= 80


@pytest.mark.parametrize("count, unresolved", [(3, 1), (6, 1), (20, 3)])
def test_where_all_providers_are_known_the_exact_share_is_unresolved(kit, count, unresolved):
    ids = tuple(f"12345{n:05}" for n in range(count))
    context = kit.context(providers=ids)
    rows = [kit.history("provider", -1, n, provider_id=id_) for n, id_ in enumerate(ids)]
    assert len(list(apply(rows, frozenset({"Q12"}), context))) == count - unresolved


def test_sandbox_goes_by_its_marks(kit):
    rows = [
        kit.history("appointment", 0, marks={"Q12": "empty"}, provider_id=None, provider_name=None),
        kit.history("appointment", 1, marks={"Q12": "unresolved"}),
        kit.history("appointment", 2),
        kit.history("provider", -1, 0, marks={"Q12": "unresolved"}),
        kit.history("provider", -1, 1),
    ]
    after = kit.bend(rows, "Q12", world="sandbox", raw=ANYBODY)
    names = [row.versions[0].values["provider_name"] for row in after]
    assert names == ["", None, "Dana7 Provider7", "Dana7 Provider7"]


def test_a_deletion_is_a_last_version_with_q13_and_the_end_without(kit):
    row = kit.history("appointment", changed=True, deleted=True)
    [on], [off] = kit.bend([row], "Q13"), kit.bend([row])
    assert [v.values["delete_ind"] for v in on.versions] == ["N", "N", "Y"]
    assert on.versions[-1].at == row.deleted.at
    assert end_of(on, frozenset({"Q13"})) == FOREVER
    assert [v.values["delete_ind"] for v in off.versions] == ["N", "N"]
    assert end_of(off, frozenset()) == row.deleted.at


def test_a_maker_may_set_the_flag_itself(kit):
    row = kit.history("appointment", deleted=True)
    row.deleted.values["delete_ind"] = "Y"
    context = kit.context("sandbox")
    [after] = apply([row], frozenset({"Q13"}), context)
    assert after.versions[-1].values["delete_ind"] == "Y"
    assert any('"what":"deleted"' in line for line in context.truth.lines())


def test_rows_of_other_elements_end_with_q13_too(kit):
    row = kit.history("encounter", deleted=True)
    [after] = kit.bend([row], "Q13")
    assert len(after.versions) == 1
    assert end_of(after, frozenset({"Q13"})) == row.deleted.at
    assert end_of(kit.history("encounter"), frozenset()) == FOREVER


def test_a_twin_has_the_content_but_its_own_id_and_times(kit):
    row = kit.history("appointment", 3, 4, changed=True)
    assert len(kit.bend([row], raw=ALL_TWINS)) == 1
    first, twin = kit.bend([row], "Q14", raw=ALL_TWINS)
    assert [v.values for v in twin.versions] == [v.values for v in first.versions]
    assert twin.slot == 4 + SLOTS // 2
    assert twin.surrogate == surrogate(kit.seed, "appointment", 4 * SLOTS + twin.slot) != first.surrogate
    assert twin.created > first.created
    assert [t.at > f.at for t, f in zip(twin.versions, first.versions, strict=True)] == [True, True]


@pytest.mark.parametrize("quirks", [("Q14",), ("Q13", "Q14")])
def test_a_deleted_appointment_has_no_twin(kit, quirks):
    assert len(kit.bend([kit.history("appointment", deleted=True)], *quirks, raw=ALL_TWINS)) == 1


def test_the_sandbox_names_the_twin(kit):
    row = kit.history("appointment", changed=True)
    at = row.versions[1].at + 5
    mark = {"surrogate": 123456789, "created_batch": at - 9, "created_jitter": 2, "batch": at, "jitter": 3}
    row.marks = {"Q14": mark}
    first, twin = kit.bend([row], "Q14", world="sandbox")
    assert (twin.surrogate, twin.created) == (123456789, at - 7)
    assert [v.at for v in twin.versions] == [at + 3]
    assert twin.versions[0].values == first.versions[-1].values
    assert kit.bend([row], world="sandbox")[0].versions == row.versions


def test_a_marked_twin_follows_later_changes(kit):
    row = kit.history("appointment", changed=True)
    at = row.versions[0].at + 5
    mark = {"surrogate": 123456789, "created_batch": at, "created_jitter": 0, "batch": at, "jitter": 0}
    row.marks = {"Q14": mark}
    twin = kit.bend([row], "Q14", world="sandbox")[1]
    assert [v.values for v in twin.versions] == [v.values for v in row.versions]
    assert twin.versions[0].at < row.versions[1].at < twin.versions[1].at


@pytest.mark.parametrize("raw, odd", [(OFF_GRID, lambda m: m % 5), (NIGHT, lambda m: m < 6 * 60)])
def test_odd_times_keep_the_duration(kit, raw, odd):
    row = kit.history("appointment", changed=True)
    [on], [off] = kit.bend([row], "Q21", raw=raw), kit.bend([row], raw=raw)
    for version in on.versions:
        begin, end = minutes(version.values["begin_time"]), minutes(version.values["end_time"])
        assert odd(begin) and end == begin + 15
    assert [v.values for v in off.versions] == [v.values for v in row.versions]


def test_sandbox_times_are_marked(kit):
    mark = {"begin_time": time(1, 15), "end_time": time(1, 30)}
    rows = [kit.history("appointment", 0, marks={"Q21": mark}), kit.history("appointment", 1)]
    after = kit.bend(rows, "Q21", world="sandbox", raw=NIGHT)
    assert [row.versions[0].values["begin_time"] for row in after] == [time(1, 15), time(9, 30)]


def test_shares_are_about_what_the_file_says(kit):
    rows = [kit.history("appointment", n, s) for n in range(100) for s in range(100)]
    context = Context(kit.seed, "CLNC04", "clinic", Truth("CLNC04"))
    after = list(apply(rows, frozenset({"Q14", "Q21"}), context))
    assert 25 <= len(after) - len(rows) <= 80
    off_grid = [r for r in after if minutes(r.versions[0].values["begin_time"]) % 5]
    night = [r for r in after if minutes(r.versions[0].values["begin_time"]) < 6 * 60]
    assert 25 <= len(off_grid) <= 80
    assert 1 <= len(night) <= 15

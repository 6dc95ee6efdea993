"""The difference between two contracts: complete, attributed to quirks, empty for equal ones."""

from __future__ import annotations

import pytest

from mockserver import contract
from mockserver.contract.difference import Difference, as_markdown, differences
from mockserver.contract.quirks import VENDOR, parse_selection, switchable

VENDOR_CONTRACT = contract.load(VENDOR)


def found(selection: str) -> list[Difference]:
    return differences(VENDOR_CONTRACT, contract.load(parse_selection(selection)))


def test_a_contract_does_not_differ_from_itself() -> None:
    assert differences(VENDOR_CONTRACT, contract.load(VENDOR)) == []


def test_one_switch_shows_its_place_and_its_id() -> None:
    assert found("vendor,-Q10") == [Difference("payer", "path", "payer_dim", "payer", ("Q10",))]


def test_an_element_that_appears() -> None:
    assert Difference("location", "element", "absent", "location", ("Q09",)) in found("vendor,-Q09")


def test_a_column_that_goes() -> None:
    assert [(d.element, d.there, d.quirks) for d in found("vendor,-Q04")] == [("lab_order", "absent", ("Q04",))]


def test_two_quirks_on_one_column_are_both_named() -> None:
    columns = {(d.element, d.here.split(":")[0]): d for d in found("none")}
    assert columns["appointment", "client_appt_id"].there == "appointment_id: string, digits"
    assert columns["appointment", "client_appt_id"].quirks == ("Q03", "Q07")


def test_every_difference_has_a_cause() -> None:
    assert all(d.quirks for d in found("none"))


@pytest.mark.parametrize("quirk", [q for q in switchable() if switchable()[q].schema])
def test_every_schema_quirk_makes_a_difference(quirk: str) -> None:
    changed = differences(VENDOR_CONTRACT, contract.load(VENDOR ^ {quirk}))
    assert changed
    assert all(quirk in d.quirks for d in changed)


def test_the_page_names_row_quirks_too() -> None:
    page = as_markdown(VENDOR_CONTRACT, contract.load(frozenset()))
    missing = [q.id for q in switchable().values() if q.set == "vendor" and f"{q.id}" not in page]
    assert missing == []


def test_the_page_reads_the_other_way_round() -> None:
    page = as_markdown(contract.load(frozenset()), VENDOR_CONTRACT)
    assert "| path | payer | payer_dim | Q10 |" in page

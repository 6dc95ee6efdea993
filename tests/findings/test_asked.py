"""Rows that a path asks for one by one, by a column they have."""

from __future__ import annotations

import pytest

from evaluation.findings.asked import asked_for
from evaluation.findings.checks.keys import no_key
from evaluation.findings.checks.sync import no_cursor
from evaluation.findings.model import Field, Resource

from .made import FIELDS, api
from .test_records import described

SINGLE = described("orders_person", "name", "mail", listed=False, paths=("/contacts/{person_kind}",))


def contacts(*columns: str | Field, name: str = "contact", paths: tuple[str, ...] = ("/contacts",)) -> Resource:
    return described(name, "note", "text", *columns, paths=paths)


def keyless(*resources: Resource) -> list[str]:
    """The resources without a key."""
    return [str(place) for place in no_key(api(*resources, inputs=FIELDS)).places]


@pytest.mark.parametrize("column", ["person_kind", "personKind"])
def test_a_column_by_which_the_path_of_another_resource_asks_is_a_key(column: str) -> None:
    assert keyless(contacts(column), SINGLE) == []
    assert keyless(contacts(column)) == ["contact"]


def test_so_is_one_by_which_a_path_of_its_own_asks() -> None:
    paths = ("/events", "/events/{eventKind}")
    assert asked_for(api(contacts("eventKind", name="subscription", paths=paths))) == {"subscription"}


def test_words_of_the_resources_name_may_be_left_out() -> None:
    paths = ("/templates/", "/templates/{template_title}/")
    assert asked_for(api(contacts("title", name="template", paths=paths))) == {"template"}
    assert asked_for(api(contacts("title", name="mail", paths=paths))) == frozenset()


def test_the_column_may_stand_in_an_object_of_the_row() -> None:
    end = Field("first_end", frozenset({"object"}), inner=(Field("title"), Field("text")))
    paths = ("/links", "/links/{link_title}")
    assert asked_for(api(contacts(end, name="link", paths=paths))) == {"link"}
    several = Field("ends", frozenset({"array"}), inner=(Field("title"),))
    assert asked_for(api(contacts(several, name="link", paths=paths))) == frozenset()


@pytest.mark.parametrize(
    ("column", "paths"),
    [
        ("person_sort", ("/contacts", "/contacts/{person_kind}")),
        ("person_kind", ("/contacts", "/contacts/{person_kind}/notes")),
        ("person_kind", ("/contacts", "/others/{person_kind}")),
        ("person_kind", ("/contacts",)),
        ("contact_status", ("/contacts", "/contacts/{contact_status}")),
        ("state", ("/contacts", "/contacts/{state}")),
    ],
)
def test_other_columns_and_choices_among_rows_are_no_keys(column: str, paths: tuple[str, ...]) -> None:
    assert asked_for(api(contacts(column, paths=paths))) == frozenset()


def test_records_read_one_by_one_are_not_looked_at() -> None:
    assert asked_for(api(SINGLE, described("x", "person_kind", listed=False, paths=("/contacts",)))) == frozenset()


def test_rows_that_can_be_asked_for_have_to_be_kept_in_step() -> None:
    found = no_cursor(api(contacts("person_kind"), SINGLE, inputs=FIELDS))
    assert [str(place) for place in found.places] == ["contact"]
    assert not no_cursor(api(contacts("person_kind"), inputs=FIELDS)).places

"""The mapping stands on each element's page; coverage is the computed one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from evaluation.fhir import uscdi
from evaluation.fhir.coverage import us_core
from evaluation.fhir.load import crosswalk
from evaluation.fhir.names import full
from evaluation.publish import fhir_pages

from .reading import rendered, words

ELEMENTS = tuple(name for name, one in crosswalk().elements.items() if not one.not_counted)


@pytest.mark.parametrize("name", ELEMENTS)
def test_every_target_and_every_column_is_on_the_page(texts: Mapping[str, str], name: str) -> None:
    text = texts[f"reference/elements/{name}.md"].partition("## In FHIR")[2]
    element = crosswalk().elements[name]
    assert text
    for resource in element.resources:
        for target in resource.targets:
            assert f"| `{target.path}` |" in text
            assert all(f"`{column}`" in text for column in target.columns)
    cells = words(rendered(text), "td")
    for column, why in element.unmapped.items():
        assert column in cells and " ".join(why.split()) in cells


def test_an_element_without_mapping_says_so() -> None:
    assert fhir_pages.of_element("nothing", "x.md") == "It is no part of the mapping."


def test_coverage_is_the_computed_one(texts: Mapping[str, str]) -> None:
    mapping = crosswalk()
    core, classes = us_core(mapping, full(mapping)), uscdi.coverage(uscdi.load(), full(mapping))
    text = texts[fhir_pages.PATH]
    assert f"**{core.filled} of the {core.total} elements" in text
    assert f"{classes.homes} of {classes.total} data elements of USCDI v3" in text
    for profile in core.profiles:
        assert f"| {profile.profile.title} | {' | '.join(map(str, profile.counts.values()))} |" in text
    for group in classes.classes:
        assert f" | {len(group.homes)} of {len(group.elements)} | " in text


def test_every_rule_and_assumption_is_explained(texts: Mapping[str, str]) -> None:
    cells = words(rendered(texts[fhir_pages.PATH]), "td")
    for name, told in {**crosswalk().rules, **crosswalk().assumptions}.items():
        assert name in cells and " ".join(told.split()) in cells

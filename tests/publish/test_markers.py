"""Markers are filled, and a marker that nothing is made for is an error."""

from __future__ import annotations

import pytest

from evaluation.publish import markers
from mockserver.errors import InputError

PAGE = "# Title\n\n<!-- made: one -->\n\nWords.\n\n<!-- made: two-more -->\n"


def test_every_marker_is_filled() -> None:
    assert markers.names(PAGE) == ["one", "two-more"]
    found = markers.fill(PAGE, {"one": "First.\n", "two-more": r"\1 and \g<0>"}, "page.md")
    assert found == "# Title\n\nFirst.\n\nWords.\n\n\\1 and \\g<0>\n"


def test_a_marker_may_stand_twice_and_a_part_may_be_left_out() -> None:
    assert markers.fill(PAGE + PAGE, {"one": "1", "two-more": "2", "three": "3"}, "p").count("1") == 2


def test_an_unknown_marker_names_page_and_guess() -> None:
    with pytest.raises(InputError) as caught:
        markers.fill(PAGE.replace("two-more", "two-mroe"), {"one": "1", "two-more": "2"}, "docs/page.md")
    assert "docs/page.md" in str(caught.value) and "two-mroe" in str(caught.value) and "two-more" in str(caught.value)


def test_a_page_without_any_marker_is_an_error_where_something_is_made() -> None:
    with pytest.raises(InputError, match="has no marker"):
        markers.fill("# Title\n", {"one": "1"}, "page.md")
    assert markers.fill("# Title\n", {}, "page.md") == "# Title\n"


@pytest.mark.parametrize("text", ["a <!-- made: one -->", "<!--made: one-->", "<!-- one -->"])
def test_only_a_line_of_its_own_is_a_marker(text: str) -> None:
    assert markers.names(text) == []

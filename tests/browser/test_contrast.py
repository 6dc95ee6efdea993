"""Contrast computed from the style sheets: text at 4.5 to its ground or better, in the light and in the dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ..sites import ROOT

ASSETS = ROOT / "docs" / "assets"
LEAST = 4.5
GROUNDS = {"default": ("#ffffff", "#f5f5f5"), "slate": ("#1e2129", "#272a35")}
"""The theme's ground of pages and of code."""
TEXTS = (
    "--md-typeset-a-color",
    "--md-accent-fg-color",
    "--md-default-fg-color--light",
    "--md-default-fg-color--lighter",
)


def variables(scheme: str) -> dict[str, str]:
    """Colours of one scheme, of all our style sheets."""
    found: dict[str, str] = {}
    for sheet in ("site.css", "radar.css"):
        text = (ASSETS / sheet).read_text(encoding="utf-8")
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if f'[data-md-color-scheme="{scheme}"]' in selector:
                found.update(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})\b", body))
    return found


def luminance(colour: str) -> float:
    """By WCAG 2, of a colour such as #1e2129."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(scheme: str) -> Iterator[tuple[str, str, str]]:
    """Name, text and ground of all that is written in a colour of ours."""
    colours, (page, code) = variables(scheme), GROUNDS[scheme]
    for name, colour in colours.items():
        if name in TEXTS or name == "--site-focus" or name.startswith("--ring-"):
            yield name, colour, page
        if name.startswith("--md-code-hl") or name in TEXTS[:1]:
            yield f"{name} in code", colour, code
    yield "header", variables("default")["--md-primary-bg-color"], colours["--md-primary-fg-color"]


@pytest.mark.parametrize("scheme", GROUNDS)
def test_every_colour_is_told_from_its_ground(scheme: str) -> None:
    looked_at = list(pairs(scheme))
    assert len(looked_at) > 15
    assert [(name, round(contrast(*two), 2)) for name, *two in looked_at if contrast(*two) < LEAST] == []


def test_the_formula_gives_the_published_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#009485", "#ffffff") < LEAST, "the theme's own teal is what had to go"


def test_both_schemes_set_the_same_colours() -> None:
    light, dark = variables("default"), variables("slate")
    same_in_both = {"--md-primary-bg-color", "--md-primary-bg-color--light", "--md-footer-fg-color--light"}
    assert set(light) - set(dark) <= same_in_both | {"--md-footer-fg-color--lighter"}

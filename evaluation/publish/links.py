"""Links from page to page of the site, as HTML."""

from __future__ import annotations

import posixpath

from evaluation.html import Html, tag


def href(page: str, here: str) -> str:
    """The address of a page seen from another, both as Markdown paths under docs/; for links that are no Markdown.

    The site is built with ``use_directory_urls: false``, so a page is a file beside its source.
    """
    path, _, anchor = page.partition("#")
    target = posixpath.relpath(path.removesuffix(".md") + ".html", posixpath.dirname(here) or ".")
    return (target if path != here else "") + (f"#{anchor}" if anchor else "")


def link(text: object, page: str, here: str) -> Html:
    """A link from page to page."""
    return tag("a", text, href=href(page, here))

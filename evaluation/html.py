"""HTML and SVG as text. Everything that comes from data is escaped here, and nothing else writes a tag.

A block holds no empty line and no line that starts with blanks, so Markdown passes it on as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from html import escape as _escape
from typing import Any

BLANKS = re.compile(r"\s+")
VOID = frozenset({"input", "br", "col", "hr", "meta"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def escape(text: object) -> Html:
    """Text as markup, each run of blanks as one; markup is left as it is."""
    return text if isinstance(text, Html) else Html(_escape(BLANKS.sub(" ", str(text))))


def lines(text: str) -> Html:
    """Text as markup whose line breaks and blanks stay, for ``pre``; what cannot be seen is shown as ``?``."""
    return Html(_escape("".join(c if c.isprintable() or c == "\n" else "?" for c in text)))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """An element. ``class_`` is class, ``aria_label`` is aria-label; an attribute that is None or False is left out."""
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{''.join(map(escape, children))}</{name}>")


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-").replace("viewbox", "viewBox")
    return f" {name}" if value is True else f' {name}="{_escape(" ".join(str(value).split()))}"'


def block(name: str, *children: object, **attributes: object) -> Html:
    """An element whose children stand on lines of their own."""
    inner = "\n".join(escape(child) for child in children if child)
    return Html(tag(name, Html(f"\n{inner}\n"), **attributes))


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], **attributes: object) -> Html:
    """A table with a caption. The first cell of a row names it. ``attributes`` are those of the table."""
    top = tag("tr", *(tag("th", name, scope="col") for name in head))
    body = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows]
    return block("table", tag("caption", caption), tag("thead", top), block("tbody", *body), **attributes)


def data(value: Any, id_: str) -> Html:
    """JSON for a script of the site. Nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Html(f'<script type="application/json" id="{_escape(id_)}">{safe}</script>')

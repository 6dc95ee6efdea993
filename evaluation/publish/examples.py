"""Examples that run: a page for each with what it printed, and the same to put into other pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import indent

from mockserver.settings import table as settings_table

from .example_files import Example, load
from .markdown import cell, fence, link, section, table
from .page import Page
from .words import codes

FOLDER = "examples"
INDEX = f"{FOLDER}/index.md"
LANGUAGES = {"curl": "curl", "python": "Python", "node": "Node"}
FENCES = {"curl": "bash", "python": "python", "node": "javascript"}
INTRO = (
    "**Every example is a file that the test suite runs against a fresh mock, and what it printed stands beside it.** "
    "Each works on its own: copy it, start `make serve`, run it. Address and login come from `HEALTHJUMP_URL` and its "
    "like; where nothing is set, they are the mock's."
)
LONG = 60  # lines of a file that a page can bear to show at once


def pages() -> Iterator[Page]:
    """The overview and a page for each example, in reading order."""
    every = load()
    yield Page(INDEX, "All examples", _overview(every), ("Examples",))
    for example in every.values():
        yield Page(path(example.id), example.title, _page(example, every), ("Examples", "Each example"))


def path(id_: str) -> str:
    """The page of an example."""
    return f"{FOLDER}/{marker(id_).removeprefix('example-')}.md"


def marker(id_: str) -> str:
    """The marker that puts an example into a written page: ``example-sync-requests`` for 06_sync_requests."""
    return "example-" + id_.partition("_")[2].replace("_", "-")


def parts(here: str) -> Mapping[str, str]:
    """Every example as it is put into the page ``here``, by marker."""
    return {marker(example.id): _part(example, here) for example in load().values()}


def _overview(every: Mapping[str, Example]) -> str:
    rows = [
        [link(cell(e.title), path(e.id), INDEX), LANGUAGES[e.language], cell(e.teaches), codes(e.needs)]
        for e in every.values()
    ]
    return section("# Examples", INTRO, table(["example", "language", "teaches", "needs"], rows))


def _page(example: Example, every: Mapping[str, Example]) -> str:
    here = path(example.id)
    follows = [link(cell(every[id_].title), path(id_), here) for id_ in example.follows]
    quirks = [link(quirk, f"reference/quirks.md#{quirk.lower()}", here) for quirk in example.quirks]
    return section(
        f"# {example.title}",
        f"**{example.teaches}**",
        f"Read before: {', '.join(follows)}." if follows else "",
        f"Copes with the oddities {', '.join(quirks)}." if quirks else "",
        "## Run it",
        fence(_commands(example), "bash"),
        f"It needs {codes(example.needs)}.",
        "## The file",
        fence(example.text, FENCES[example.language]),
        "## What it prints",
        fence(example.expected.read_text(encoding="utf-8"), "text"),
    )


def _part(example: Example, here: str) -> str:
    """The file and its output within another page; a long file is folded."""
    printed = example.expected.read_text(encoding="utf-8")
    own = link("this example on its own page", path(example.id), here)
    sign = "???" if len(example.text.splitlines()) > LONG else "???+"
    head = f'{sign} example "{example.title}: {example.file.name}, {LANGUAGES[example.language]}"'
    file = indent(fence(example.text, FENCES[example.language]), "    ")
    return section(f"{head}\n\n{file}", f"It prints ({own}):", fence(printed, "text"))


def _commands(example: Example) -> str:
    """How to run it, beginning with a mock that is set as it needs."""
    known = {row.name for row in settings_table()}
    flags = [f"--{name.replace('_', '-')} {value}" for name, value in example.settings.items() if name in known]
    serve = " ".join(["hjkit serve", *flags, "&"])
    return "\n".join([serve, *example.commands()])

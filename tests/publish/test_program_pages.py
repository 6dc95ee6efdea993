"""Command line, admin API and notations: nothing that the program has is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click
import pytest

from evaluation.publish.program_pages import METHODS
from evaluation.verbs import FORMATS
from mockserver.cli import cli
from mockserver.contract.admin import admin_document
from mockserver.contract.source import document

from .reading import rendered, words


def verbs(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield f"{above}{name}", command
        if isinstance(command, click.Group):
            yield from verbs(command, f"{above}{name} ")


VERBS = dict(verbs(cli))


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_stands_with_its_options(texts: Mapping[str, str], name: str) -> None:
    text = texts["reference/cli.md"].partition(f"## hjkit {name}\n")[2].partition("\n## ")[0]
    assert f"```text\nhjkit {name}" in text
    for option in (p for p in VERBS[name].params if isinstance(p, click.Option) and not p.hidden):
        assert all(f"`{spelled}`" in text for spelled in (*option.opts, *option.secondary_opts))
        assert " ".join((option.help or "").split()) in " ".join(words(rendered(text), "td"))


def test_values_of_options_are_shown_as_they_are(texts: Mapping[str, str]) -> None:
    html = rendered(texts["reference/cli.md"])
    assert f"[{'|'.join(FORMATS)}]" in words(html, "code")
    assert "Sentinel" not in html and "&amp;#124;" not in html


def test_every_operation_of_the_admin_api_is_there(texts: Mapping[str, str]) -> None:
    text, api = texts["reference/admin.md"], admin_document()
    for path, item in api["paths"].items():
        for method in (one for one in METHODS if one in item):
            assert f"`{method.upper()} /__admin{path}`." in text
            assert f"{{ #{item[method]['operationId']} }}" in text
            assert all(f"| {status} |" in text for status in item[method]["responses"])


def test_every_notation_has_its_pattern(texts: Mapping[str, str]) -> None:
    html = rendered(texts["reference/notations.md"])
    for name, raw in document("formats.yaml").items():
        assert html.count(f'<a id="{name}"></a>') == 1
        pattern = raw.get("schema", {}).get("pattern", "")
        assert not pattern or pattern in words(html, "code")

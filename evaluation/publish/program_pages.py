"""References of our own program: the command line, the admin API, the notations of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from mockserver.cli import cli
from mockserver.contract.admin import admin_document
from mockserver.contract.source import document

from .markdown import as_json, cell, code, fence, section, table
from .page import Page
from .words import codes

UNDER = ("Reference",)
METHODS = ("get", "post", "put", "patch", "delete")
Data = Mapping[str, Any]


def pages() -> Iterator[Page]:
    """Notations, command line, admin API."""
    yield Page("reference/notations.md", "Notations", _notations(), UNDER)
    yield Page("reference/cli.md", "Command line", _cli(), UNDER)
    yield Page("reference/admin.md", "Admin API", _admin(admin_document()), UNDER)


def _notations() -> str:
    rows = [_notation(name, raw) for name, raw in document("formats.yaml").items()]
    intro = "**How values are written on the wire.** A column names its notation; the mock keeps to the pattern."
    return section("# Notations", intro, table(["notation", "pattern", "grade", "sources"], rows))


def _notation(name: str, raw: Data) -> list[str]:
    evidence = raw["evidence"]
    pattern = code(raw.get("schema", {}).get("pattern", ""))
    return [f'<a id="{name}"></a>{code(name)}', pattern, evidence["grade"], codes(evidence["sources"])]


def _cli() -> str:
    context = click.Context(cli, info_name="hjkit")
    intro = "**One command, `hjkit`, for everything.** Its help says the same: `hjkit VERB --help`."
    return section("# Command line", intro, *_verbs(cli, context, ""))


def _verbs(group: click.Group, context: click.Context, above: str) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            inner = click.Context(command, info_name=name, parent=context)
            yield _verb(command, inner, f"{above}{name}")
            if isinstance(command, click.Group):
                yield from _verbs(command, inner, f"{above}{name} ")


def _verb(command: click.Command, context: click.Context, name: str) -> str:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    told = [" ".join(part.split()) for part in (command.help or "").replace("\b", "").split("\n\n")]
    options = [_option(p, context) for p in command.params if isinstance(p, click.Option) and not p.hidden]
    listed = table(["option", "default", "what it does"], options) if options else ""
    return section(f"## hjkit {name}", fence(usage, "text"), *map(cell, told), listed)


def _option(option: click.Option, context: click.Context) -> list[str]:
    names = codes([*option.opts, *option.secondary_opts])
    value = "" if option.is_flag else f" {code(option.make_metavar(context))}"
    shown = "" if option.default in (None, False, ()) or callable(option.default) else str(option.default)
    default = code(shown) if shown and "Sentinel" not in shown else ("off" if option.is_flag else "none")
    return [names + value, default, cell(option.help or "")]


def _admin(api: Data) -> str:
    groups = [_group(tag, api) for tag in api["tags"]]
    return section("# Admin API", f"**{cell(api['info']['title'])}.** {cell(api['info']['description'])}", *groups)


def _group(tag: Data, api: Data) -> str:
    operations = [
        _operation(method, path, item, api)
        for path, item in api["paths"].items()
        for method in METHODS
        if method in item and tag["name"] in item[method]["tags"]
    ]
    return section(f"## {tag['name'].capitalize()}", tag["description"], *operations)


def _operation(method: str, path: str, item: Data, api: Data) -> str:
    one = item[method]
    where = f"{method.upper()} {api['servers'][0]['url']}{path}"
    given = [_found(parameter, api) for parameter in (*item.get("parameters", ()), *one.get("parameters", ()))]
    found = {status: _found(answer, api) for status, answer in one["responses"].items()}
    answers = [[status, cell(answer["description"])] for status, answer in found.items()]
    return section(
        f"### {cell(one['summary'])} {{ #{one['operationId']} }}",
        f"`{where}`. {cell(one.get('description', ''))}",
        table(["parameter", "in", "needed", "what"], map(_parameter, given)) if given else "",
        _example("A body:", _found(one.get("requestBody", {}), api)),
        table(["status", "means"], answers),
        *(_example(f"An answer with {status}:", answer) for status, answer in found.items() if status < "300"),
    )


def _parameter(given: Data) -> list[str]:
    needed = "yes" if given.get("required") else "no"
    return [code(given["name"]), given["in"], needed, cell(given.get("description", ""))]


def _found(node: Data, api: Data) -> Data:
    """The node a local reference leads to, or itself."""
    if "$ref" not in node:
        return node
    for step in str(node["$ref"]).removeprefix("#/").split("/"):
        api = api[step]
    return api


def _example(lead: str, holder: Data) -> str:
    media = holder.get("content", {}).get("application/json", {})
    named = [one["value"] for one in media.get("examples", {}).values()]
    examples = [media["example"]] if "example" in media else named
    return section(lead, fence(as_json(examples[0]), "json")) if examples else ""

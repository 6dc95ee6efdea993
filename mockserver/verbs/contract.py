"""Verbs about what the vendor says: ``hjkit contract`` and ``hjkit evidence``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click

from .. import contract
from ..contract import Grade, difference, ledger
from ..contract.quirks import parse_selection


@click.command("contract")
@click.option("--quirks", "selection", default="vendor", help="Quirks in force; none is the clean twin.")
@click.option("--yaml", "as_yaml", is_flag=True, help="YAML instead of JSON.")
@click.option("--server", default="", help="Name this address as the server.")
@click.option("--against", default="", help="Print the difference to the contract under these quirks, in Markdown.")
def contract_command(selection: str, as_yaml: bool, server: str, against: str) -> None:
    """Print the vendor contract as one OpenAPI 3.1 document."""
    if against:
        here, there = (contract.load(parse_selection(text, "--quirks")) for text in (selection, against))
        click.echo(difference.as_markdown(here, there), nl=False)
        return
    document = contract.load(parse_selection(selection, "--quirks")).openapi()
    if server:
        document["servers"] = [{"url": server}]
    if as_yaml:
        import yaml

        click.echo(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=150), nl=False)
    else:
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))


@click.command("evidence")
@click.option("--json", "as_json", is_flag=True, help="Every graded fact, for machines.")
@click.option("--grade", type=click.Choice([str(g) for g in Grade]), help="List only what has this grade.")
@click.option("--quirks", "selection", default="vendor", help="The evidence under these quirks.")
@click.option("--against", type=click.Path(exists=True, path_type=Path), help="Compare with a ledger in CSV.")
def evidence_command(as_json: bool, grade: str | None, selection: str, against: Path | None) -> None:
    """Show how well each part of the contract is known.

    With --against the exit code is 1 if anything differs.
    """
    known = contract.load(parse_selection(selection, "--quirks"))
    if against is not None:
        _compare(known, against)
    elif as_json:
        click.echo(json.dumps(ledger.as_json(known), indent=1, ensure_ascii=False))
    elif grade:
        _list(known, grade)
    else:
        _table(known)


def _compare(known: contract.Contract, against: Path) -> None:
    with against.open(encoding="utf-8", newline="") as file:
        found = ledger.differences(ledger.lines(known), csv.DictReader(file))
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} differences")
    raise SystemExit(1 if found else 0)


def _list(known: contract.Contract, grade: str) -> None:
    for line in ledger.lines(known):
        if line.grade == grade:
            place = f"{line.element}.{line.name}" if line.element else line.name
            click.echo(f"{line.kind:18}{place:44}{' '.join(line.sources)}")


def _table(known: contract.Contract) -> None:
    """Columns by grade for each element, then what else is graded and what is not."""
    facts = list(ledger.lines(known))
    grades = [str(g) for g in sorted(Grade, reverse=True)]
    click.echo(f"{'columns of':18}" + "".join(f"{g:>10}" for g in grades) + f"{'all':>8}")
    for element, counts in ledger.coverage(facts).items():
        click.echo(f"{element:18}" + "".join(f"{counts[g]:>10}" for g in grades) + f"{sum(counts.values()):>8}")
    for kind in ("behaviour", "format", "quirk", "quirk-on-element", "path"):
        counts = {g: sum(1 for f in facts if f.kind == kind and f.grade == g) for g in grades}
        click.echo(f"{kind + 's':18}" + "".join(f"{counts[g]:>10}" for g in grades) + f"{sum(counts.values()):>8}")
    click.echo(f"ungraded: {len(ledger.ungraded(facts))}")


COMMANDS = (contract_command, evidence_command)

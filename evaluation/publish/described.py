"""The parts of an entry's page whose vendor is known by its own description alone. No exchange, nothing observed."""

from __future__ import annotations

from collections.abc import Iterable

from evaluation.findings import catalogue
from evaluation.findings.outcome import Verdict
from evaluation.radar import described
from evaluation.radar.described import Described

from . import finding, findings
from .markdown import cell, code, link, section, table
from .words import count, day

HEAD = ["finding", "severity", "what the description shows", "grade"]


def path(slug: str) -> str:
    """Where the facts of a vendor are on the site."""
    return f"radar/{described.FOLDER}/{slug}.yaml"


def plain(text: str) -> str:
    """Text of a description for a table cell, in which a backtick is one too."""
    return cell(text).replace("`", "\\`")


def findings_of(found: Described, here: str) -> str:
    """What the description shows, worst first, and what was looked for and not found in it."""
    failed = [id_ for id_, one in found.facts.items() if one.verdict is Verdict.fail]
    passed = [id_ for id_, one in found.facts.items() if one.verdict is Verdict.passed]
    told = f"{count(len(failed), 'finding')} in the vendor's own description, worst first. "
    told += "Nobody asked the API: each is documented, none is observed. "
    told += f"{link('All checks', findings.INDEX, here)}."
    rows = [_row(id_, found, here) for id_ in _worst_first(failed)]
    well = f"Looked for and not found in it: {checks(passed, here)}." if passed else ""
    return section(told, table(HEAD, rows) if rows else "None.", well)


def checks(ids: Iterable[str], here: str) -> str:
    """Links to checks, by id."""
    return ", ".join(link(id_, finding.path(id_), here) for id_ in sorted(ids))


def _worst_first(ids: Iterable[str]) -> list[str]:
    levels = catalogue.severities().levels
    return sorted(ids, key=lambda id_: (levels.index(_severity(id_)), id_))


def _severity(id_: str) -> str:
    return catalogue.severities().consequences[catalogue.load()[id_].consequence][0]


def _row(id_: str, found: Described, here: str) -> list[str]:
    entry, one = catalogue.load()[id_], found.facts[id_]
    title = link(f"{id_} {cell(entry.title)}", finding.path(id_), here)
    return [title, _severity(id_), plain(one.says), str(one.grade)]


def unknown(found: Described, here: str) -> str:
    """Why checks could not decide, with how many and which."""
    rows = [[plain(why), str(len(ids)), checks(ids, here)] for why, ids in found.reasons().items()]
    if not rows:
        return ""
    told = f"{count(len(found.unknown), 'check')} could not decide by the description. Unknown is never a pass."
    return section(told, table(["why", "checks", "which"], rows))


def source(slug: str, found: Described, here: str) -> str:
    """What was read, when, by what, and how to tell whether it changed."""
    one = found.source
    rows = [
        ["description", plain(one.title)],
        ["SHA-256 of its file", code(one.sha256)],
        ["read", f"{day(one.read)}, by the checks of kit {plain(one.kit)}"],
        ["facts as data", link(code(f"{slug}.yaml"), path(slug), here)],
    ]
    rows += [["could not be read", plain(sentence)] for sentence in one.partial]
    told = "What is said of its API here rests on the vendor's own description alone. No request was sent and no "
    told += "answer was seen, so every fact is documented and none is observed."
    return section(told, table(["source", "what"], rows))

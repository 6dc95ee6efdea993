"""The whole page: sections in order, everything from the data, nothing that needs another host, valid HTML."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.evaluate import run
from evaluation.findings.model import Resource
from evaluation.radar.entry import Alternative, Entry
from evaluation.report.data import as_data, as_json
from evaluation.report.document import as_html
from evaluation.report.journal import Use
from mockserver.contract import load
from tests.findings.made import AMBIGUOUS, api, resource
from tests.sites import NODE_MODULES

from .reports import Elements, contract, data, order

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e&amp;</style>'
ORDER = [
    "verdict", "scorecard", "findings", "gaps", "assumptions", "effort", "alternatives", "method", "versions", "legal",
]  # fmt: skip
ENTRY = Entry(
    "hj", "Healthjump", "d", "Look closer first.", "https://x.test/", "trial", "tools", project_ids=("chamber-cardio",),
    reviewed=date(2026, 11, 22), alternatives=(Alternative("Redox", note="dear"),), next_ring="adopt",
)  # fmt: skip


def used() -> Use:
    use = Use()
    use.behaviours.update(dict.fromkeys(load().behaviours, 2))
    use.elements.update(dict.fromkeys(load().elements, 1))
    return use


def full() -> dict[str, Any]:
    """The data of a report that has everything."""
    return as_data(order(others=[contract("none")], entry=ENTRY, uses=[used(), Use()], date="2026-11-22", command="c"))


def test_sections_stand_in_their_order() -> None:
    found = [attrs["id"] for name, attrs in Elements(as_html(data())).found if name == "section"]
    assert found == ORDER


@pytest.mark.parametrize("made", [data, full])
def test_the_same_data_gives_the_same_bytes(made: Any) -> None:
    assert as_html(made()) == as_html(made()) and as_json(made()) == as_json(made())
    assert json.loads(as_json(made())) == made()


def test_the_page_names_the_customer_and_the_date() -> None:
    text = Elements(as_html(full())).text
    assert "Healthjump: an evaluation for Acme Health" in text and "Dated 2026-11-22." in text
    assert "Dated" not in Elements(as_html(data())).text


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(name[1]) for name, _ in Elements(as_html(full())).found if name in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_lead_into_the_page() -> None:
    found = Elements(as_html(full()))
    ids = found.attributes("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in found.attributes("href")} <= set(ids)
    assert not found.attributes("src")


def test_every_finding_can_be_read() -> None:
    text = Elements(as_html(full())).text
    for one in (*full()["findings"]["vendor"], *full()["findings"]["here"]):
        assert f"{one['id']} {one['title']}" in text and one["effect"] in text
        assert one["workaround"]["text"] in text


def test_what_the_entry_says_is_marked_as_an_opinion() -> None:
    text = Elements(as_html(full())).text
    assert "ring trial, reviewed 2026-11-22" in text and "The facts now say assess." in text
    assert "Used by: chamber-cardio." in text and "Redox" in text


def test_in_public_projects_stay_out_and_the_opinion_stays() -> None:
    made = as_data(order(entry=ENTRY, public=True))
    assert "chamber" not in as_json(made) + as_html(made) and "Look closer first." in as_json(made)
    assert "For the public." in as_html(made)


def test_in_public_an_internal_entry_stays_out_whole() -> None:
    made = as_data(order(entry=replace(ENTRY, public=False), public=True))
    assert made["entry"] is None and "Redox" not in as_html(made)
    assert as_data(order(entry=replace(ENTRY, public=False)))["entry"] is not None


def test_without_a_journal_it_says_how_to_get_one() -> None:
    assert "No journal was given" in as_html(data()) and "hjkit serve" in as_html(data())


def test_with_one_the_weakest_stand_in_it() -> None:
    text = Elements(as_html(full())).text
    total = len(load().behaviours)
    assert f"Your run relied on {total} behaviours" in text and "client 2" in text and "by analogy: " in text


def test_an_api_nobody_knows_makes_a_report_too() -> None:
    for made in (api(Resource("visit")), api(), api(resource("visit", AMBIGUOUS), partial=("one page was not read",))):
        text = Elements(as_html(as_data(order(run(made))))).text
        assert "Next to nothing of what counts is known" in text and "No mapping to FHIR" in text


def test_what_could_not_be_read_is_said_twice() -> None:
    made = as_data(order(run(api(resource("visit", AMBIGUOUS), partial=("one page was not read",)))))
    text = Elements(as_html(made)).text
    assert "Not everything could be read" in text and "one page was not read" in text


def hostile() -> dict[str, Any]:
    """Every text of the data, hostile; keys and what the page looks up by stay."""
    kept = {"ring", "severity", "verdict", "grade", "origin", "made_by", "id", "run", "quadrant", "target"}

    def marked(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: marked(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [marked(v, key) for v in value]
        return f"{value}{HOSTILE}" if value and isinstance(value, str) and key not in kept else value

    found: dict[str, Any] = marked({**full(), "comparison": None})
    return found


def test_no_text_of_the_data_becomes_markup() -> None:
    plain, marked = Elements(as_html({**full(), "comparison": None})), Elements(as_html(hostile()))
    assert [name for name, _ in marked.found] == [name for name, _ in plain.found]
    assert "<script" not in as_html(hostile()) and not marked.attributes("onerror")
    assert marked.text.count("alert(1)") > 500


def test_the_html_is_valid(tmp_path: Path) -> None:
    program = NODE_MODULES / ".bin" / "html-validate"
    if not program.exists() or not shutil.which("node"):
        missing = "html-validate is not installed: `make setup` installs it wherever Node.js and npm are."
        (pytest.fail if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1" else pytest.skip)(missing)
    (tmp_path / "rules.json").write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    for name, made in (("plain", data()), ("full", full()), ("hostile", hostile())):
        (tmp_path / f"{name}.html").write_text(as_html(made), encoding="utf-8")
    command = [str(program), "-c", str(tmp_path / "rules.json"), "-f", "json", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert [told for one in json.loads(done.stdout) for told in one["messages"]] == []

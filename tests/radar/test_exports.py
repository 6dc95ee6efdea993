"""Exports are read back: by Backstage's own parser, by schemas of ours for the others, and by a CSV reader."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.radar import entries, exports
from evaluation.radar.entries import Blip
from evaluation.radar.entry import QUADRANTS, RINGS, Entry
from evaluation.radar.exports import byor
from evaluation.radar.revisions import Revision
from mockserver.errors import InputError

from . import schemas
from .descriptions import drafted, small
from .files import entry, revision

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "prism" / "node_modules" / "@backstage-community" / "plugin-tech-radar-common"
SECRET = "chamber-inner-project"


def blips(folder: Path) -> list[Blip]:
    """A radar with one entry a quadrant, each moved in another way, one of them not public."""
    for slug, quadrant, ring in zip("abcd", QUADRANTS, RINGS, strict=True):
        changes = {"title": f"Thing {slug}", "quadrant": quadrant, "ring": ring, "public": slug != "d"}
        entry(folder, slug, **changes, projectIds=[SECRET])
    for slug, before, after in (("a", "trial", "adopt"), ("b", "trial", "trial"), ("c", "trial", "assess")):
        revision(folder, 1, "2024-01-01", before, slug)
        revision(folder, 2, "2026-01-01", after, slug)
    revision(folder, 1, "2025-01-01", "hold", "d")
    return list(entries.load(folder).values())


def made(**changes: Any) -> Blip:
    given_ = {"slug": "x", "title": "X", "description": "d", "opinion": "o", "link": "https://x.test/"}
    plain = Entry(**{**given_, "ring": "trial", "quadrant": "tools", **changes})
    return Blip(plain, (Revision("x-2024-01-01", "x", 1, date(2024, 1, 1), plain.ring, "First."),))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("public", [False, True])
def test_build_your_own_radar_can_read_csv_and_json(tmp_path: Path, public: bool) -> None:
    found = blips(tmp_path)
    from_json = json.loads(exports.export(found, "byor-json", public))
    from_csv = rows(exports.export(found, "byor-csv", public))
    jsonschema.validate(from_json, schemas.BYOR)
    assert from_csv == from_json
    assert [row["status"] for row in from_json] == ["moved in", "no change", "moved out", "new"][: 3 if public else 4]
    assert [row["isNew"] for row in from_json] == ["FALSE", "FALSE", "FALSE", "TRUE"][: 3 if public else 4]


def test_zalando_s_radar_can_read_it(tmp_path: Path) -> None:
    found = json.loads(exports.export(blips(tmp_path), "zalando", False))
    jsonschema.validate(found, schemas.ZALANDO)
    assert [(one["quadrant"], one["ring"], one["moved"]) for one in found["entries"]] == [
        (0, 0, 1), (1, 1, 0), (2, 2, -1), (3, 3, 2),
    ]  # fmt: skip
    assert found["date"] == "2026.01"


def test_backstage_is_given_what_its_types_ask_for(tmp_path: Path) -> None:
    found = json.loads(exports.export(blips(tmp_path), "backstage", False))
    rings, quadrants = ({one["id"] for one in found[key]} for key in ("rings", "quadrants"))
    assert rings == set(RINGS) and quadrants == set(QUADRANTS)
    for one in found["entries"]:
        assert one["quadrant"] in quadrants and {moment["ringId"] for moment in one["timeline"]} <= rings
        days = [moment["date"] for moment in one["timeline"]]
        assert days == sorted(days, reverse=True)
    assert [one["timeline"][0].get("moved") for one in found["entries"]] == [1, 0, -1, None]


def parsed(text: str) -> Any:
    """What Backstage's own parser makes of it."""
    node = shutil.which("node")
    if not (node and PACKAGE.exists()):
        missing = "Backstage's parser is not installed: `make setup` installs it wherever Node.js and npm are."
        (pytest.fail if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1" else pytest.skip)(missing)
    command = [str(node), str(HERE / "backstage.mjs")]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_backstage_s_own_parser_reads_all_of_it_back(tmp_path: Path) -> None:
    text = exports.export(blips(tmp_path), "backstage", True)
    want, got = json.loads(text), parsed(text)
    for one in want["entries"]:
        for moment in one["timeline"]:
            moment["date"] += "T00:00:00.000Z"  # the parser makes it a Date
    assert got == want


def test_backstage_s_own_parser_would_refuse_something_else(tmp_path: Path) -> None:
    data = json.loads(exports.export(blips(tmp_path), "backstage", True))
    del data["entries"][0]["title"]
    data["entries"][1]["timeline"][0]["moved"] = 2
    assert parsed(json.dumps(data)) == {"refused": [["entries", 0, "title"], ["entries", 1, "timeline", 0, "moved"]]}


@pytest.mark.parametrize("shape", exports.FORMATS)
def test_a_public_export_holds_no_project_and_no_private_entry(tmp_path: Path, shape: str) -> None:
    found = blips(tmp_path)
    inside, outside = (exports.export(found, shape, public) for public in (False, True))
    assert "Thing d" in inside and "Thing d" not in outside and "Thing a" in outside
    assert SECRET not in outside and (SECRET in inside or shape == "zalando")


@pytest.mark.parametrize("shape", exports.FORMATS)
def test_the_order_of_files_does_not_matter_and_bytes_are_the_same(tmp_path: Path, shape: str) -> None:
    found = blips(tmp_path)
    assert exports.export(found, shape, False) == exports.export(found[::-1], shape, False)


@pytest.mark.parametrize("shape", exports.FORMATS)
def test_nothing_public_is_an_error(shape: str) -> None:
    with pytest.raises(InputError, match="nothing is left"):
        exports.export([made(public=False)], shape, True)


def test_backstage_wants_a_day_and_takes_the_review_s_where_there_is_no_revision() -> None:
    with pytest.raises(InputError, match="Backstage wants a day"):
        exports.export([Blip(made().entry)], "backstage", False)
    reviewed = Blip(made(reviewed=date(2026, 2, 3)).entry)
    (one,) = json.loads(exports.export([reviewed], "backstage", False))["entries"]
    assert one["timeline"] == [{"date": "2026-02-03", "ringId": "trial"}]


def test_quadrants_without_an_entry_are_named() -> None:
    shown = exports.picked([made()], True)
    assert exports.missing_quadrants(shown) == ["Languages & Frameworks", "Techniques", "Platforms"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1", '=HYPERLINK("http://x.test")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_like_a_formula(formula: str) -> None:
    (row,) = rows(exports.export([made(title=formula, description=formula)], "byor-csv", False))
    assert row["name"].startswith("'") and row["description"].startswith("'")


def test_a_description_is_text_where_it_is_shown_as_html() -> None:
    blip = made(description="<script>alert(1)</script> & more")
    (row,) = json.loads(exports.export([blip], "byor-json", False))
    assert row["description"].startswith("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(TEXTS, TEXTS)
def test_any_text_survives_csv_as_text(title: str, description: str) -> None:
    blip = made(title=title, description=description)
    text = exports.export([blip], "byor-csv", False)
    (row,) = rows(text)
    (plain,) = json.loads(exports.export([blip], "byor-json", False))
    for key in byor.COLUMNS:
        assert not row[key].startswith(byor.FORMULA)
        assert row[key].removeprefix("'") == plain[key].removeprefix("'")
    assert text.count("\n") == 2 and "<" not in row["description"]


@given(TEXTS)
def test_any_title_makes_valid_json_for_every_tool(title: str) -> None:
    for shape, schema in (("byor-json", schemas.BYOR), ("zalando", schemas.ZALANDO)):
        jsonschema.validate(json.loads(exports.export([made(title=title)], shape, False)), schema)


def test_a_radar_with_described_entries_can_be_exported(tmp_path: Path) -> None:
    drafted(tmp_path, "Some Engine", small(HJ_001="fail"))
    drafted(tmp_path, "Second <b>Engine</b>", small(HJ_001="pass"), "hold")
    entry(tmp_path, "opinion", reviewed=date(2026, 2, 3))
    found = list(entries.load(tmp_path).values())
    texts = {shape: exports.export(found, shape, False) for shape in exports.FORMATS}
    jsonschema.validate(json.loads(texts["byor-json"]), schemas.BYOR)
    jsonschema.validate(json.loads(texts["zalando"]), schemas.ZALANDO)
    days = {one["key"]: one["timeline"][0]["date"] for one in json.loads(texts["backstage"])["entries"]}
    assert days == {"some-engine": "2026-12-01", "second-b-engine-b": "2026-12-01", "opinion": "2026-02-03"}
    public = [exports.export(found, shape, True) for shape in exports.FORMATS]
    assert all("Engine" in text for text in texts.values()) and "Some Engine 1" not in str(public)
    assert not any("Second" in text for text in public)

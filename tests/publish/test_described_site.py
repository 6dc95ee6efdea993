"""A radar of three, two of them known by descriptions, is built strictly; outside, what is private is in no file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.radar import descriptions
from tests.sites import NODE_MODULES, ROOT, build

pytestmark = pytest.mark.xdist_group("site")

LINKED = ("evaluation", "mockserver", "fixtures", "CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "pyproject.toml")
CONFIGS = ("mkdocs.yml", "mkdocs-public.yml")
INNER = replace(descriptions.small(HJ_001="fail").source, title="Innermost API 9", sha256="cd" * 32)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout with a radar of its own in docs/."""
    root = tmp_path_factory.mktemp("described") / "checkout"
    shutil.copytree(ROOT / "docs", root / "docs")
    for name in CONFIGS:
        shutil.copy(ROOT / name, root / name)
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    modules = root / NODE_MODULES.relative_to(ROOT)
    modules.parent.mkdir(parents=True)
    modules.symlink_to(NODE_MODULES)
    radar = root / "docs" / "radar"
    shown = descriptions.drafted(radar, "Shown Engine", descriptions.small(HJ_001="fail", HJ_004="pass"))
    shown.write_text(shown.read_text(encoding="utf-8").replace("public: false", "public: true"), "utf-8")
    descriptions.drafted(radar, "Innermost Engine", replace(descriptions.small(HJ_005="fail"), source=INNER))
    return root


def holding(site: Path, *words: str) -> set[str]:
    """Which of these words stand in a file of the site, or in its name."""
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    every = b"\n".join([path.relative_to(site).as_posix().encode() + b"\n" + path.read_bytes() for path in files])
    return {word for word in words if word.encode() in every}


def test_inside_all_three_stand_with_their_facts(root: Path, tmp_path: Path) -> None:
    site = build(tmp_path / "site", root=root)
    index = (site / "radar" / "index.html").read_text(encoding="utf-8")
    for slug in ("healthjump", "shown-engine", "innermost-engine"):
        assert f'href="{slug}.html"' in index and f'data-entry="{slug}"' in index
    page = (site / "radar" / "shown-engine.html").read_text(encoding="utf-8")
    assert page.count("<h1") == 1 and "Looked for and not found in it" in page and 'id="scorecard-data"' in page
    assert "ab" * 32 in page and (site / "radar" / "facts" / "shown-engine.yaml").is_file()
    assert "documented" in page and "(to be written)" in page
    assert holding(site, "Innermost API 9", "innermost-engine", "cd" * 32) != set()


def test_outside_a_private_entry_and_its_facts_are_nowhere(root: Path, tmp_path: Path) -> None:
    site = build(tmp_path / "site", "mkdocs-public.yml", root=root)
    assert holding(site, "Innermost", "innermost-engine", "cd" * 32) == set()
    assert holding(site, "Shown Engine", "shown-engine.yaml", "ab" * 32) == {
        "Shown Engine", "shown-engine.yaml", "ab" * 32,
    }  # fmt: skip

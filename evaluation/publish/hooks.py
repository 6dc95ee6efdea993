"""What MkDocs calls while it builds. The only module that knows it.

Of ``extra`` in mkdocs.yml it reads ``public`` (leave out what is internal) and ``node_modules`` (where npm put the two
programs that run in a browser).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from evaluation.publish import build, mending, offline, trying, versions
from evaluation.publish.page import Page
from mockserver.errors import InputError
from mockserver.web.docs import MARK

T = TypeVar("T")
SITEMAP = "sitemap.xml"


class Made(File):
    """A made page. ``make preview`` asks whether it changed: only those of the radar depend on files people edit."""

    def is_modified(self) -> bool:
        return self.src_uri.startswith("radar/") or not Path(self.abs_dest_path).is_file()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make the pages once for a build and put them into the navigation. Raises PluginError."""
    public = bool(config.extra.get("public"))
    modules = Path(config.config_file_path).parent / config.extra["node_modules"]
    swagger, shim = trying.vendored(modules), offline.vendored(modules)
    site = _said(lambda: build.site(Path(config.docs_dir), public))
    made = (*site.pages, trying.page(bool(swagger)))
    dropped = site.hidden | (_kept_inside(config) if public else frozenset())
    config.extra.update(site=site, generated=made, copied={**swagger, **shim}, dropped=dropped)
    config.extra["polyfills"] = sorted(path for path in shim if path.endswith(".js"))
    config.copyright = f"{config.copyright}<br>{versions.line()}"
    # Without an address of the site there is nothing to list in it but the day of the build.
    config.theme.static_templates.discard(SITEMAP)
    config.nav = _with(_without(config.nav, dropped), (*site.nav, *made))
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add what is made and what npm brought; a made page stands in for one of the same path."""
    for page in config.extra["generated"]:
        _put(files, Made.generated(config, page.path, content=page.text))
    for path, source in sorted(config.extra["copied"].items()):
        _put(files, File.generated(config, path, abs_src_path=str(source)))
    if config.extra["copied"]:
        _put(files, File.generated(config, trying.CONTRACT, content=trying.contract()))
    for path in sorted({*config.extra["dropped"], SITEMAP}):
        _take(files, path)
    return files


def on_page_markdown(markdown: str, *, page: Any, config: MkDocsConfig, **_: object) -> str:
    """Put what is made for a written page where its markers are. Raises PluginError."""
    path = page.file.src_uri
    if path in {made.path for made in config.extra["generated"]}:
        return markdown
    site: build.Site = config.extra["site"]
    return _said(lambda: site.filled(path, markdown))


def on_page_content(html: str, **_: object) -> str:
    """Tables in their boxes."""
    return mending.content(html)


def on_post_page(output: str, **_: object) -> str:
    """Faults of the theme mended."""
    return mending.page(output)


def on_post_template(output_content: str, *, template_name: str, **_: object) -> str:
    """The same for pages that have no source, such as the one for addresses that lead nowhere."""
    return mending.page(output_content) if template_name.endswith(".html") else output_content


def on_post_build(*, config: MkDocsConfig) -> None:
    """Mark the folder as ours, for ``hjkit serve``."""
    facts = {**versions.facts(), "public": bool(config.extra.get("public"))}
    (Path(config.site_dir) / MARK).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def _said(make: Callable[[], T]) -> T:
    """What ``make`` gives; bad input ends the build with its one sentence."""
    try:
        return make()
    except InputError as error:
        raise PluginError(str(error)) from None


def _put(files: Files, file: File) -> None:
    _take(files, file.src_uri)
    files.append(file)


def _take(files: Files, path: str) -> None:
    found = files.get_file_from_path(path)
    if found is not None:
        files.remove(found)


def _kept_inside(config: MkDocsConfig) -> frozenset[str]:
    """Pages written by hand that say ``public: false`` at their top."""
    root = Path(config.docs_dir)
    return frozenset(path.relative_to(root).as_posix() for path in sorted(root.rglob("*.md")) if not _is_public(path))


def _is_public(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if not text.startswith("---\n"):
        return True
    facts = yaml.safe_load(text.split("---\n", 2)[1])
    return not isinstance(facts, Mapping) or facts.get("public") is not False


def _without(nav: list[Any] | None, dropped: frozenset[str]) -> list[Any]:
    """The navigation less some pages; a section left empty goes with them."""
    return [entry for entry in map(_sifting(dropped), nav or []) if entry is not None]


def _sifting(dropped: frozenset[str]) -> Callable[[Any], Any]:
    def sifted(entry: Any) -> Any:
        if not isinstance(entry, dict):
            return None if entry in dropped else entry
        (title, inner), *_ = entry.items()
        if isinstance(inner, list):
            left = _without(inner, dropped)
            return {title: left} if left else None
        return None if inner in dropped else entry

    return sifted


def _with(nav: list[Any], made: tuple[Page, ...]) -> list[Any]:
    for page in made:
        place(nav, page.under, page)
    return nav


def place(nav: list[Any], under: tuple[str, ...], page: Page) -> None:
    """Put a page at the end of its section, which is made where there is none; a page that is there stays."""
    if not under:
        if not _holds(nav, page.path):
            nav.append({page.title: page.path})
        return
    for entry in nav:
        if isinstance(entry, dict) and isinstance(entry.get(under[0]), list):
            place(entry[under[0]], under[1:], page)
            return
    section: list[Any] = []
    nav.append({under[0]: section})
    place(section, under[1:], page)


def _holds(nav: list[Any], path: str) -> bool:
    return any(path in (entry.values() if isinstance(entry, dict) else (entry,)) for entry in nav)

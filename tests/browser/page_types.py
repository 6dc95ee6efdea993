"""Every kind of page the site has, with one page of it. A new kind is added here, and every test runs on it."""

from __future__ import annotations

from collections.abc import Iterator

TYPES = {
    "home": "index.html",
    "quickstart": "quickstart.html",
    "radar": "radar/index.html",
    "entry": "radar/healthjump.html",
    "revision": "radar/revisions/healthjump-2023-08-29.html",
    "findings": "findings/index.html",
    "finding": "findings/hj-001.html",
    "guide": "guide/first-hour.html",
    "explainer": "guide/two-ids.html",
    "example": "examples/sync-requests.html",
    "elements": "reference/elements/index.html",
    "element": "reference/elements/demographic.html",
    "protocol": "reference/protocol.html",
    "filters": "reference/filters.html",
    "settings": "reference/settings.html",
    "command line": "reference/cli.html",
    "admin": "reference/admin.html",
    "quirks": "reference/quirks.html",
    "evidence": "reference/evidence.html",
    "questions": "reference/open-questions.html",
    "fhir": "reference/fhir.html",
    "try": "reference/try.html",
    "performance": "reference/performance.html",
    "limits": "limits.html",
    "architecture": "architecture.html",
    "decision": "decisions/0001-versions-not-edits.html",
}


def unnamed(pages: list[str]) -> Iterator[str]:
    """Pages of which no page of the same folder is among the kinds."""
    folders = {path.rpartition("/")[0] for path in TYPES.values()}
    yield from (page for page in pages if page.rpartition("/")[0] not in folders)

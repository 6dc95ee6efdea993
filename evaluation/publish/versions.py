"""What a page was built from, for the foot of every page."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import mockserver
from mockserver.contract import load

MANIFEST = Path(__file__).parents[2] / "fixtures" / "MANIFEST.json"


def facts() -> dict[str, str]:
    """Version of the kit, version of the API that the contract describes, and digests of contract and worlds."""
    document = load().openapi()
    contract = json.dumps(document, sort_keys=True).encode()
    worlds = json.dumps(json.loads(MANIFEST.read_text(encoding="utf-8")), sort_keys=True).encode()
    return {
        "kit": mockserver.__version__,
        "api": str(document["info"]["version"]),
        "contract": sha256(contract).hexdigest()[:8],
        "worlds": sha256(worlds).hexdigest()[:8],
    }


def line() -> str:
    """The same in one line."""
    return "healthjump-kit {kit} · API {api} · contract {contract} · worlds {worlds}".format_map(facts())

"""The page on which a browser talks to the mock: Swagger UI over the bundled contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from mockserver.contract import load
from mockserver.web.logins import DEFAULT

from .markdown import section
from .mock import BASE
from .page import Page

PATH: Final = "reference/try.md"
FOLDER: Final = "assets/swagger"
CONTRACT: Final = "assets/contract.js"
PACKAGE: Final = "swagger-ui-dist"
FILES: Final = ("swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt")


def vendored(node_modules: Path) -> dict[str, Path]:
    """The files of Swagger UI by their path in the site; none where npm did not install them."""
    found = {f"{FOLDER}/{_named(name)}": node_modules / PACKAGE / name for name in FILES}
    return found if all(path.is_file() for path in found.values()) else {}


def _named(name: str) -> str:
    """Licence files get an ending that browsers show."""
    return name if "." in name else f"{name}.txt"


def page(available: bool) -> Page:
    """The page; where Swagger UI is not installed it says so."""
    text = section("---\nhide:\n  - toc\n---", "# Try it", _lead(available), _box() if available else "")
    return Page(PATH, "Try it", text, ("Reference",))


def _lead(available: bool) -> str:
    if not available:
        return (
            "**This page needs Swagger UI, which was not there when the site was built: install Node.js with npm "
            "and run `make docs` again.** The same calls with `curl` are in the [quickstart](../quickstart.md)."
        )
    return (
        "**Log in with one click, open an element, press *Try it out*, then *Execute*: the rows come from the mock, "
        f"never from the vendor.** Requests go to the mock that served this page, else to <{BASE}>, where "
        "`make serve` puts it."
    )


def _box() -> str:
    return f"""\
<p><button type="button" class="md-button md-button--primary" id="try-login" disabled>
Log in with the mock's fake login</button></p>
<p id="try-said" role="status">The calls are shown by a script; without it, see the quickstart.</p>
<h2 id="calls">Calls</h2>
<div id="try"></div>
<link rel="stylesheet" href="../{FOLDER}/swagger-ui.css">
<script src="../{FOLDER}/swagger-ui-bundle.js" defer></script>
<script src="../{CONTRACT}" defer></script>
<script src="../assets/try.js" defer></script>"""


def contract() -> str:
    """The bundled contract with the fake login filled in, as a script: a page opened from a file can read no JSON."""
    login = {"email": DEFAULT.email, "password": DEFAULT.password, "secret_key": DEFAULT.secret_key}
    facts = {"base": BASE, "login": login, "contract": _filled_in(load().openapi())}
    return f"window.hjkit = {json.dumps(facts, separators=(',', ':'), ensure_ascii=True)};\n"


def _filled_in(document: dict[str, Any]) -> dict[str, Any]:
    parameters, login = document["components"]["parameters"], document["components"]["schemas"]["Login"]
    parameters["Secretkey"]["example"] = DEFAULT.secret_key
    login["properties"]["email"]["example"] = DEFAULT.email
    login["properties"]["password"]["example"] = DEFAULT.password
    return document

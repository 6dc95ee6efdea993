"""Runs functions of the site's scripts in Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from evaluation.publish.facts import DOCS

ASSETS = DOCS / "assets"


def call(script: str, function: str, calls: list[list[Any]]) -> list[Any]:
    """What a function of a script returns for each list of arguments, all in one process."""
    node = shutil.which("node")
    if node is None:
        missing = "Node.js is not installed, so the scripts of the site cannot be run."
        if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    program = (
        f"const f = require({json.dumps(str(ASSETS / script))})[{json.dumps(function)}];"
        "const calls = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "process.stdout.write(JSON.stringify(calls.map(function (each) { return f.apply(null, each); })));"
    )
    done = subprocess.run([node, "-e", program], input=json.dumps(calls), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found

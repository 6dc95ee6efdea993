"""For a user's own suite that records with pytest-recording: two functions to call from its ``conftest.py``.

::

    from evaluation.recording import suite

    @pytest.fixture(scope="module")
    def vcr_config(record_mode):
        return suite.vcr_config(record_mode)

    def pytest_recording_configure(config, vcr):
        suite.register(vcr)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from mockserver.contract import load

from .matching import parts
from .scrub import Scrubber, vcr_hooks

MATCHER = "same_call"
_PRACTICE = re.compile(r"^/hjdw/[^/]+")


def vcr_config(record_mode: str) -> dict[str, Any]:
    """What pytest-recording hands to vcrpy: scrubbing while it records, comparing by ``same_call``.

    Each call draws new pseudonyms, so every module of tests is a recording of its own.
    """
    hooks = vcr_hooks(Scrubber(load()), recording=record_mode != "none")
    plain = {name: _function(hook) if callable(hook) else hook for name, hook in hooks.items()}
    return {**plain, "match_on": [MATCHER], "allow_playback_repeats": True}


def _function(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """pytest-recording copies what it is given, methods with their object: a scrubber must stay one. Not a function."""
    return lambda given: hook(given)


def register(vcr: Any) -> None:
    """Make the comparison known to a ``vcr.VCR``."""
    vcr.register_matcher(MATCHER, same_call)


def same_call(sent: Any, recorded: Any) -> None:
    """Raise AssertionError, as vcrpy expects it, unless two requests ask the same.

    Practices and filter values are pseudonyms in a cassette: method, element, page, columns and operators are compared.
    """
    assert _call(sent) == _call(recorded), "another call"


def _call(request: Any) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    url = urlsplit(request.uri)
    path = _PRACTICE.sub("/hjdw/*", unquote(url.path).rstrip("/"))
    asked = ((name, value if name == "page" else value.partition("~")[0]) for name, value in parts(url.query))
    return request.method, path, tuple(sorted(asked))

"""Write expected.txt anew from real runs against ``hjkit serve``: ``python -m tests.examples.refresh [ID ...]``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.publish.example_files import Example, load
from mockserver.errors import InputError
from tests.prism.processes import mock

from . import running


def main(ids: Sequence[str]) -> int:
    """Refresh these examples, or all. Exit code 1 if one did not end as it should; its file stays as it was."""
    known = load()
    for id_ in ids:
        if id_ not in known:
            raise InputError("no such example", "refresh", known, id_)
    return max((_refresh(known[id_]) for id_ in ids or known), default=0)


def _refresh(one: Example) -> int:
    flags = [part for name, value in one.settings.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    with tempfile.TemporaryDirectory() as base:
        folders = serving, working = Path(base, "serving"), Path(base, "example")
        for folder in folders:
            folder.mkdir()
        with mock(*flags, folder=serving) as facts:
            done = running.example(one, facts["base_url"], working)
    if done.code != one.exit or done.err or done.asked:
        print(f"{one.id}: exit code {done.code} instead of {one.exit}\n{done.out}{done.err}{done.asked}")
        return 1
    before = one.expected.read_text(encoding="utf-8") if one.expected.exists() else ""
    one.expected.write_text(done.out, encoding="utf-8")
    print(f"{one.id}: {'unchanged' if before == done.out else 'written'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except InputError as error:
        sys.exit(str(error))

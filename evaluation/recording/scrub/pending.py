"""The list of unknown keys as a file: what a first capture is for, and what a person writes rules from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEAD = """\
# Keys that the recording holds and the contract does not know. Their values were masked.
# classes: A and a letters, 0 digits, * other signs. Write a rule for each in evaluation/recording/scrub/rules.yaml.
"""


def as_yaml(pending: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of ``pending-rules.yaml``: key -> types, lengths (least, most), classes, seen. No value."""
    import yaml

    plain = {key: dict(facts) for key, facts in pending.items()}
    return HEAD + str(yaml.safe_dump(plain, sort_keys=True, allow_unicode=True, default_flow_style=None, width=120))

"""Scrubbing: what must not be on a disk is replaced in memory, by an allow-list that the contract gives."""

from __future__ import annotations

from .check import Finding, check
from .failure import ScrubFailure
from .hooks import vcr_hooks
from .pending import as_yaml
from .rules import Rules
from .scrubber import Scrubber

__all__ = ["Finding", "Rules", "ScrubFailure", "Scrubber", "as_yaml", "check", "vcr_hooks"]

"""The one failure that keeps a recording from being written."""

from __future__ import annotations

from mockserver.errors import KitError


class ScrubFailure(KitError):
    """The scrubber itself failed. The message names the step and the place in the code, never a value."""

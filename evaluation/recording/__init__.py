"""The real API captured once, safely, and replayed: plan, recorder, scrubber, cassettes, replay, drift."""

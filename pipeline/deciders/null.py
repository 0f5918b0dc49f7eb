"""The decider that codes nothing; it shows that stages do not depend on what is decided."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import Candidate, Decision, Reading


class NullDecider:
    name = "null"
    version = "1"

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        return tuple(Decision("dropped", "null_decider", 0.0) for _ in candidates)

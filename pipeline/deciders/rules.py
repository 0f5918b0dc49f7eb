"""The hand-set decider: strong triggers with a day and a place, unless a signal speaks against them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.deciders.merging import Merging
from pipeline.deciders.reasons import SOFT
from pipeline.deciders.settling import settle

AGAINST = frozenset(signal for signal, _ in SOFT)


class RulesDecider:
    name = "rules"

    def __init__(self, merging: Merging) -> None:
        self._merging, self.version = merging, f"1-{merging.version}"

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        return settle(candidates, reading, [self.confidence(c) for c in candidates], 0.5, self._merging)

    def confidence(self, candidate: Candidate) -> float:
        if AGAINST & set(candidate.signals) or candidate.within >= 0:
            return 0.1
        score = {"strong": 0.5, "medium": 0.35}.get(candidate.head.strength, 0.2)
        score += 0.2 * (candidate.when.basis == "clause") + 0.2 * (candidate.where.basis == "clause")
        score += 0.1 * (candidate.head.form == "past") - 0.2 * (candidate.head.definite)
        return min(score, 0.95)

"""The default decider: a logistic model over named features, its weights a table (weights.csv) anyone can read."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.deciders.rules import settle
from pipeline.linear import Linear
from pipeline.resources import PACKAGE

WEIGHTS = PACKAGE / "deciders" / "weights.csv"
THRESHOLD = "(threshold)"


class ModelDecider:
    """A candidate's confidence is the model's probability of its features; from the threshold on it is an event."""

    name = "model"

    def __init__(self, model: Linear, threshold: float) -> None:
        self._model, self._threshold, self.version = model, threshold, model.version

    @classmethod
    def load(cls) -> ModelDecider:
        """Read weights.csv (columns feature and weight; the row (threshold) among them)."""
        model = Linear.load(WEIGHTS)
        return cls(model, model.weights.get(THRESHOLD, 0.5))

    def confidence(self, candidate: Candidate) -> float:
        return self._model.probability(candidate.features)

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        return settle(candidates, reading, [self.confidence(c) for c in candidates], self._threshold)

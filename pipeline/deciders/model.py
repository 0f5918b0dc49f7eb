"""The default decider: a logistic model over named features, its weights a table (weights.csv) anyone can read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.deciders.merging import Merging
from pipeline.deciders.settling import settle
from pipeline.facttable import FactTable, sums
from pipeline.linear import Linear, probability_of
from pipeline.reading.features import Crosses, features
from pipeline.reading.wording import Wording, WordWeights
from pipeline.resources import PACKAGE

WEIGHTS = PACKAGE / "deciders" / "weights.csv"
THRESHOLD = "(threshold)"


class ModelDecider:
    """A candidate's confidence is the model's probability of its features; from the threshold on it is an event."""

    name = "model"

    def __init__(self, model: Linear, threshold: float, crosses: Crosses, wording: Wording, merging: Merging) -> None:
        self._model, self._threshold = model, threshold
        self._pairs = FactTable(crosses.columns, model.weights)
        self._words, self._merging = WordWeights(wording, model.weights), merging
        self.version = f"{model.version}-{merging.version}"

    @classmethod
    def load(cls) -> ModelDecider:
        """Read weights.csv (columns feature and weight; the row (threshold) among them) and the table of crosses."""
        model = Linear.load(WEIGHTS)
        return cls(model, model.weights.get(THRESHOLD, 0.5), Crosses.load(), Wording.load(), Merging.load())

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        if not candidates:
            return ()
        told = features(candidates, reading)
        words = self._words.sums(reading, [(candidate.sentence, candidate.family) for candidate in candidates])
        alone = [[self._model.sum(one.groups)] for one in told]
        paired = self._pairs.of([one.facts for one in told])
        scores = self._model.bias + sums(np.concatenate((alone, paired), axis=1))
        confidences = [
            probability_of(score + words[candidate.sentence, candidate.family])
            for candidate, score in zip(candidates, scores.tolist(), strict=True)
        ]
        return settle(candidates, reading, confidences, self._threshold, self._merging)

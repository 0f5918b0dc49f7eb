"""The default decider: a logistic model over named features, its weights a table (weights.csv) anyone can read."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

from pipeline.deciders.rules import settle
from pipeline.records import Candidate, Decision, Reading
from pipeline.resources import PACKAGE, TableError, read_rows

WEIGHTS = PACKAGE / "deciders" / "weights.csv"


class ModelDecider:
    """confidence = 1 / (1 + exp(-(bias + sum of the weights of the candidate's features)))."""

    name = "model"

    def __init__(self, weights: dict[str, float], bias: float, threshold: float, version: str) -> None:
        self._weights, self._bias, self._threshold, self.version = weights, bias, threshold, version

    @classmethod
    def load(cls) -> ModelDecider:
        """Read weights.csv (feature,weight; the rows (bias) and (threshold) among them)."""
        weights = {row["feature"]: float(row["weight"]) for row in read_rows(WEIGHTS)}
        if "(bias)" not in weights or "(threshold)" not in weights:
            raise TableError(f"{WEIGHTS}: needs the rows (bias) and (threshold); run make train")
        version = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]
        return cls(weights, weights.pop("(bias)"), weights.pop("(threshold)"), version)

    def confidence(self, candidate: Candidate) -> float:
        weights = self._weights
        score = self._bias + sum(weights.get(name, 0.0) * value for name, value in candidate.features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        return settle(candidates, reading, [self.confidence(c) for c in candidates], self._threshold)

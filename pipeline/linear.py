"""A linear model over named features whose weights are a table anyone can read and correct."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.resources import read_rows

BIAS = "(bias)"


@dataclass(frozen=True)
class Linear:
    """weights by feature name; a feature the table does not have counts nothing. version changes with the weights."""

    weights: dict[str, float]
    bias: float = 0.0
    version: str = "none"

    @classmethod
    def load(cls, path: Path) -> Linear:
        """Read a table with the columns feature and weight, the row (bias) among them."""
        weights = {row["feature"]: float(row["weight"]) for row in read_rows(path)}
        bias = weights.pop(BIAS, 0.0)
        return cls(weights, bias, hashlib.sha256(path.read_bytes()).hexdigest()[:12])

    def score(self, features: Iterable[str]) -> float:
        """The log-odds of the features that are on."""
        return self.bias + sum(filter(None, map(self.weights.get, features)))

    def probability(self, features: Iterable[str]) -> float:
        """1 / (1 + exp(-score)), between 0 and 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))

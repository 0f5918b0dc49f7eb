"""A linear model over named features whose weights are a table anyone can read and correct.

What is on is given in groups of names that are on together. A group is a function of names followed by what it hangs
on, so that a name is only made when a model or a person first asks for it; or the names themselves. A model looks up a
group as a whole.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.machinery.memo import Remembered
from pipeline.resources import read_rows

BIAS = "(bias)"
Names = tuple[str, ...]
Group = tuple[Any, ...]  # names; or a function that gives them, and its arguments


class Cross:
    """Two facts, by name, that are weighed together. Crosses are told apart as objects: make each once."""

    __slots__ = ("one", "other")

    def __init__(self, one: str, other: str) -> None:
        self.one, self.other = one, other


Pair = tuple[Cross, str, str]  # two facts and what each says


def name_of(pair: Pair) -> str:
    """A pair as one name: one=this&other=that."""
    cross, this, that = pair
    return f"{cross.one}={this}&{cross.other}={that}"


def names_of(groups: Iterable[Group], pairs: Iterable[Pair] = ()) -> Names:
    """All that is on by single names: what is fitted, and what people read."""
    return (*chain.from_iterable(map(_names, groups)), *map(name_of, pairs))


def _names(group: Group) -> Names:
    if group and callable(group[0]):
        names: Names = group[0](*group[1:])
        return names
    return group


def probability_of(score: float) -> float:
    """1 / (1 + exp(-score)), between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


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

    @cached_property
    def _of_group(self) -> Callable[[Group], tuple[float, ...]]:
        return Remembered[Group, tuple[float, ...]](self.of).__getitem__

    def of(self, group: Group) -> tuple[float, ...]:
        """The weights of a group's names that have one."""
        return self.given(_names(group))

    def given(self, names: Names) -> tuple[float, ...]:
        """The weights of those names that have one."""
        weights = self.weights
        return tuple([weights[name] for name in names if name in weights])

    @cached_property
    def _of_pair(self) -> Callable[[Pair], float]:
        memo = Remembered[Pair, float](lambda pair: self.weights.get(name_of(pair), 0.0))
        return memo.__getitem__

    @cached_property
    def greatest(self) -> dict[str, float]:
        """The greatest weight, at least 0, of the names of a kind, by what stands before "="."""
        found: dict[str, float] = {}
        for name, weight in self.weights.items():
            kind = name.partition("=")[0]
            found[kind] = max(found.get(kind, 0.0), weight)
        return found

    def sum(self, groups: Iterable[Group]) -> float:
        """The weights of the features that are on, added up."""
        return sum(chain.from_iterable(map(self._of_group, groups)))

    def score(self, groups: Iterable[Group], pairs: Iterable[Pair] = ()) -> float:
        """The log-odds of the features that are on."""
        weights = chain.from_iterable(map(self._of_group, groups))
        return self.bias + sum(chain(weights, map(self._of_pair, pairs)))


class Twins:
    """Two models that weigh the same features, so that a group is looked up once for both."""

    def __init__(self, one: Linear, other: Linear) -> None:
        self._biases = one.bias, other.bias

        def of(group: Group) -> tuple[tuple[float, ...], tuple[float, ...]]:
            names = _names(group)
            return one.given(names), other.given(names)

        self._of_group = Remembered[Group, tuple[tuple[float, ...], tuple[float, ...]]](of).__getitem__

    def scores(self, groups: Iterable[Group]) -> tuple[float, float]:
        """The log-odds of the features that are on, of which there is at least one group, in each model."""
        ones, others = zip(*map(self._of_group, groups), strict=True)
        one, other = self._biases
        return one + sum(chain.from_iterable(ones)), other + sum(chain.from_iterable(others))

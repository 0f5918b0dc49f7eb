"""Weights of facts, alone and in pairs, in one array: those of many candidates are looked up at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, repeat

import numpy as np
import numpy.typing as npt

Facts = dict[str, str]  # what is told of each fact, by the fact's name
Weights = npt.NDArray[np.float64]
_CODE: Callable[[dict[str, int], str, int], int] = dict.get


class FactTable:
    """The weights of columns of features that are named by facts: "one=this" or "one=this&other=that".

    A column is the name of one fact or the names of two. A value without a weight in the column weighs nothing.
    """

    def __init__(self, columns: Sequence[tuple[str, ...]], weights: Mapping[str, float]) -> None:
        self._names = list(dict.fromkeys(fact for column in columns for fact in column))
        cells = {column: {} for column in columns}  # type: dict[tuple[str, ...], dict[tuple[str, ...], float]]
        for name, weight in weights.items():
            facts, values = zip(*[part.partition("=")[::2] for part in name.split("&")], strict=True)
            if facts in cells:
                cells[facts][values] = weight
        codes: dict[str, dict[str, int]] = {fact: {} for fact in self._names}  # 0 stands for all other values
        for column, told in cells.items():
            for values in told:
                for fact, value in zip(column, values, strict=True):
                    codes[fact].setdefault(value, len(codes[fact]) + 1)
        self._codes = [codes[fact] for fact in self._names]
        sizes = {fact: len(found) + 1 for fact, found in codes.items()}
        widths = [sizes[column[1]] if len(column) == 2 else 0 for column in columns]  # of a first fact's row of cells
        spans = [sizes[column[0]] * max(1, width) for column, width in zip(columns, widths, strict=True)]
        starts = [0, *accumulate(spans)]
        self._cells = np.zeros(starts.pop())
        for column, width, start in zip(columns, widths, starts, strict=True):
            for values, weight in cells[column].items():
                code = [codes[fact][value] for fact, value in zip(column, values, strict=True)]
                self._cells[start + (code[0] * width + code[1] if width else code[0])] = weight
        at = {fact: place for place, fact in enumerate(self._names)}
        self._ones = np.array([at[column[0]] for column in columns])
        self._others = np.array([at[column[-1]] for column in columns])
        self._steps = np.array(widths)
        self._starts = np.array(starts)

    def of(self, told: Sequence[Facts]) -> Weights:
        """The weights of the facts of candidates: a row a candidate, in the order of columns."""
        codes = np.array([
            list(map(_CODE, self._codes, map(facts.__getitem__, self._names), repeat(0))) for facts in told
        ])  # fmt: skip
        found: Weights = self._cells[self._starts + codes[:, self._ones] * self._steps + codes[:, self._others]]
        return found


def sums(weights: Weights) -> Weights:
    """The sum of each row, added up from left to right as the sum of a list is."""
    found: Weights = np.add.accumulate(weights, axis=1)[:, -1]
    return found

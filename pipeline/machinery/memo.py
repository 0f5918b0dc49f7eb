"""Answers about words, remembered: a word of running text costs one look-up in a dictionary once it has been asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
LIMIT = 100_000  # answers remembered, so that memory stays bounded on any corpus


class Remembered(dict[K, V]):
    """Question → make(question), made when first asked for with []; empties itself at the limit.

    map(remembered.__getitem__, questions) answers many without a loop in Python.
    """

    __slots__ = ("_limit", "_make")

    def __init__(self, make: Callable[[K], V], limit: int = LIMIT) -> None:
        super().__init__()
        self._make, self._limit = make, limit

    def __missing__(self, question: K) -> V:
        answer = self._make(question)
        if len(self) >= self._limit:
            self.clear()
        self[question] = answer
        return answer


class Memo(Remembered[str, V]):
    """Word → make(word), made when first asked for with []."""

    __slots__ = ()

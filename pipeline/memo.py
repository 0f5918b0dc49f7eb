"""Answers about words, remembered: a word of running text costs one look-up in a dictionary once it has been asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
LIMIT = 100_000  # words remembered, so that memory stays bounded on any corpus


class Memo(dict[str, V]):
    """Word → make(word), made when first asked for with []; empties itself at the limit.

    map(memo.__getitem__, words) answers for many words without a loop in Python.
    """

    __slots__ = ("_limit", "_make")

    def __init__(self, make: Callable[[str], V], limit: int = LIMIT) -> None:
        super().__init__()
        self._make, self._limit = make, limit

    def __missing__(self, word: str) -> V:
        value = self._make(word)
        if len(self) >= self._limit:
            self.clear()
        self[word] = value
        return value

"""Ids that were read before, in little memory."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FRESH = 50_000  # ids kept in a dictionary before they become a sorted piece

Pairs = npt.NDArray[np.uint64]  # two rows: keys in ascending order, and their values


@dataclass(slots=True)
class Seen:
    """Key → the value it was first given, both below 2**64: 16 bytes each in sorted pieces, merged as they grow."""

    _fresh: dict[int, int] = field(default_factory=dict)
    _pieces: list[Pairs] = field(default_factory=list)

    def first(self, key: int, value: int) -> int | None:
        """The value that the key was given before; None, and the value is kept, when it is new."""
        found = self._fresh.get(key)
        if found is not None:
            return found
        wanted = np.uint64(key)
        for keys, values in self._pieces:
            at = int(np.searchsorted(keys, wanted))
            if at < len(keys) and keys[at] == wanted:
                return int(values[at])
        self._fresh[key] = value
        if len(self._fresh) >= FRESH:
            self._settle()
        return None

    def _settle(self) -> None:
        """The dictionary becomes a piece; pieces that are no longer than it are merged, so that there are few."""
        piece: Pairs = np.array([list(self._fresh.keys()), list(self._fresh.values())], dtype=np.uint64)
        self._fresh = {}
        while self._pieces and self._pieces[-1].shape[1] <= piece.shape[1]:
            piece = np.concatenate([self._pieces.pop(), piece], axis=1)
        self._pieces.append(piece[:, np.argsort(piece[0], kind="stable")])

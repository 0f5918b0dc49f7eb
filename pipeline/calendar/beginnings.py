"""Which words of a text may begin a date expression, told by what each word and the one after it can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.calendar.words import ANCHOR, ANCHOR_HEAD, ANCHOR_SECOND, BEGINNINGS, HEAD, LEAD, SECOND, START
from pipeline.memo import Memo

_REACH = 12  # words from the beginning of an expression to the first word that it hangs on
_OPENS = HEAD | LEAD  # with the second word of a phrase after it, it begins an expression


class Beginnings:
    """The places to read at, in the sentences of one text after another; bits_of gives the bits of a word."""

    def __init__(self, bits_of: Callable[[str], int]) -> None:
        self._bits = Memo(bits_of)
        self._text: list[Any] = [None, b"", []]

    def within(self, words: Sequence[str], first: int, last: int) -> list[int]:
        """Where in the words first..last (exclusive) an expression may begin.

        The bits of a text's words are looked up once for all of its sentences.
        """
        text, codes, marks = self._text
        if text is not words or len(codes) != len(words):
            codes = bytes(map(self._bits.__getitem__, words))
            marks = [match.start() for match in BEGINNINGS.finditer(codes)]  # by what follows them
            self._text[:] = words, codes, marks
        low = bisect_left(marks, first)
        high = bisect_left(marks, last, low)
        if low == high:
            return []
        found: list[int] = []
        anchor = last + _REACH  # none yet
        opened = last  # the beginning found last
        for index in reversed(marks[low:high]):
            here = codes[index]
            if here & ANCHOR or (here & ANCHOR_HEAD and index + 1 < last and codes[index + 1] & ANCHOR_SECOND):
                anchor = index
            if anchor - index < _REACH and (
                here & START
                or (here & LEAD and opened == index + 1)  # it leads to a beginning
                or (here & _OPENS and index + 1 < last and codes[index + 1] & SECOND)
            ):
                opened = index
                found.append(index)
        found.reverse()
        return found

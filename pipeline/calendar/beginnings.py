"""Which words of a text may begin a date expression, told by what each word and those after it can be."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.calendar.words import ANCHOR, ANCHOR_HEAD, ANCHOR_SECOND, HEAD, LEAD, SECOND, START
from pipeline.machinery.memo import Memo

_REACH = 12  # words from the beginning of an expression to the first word that it hangs on


def _with_bits(wanted: int) -> bytes:
    """A class of a pattern over bits: every value that has one of those wanted."""
    return b"[" + b"".join(re.escape(bytes((value,))) for value in range(128) if value & wanted) + b"]"


# A word that begins an expression by itself, with the second word of a phrase after it, or leading to such a word; and
# one that a date can hang on, at the word itself or shortly after it.
_BEGINS = re.compile(
    b"%(any)s(?:(?<=%(start)s)|(?<=%(lead)s)(?=%(lead)s*(?:%(start)s|%(opens)s%(second)s))|(?<=%(opens)s)(?=%(second)s))"
    b"(?:(?<=%(anchor)s)|(?<=%(anchor_head)s)(?=%(anchor_second)s)"
    b"|(?=.{0,%(reach)d}?(?:%(anchor)s|%(anchor_head)s%(anchor_second)s)))" % {
        b"any": _with_bits(START | LEAD | HEAD), b"start": _with_bits(START), b"lead": _with_bits(LEAD),
        b"opens": _with_bits(LEAD | HEAD), b"second": _with_bits(SECOND), b"anchor": _with_bits(ANCHOR),
        b"anchor_head": _with_bits(ANCHOR_HEAD), b"anchor_second": _with_bits(ANCHOR_SECOND), b"reach": _REACH - 2,
    },
    re.DOTALL,
)  # fmt: skip


class Beginnings:
    """The places to read at, in the sentences of one text after another; bits_of gives the bits of a word."""

    def __init__(self, bits_of: Callable[[str], int]) -> None:
        self._bits = Memo(bits_of)
        self._text: tuple[Any, int, list[int]] = None, 0, []

    def within(self, words: Sequence[str], first: int, last: int) -> list[int]:
        """Where in the words first..last (exclusive) an expression may begin.

        A text is searched once for all of its sentences, so that a place may also hang on a word of the next sentence.
        """
        text, length, places = self._text
        if text is not words or length != len(words):
            codes = bytes(map(self._bits.__getitem__, words))
            places = [match.start() for match in _BEGINS.finditer(codes)]
            self._text = words, len(words), places
        low = bisect_left(places, first)
        return places[low : bisect_left(places, last, low)]

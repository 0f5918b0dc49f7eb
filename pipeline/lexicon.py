"""Finding a table's phrases in a list of folded words, clitics allowed before the first word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.records import Match

_MEMO_LIMIT = 200_000  # word types remembered per lexicon, so that memory stays bounded on any corpus


def splits(word: str, prefixes: tuple[str, ...]) -> list[tuple[str, str]]:
    """All readings of a word as (clitics, stem), the bare word first.

    The article swallowed by ل is given back: للرقه reads as (ل, الرقه) as well as (لل, رقه).
    """
    found = [("", word)]
    for prefix in prefixes:
        if len(word) > len(prefix) + 1 and word.startswith(prefix):
            rest = word[len(prefix) :]
            found.append((prefix, rest))
            if prefix.endswith("ل") and rest.startswith("ل"):
                found.append((prefix, "ا" + rest))
                found.append((prefix, "ال" + rest))
    return found


class Lexicon:
    """Phrases with payloads. Several payloads may share one phrase; the longest phrase at a word wins.

    entries: (phrase as a tuple of folded words, payload); prefixes: clitic strings that may stand before a phrase.
    """

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], Any]], prefixes: Iterable[str] = ()) -> None:
        self._prefixes = tuple(sorted({prefix for prefix in prefixes if prefix}, key=lambda p: (len(p), p)))
        phrases: dict[tuple[str, ...], list[Any]] = {}
        for phrase, payload in entries:
            if phrase:
                phrases.setdefault(phrase, []).append(payload)
        heads: dict[str, list[tuple[tuple[str, ...], tuple[Any, ...]]]] = {}
        for phrase, payloads in phrases.items():
            heads.setdefault(phrase[0], []).append((phrase[1:], tuple(payloads)))
        for tails in heads.values():
            tails.sort(key=lambda tail: (-len(tail[0]), tail[0]))
        self._heads = heads
        self._memo: dict[str, list[tuple[str, tuple[str, ...], tuple[Any, ...]]] | None] = {}

    def __len__(self) -> int:
        return sum(len(tails) for tails in self._heads.values())

    def _candidates(self, word: str) -> list[tuple[str, tuple[str, ...], tuple[Any, ...]]] | None:
        """Phrases that may begin at the word, longest first, a bare word before one with clitics."""
        found = [
            (prefix, rest, payloads)
            for prefix, stem in splits(word, self._prefixes)
            for rest, payloads in self._heads.get(stem, ())
        ]
        found.sort(key=lambda item: (-len(item[1]), len(item[0])))
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        self._memo[word] = found or None
        return self._memo[word]

    def may_start(self, word: str) -> bool:
        """Whether any phrase may begin at the word."""
        return bool(self._memo[word] if word in self._memo else self._candidates(word))

    def at(self, words: list[str], index: int, last: int) -> Match | None:
        """The longest phrase that begins at the index and ends before last."""
        word = words[index]
        candidates = self._memo[word] if word in self._memo else self._candidates(word)
        if candidates:
            second = words[index + 1] if index + 1 < last else None
            for prefix, rest, payloads in candidates:
                if not rest:
                    return Match(index, index + 1, prefix, payloads)
                if rest[0] == second:  # most candidates end here, without a slice
                    end = index + 1 + len(rest)
                    if end <= last and tuple(words[index + 1 : end]) == rest:
                        return Match(index, end, prefix, payloads)
        return None

    def find(self, words: list[str], first: int, last: int, overlapping: bool = False) -> list[Match]:
        """All phrases in the range, left to right; the next search begins after a match unless overlapping."""
        found = []
        memo, index = self._memo, first
        while index < last:
            word = words[index]
            if (memo[word] if word in memo else self._candidates(word)) and (match := self.at(words, index, last)):
                found.append(match)
                index = index + 1 if overlapping else match.last
            else:
                index += 1
        return found

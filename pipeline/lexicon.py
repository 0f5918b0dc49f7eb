"""Finding a table's phrases in a list of folded words, clitics allowed before the first word."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.machinery.memo import Memo
from pipeline.records import Match

_Phrase = tuple[str, tuple[str, ...], tuple[Any, ...]]  # clitics, words after the first, payloads
_Begun = tuple[tuple[str, tuple[Any, ...]] | None, dict[str, list[_Phrase]]]  # the word alone; longer by second word
_RECENT = 20_000  # words whose splits are remembered: the stages ask for the same words one after another


def splits(word: str, prefixes: tuple[str, ...]) -> list[tuple[str, str]]:
    """All readings of a word as (clitics, stem), the bare word first.

    The article swallowed by ل is given back: للرقه reads as (ل, الرقه) as well as (لل, رقه).
    """
    return splitter(prefixes)[word]


@cache
def splitter(prefixes: tuple[str, ...]) -> Memo[list[tuple[str, str]]]:
    """The splits of words for one tuple of prefixes."""
    order = {prefix: place for place, prefix in reversed(list(enumerate(prefixes)))}
    lengths = sorted({len(prefix) for prefix in order})
    ascending = sorted(order, key=order.__getitem__) == sorted(order, key=lambda p: (len(p), order[p]))

    firsts = frozenset(prefix[0] for prefix in order if prefix)

    def split(word: str) -> list[tuple[str, str]]:
        found = [("", word)]
        if word[:1] not in firsts:
            return found
        fitting = [word[:n] for n in lengths if len(word) > n + 1 and word[:n] in order]
        if not ascending:
            fitting.sort(key=order.__getitem__)
        for prefix in fitting:
            rest = word[len(prefix) :]
            found.append((prefix, rest))
            if prefix.endswith("ل") and rest.startswith("ل"):
                found.append((prefix, "ا" + rest))
                found.append((prefix, "ال" + rest))
        return found

    return Memo(split, _RECENT)


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
        self._splits = splitter(self._prefixes)
        self._begun = Memo(self._begin).__getitem__  # the phrases that may begin at a word; None for none

    def __len__(self) -> int:
        return sum(len(tails) for tails in self._heads.values())

    def _begin(self, word: str) -> _Begun | None:
        found = self.options(word)
        if found is None:
            return None
        longer: dict[str, list[_Phrase]] = {}
        for phrase in found:
            if phrase[1]:
                longer.setdefault(phrase[1][0], []).append(phrase)
        return next(((prefix, payloads) for prefix, rest, payloads in found if not rest), None), longer

    def options(self, word: str) -> list[_Phrase] | None:
        """(clitics, words after the first, payloads) of every phrase that may begin at the word, longest first, a bare
        word before one with clitics."""
        found = [
            (prefix, rest, payloads)
            for prefix, stem in self._splits[word]
            if stem in self._heads
            for rest, payloads in self._heads[stem]
        ]
        if len(found) > 1:
            found.sort(key=lambda item: (-len(item[1]), len(item[0])))
        return found or None

    def look(self, words: list[str], index: int, last: int) -> tuple[int, str, tuple[Any, ...]] | None:
        """End, clitics and payloads of the longest phrase that begins at the index and ends before last."""
        begun = self._begun(words[index])
        if begun is None:
            return None
        alone, longer = begun
        if longer and index + 1 < last and words[index + 1] in longer:
            for prefix, rest, payloads in longer[words[index + 1]]:
                end = index + 1 + len(rest)
                if end <= last and tuple(words[index + 1 : end]) == rest:
                    return end, prefix, payloads
        if alone is None:
            return None
        prefix, payloads = alone
        return index + 1, prefix, payloads

    def at(self, words: list[str], index: int, last: int) -> Match | None:
        """The longest phrase that begins at the index and ends before last."""
        found = self.look(words, index, last)
        return Match(index, *found) if found is not None else None

    def may_begin(self, word: str, stems: frozenset[str], readings: object) -> bool:
        """The test of a gate."""
        return not self._heads.keys().isdisjoint(stems)

    def find(self, words: list[str], tokens: Iterable[int],
             last: int) -> list[tuple[int, int, str, tuple[Any, ...]]]:  # fmt: skip
        """First and last token, clitics and payloads of all phrases that begin at the tokens (ascending) and end by
        last, left to right and not overlapping."""
        found, reached = [], 0
        for index in tokens:
            if index >= reached and (phrase := self.look(words, index, last)) is not None:
                reached, prefix, payloads = phrase
                found.append((index, reached, prefix, payloads))
        return found

"""Sets of phrases in which an item may be an inflected word of the tables (غارة stands for غارات، غارتين …)."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.machinery.memo import Memo
from pipeline.machinery.quick import dataclass
from pipeline.morphology.index import Reading, WordIndex
from pipeline.text import fold_key

Tail = tuple[str, ...]  # the words of a phrase after its first


@dataclass(frozen=True, slots=True)
class Hits:
    """The sets of which a phrase may begin at a word: tails maps a set's number to the tails that may follow, longest
    first; numbers has the bit 1 << number for each of them."""

    tails: dict[int, tuple[Tail, ...]]
    numbers: int


class PhraseIndex:
    """Numbered sets of phrases, looked up by word. Clitics may stand before the first word of a phrase."""

    def __init__(self, index: WordIndex) -> None:
        self.index = index
        self._sets = 0
        self._by_head: dict[str, list[int]] = {}
        self._by_word: dict[str, list[tuple[int, Tail]]] = {}
        self.hits = Memo(self._hits)  # None for a word at which no phrase begins

    def add(self, items: Iterable[str]) -> int:
        """The number of a new set; an item that is the id of a verb or noun stands for all its forms."""
        number, self._sets = self._sets, self._sets + 1
        for item in items:
            if item in self.index.heads:
                self._by_head.setdefault(item, []).append(number)
            elif key := fold_key(item):
                self._by_word.setdefault(key[0], []).append((number, key[1:]))
        return number

    def may_begin(self, word: str, stems: frozenset[str], readings: tuple[Reading, ...]) -> bool:
        """The test of a gate."""
        if readings and any(reading.head in self._by_head for reading in readings):
            return True
        return not self._by_word.keys().isdisjoint(self.index.stems(stems))

    def _hits(self, word: str) -> Hits | None:
        heads, stems = self.index.keys(word)
        if self._by_word.keys().isdisjoint(stems) and self._by_head.keys().isdisjoint(heads):
            return None
        found: dict[int, set[Tail]] = {}
        for head in heads:
            for number in self._by_head.get(head, ()):
                found.setdefault(number, set()).add(())
        for stem in stems:
            if stem in self._by_word:
                for number, tail in self._by_word[stem]:
                    found.setdefault(number, set()).add(tail)
        tails = {n: tuple(sorted(t, key=lambda t: (-len(t), t))) for n, t in found.items()}
        return Hits(tails, sum(1 << number for number in tails))


def phrase_end(words: list[str], place: int, last: int, tails: tuple[Tail, ...]) -> int:
    """Where the longest phrase that begins at the place ends, or 0 when none ends by last."""
    for tail in tails:
        if not tail:
            return place + 1
        end = place + 1 + len(tail)
        if end <= last and tuple(words[place + 1 : end]) == tail:
            return end
    return 0

"""Sets of phrases in which an item may be an inflected word of the tables (غارة stands for غارات، غارتين …)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.morphology.index import WordIndex
from pipeline.text import fold_key


@dataclass(frozen=True)
class Phrases:
    """heads: ids of verbs and nouns in any form; phrases: first folded word → the words that follow, longest first.

    Clitics may stand before the first word of a phrase.
    """

    heads: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, items: Iterable[str], index: WordIndex) -> Phrases:
        """An item that is the id of a verb or noun stands for all its forms, any other for its own words."""
        heads, phrases = set(), dict[str, list[tuple[str, ...]]]()
        for item in items:
            if item in index.heads:
                heads.add(item)
            elif key := fold_key(item):
                phrases.setdefault(key[0], []).append(key[1:])
        ordered = {first: tuple(sorted(tails, key=lambda t: (-len(t), t))) for first, tails in phrases.items()}
        return cls(frozenset(heads), ordered)

    def at(self, words: list[str], place: int, last: int, index: WordIndex) -> int:
        """The end of the longest phrase that begins at the place and ends by last, or 0."""
        heads, stems = index.keys(words[place])
        if self.phrases:
            for stem in stems:
                for tail in self.phrases.get(stem, ()):
                    end = place + 1 + len(tail)
                    if end <= last and (not tail or tuple(words[place + 1 : end]) == tail):
                        return end
        return place + 1 if not self.heads.isdisjoint(heads) else 0

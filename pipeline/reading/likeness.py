"""How alike two sentences of an article are: the longer words that stand in both."""

from __future__ import annotations

from pipeline.candidates import Reading
from pipeline.reading.clauses import Scale

SHARES = Scale((0.05, "none"), (0.12, "some"), (0.22, "a fifth"), (0.4, "a third"), beyond="most")
LONG = 4  # letters of a word that says something


class Likeness:
    """The longer words of each sentence, gathered when first asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words: dict[int, frozenset[str]] = {}

    def shared(self, one: int, other: int) -> str:
        """How many of the longer words of the sentence that has fewer stand in the other too, as a name of SHARES."""
        first, second = self._long(one), self._long(other)
        return SHARES[len(first & second) / max(1, min(len(first), len(second)))]

    def _long(self, sentence: int) -> frozenset[str]:
        if sentence not in self._words:
            span, words = self._reading.sentences[sentence], self._reading.document.words
            self._words[sentence] = frozenset([w for w in words[span.first : span.last] if len(w) >= LONG])
        return self._words[sentence]

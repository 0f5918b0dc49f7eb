"""Which words mean anything to which stage: one look-up a word in place of one a word and stage.

Most words begin nothing in most tables. A stage that is told at which tokens its tables may begin something looks at
those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.lexicon import splits
from pipeline.machinery.memo import Memo
from pipeline.morphology import Reading, WordIndex
from pipeline.records import Begins

# Whether a stage's tables may begin anything at a word, by the word, its stems behind all clitics (itself among them)
# and its readings. It may say yes too often, never no where something begins.
Test = Callable[[str, frozenset[str], tuple[Reading, ...]], bool]


class Gate:
    """The answers of at most eight tests, by name, remembered by the word."""

    def __init__(self, index: WordIndex, prefixes: Sequence[str], tests: Mapping[str, Test]) -> None:
        self._index, self._prefixes = index, tuple(sorted({*prefixes}, key=lambda p: (len(p), p)))
        self._tests = [(1 << place, test) for place, test in enumerate(tests.values())]
        self._masks = {
            name: bytes(code & 1 << place for code in range(256)) for place, name in enumerate(tests)
        }  # what is left of a code for one name
        self._codes = Memo(self._code)

    def begins(self, words: Sequence[str]) -> Begins:
        """Where in the words of a document something may begin."""
        return Begins(bytes(map(self._codes.__getitem__, words)), self._masks)

    def _code(self, word: str) -> int:
        stems = frozenset([stem for _, stem in splits(word, self._prefixes)])
        readings = self._index.read(word)
        return sum([bit for bit, test in self._tests if test(word, stems, readings)])

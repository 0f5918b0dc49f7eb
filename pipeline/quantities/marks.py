"""First pass: the words of a sentence that matter for counting, in text order, numbers among them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.numbers import number_at
from pipeline.quantities.tables import QuantityTables, Word
from pipeline.quick import dataclass

# Classes that count, or say what is counted.
_USEFUL = frozenset(("both", "cue", "harm", "met", "noun", "pronoun", "unharmed", "vague"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or phrase: token range, clitics before it, its meanings (none for a number), the number's value."""

    first: int
    last: int
    prefix: str
    words: tuple[Word, ...]
    value: int | None
    by_class: Mapping[str, Word]  # the words by their class

    def word(self, name: str) -> Word | None:
        """The meaning of that class."""
        return self.by_class.get(name)


def marks(words: list[str], first: int, last: int, tables: QuantityTables) -> list[Mark]:
    """Numbers and phrases, the longest at each token; () when no word could count or say what is counted."""
    found: list[Mark] = []
    reached, useful = first, False
    phrases, numbers = tables.phrases, tables.numbers
    for index, starts in enumerate(map(tables.starts.__getitem__, words[first:last]), first):
        if not starts or index < reached:
            continue
        if starts & 1 and (number := number_at(words, index, last, numbers)) is not None:
            found.append(Mark(index, number[1], _prefix(words[index], tables), (), number[0], {}))
            reached, useful = number[1], True
            continue
        match = phrases.at(words, index, last) if starts & 2 else None
        if match is not None:
            by_class = tables.by_class(match.payloads)
            mark = Mark(match.first, match.last, match.prefix, match.payloads, None, by_class)
            useful = useful or not _USEFUL.isdisjoint(by_class)
            found.append(mark)
            reached = match.last
    return found if useful else []


def _prefix(word: str, tables: QuantityTables) -> str:
    """The clitics before a number word, "" for digits and bare words."""
    if tables.numbers.bare(word) is not None:
        return ""
    return next(
        (p for p in tables.numbers.prefixes if word.startswith(p) and tables.numbers.words.get(word[len(p) :])), ""
    )

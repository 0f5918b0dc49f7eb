"""First pass: the words of a sentence that matter for counting, in text order, numbers among them."""

from __future__ import annotations

from pipeline.machinery.quick import dataclass
from pipeline.numbers import number_at
from pipeline.quantities.tables import NUMBER, Meanings, QuantityTables, Word
from pipeline.records import Document


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or phrase: token range, clitics before it, its meanings (none for a number), the number's value."""

    first: int
    last: int
    prefix: str
    means: Meanings
    value: int | None = None

    def word(self, name: str) -> Word | None:
        """The meaning of that class."""
        return self.means.by_class.get(name)


def marks(document: Document, first: int, last: int, tables: QuantityTables) -> list[Mark]:
    """Numbers and phrases, the longest at each token; () when no word could count or say what is counted."""
    found: list[Mark] = []
    words, reached, useful = document.words, first, False
    phrases, numbers = tables.phrases, tables.numbers
    for index in document.tokens("quantities", first, last):
        if index < reached:
            continue
        number = number_at(words, index, last, numbers)
        if number is not None:
            value, reached = number
            found.append(Mark(index, reached, _prefix(words[index], tables), NUMBER, value))
            useful = True
        elif (phrase := phrases.look(words, index, last)) is not None:
            reached, prefix, (means,) = phrase
            found.append(Mark(index, reached, prefix, means))
            useful = useful or means.useful
    return found if useful else []


def _prefix(word: str, tables: QuantityTables) -> str:
    """The clitics before a number word, "" for digits and bare words."""
    if tables.numbers.bare(word) is not None:
        return ""
    return next(
        (p for p in tables.numbers.prefixes if word.startswith(p) and tables.numbers.words.get(word[len(p) :])), ""
    )

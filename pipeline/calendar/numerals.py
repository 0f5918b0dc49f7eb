"""Numbers as dates write them, with the article too: ثلاثة، الثلاثة، الـ24، مئة وأحد عشر."""

from __future__ import annotations

from pipeline.lexicon import splits
from pipeline.machinery.memo import Memo
from pipeline.numbers import NumberTables, number_at


class Numerals:
    """The numbers of a language with its article; what a word alone decides is remembered.

    begins[word]: whether a number may begin at the word; false is certain. goes_on[word]: the same for a word that may
    belong to a number before it (ألف، وعشرون). alone[word]: the whole number that the word is by itself.
    """

    def __init__(self, numbers: NumberTables, prefixes: tuple[str, ...], article: str) -> None:
        self.numbers, self._prefixes, self.article = numbers, prefixes, article
        self._articles = frozenset(prefix + article for prefix in ("", *prefixes))
        self.begins, self.goes_on, self.alone = Memo(self.may_begin), Memo(self._goes_on), Memo(self._alone)

    def may_begin(self, word: str) -> bool:
        """What begins[word] says, for a caller that remembers it."""
        if word[0].isdigit() or word in self._articles or self._leads(word):
            return True
        return self.article in word[:3] and self._leads(self.without_article(word))

    def _leads(self, word: str) -> bool:
        """Whether a number word stands at the beginning; most words end at the first look-ups."""
        known = self.numbers.words
        return any(stem in known for _, stem in splits(word, self._prefixes)) and self.numbers.leading(word) is not None

    def _goes_on(self, word: str) -> bool:
        numbers = self.numbers
        if word in numbers.words or word in numbers.joiners or word in numbers.linkers:
            return True
        joined = self.joined(word) and numbers.leading(word[1:]) is not None
        return joined or numbers.joined(word) is not None or numbers.is_scale(word) is not None

    def _alone(self, word: str) -> int | None:
        found = number_at([word], 0, 1, self.numbers)
        return found[0] if found is not None else None

    def joined(self, word: str) -> bool:
        """Whether the word is written as one with an "and" before it (والأربعاء)."""
        return len(word) > 1 and word[0] in self.numbers.joiners

    def without_article(self, word: str) -> str:
        """The word without the article and the clitics before it (والثلاثة gives ثلاثة); itself when it has none."""
        if self.article in word[:3]:
            for prefix in ("", *self._prefixes):
                if word.startswith(prefix + self.article):
                    return word[len(prefix) + len(self.article) :] or word
        return word

    def at(self, words: list[str], index: int, last: int, article: bool) -> tuple[int, int] | None:
        """A number at the word and where it ends; article: the word is an article that stands by itself (الـ)."""
        word, following = words[index], words[index + 1] if index + 1 < last else ""
        if not (following and self.goes_on[following]) and (value := self.alone[word]) is not None:
            return value, index + 1  # most numbers are one word
        found = number_at(words, index, last, self.numbers)
        if found is not None and found[1] + 1 < last and self.joined(words[found[1]]):
            pair = [words[found[1]][1:], words[found[1] + 1]]  # وأحد عشر folds to واحد عشر, one and ten
            eleven = number_at(pair, 0, 2, self.numbers)
            if eleven == (11, 2) and found[0] >= 100:
                return found[0] + 11, found[1] + 2
        if found is not None:
            return found
        if article and index + 1 < last:
            return number_at(words, index + 1, last, self.numbers)
        return self._with_article(words, index, last)

    def _with_article(self, words: list[str], index: int, last: int) -> tuple[int, int] | None:
        """الثلاثة، الأربع والعشرين: the article, which a number word has only here."""
        first = self.without_article(words[index])
        if first == words[index] or self.numbers.leading(first) is None:
            return None
        bare = [first]
        for word in words[index + 1 : min(index + 3, last)]:
            plain = self.without_article(word)
            bare.append(word[: word.index(plain) - len(self.article)] + plain if plain != word else word)
        found = number_at(bare, 0, len(bare), self.numbers)
        return (found[0], found[1] + index) if found is not None else None

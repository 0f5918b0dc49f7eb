"""A sentence under the grammar: what each word may mean, the clock, and the result of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.calendar.tables import DateTables
from pipeline.calendar.words import Atom, Meaning
from pipeline.numbers import number_at
from pipeline.records import Clock

_REACH = 12  # words before a date that may hold a future cue
_STOPS = frozenset((".", "؛", "\n", ":"))
_Reading = tuple[Meaning, int, str]
_NO_MEANING = Meaning.of([])
_NOTHING: frozenset[str] = frozenset()
_NUMBER = frozenset(("number",))
_CLOSING = frozenset((".", "،", ",", "؛", ":", ")", "]", "؟", "!", "\n", '"', "»", "”"))
_QUOTES = frozenset(('"', "«", "»", "“", "”", "'", "(", "‘", "’"))


@dataclass(slots=True)
class Found:
    """What a reader found: words first..last (exclusive) and their days; the fields of DateMention.

    anchor is set for words that point at another date of the article (اليوم التالي): the unit and the step from it.
    """

    first: int
    last: int
    lo: date | None
    hi: date | None
    granularity: str
    rule: str
    kind: str = "point"
    edge: str = ""
    future: bool = False
    conflict: bool = False
    anchor: tuple[str, int] | None = None

    def starting(self, first: int) -> Found:
        """The same expression with words before it taken in."""
        self.first = first
        return self


def name(first: int, last: int) -> Found:
    """Words that look like a date and are part of a name (ثورة 25 يناير): passed over, never emitted."""
    return Found(first, last, None, None, "day", "date.name", "name")


class Line:
    """The words first..last (exclusive) of one sentence. Readers take a Line and the index of a word."""

    __slots__ = ("_numbers", "_readings", "clock", "first", "last", "tables", "today", "words")

    def __init__(self, words: list[str], first: int, last: int, clock: Clock, tables: DateTables) -> None:
        self.words, self.first, self.last, self.clock, self.tables = words, first, last, clock, tables
        self.today = clock.day
        self._readings: dict[int, _Reading] = {}
        self._numbers: dict[int, tuple[int, int] | None] = {}

    def word(self, index: int) -> str:
        return self.words[index] if self.first <= index < self.last else ""

    def _read(self, index: int) -> _Reading:
        """What the longest phrase of the calendar tables at the word means, its end and its clitics."""
        found = None
        if self.first <= index < self.last:
            found = self.tables.look(self.words[index])
            if found.__class__ is list:  # longer phrases begin here
                at = self.tables.lexicon.look(self.words, index, self.last)
                found = (at[2][0], at[0] - index, at[1]) if at is not None else None
        reading = self._readings[index] = (
            (found[0], index + found[1], found[2]) if found is not None else (_NO_MEANING, index + 1, "")
        )  # fmt: skip
        return reading

    def known(self, index: int) -> bool:
        """Whether a phrase of the calendar tables stands at the word."""
        return (self._readings.get(index) or self._read(index))[0] is not _NO_MEANING

    def prefix(self, index: int) -> str:
        """The clitics before the phrase at the word."""
        return (self._readings.get(index) or self._read(index))[2]

    def atom(self, index: int, kind: str, use: str = "") -> Atom | None:
        """The meaning of that kind (and use) which the phrase at the word has."""
        meaning = (self._readings.get(index) or self._read(index))[0]
        return meaning.uses.get((kind, use)) if use else meaning.atoms.get(kind)

    def kinds(self, index: int) -> frozenset[str]:
        """The kinds of meaning that the word has, with "number" where only a number begins or الـ stands before one."""
        meaning = (self._readings.get(index) or self._read(index))[0]
        if meaning is not _NO_MEANING:
            kinds = meaning.kinds
            return kinds | _NUMBER if "the" in kinds and self.number(index) is not None else kinds
        if not self.first <= index < self.last or not self.tables.may_number(self.words[index]):
            return _NOTHING
        return _NUMBER if self.words[index][0].isdigit() or self.number(index) is not None else _NOTHING

    def end(self, index: int) -> int:
        """Where the phrase at the word ends."""
        return (self._readings.get(index) or self._read(index))[1]

    def skip(self, index: int, *kinds: str) -> int:
        """Past the phrase at the word when it has one of the kinds, else the index itself."""
        meaning, end, _ = self._readings.get(index) or self._read(index)
        return end if not meaning.kinds.isdisjoint(kinds) else index

    def number(self, index: int) -> tuple[int, int] | None:
        """A number at the word and where it ends, with or without the article (ثلاثة، الثلاثة، الـ24)."""
        if not self.first <= index < self.last or not self.tables.may_number(self.words[index]):
            return None
        if index not in self._numbers:
            self._numbers[index] = self._number(index)
        return self._numbers[index]

    def _number(self, index: int) -> tuple[int, int] | None:
        found = number_at(self.words, index, self.last, self.tables.numbers)
        if found is not None and self.joined(found[1]) and found[1] + 1 < self.last:
            pair = [self.words[found[1]][1:], self.words[found[1] + 1]]  # وأحد عشر folds to واحد عشر, one and ten
            eleven = number_at(pair, 0, 2, self.tables.numbers)
            if eleven == (11, 2) and found[0] >= 100:
                return found[0] + 11, found[1] + 2
        if found is None and self.atom(index, "the") and index + 1 < self.last:
            return number_at(self.words, index + 1, self.last, self.tables.numbers)
        if found is not None:
            return found
        undefined = self.tables.without_article
        first = undefined(self.words[index])
        if first == self.words[index] or self.tables.numbers.leading(first) is None:
            return None
        bare = [first]  # الثلاثة، الأربع والعشرين: the article, which a number word has only here
        for word in self.words[index + 1 : min(index + 3, self.last)]:
            plain = undefined(word)
            bare.append(word[: word.index(plain) - len(self.tables.article)] + plain if plain != word else word)
        found = number_at(bare, 0, len(bare), self.tables.numbers)
        return (found[0], found[1] + index) if found is not None else None

    def joined(self, index: int) -> bool:
        """Whether the word is written as one with an "and" before it (والأربعاء)."""
        word = self.word(index)
        return len(word) > 1 and word[0] in self.tables.numbers.joiners

    def digits(self, index: int) -> int | None:
        """A whole number in digits of at most four places."""
        word = self.word(index)
        return int(word) if word.isdecimal() and len(word) <= 4 else None

    def before(self, index: int) -> int:
        """The index of the last word before this one that is no quotation mark or bracket."""
        index -= 1
        while index >= self.first and self.words[index] in _QUOTES:
            index -= 1
        return index

    def made_name(self, index: int, applies: str) -> bool:
        """Whether the word before makes a date of this kind a name or an ordinary noun (سوق الجمعة)."""
        place = self.before(index)
        return place >= self.first and applies in self.tables.makes_name(self.words[place])

    def spoilt(self, index: int, applies: str) -> bool:
        """Whether the words from the index on make what stands before them no date (اليوم العالمي)."""
        if index >= self.last or self.words[index] not in self.tables.after_heads:
            return False
        for length in (1, 2):
            key = tuple(self.words[index : min(index + length, self.last)])
            if len(key) == length and applies in self.tables.after.get(key, ()):
                return True
        return False

    def future(self, index: int) -> bool:
        """Whether a future cue governs the word: the nearest cue before it, or the word after it, is a future one."""
        cue, words = self.tables.cue, self.words
        for place in range(index - 1, max(self.first, index - _REACH) - 1, -1):
            word = words[place]
            if word in _STOPS:
                break
            if (sense := cue(word)) == "lasting":  # يستمر حتى الجمعة, but not يستمر منذ الجمعة
                if self.atom(self.before(index), "until") is not None:
                    return True
            elif sense:  # كانت مقررة الأربعاء، كان من المقرر tell of a plan that was
                plan = place - 2 if self.atom(place - 1, "of") is not None else place - 1
                return sense == "future" and (plan < self.first or cue(words[plan]) != "past")
        return False

    def ongoing(self, index: int, end: int = 0) -> bool:
        """Whether the word tells how long something lasts: the nearest verb before it is of what still goes on.

        At the beginning of a sentence the word behind the expression (end) decides (منذ أسبوع تقصف الطائرات).
        """
        if end and (index == self.first or self.words[index - 1] in _STOPS):
            following = end + (self.word(end) in ("،", ","))
            return following < self.last and self.tables.state(self.words[following]) not in ("past", "over")
        for place in range(index - 1, max(self.first, index - _REACH) - 1, -1):
            word = self.words[place]
            if word in _STOPS or (sense := self.tables.state(word)) in ("past", "over"):
                return False
            if sense:
                return True
        return False

    def closed(self, index: int) -> bool:
        """Whether nothing that could belong to the words before stands at the index: the end, or a mark."""
        return index >= self.last or self.words[index] in _CLOSING

    def early(self) -> bool:
        """Whether the story is stamped just after midnight."""
        return self.clock.hour is not None and self.clock.hour < self.tables.settings.get("after_midnight_hours", 0)

    def spoken_day(self) -> date:
        """The day that اليوم means: after midnight a story still speaks from the evening before."""
        return self.today - timedelta(days=1) if self.early() else self.today

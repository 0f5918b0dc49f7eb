"""A sentence under the grammar: what each word may mean, the clock, and the result of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.calendar.tables import DateTables
from pipeline.calendar.words import NO_MEANING, NUMBER, UNDECIDED, Atom, Reading
from pipeline.lexicon import splits
from pipeline.records import Clock

_REACH = 12  # words before a date that may hold a future cue
_LASTING, _TOTAL = 20, 6  # the same for the verb that begins a sentence; words before منذ in which a total may be told
_TO_NOW, _ROUNDED = frozenset(("until", "vague")), frozenset(("more", "about"))
_SHORT = 4  # letters of a word with ل that may be a verb or a particle (لقيت، لكن)
_STOPS = frozenset((".", "؛", "\n", ":"))
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


class Line(dict[int, Reading]):
    """The words first..last (exclusive) of one sentence. Readers take a Line and the index of a word.

    As a dict it holds what the longest phrase of the calendar tables at a word means, read when first asked for.
    """

    __slots__ = ("_numbers", "clock", "first", "last", "read_ahead", "tables", "today", "words")

    def __init__(self, words: list[str], first: int, last: int, clock: Clock, tables: DateTables) -> None:
        self.words, self.first, self.last, self.clock, self.tables = words, first, last, clock, tables
        self.today = clock.day
        self._numbers: dict[int, tuple[int, int] | None] = {}
        self.read_ahead: dict[int, Found] = {}  # points that a reader before them read and left to be read again

    def __missing__(self, index: int) -> Reading:
        found = self.tables.looks[self.words[index] if self.first <= index < self.last else ""]
        if found is None:
            found = self.tables.phrase(self.words, index, self.last)
        self[index] = found
        if found[3] is UNDECIDED:
            kinds = found[0].kinds
            self[index] = found = (*found[:3], kinds | NUMBER if self.number(index) is not None else kinds)
        return found

    def word(self, index: int) -> str:
        return self.words[index] if self.first <= index < self.last else ""

    def known(self, index: int) -> bool:
        """Whether a phrase of the calendar tables stands at the word."""
        return self[index][0] is not NO_MEANING

    def prefix(self, index: int) -> str:
        """The clitics before the phrase at the word."""
        return self[index][2]

    def clitics(self, index: int) -> str:
        """The clitics before the phrase or the number at the word."""
        meaning, _, clitics, _ = self[index]
        return clitics if meaning is not NO_MEANING else self.tables.numbers.prefix(self.word(index) or "\0")

    def atom(self, index: int, kind: str, use: str = "") -> Atom | None:
        """The meaning of that kind (and use) which the phrase at the word has."""
        meaning = self[index][0]
        return meaning.uses.get((kind, use)) if use else meaning.atoms.get(kind)

    def means(self, index: int, kinds: frozenset[str]) -> bool:
        """Whether the phrase at the word has a meaning of one of the kinds."""
        return not self[index][0].kinds.isdisjoint(kinds)

    def kinds(self, index: int) -> frozenset[str]:
        """The kinds of meaning that the word has, with "number" where only a number begins or الـ stands before one."""
        return self[index][3]

    def end(self, index: int) -> int:
        """Where the phrase at the word ends."""
        return index + self[index][1]

    def skip(self, index: int, *kinds: str) -> int:
        """Past the phrase at the word when it has one of the kinds, else the index itself."""
        meaning, length, _, _ = self[index]
        return index if meaning.kinds.isdisjoint(kinds) else index + length

    def number(self, index: int) -> tuple[int, int] | None:
        """A number at the word and where it ends, with or without the article (ثلاثة، الثلاثة، الـ24)."""
        if index not in self._numbers:
            found, numerals = None, self.tables.numerals
            if self.first <= index < self.last and numerals.begins[self.words[index]]:
                found = numerals.at(self.words, index, self.last, "the" in self[index][0].kinds)
            self._numbers[index] = found
        return self._numbers[index]

    def joined(self, index: int) -> bool:
        """Whether the word is written as one with an "and" before it (والأربعاء)."""
        return self.tables.numerals.joined(self.word(index))

    def digits(self, index: int) -> int | None:
        """A whole number in digits of at most four places."""
        if not self.first <= index < self.last:
            return None
        word = self.words[index]
        return int(word) if word.isdecimal() and len(word) <= 4 else None

    def before(self, index: int) -> int:
        """The index of the last word before this one that is no quotation mark or bracket."""
        index -= 1
        while index >= self.first and self.words[index] in _QUOTES:
            index -= 1
        return index

    def made_name(self, index: int, applies: str) -> bool:
        """Whether the word before makes a date of this kind a name or an ordinary noun (سوق الجمعة)."""
        place = index - 1
        if place >= self.first and self.words[place] in _QUOTES:
            place = self.before(index)
        return place >= self.first and applies in self.tables.makes_name[self.words[place]]

    def spoilt(self, index: int, applies: str) -> bool:
        """Whether the words from the index on make what stands before them no date (اليوم العالمي)."""
        if index >= self.last or self.words[index] not in self.tables.after_heads:
            return False
        for length in (1, 2, 3):
            key = tuple(self.words[index : min(index + length, self.last)])
            if len(key) == length and applies in self.tables.after.get(key, ()):
                return True
        return False

    def future(self, index: int) -> bool:
        """Whether a future cue governs the word: the nearest cue before it, or the word after it, is a future one."""
        cue, words = self.tables.cue, self.words
        reach = max(self.first, index - _REACH)
        senses = list(map(cue.__getitem__, words[reach:index]))
        if not any(senses):
            return False
        for place in range(index - 1, reach - 1, -1):
            if words[place] in _STOPS:
                break
            if (sense := senses[place - reach]) == "lasting":  # يستمر حتى الجمعة, but not يستمر منذ الجمعة
                if self.atom(self.before(index), "until") is not None:
                    return True
            elif sense:  # كانت مقررة الأربعاء، كان من المقرر tell of a plan that was
                plan = place - 2 if self.atom(place - 1, "of") is not None else place - 1
                return sense == "future" and (plan < self.first or cue[words[plan]] != "past")
        return False

    def ongoing(self, index: int, end: int = 0) -> bool:
        """Whether the word tells how long something lasts: the nearest verb before it is of what still goes on.

        At the beginning of a sentence the word behind the expression (end) decides (منذ أسبوع تقصف الطائرات). A total
        (أكثر من ألفي قتيل منذ عام), a rank (الثاني منذ شهر), and what reaches to now last too.
        """
        if end and (self.means(end, _TO_NOW) or self._rank_or_total(index)):
            return True
        if end and (index == self.first or self.words[index - 1] in _STOPS):
            following = end + (self.word(end) in ("،", ","))
            return following < self.last and self.tables.state[self.words[following]] not in ("past", "over")
        for place in range(index - 1, max(self.first, index - _LASTING) - 1, -1):
            word = self.words[place]
            if word in _STOPS or (sense := self.tables.state[word]) in ("past", "over"):
                return False
            if sense and (index - place <= _REACH or place == self.first or self.words[place - 1] in _STOPS):
                return True
        return False

    def _rank_or_total(self, index: int) -> bool:
        """Whether an ordinal, or a count told as more than or about so many, stands just before the word."""
        if self.atom(index - 1, "ordinal") is not None:
            return True
        counts = (place for place in range(max(self.first, index - _TOTAL), index) if self.means(place, _ROUNDED))
        return any(self.number(self.end(place)) is not None for place in counts)

    def quoted(self, first: int, last: int) -> bool:
        """Whether the words first..last (exclusive) stand alone between quotation marks."""
        opened, closed = self.word(first - 1), self.word(last)
        if opened == '"' == closed:
            return sum(word == '"' for word in self.words[self.first : first - 1]) % 2 == 0
        return opened in ("«", "“") and closed in ("»", "”")

    def takes_to(self, index: int) -> bool:
        """Whether the word is one with لـ before it that names a thing (اليوم التالي للهجوم، لإعلان النتائج)."""
        word, article = self.word(index), self.tables.article
        if len(word) > _SHORT and any(clitics == "ل" for clitics, _ in splits(word, self.tables.prefixes)):
            return True
        stems = [stem for _, stem in splits(word, self.tables.prefixes)]
        return any(stem.startswith(article) and not word.endswith(stem) for stem in stems)

    def closed(self, index: int) -> bool:
        """Whether nothing that could belong to the words before stands at the index: the end, or a mark."""
        return index >= self.last or self.words[index] in _CLOSING

    def early(self) -> bool:
        """Whether the story is stamped just after midnight."""
        return self.clock.hour is not None and self.clock.hour < self.tables.settings.get("after_midnight_hours", 0)

    def dawned(self, day: date, leads: bool) -> bool:
        """Whether the day after the stamp's has begun where a story stamped late in the evening (UTC) is written; told
        from its first words (leads) or, when it is later still, from any."""
        hours = self.tables.settings.get("before_midnight_hours" if leads else "before_midnight_anywhere_hours", 24)
        return self.clock.hour is not None and self.clock.hour >= hours and day == self.today + timedelta(days=1)

    def spoken_day(self, past: bool = False) -> date:
        """The day that اليوم means: after midnight a story still speaks from the evening before; for أمس (past) only in
        the first hours, as a story of the early morning tells of the evening as yesterday."""
        hours = self.tables.settings.get("yesterday_after_midnight_hours", 0)
        early = self.early() and (not past or (self.clock.hour is not None and self.clock.hour < hours))
        return self.today - timedelta(days=1) if early else self.today

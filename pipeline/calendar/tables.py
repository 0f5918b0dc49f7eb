"""The calendar words of a language, compiled for lookup."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.calendar.words import (
    ANCHOR,
    ANCHOR_HEAD,
    ANCHOR_SECOND,
    BEGINNINGS,
    HEAD,
    LEAD,
    SECOND,
    START,
    Meaning,
    Vocabulary,
    senses_of,
    whole_number,
)  # fmt: skip
from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon, splits
from pipeline.numbers import NumberTables
from pipeline.text import fold_key

_MEMO_LIMIT = 200_000
_REACH = 12  # words from the beginning of an expression to the first word that it hangs on


@dataclass(frozen=True)
class DateTables:
    """Calendar words of one language. A language without calendar tables gives no date mentions.

    before and after map a word to the kinds of date that it makes a name or a quantity (calendar_not_dates.csv);
    cues maps a word to "future", "past", "relative" (a clause of another time) or "lasting" (what still goes on).
    states maps a word to "ongoing" (منذ and an amount after it is a limit), "lasting" or "past"; spellings are raw
    words that only look like a calendar word when folded (the name آلان).
    """

    lexicon: Lexicon
    numbers: NumberTables
    prefixes: tuple[str, ...]
    heads: dict[str, int]
    seconds: dict[str, int]
    article: str
    before: dict[str, frozenset[str]]
    after: dict[tuple[str, ...], frozenset[str]]
    cues: dict[str, str]
    verb_prefixes: tuple[str, ...]
    not_verbs: frozenset[str]
    not_verb_stems: tuple[str, ...]
    settings: dict[str, int]
    ongoing_prefixes: tuple[str, ...] = ()
    past_suffixes: tuple[str, ...] = ()
    not_past_suffixes: tuple[str, ...] = ()
    not_ongoing: frozenset[str] = frozenset()
    states: dict[str, str] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()
    after_heads: frozenset[str] = frozenset()
    _looks: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _text: list[Any] = field(default_factory=lambda: [None, b"", []], repr=False, compare=False)
    _bits: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _before: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _cues: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _states: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> DateTables:
        """Read the calendar_*.csv tables of a pack; raises TableError naming file and line of a wrong row."""
        vocabulary = Vocabulary.from_pack(pack)
        entries: list[tuple[tuple[str, ...], Meaning]] = list(vocabulary.phrases.items())
        before: dict[str, set[str]] = {}
        after: dict[tuple[str, ...], set[str]] = {}
        spellings: set[str] = set()
        for row in pack.table("calendar_not_dates"):
            key = fold_key(row["phrase"])
            if row["side"] == "before":
                before.setdefault(key[-1], set()).add(row["applies"])
            elif row["side"] == "after":
                after.setdefault(key, set()).add(row["applies"])
            elif row["side"] == "spelling":
                spellings.add(row["phrase"])
            else:
                raise row.error("side must be before, after or spelling")
        senses = senses_of(pack.table("calendar_future_words"))
        cues = {word: sense for sense in ("past", "relative", "lasting", "future") for word in senses.get(sense, ())}
        return cls(
            Lexicon(entries, pack.prefixes),
            NumberTables.from_pack(pack),
            pack.prefixes,
            vocabulary.heads,
            vocabulary.seconds,
            next((key[0] for key, made in entries if "the" in made.kinds), "\0"),
            {word: frozenset(applies) for word, applies in before.items()},
            {phrase: frozenset(applies) for phrase, applies in after.items()},
            cues,
            tuple(senses.get("verb_prefix", ())),
            frozenset(senses.get("not_verb", ())),
            tuple(senses.get("not_verb_stem", ())),
            {row["name"]: whole_number(row, "value") for row in pack.table("calendar_settings")},
            tuple(senses.get("ongoing_prefix", ())),
            tuple(senses.get("past_suffix", ())),
            tuple(senses.get("not_past_suffix", ())),
            frozenset(senses.get("not_ongoing", ())),
            {word: sense for sense in ("ongoing", "lasting", "past", "over") for word in senses.get(sense, ())},
            frozenset(spellings),
            frozenset(phrase[0] for phrase in after),
        )

    def starts(self, words: Sequence[str], first: int, last: int) -> list[int]:
        """Where in the words first..last (exclusive) an expression may begin.

        The bits of a text's words are looked up once for all of its sentences.
        """
        text, codes, marks = self._text
        if text is not words or len(codes) != len(words):
            codes, marks = self._marks(words)
            self._text[:] = words, codes, marks
        low, high = bisect_left(marks, first), bisect_left(marks, last)
        found: list[int] = []
        anchor, before, open_ = last + _REACH, last, False
        while high > low:
            high -= 1
            index = marks[high]
            here = codes[index]
            following = codes[index + 1] if index + 1 < last else 0
            if here & ANCHOR or (here & ANCHOR_HEAD and following & ANCHOR_SECOND):
                anchor = index
            phrase = following & SECOND
            begins = here & START or (here & HEAD and phrase)
            if not begins and here & LEAD:
                begins = phrase or (open_ and before == index + 1)
            open_, before = bool(begins) and anchor - index < _REACH, index
            if open_:
                found.append(index)
        found.reverse()
        return found

    def _marks(self, words: Sequence[str]) -> tuple[bytes, list[int]]:
        """The bits of every word, and the words that can begin an expression or anchor one (by what follows them)."""
        try:
            known = bytes(map(self._bits.__getitem__, words))
        except KeyError:
            known = bytes([self._bits[word] if word in self._bits else self._remember(word) for word in words])
        return known, [match.start() for match in BEGINNINGS.finditer(known)]

    def _remember(self, word: str) -> int:
        if len(self._bits) >= _MEMO_LIMIT:
            self._bits.clear()
        bits = self.seconds.get(word, 0)
        for _, stem in splits(word, self.prefixes):
            bits |= self.heads.get(stem, 0)
        if not self.heads:
            bits = 0
        elif word == "/":
            bits |= ANCHOR
        elif word[0].isdigit():
            dated = word.count(".") == 2 or self.bare_year(word) is not None
            bits |= START | (ANCHOR if dated else 0)
        elif self.numbers.leading(word) is not None or self.numbers.leading(self.without_article(word)) is not None:
            bits |= START
        self._bits[word] = bits
        return bits

    def look(self, word: str) -> Any:
        """(meaning, 1, clitics) of a word that begins no longer phrase, None of an unknown one, else a list."""
        try:
            return self._looks[word]
        except KeyError:
            if len(self._looks) >= _MEMO_LIMIT:
                self._looks.clear()
            options = self.lexicon.options(word)
            short = options is not None and not options[0][1]
            found = self._looks[word] = (options[0][2][0], 1, options[0][0]) if short and options else options
            return found

    def may_number(self, word: str) -> int:
        """Not zero when a number may begin at the word; zero is certain."""
        return self._bits.get(word, START) & START

    def without_article(self, word: str) -> str:
        """The word without the article and the clitics before it (والثلاثة gives ثلاثة); itself when it has none."""
        if self.article in word[:3]:
            for prefix in ("", *self.prefixes):
                if word.startswith(prefix + self.article):
                    return word[len(prefix) + len(self.article) :] or word
        return word

    def bare_year(self, word: str) -> int | None:
        """A word of four digits that may be a year without the word عام."""
        if len(word) == 4 and word.isdecimal():
            year = int(word)
            if self.settings.get("earliest_bare_year", 9999) <= year <= self.settings.get("latest_bare_year", 0):
                return year
        return None

    def makes_name(self, word: str) -> frozenset[str]:
        """The kinds of date that this word before them makes a name (ثورة 25 يناير), clitics allowed."""
        if word not in self._before:
            if len(self._before) >= _MEMO_LIMIT:
                self._before.clear()
            stems = (stem for _, stem in splits(word, self.prefixes))
            self._before[word] = next((self.before[stem] for stem in stems if stem in self.before), frozenset())
        return self._before[word]

    def cue(self, word: str) -> str:
        """future, past, relative, lasting or "": what the word says of the time of its clause."""
        found = self._cues.get(word)
        if found is None:
            if len(self._cues) >= _MEMO_LIMIT:
                self._cues.clear()
            found = self._cues[word] = self._cue(word)
        return found

    def state(self, word: str) -> str:
        """ongoing, lasting, past, over or "": whether the word tells of what goes on or of what is over."""
        found = self._states.get(word)
        if found is None:
            if len(self._states) >= _MEMO_LIMIT:
                self._states.clear()
            stems = [stem for _, stem in splits(word, self.prefixes)]
            found = next((self.states[stem] for stem in stems if stem in self.states), "")
            if not found and len(word) > 3 and self.not_ongoing.isdisjoint(stems):
                plain = any(stem.startswith(self.ongoing_prefixes) for stem in stems)
                over = word.endswith(self.past_suffixes) and not word.endswith(self.not_past_suffixes)
                found = "over" if over and self.article not in word[:3] and not plain else "ongoing" if plain else ""
            self._states[word] = found
        return found

    def _cue(self, word: str) -> str:
        stems = [stem for _, stem in splits(word, self.prefixes)]
        for stem in stems:
            if stem in self.cues:
                return self.cues[stem]
        for stem in stems:
            if stem in self.not_verbs or stem.startswith(self.not_verb_stems):
                return ""
            if len(stem) > 4 and stem.startswith(self.verb_prefixes):
                return "future"
        return ""

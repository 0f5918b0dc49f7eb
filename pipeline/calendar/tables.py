"""The calendar words of a language, compiled for lookup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.calendar.beginnings import Beginnings
from pipeline.calendar.numerals import Numerals
from pipeline.calendar.words import (
    ANCHOR,
    NO_MEANING,
    NOTHING,
    NUMBER,
    OUTLOOKS,
    START,
    UNDECIDED,
    Meaning,
    Reading,
    Vocabulary,
    read_as,
    senses_of,
    told_by,
    whole_number,
)  # fmt: skip
from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon, splits
from pipeline.machinery.memo import Memo
from pipeline.numbers import NumberTables
from pipeline.text import fold_key


@dataclass(frozen=True)
class DateTables:
    """Calendar words of one language. A language without calendar tables gives no date mentions.

    before and after map a word to the kinds of date that it makes a name or a quantity (calendar_not_dates.csv);
    cues maps a word to "future", "past", "relative" (a clause of another time) or "lasting" (what still goes on).
    states maps a word to "ongoing" (منذ and an amount after it is a limit), "lasting" or "past"; spellings are raw
    words that only look like a calendar word when folded (the name آلان). outlooks maps a word to "present" (a verb of
    programmes), "plan" (what is put off or waited for), "call" (the same of what follows إلى), "vote" (the same of
    a day that is near), "that" (أن) or "was".
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
    outlooks: dict[str, str] = field(default_factory=dict)
    present_prefixes: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()

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
            {w: sense for sense in OUTLOOKS for w in senses.get(sense, ())},
            tuple(senses.get("present_prefix", ())),
            told_by(pack),
        )

    @cached_property
    def starts(self) -> Callable[[Sequence[str], int, int], list[int]]:
        """Words, first, last → where in the words first..last (exclusive) an expression may begin."""
        return Beginnings(self._bits_of).within

    def _bits_of(self, word: str) -> int:
        if not self.heads:
            return 0
        bits = self.seconds.get(word, 0)
        for _, stem in splits(word, self.prefixes):
            bits |= self.heads.get(stem, 0)
        if word == "/":
            return bits | ANCHOR
        if word[0].isdigit():
            dated = word.count(".") == 2 or self.bare_year(word) is not None
            return bits | START | (ANCHOR if dated else 0)
        return bits | START if self.numerals.may_begin(word) else bits

    @cached_property
    def looks(self) -> Memo[Reading | None]:
        """Word → its reading when it begins no longer phrase; None when the words after it decide. "" is no word."""
        return Memo(self._look)

    def _look(self, word: str) -> Reading | None:
        options = self.lexicon.options(word) if word else None
        if options is None:
            begins = word != "" and self.numerals.begins[word]
            return NO_MEANING, 1, "", NOTHING if not begins else NUMBER if word[0].isdigit() else UNDECIDED
        return read_as(options[0][2][0], 1, options[0][0]) if not options[0][1] else None

    @cached_property
    def phrases(self) -> Memo[dict[str, list[tuple[tuple[str, ...], Reading]]]]:
        """Word → the phrases of two and more words that may begin at it, by their second word, longest first.

        Under "" stands what the word means when no such phrase is there.
        """
        return Memo(self._phrases)

    def _phrases(self, word: str) -> dict[str, list[tuple[tuple[str, ...], Reading]]]:
        found: dict[str, list[tuple[tuple[str, ...], Reading]]] = {}
        for clitics, rest, payloads in self.lexicon.options(word) or ():
            found.setdefault(rest[0] if rest else "", []).append((rest, read_as(payloads[0], 1 + len(rest), clitics)))
        found.setdefault("", []).append(((), (NO_MEANING, 1, "", UNDECIDED)))
        return found

    def alone(self, word: str) -> Meaning:
        """What the word means when no longer phrase begins at it."""
        look = self.looks[word]
        return look[0] if look is not None else self.phrases[word][""][0][1][0]

    def phrase(self, words: list[str], index: int, last: int) -> Reading:
        """The longest phrase that begins at a word whose look is None."""
        phrases = self.phrases[words[index]]
        second = words[index + 1] if index + 1 < last else ""
        if second and second in phrases:
            for rest, reading in phrases[second]:
                end = index + 1 + len(rest)
                if len(rest) == 1 or (end <= last and tuple(words[index + 1 : end]) == rest):
                    return reading
        return phrases[""][0][1]

    @cached_property
    def numerals(self) -> Numerals:
        return Numerals(self.numbers, self.prefixes, self.article)

    def bare_year(self, word: str) -> int | None:
        """A word of four digits that may be a year without the word عام."""
        if len(word) == 4 and word.isdecimal():
            year = int(word)
            if self.settings.get("earliest_bare_year", 9999) <= year <= self.settings.get("latest_bare_year", 0):
                return year
        return None

    @cached_property
    def makes_name(self) -> Memo[frozenset[str]]:
        """Word → the kinds of date that it makes a name when it stands before them (ثورة 25 يناير), clitics allowed."""
        return Memo(self._makes_name)

    def _makes_name(self, word: str) -> frozenset[str]:
        stems = (stem for _, stem in splits(word, self.prefixes))
        return next((self.before[stem] for stem in stems if stem in self.before), frozenset())

    @cached_property
    def cue(self) -> Memo[str]:
        """Word → future, past, relative, lasting or "": what it says of the time of its clause."""
        return Memo(self._cue)

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

    @cached_property
    def tells(self) -> Memo[bool]:
        """Word → whether it is a trigger that tells of what happened, clitics allowed."""
        return Memo(lambda word: any(stem in self.told for _, stem in splits(word, self.prefixes)))

    @cached_property
    def state(self) -> Memo[str]:
        """Word → ongoing, lasting, past, over or "": whether it tells of what goes on or of what is over."""
        return Memo(self._state)

    def _state(self, word: str) -> str:
        stems = [stem for _, stem in splits(word, self.prefixes)]
        found = next((self.states[stem] for stem in stems if stem in self.states), "")
        if not found and len(word) > 3 and self.not_ongoing.isdisjoint(stems):
            plain = any(stem.startswith(self.ongoing_prefixes) for stem in stems)
            over = word.endswith(self.past_suffixes) and not word.endswith(self.not_past_suffixes)
            found = "over" if over and self.article not in word[:3] and not plain else "ongoing" if plain else ""
        return found

    @cached_property
    def outlook(self) -> Memo[str]:
        """Word → future, plan, call, present, past, was (كان، لم), relative or "": where its clause lies in time."""
        return Memo(self._outlook)

    def _outlook(self, word: str) -> str:
        found = next((self.outlooks[stem] for _, stem in splits(word, self.prefixes) if stem in self.outlooks), "")
        if found:
            return "present" if found == "lasting" else found
        if self.cue[word]:
            return self.cue[word]
        return "past" if self.state[word] in ("past", "over") else ""

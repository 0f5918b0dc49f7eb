"""The calendar words of a language, compiled for lookup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon, splits
from pipeline.numbers import NumberTables
from pipeline.resources import Row
from pipeline.text import fold_key

_MEMO_LIMIT = 200_000
# Without one of these kinds a sentence holds no date; two-valued words such as هذا or من are not among them.
_ANCHORS = frozenset(
    ("weekday", "month", "unit", "relative", "season", "decade", "holiday", "vague", "earlier", "later")
)


# No expression begins with one of these.
_INNER = frozenset(
    ("of", "in", "and", "to", "that", "passing", "and_half", "several_after", "now", "hijri_mark", "era_mark")
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A calendar word's meaning: kind names its table, value and sub what the table says of it."""

    kind: str
    value: int = 0
    sub: str = ""
    use: str = ""
    definite: bool = False
    month: int = 0
    length: int = 0


def _number(row: Row, column: str) -> int:
    try:
        return int(row[column])
    except ValueError as error:
        raise row.error(f"{column} must be a whole number, not {row[column]!r}") from error


# How a row of each table becomes an atom.
_READERS: dict[str, tuple[str, Callable[[Row], Atom]]] = {
    "weekdays": ("word", lambda r: Atom("weekday", _number(r, "day") - 1, definite=r["form"] == "definite")),
    "months": ("word", lambda r: Atom("month", _number(r, "month"), r["calendar"], r["alone"])),
    "units": ("word", lambda r: Atom("unit", _number(r, "count"), r["unit"], definite=r["definite"] == "yes",
                                 use=r["definite"])),
    "relatives": ("phrase", lambda r: Atom("relative", _number(r, "offset"), r["midnight"], r["use"])),
    "modifiers": ("word", lambda r: Atom("modifier", _number(r, "step"), r["sense"], r["position"])),
    "dayparts": ("phrase", lambda r: Atom("daypart", 0, r["part"], r["position"])),
    "edges": ("word", lambda r: Atom("edge", 0, r["edge"])),
    "bounds": ("phrase", lambda r: Atom(r["role"])),
    "ordinals": ("phrase", lambda r: Atom("ordinal", _number(r, "value"))),
    "seasons": ("word", lambda r: Atom("season", _number(r, "first_month"), definite=r["definite"] == "yes")),
    "decades": ("word", lambda r: Atom("decade", _number(r, "decade"), definite=r["definite"] == "yes")),
    "holidays": ("phrase", lambda r: Atom("holiday", _number(r, "day"), r["calendar"], month=_number(r, "month"),
                                          length=_number(r, "length"))),
    "vague": ("phrase", lambda r: Atom("vague", sub=r["means"])),
}  # fmt: skip


@dataclass(frozen=True)
class DateTables:
    """Calendar words of one language. A language without calendar tables gives no date mentions.

    before and after map a word to the kinds of date that it makes a name or a quantity (calendar_not_dates.csv);
    cues maps a word to "future", "past" or "relative" (a clause of another time); settings are calendar_settings.csv.
    """

    lexicon: Lexicon
    numbers: NumberTables
    prefixes: tuple[str, ...]
    heads: frozenset[str]
    starters: frozenset[str]
    article: str
    before: dict[str, frozenset[str]]
    after: dict[tuple[str, ...], frozenset[str]]
    cues: dict[str, str]
    verb_prefixes: tuple[str, ...]
    not_verbs: frozenset[str]
    not_verb_stems: tuple[str, ...]
    settings: dict[str, int]
    _starters: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    _anchors: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    _before: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _cues: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> DateTables:
        """Read the calendar_*.csv tables of a pack; raises TableError naming file and line of a wrong row."""
        entries: list[tuple[tuple[str, ...], Atom]] = []
        heads, starters = set(), set()
        for name, (column, atom) in _READERS.items():
            for row in pack.table(f"calendar_{name}"):
                key, made = fold_key(row[column]), atom(row)
                if not key:
                    raise row.error(f"{column} is empty")
                entries.append((key, made))
                if made.kind not in _INNER:
                    starters.add(key[0])
                shifts = made.kind == "modifier" and made.use == "after" and made.sub in ("past", "current", "future")
                if made.kind in _ANCHORS or shifts:
                    heads.add(key[0])
        before: dict[str, set[str]] = {}
        after: dict[tuple[str, ...], set[str]] = {}
        for row in pack.table("calendar_not_dates"):
            key = fold_key(row["phrase"])
            if row["side"] == "before":
                before.setdefault(key[-1], set()).add(row["applies"])
            elif row["side"] == "after":
                after.setdefault(key, set()).add(row["applies"])
            else:
                raise row.error("side must be before or after")
        senses = _senses(pack.table("calendar_future_words"))
        cues = {word: sense for sense in ("past", "relative", "future") for word in senses.get(sense, ())}
        return cls(
            Lexicon(entries, pack.prefixes),
            NumberTables.from_pack(pack),
            pack.prefixes,
            frozenset(heads),
            frozenset(starters),
            next((key[0] for key, made in entries if made.kind == "the"), "\0"),
            {word: frozenset(applies) for word, applies in before.items()},
            {phrase: frozenset(applies) for phrase, applies in after.items()},
            cues,
            tuple(senses.get("verb_prefix", ())),
            frozenset(senses.get("not_verb", ())),
            tuple(senses.get("not_verb_stem", ())),
            {row["name"]: _number(row, "value") for row in pack.table("calendar_settings")},
        )

    def may_start(self, word: str) -> bool:
        """Whether an expression may begin with this word; all others are skipped at the cost of one lookup."""
        known = self._starters.get(word)
        if known is None:
            if len(self._starters) >= _MEMO_LIMIT:
                self._starters.clear()
            known = any(stem in self.starters for _, stem in splits(word, self.prefixes))
            known = known or word[0].isdigit() or self.numbers.leading(word) is not None
            known = known or self.numbers.leading(self.without_article(word)) is not None
            self._starters[word] = known
        return known

    def without_article(self, word: str) -> str:
        """The word without the article and the clitics before it (والثلاثة gives ثلاثة); itself when it has none."""
        if self.article in word[:3]:
            for prefix in ("", *self.prefixes):
                if word.startswith(prefix + self.article):
                    return word[len(prefix) + len(self.article) :] or word
        return word

    def is_anchor(self, word: str) -> bool:
        """Whether a date may hang on this word; everything else is skipped at the cost of one lookup."""
        if word not in self._anchors:
            if len(self._anchors) >= _MEMO_LIMIT:
                self._anchors.clear()
            self._anchors[word] = self._anchors_a_date(word)
        return self._anchors[word]

    def _anchors_a_date(self, word: str) -> bool:
        if word == "/":
            return bool(self.heads)
        if word[0].isdigit():
            return bool(self.heads) and (word.count(".") == 2 or (len(word) == 4 and self.bare_year(word) is not None))
        return any(stem in self.heads for _, stem in splits(word, self.prefixes))

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
        """future, past, relative or "": what the word says of the time of its clause."""
        if word not in self._cues:
            if len(self._cues) >= _MEMO_LIMIT:
                self._cues.clear()
            self._cues[word] = self._cue(word)
        return self._cues[word]

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


def _senses(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Folded first words of calendar_future_words.csv by sense; raises TableError on an unknown sense."""
    senses: dict[str, list[str]] = {}
    for row in rows:
        if row["sense"] not in ("future", "past", "relative", "verb_prefix", "not_verb", "not_verb_stem"):
            raise row.error("unknown sense")
        senses.setdefault(row["sense"], []).append(fold_key(row["word"])[0])
    return senses

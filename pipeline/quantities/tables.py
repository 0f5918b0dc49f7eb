"""The words of counting people: nouns with their duals and plurals, cues, modifiers, and what is no people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.languages import LanguagePack
from pipeline.lexicon import Lexicon
from pipeline.machinery.quick import dataclass
from pipeline.numbers import NumberTables
from pipeline.text import fold_key

_PRONOUNS = ("ه", "ها", "هم", "هما")
KINDS = ("", "killed", "injured", "captured", "crowd")
CLASSES = frozenset((
    "attempt", "both", "collective", "company", "cue", "fall", "fell", "fell_before", "function", "guard", "harm",
    "incident", "label", "lead", "meet", "met", "mod", "negation", "one_of", "other_sense", "others", "preposition",
    "pronoun", "recent", "rise", "since", "span", "subset", "superlative", "them", "thing", "toll", "total", "unharmed",
    "vague", "within",
))  # fmt: skip


_COUNTS = frozenset(("noun", "vague", "one_of", "met", "pronoun", "others", "collective"))
_USEFUL = frozenset(("both", "cue", "harm", "met", "noun", "pronoun", "unharmed", "vague"))


@dataclass(frozen=True, slots=True)
class Word:
    """One meaning of a phrase: its class, the class's own value, the kind of count it speaks of.

    class noun: value is s (singular), a (singular accusative), d (dual), p (plural), x (dual or plural: مدنيين);
    definite tells the article.
    """

    name: str
    value: str
    kind: str
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Meanings:
    """All meanings of a phrase: by_class has the first of each class.

    counts: it may begin a count; useful: it counts or says what is counted.
    """

    words: tuple[Word, ...]
    by_class: Mapping[str, Word]
    counts: bool
    useful: bool

    @classmethod
    def of(cls, words: Sequence[Word]) -> Meanings:
        by_class = {word.name: word for word in reversed(words)}
        return cls(tuple(words), by_class, not _COUNTS.isdisjoint(by_class), not _USEFUL.isdisjoint(by_class))


NUMBER = Meanings((), {}, True, True)


@dataclass(frozen=True)
class QuantityTables:
    """One lexicon of all phrases (payload: their Meanings), the number words, and the words that are never counted."""

    phrases: Lexicon
    numbers: NumberTables
    functions: frozenset[str]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> QuantityTables:
        """Read quantity_words.csv and quantity_nouns.csv; raises TableError on an unknown class or kind."""
        entries: list[tuple[tuple[str, ...], Word]] = []
        functions: set[str] = set()
        for row in pack.table("quantity_words"):
            if row["class"] not in CLASSES:
                raise row.error(f"class {row['class']!r} is not one of {', '.join(sorted(CLASSES))}")
            if row["kind"] not in KINDS:
                raise row.error(f"kind {row['kind']!r} is not one of {', '.join(KINDS)}")
            if row["class"] == "function":
                functions.update(fold_key(row["phrase"]))
            else:
                entries.append((fold_key(row["phrase"]), Word(row["class"], row["value"], row["kind"])))
        bare = frozenset(fold_key(row["noun"])[0] for row in pack.table("quantity_nouns"))
        for row in pack.table("quantity_nouns"):
            if row["kind"] not in KINDS:
                raise row.error(f"kind {row['kind']!r} is not one of {', '.join(KINDS)}")
            entries.extend(_noun_forms(row["noun"], row.listed("plurals"), row["kind"], pack.code, bare))
        meanings: dict[tuple[str, ...], list[Word]] = {}
        for phrase, word in entries:
            meanings.setdefault(phrase, []).append(word)
        phrases = Lexicon([(phrase, Meanings.of(words)) for phrase, words in meanings.items()], pack.prefixes)
        return cls(phrases, NumberTables.from_pack(pack), frozenset(functions))

    def may_begin(self, word: str, stems: frozenset[str], readings: object) -> bool:
        """The test of a gate."""
        return word[0].isdigit() or not self.numbers.words.keys().isdisjoint(stems) or \
            self.phrases.may_begin(word, stems, readings)  # fmt: skip


def _noun_forms(noun: str, plurals: tuple[str, ...], kind: str, code: str,
                bare: frozenset[str]) -> list[tuple[tuple[str, ...], Word]]:  # fmt: skip
    """A noun's forms in folded words; bare holds all nouns of the table, which no form with a pronoun may equal.

    The Arabic dual and accusative follow from the singular.
    """
    forms: dict[str, str] = {}
    for plural in plurals:
        forms[plural] = "p"
        if code == "ar" and plural.endswith(("ين", "ون")) and not plural.endswith("يين"):
            forms[plural[:-1]] = "p"  # مسلحي الحركة, مقاتلو الحزب: without ن before another noun
    if code == "ar":
        stem = f"{noun[:-1]}ت" if noun.endswith("ة") else noun
        for ending, number in (("ان", "d"), ("ين", "d")):
            forms[stem + ending] = "x" if stem + ending in plurals else number
        if not noun.endswith("ة"):
            forms.setdefault(noun + "ا", "a")
    articles = ("", "ال") if code == "ar" else ("",)
    forms.setdefault(noun, "s")  # إصابات is listed as its own plural: its singular is a cue
    entries = [
        (fold_key(article + form), Word("noun", number, kind, bool(article)))
        for form, number in forms.items()
        for article in articles
    ]
    if code == "ar":  # سائقها, جنوده: a pronoun makes the noun definite; not for endings that change before it
        owned = {form: number for form, number in forms.items() if number in "sp" and not form.endswith(("ون", "ين"))}
        entries.extend(
            (fold_key((f"{form[:-1]}ت" if form.endswith("ة") else form) + pronoun), Word("noun", number, kind, True))
            for form, number in owned.items()
            for pronoun in _PRONOUNS
            if fold_key(form + pronoun)[0] not in bare
        )
        stem = f"{noun[:-1]}ت" if noun.endswith("ة") else noun
        entries.extend(
            (fold_key(stem + ending + pronoun), Word("noun", "d", kind, True))
            for ending in ("ا", "ي")
            for pronoun in _PRONOUNS
            if not noun.endswith("ي")
        )  # طفلاهما, طفليها
    return entries

"""Between the readings of a word that is both a verb and its verbal noun, and between active and passive."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.lexicon import splits
from pipeline.morphology.index import FINITE, Reading

Contexts = dict[str, frozenset[str]]  # classes of trigger_contexts.csv
DAMMA, FATHA = "\u064f", "\u064e"
_NONE: frozenset[str] = frozenset()


def _adjective(word: str) -> bool:
    """Whether an indefinite word looks like an adjective of relation (جوي، إسرائيلية)."""
    return word.endswith(("ي", "يه")) and len(word) > 3 and not word.startswith("ال")


def surely_noun(previous: str, following: str, contexts: Contexts) -> bool:
    """Whether the words beside say that a spelling of both kinds is the verbal noun (بعد قصف المدينة, قصف جوي)."""
    if previous in contexts.get("before_noun", _NONE) or following in contexts.get("after_noun", _NONE):
        return True
    return _adjective(following) and following not in contexts.get("counted", _NONE)


def likely(readings: Sequence[Reading], previous: str, following: str, contexts: Contexts) -> Reading:
    """The likelier reading where nothing is sure: a verb begins a clause or follows a definite noun."""
    if len(readings) == 1:
        return readings[0]
    verbs = [r for r in readings if r.form.form in FINITE]
    nouns = [r for r in readings if r.form.form not in FINITE]
    if not verbs or not nouns:
        return readings[0]
    if following in contexts.get("after_noun", _NONE):
        return nouns[0]
    if verbs[0].prefix or not previous.isalpha() or previous in contexts.get("before_verb", _NONE):
        return verbs[0]
    definite = any(stem.startswith("ال") for _, stem in splits(previous, ("و", "ب", "ل", "ف")))
    return verbs[0] if definite else nouns[0]


def voice(reading: Reading, raw: str, following: str, transitive: bool, contexts: Contexts) -> str:
    """active, passive or "": from the spelling, a written vowel (قُتل), or the count that follows (قتل خمسة).

    raw is the word as printed; transitive: the verb takes a target as its object.
    """
    if reading.form.voice:
        return reading.form.voice
    if reading.suffix:
        return "active"  # a pronoun after a verb is its object
    for index, char in enumerate(raw):
        if char in (DAMMA, FATHA) and sum(c.isalpha() for c in raw[:index]) == len(reading.prefix) + 1:
            return "passive" if char == DAMMA else "active"
    if transitive and (following in contexts.get("counted", _NONE) or following.isdigit()):
        return "passive"
    return ""

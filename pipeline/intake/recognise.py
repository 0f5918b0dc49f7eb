"""Which language a text is in, as far as the input needs to know: Arabic, or surely something else."""

from __future__ import annotations

SAMPLE = 1_500  # characters looked at
# Letters of Persian, Urdu, Pashto and Kurdish that Arabic has not; those of Urdu alone.
_FOREIGN = "پچژکگیہےںٹڈڑھەێۆڵڕېړږڼځڅ"
_URDU = "ٹڈڑےںھہ"
# What only Arabic writes so: words with the article, words that end in ta marbuta, the commonest prepositions.
_ARTICLE = ("ال", "وال", "بال", "لل", "فال", "كال", "وبال", "ولل")
_PREPOSITIONS = frozenset(("في", "من", "على", "عن", "إلى", "الى", "أن"))
_AROUND = "«»\"'()[]{}،؛؟:.,!?-–…#*“”"


def language_of(text: str) -> str:
    """"ar" for Arabic, "fa" or "ur" for other languages in the Arabic script, "other" for other scripts, "" for a
    text without letters.

    Arabic shows itself by the article, ta marbuta and prepositions: one word in three, in Persian and Urdu hardly any.
    """
    sample = text[:SAMPLE]
    script = other = arabic = 0
    for word in sample.split():
        word = word.strip(_AROUND)
        if not word:
            continue
        first = word[0]
        if "\u0620" <= first <= "\u06d5" or "\ufb50" <= first <= "\ufefc":
            script += 1
            arabic += word.startswith(_ARTICLE) or word.endswith("ة") or word in _PREPOSITIONS
        elif first.isalpha():
            other += 1
    if not script and not other:
        return ""
    if script < 0.35 * (script + other):
        return "other"
    foreign = sum(map(sample.count, _FOREIGN))
    if (foreign > 0.02 * len(sample) and arabic < 0.12 * script) or (script >= 40 and arabic < 0.06 * script):
        return "ur" if any(letter in sample for letter in _URDU) else "fa"
    return "ar"

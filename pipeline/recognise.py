"""Which language a text is in, as far as the input needs to know: Arabic, or surely something else."""

from __future__ import annotations

import re

SAMPLE = 4_000  # characters looked at
_LETTERS = re.compile(r"[^\W\d_]")
_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
# Letters of Persian, Urdu, Pashto and Kurdish that Arabic has not.
_FOREIGN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc\u06c1\u06d2\u06ba\u0679\u0688\u0691\u06be\u06d5\u06ce\u06c6\u06b5\u0695\u06d0\u0693\u0696\u06bc\u0681\u0685]")  # fmt: skip  # noqa: E501
_URDU = re.compile("[\u0679\u0688\u0691\u06d2\u06ba\u06be\u06c1]")
_WORDS = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc]{2,}")
# Words only Arabic writes so: with the article, with ta marbuta, and the commonest prepositions.
_ARABIC_WORD = re.compile(
    "(?:[\u0648\u0641])?(?:[\u0628\u0643])?(?:\u0627\u0644|\u0644\u0644)|.*\u0629$"
    "|(?:\u0641\u064a|\u0645\u0646|\u0639\u0644\u0649|\u0639\u0646|\u0625\u0644\u0649|\u0627\u0644\u0649|\u0623\u0646)$"
)


def language_of(text: str) -> str:
    """"ar" for Arabic, "fa" or "ur" for other languages in the Arabic script, "other" for other scripts, "" for a
    text without letters.

    Arabic shows itself by the article, ta marbuta and prepositions: one word in three, in Persian and Urdu hardly any.
    """
    sample = text[:SAMPLE]
    letters = len(_LETTERS.findall(sample))
    if not letters:
        return ""
    script = len(_ARABIC_SCRIPT.findall(sample))
    if script < 0.35 * letters:
        return "other"
    words = _WORDS.findall(sample)
    arabic = sum(bool(_ARABIC_WORD.match(word)) for word in words)
    foreign = len(_FOREIGN.findall(sample))
    if (foreign > 0.02 * script and arabic < 0.12 * len(words)) or (len(words) >= 40 and arabic < 0.06 * len(words)):
        return "ur" if _URDU.search(sample) else "fa"
    return "ar"

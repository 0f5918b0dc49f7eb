"""A key that an Arabic name and its Latin spellings share, so that places with Latin names alone can be found.

The key is the skeleton of consonants: قصر بن غشير and "Qasr bin Ghashir" both give ksr bn gcr. Vowels, doubled
letters, the article and the differences between emphatic and plain consonants are dropped on both sides.
"""

from __future__ import annotations

import unicodedata

_ARABIC = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
    "ش": "c", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "", "ي": "", "ا": "", "ء": "",
}  # fmt: skip
_DIGRAPHS = (
    ("tch", "c"), ("sch", "c"), ("dj", "j"), ("kh", "x"), ("gh", "g"), ("sh", "c"), ("ch", "c"), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("ou", ""), ("aa", ""),
)  # fmt: skip
_LATIN = {"q": "k", "k": "k", "c": "k", "g": "g", "v": "f", "p": "b", "w": "", "y": "", "x": "x", "j": "j", "h": "h"}
_VOWELS = frozenset("aeiou")
_ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "at", "az", "an", "ash", "adh", "ath", "l"))
_DISPLAY = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ا": "a", "ء": "",
}  # fmt: skip


def arabic_key(words: tuple[str, ...]) -> str:
    """The key of folded Arabic words; "" when nothing of them has a sound that both scripts write."""
    parts = []
    for position, word in enumerate(words):
        stem = word[2:] if word.startswith("ال") and len(word) > 3 else word
        if stem.endswith("ه") and len(stem) > 2:
            stem = stem[:-1]
        sounds = "".join(_ARABIC.get(char, "") for char in stem)
        if position == 0 and stem[:1] in ("و", "ي"):
            sounds = stem[0].replace("و", "w").replace("ي", "y") + sounds
        parts.append(_squeezed(sounds))
    return " ".join(part for part in parts if part)


def latin_key(name: str) -> str:
    """The key of a Latin spelling, without marks, articles and vowels."""
    plain = unicodedata.normalize("NFKD", name.replace("ʿ", "").replace("ʼ", "").replace("’", "").replace("'", ""))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    parts = []
    for position, word in enumerate("".join(c if c.isalpha() else " " for c in plain).split()):
        if word in _ARTICLES:
            continue
        stem = word[:-1] if len(word) > 3 and word.endswith("h") and word[-2] in _VOWELS else word
        first = stem[0] if position == 0 and stem[0] in "wy" else ""
        for old, new in _DIGRAPHS:
            stem = stem.replace(old, new.upper() or "a")
        sounds = "".join(
            char.lower() if char.isupper() else "" if char in _VOWELS else _LATIN.get(char, char) for char in stem
        )
        parts.append(_squeezed(first + sounds))
    return " ".join(part for part in parts if part)


def romanised(words: tuple[str, ...]) -> str:
    """A readable Latin spelling of folded Arabic words without vowels known: حدقه gives Hadqah-like forms ("Hdqh")."""
    spelled = []
    for word in words:
        article = "Al " if word.startswith("ال") and len(word) > 3 else ""
        stem = word[2:] if article else word
        latin = "".join(_DISPLAY.get(char, char) for char in stem)
        spelled.append(article + latin[:1].upper() + latin[1:])
    return " ".join(spelled)


def _squeezed(sounds: str) -> str:
    return "".join(char for index, char in enumerate(sounds) if index == 0 or char != sounds[index - 1])

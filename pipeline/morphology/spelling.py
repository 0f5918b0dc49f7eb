"""From vowelled stems to the folded spelling of news text.

A stem holds Arabic letters with short vowels as Latin a, i, u between them; ا و ي after a vowel letter of their own
kind, or written without one, are long vowels. Spelling drops short vowels and seats the hamza; the result is folded
(أإآ → ا, ؤ → و, ئ → ي, ى → ي, ة → ه), so that it equals a word of pipeline.text.cut.
"""

from __future__ import annotations

from pipeline.machinery.quick import dataclass

_SHORT = "aiu"
_LONG = {"ا": "a", "و": "u", "ي": "i"}
_SEATS = {"a": "ا", "u": "و", "i": "ي"}


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a verb or noun.

    form: past, present, jussive, masdar, noun or participle; number: s, d, p; gender: m, f or "" for both; voice:
    active, passive or "" when the spelling allows both; alone: may stand without a pronoun; joined: may take one.
    """

    spelling: str
    form: str
    number: str
    gender: str
    voice: str = ""
    definite: bool = False
    alone: bool = True
    joined: bool = False


def _vowel_after(letters: str, index: int) -> str:
    """The vowel that follows the letter at the index: a, i, u or ""."""
    if index + 1 >= len(letters):
        return ""
    following = letters[index + 1]
    if following in _SHORT:
        return following
    if following in _LONG and (index + 2 >= len(letters) or letters[index + 2] not in _SHORT):
        return _LONG[following]
    return ""


def _seat(letters: str, index: int) -> str:
    """The folded letter that carries the hamza at the index."""
    if index == 0:
        return "ا"
    before = letters[index - 1]
    after = _vowel_after(letters, index)
    last = index + 1 >= len(letters)
    if before == "ا":
        return "ء" if last or after in ("a", "") else _SEATS[after]
    if before in "وي" and (index < 2 or letters[index - 2] not in _SHORT or _LONG[before] == letters[index - 2]):
        return "ء" if before == "و" or last else "ي"
    short = before if before in _SHORT else ""
    if last:
        return _SEATS[short] if short else "ء"
    for vowel in "iua":
        if vowel in (short, after):
            return _SEATS[vowel]
    return "ء"


def spell(stem: str) -> str:
    """The folded spelling of a vowelled stem: spell("yaء") is not a word, spell("بaدaءa") is بدا."""
    written = []
    for index, letter in enumerate(stem):
        if letter in _SHORT:
            continue
        written.append(_seat(stem, index) if letter == "ء" else letter)
    text = "".join(written).replace("ة", "ه").replace("ى", "ي")
    return text.replace("اا", "ا")  # أ and a long ا make one آ

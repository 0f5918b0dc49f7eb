"""Folding of spelling variants, with the offset map back to the raw text, and the cut into words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.machinery.quick import dataclass

# Characters without value for matching: harakat, dagger alif, Quranic marks, tatweel, joiners, direction marks.
_DROPPED = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\uff00-\uffef]")
_SPECIAL = re.compile(f"{_DROPPED.pattern}|{_PRESENTATION.pattern}")
# One character for one character, so that offsets stay. Order does not matter: no target is a source.
_SAME_LENGTH = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي"),
    ("ک", "ك"), ("ی", "ي"), ("ہ", "ه"), ("ھ", "ه"), ("ۀ", "ه"), ("ڤ", "ف"), ("گ", "ك"), ("پ", "ب"), ("چ", "ج"),
    ("ڨ", "ق"), ("_", " "), ("#", " "), ("\u00a0", " "), ("\u2009", " "), ("\u202f", " "), ("\u3000", " "), ("\t", " "),
    ("\r", "\n"), ("\u2028", "\n"), ("\u2029", "\n"), ("٪", "%"),
)  # fmt: skip
_TABLE = str.maketrans(dict(_SAME_LENGTH))
_SHORT = 64
_DIGITS = re.compile("[٠-٩۰-۹]")
_MARKS = frozenset(".،,:؛؟!)»\"")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|\n|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; offsets[i] is the raw index of its i-th character, None when the two texts have equal indices."""

    text: str
    offsets: list[int] | None

    def raw(self, index: int) -> int:
        return index if self.offsets is None else self.offsets[index]


@lru_cache(maxsize=4)  # several stages ask for the text of the same article
def fold(raw: str) -> Folded:
    """Fold hamza carriers, ta marbuta, alif maqsura, Persian letters and digits; drop marks without width.

    The result's offsets lead back to the raw text. Works for any string and never raises.
    """
    text, offsets = raw, None
    if _DROPPED.search(text) or _PRESENTATION.search(text):
        text, offsets = _shortened(text)
    if len(text) < _SHORT:
        text = text.translate(_TABLE)
    else:  # faster than a table for a long text
        for old, new in _SAME_LENGTH:
            text = text.replace(old, new)
    if _DIGITS.search(text):
        text = _DIGITS.sub(lambda match: str(unicodedata.digit(match.group())), text)
    return Folded(text, offsets)


def _shortened(raw: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _SPECIAL.finditer(raw):
        index = match.start()
        pieces.append(raw[at:index])
        offsets.extend(range(at, index))
        at = index + 1
        if _PRESENTATION.match(match.group()):
            full = _DROPPED.sub("", unicodedata.normalize("NFKC", match.group()))
            pieces.append(full)
            offsets.extend([index] * len(full))
    pieces.append(raw[at:])
    offsets.extend(range(at, len(raw) + 1))
    return "".join(pieces), offsets


def _words(text: str) -> tuple[list[str], list[int], list[int]]:
    """The words of a folded text with their start and end offsets; only what is more than letters with a mark behind
    them needs a pattern."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for chunk in text.split(" "):
        end = at + len(chunk)
        if chunk.isalpha():
            words.append(chunk)
            starts.append(at)
            ends.append(end)
        elif chunk[-1:] in _MARKS and chunk[:-1].isalpha():
            words += chunk[:-1], chunk[-1]
            starts += at, end - 1
            ends += end - 1, end
        elif chunk:
            for match in _WORD.finditer(text, at, end):
                words.append(match.group())
                starts.append(match.start())
                ends.append(match.end())
        at = end + 1
    return words, starts, ends


def fold_key(phrase: str) -> tuple[str, ...]:
    """A table's phrase as the tuple of folded words a Lexicon looks up."""
    return tuple(_WORD.findall(fold(phrase).text.casefold()))


def cut(raw: str) -> tuple[list[str], list[int], list[int]]:
    """Folded words of the text with their raw start and end offsets; line breaks and punctuation are words."""
    folded = fold(raw)
    text = folded.text.casefold() if not folded.text.isascii() or not folded.text.islower() else folded.text
    if len(text) != len(folded.text):  # casefold may lengthen Latin letters such as ß: keep offsets true
        text = folded.text.lower() if len(folded.text.lower()) == len(folded.text) else folded.text
    words, starts, ends = _words(text)
    if folded.offsets is not None:
        offsets = folded.offsets
        ends = [offsets[end - 1] + 1 for end in ends]
        starts = [offsets[start] for start in starts]
    return words, starts, ends

"""Numbers as news writes them: digits with separators, number words of every gender and case, duals, compounds.

A number is read at a token and never searched for, so that each stage decides what it means there. Words come from
``number_words.csv`` of the language pack; their classes are:

unit (1 to 9), ten_unit (ten alone, or the tail of a teen), teen_head (only before that tail), ten (11 to 90),
hundred (100 to 900), scale (a power of 1000), scale_dual (a scale after a number, twice the scale when alone),
dual (complete: 2000), scale_plural (a scale that needs a number before it), fraction (half, quarter of a scale),
joiner (and), linker (between a ten and its unit), never (looks like a number word and is none).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from pipeline.languages import LanguagePack
from pipeline.lexicon import splits
from pipeline.machinery.memo import Memo
from pipeline.machinery.quick import dataclass
from pipeline.text import fold_key

_CLASSES = frozenset((
    "unit", "ten_unit", "teen_head", "ten", "hundred", "scale", "scale_dual", "dual", "scale_plural",
    "fraction", "joiner", "linker", "never",
))  # fmt: skip
_SCALES = frozenset(("scale", "scale_dual", "scale_plural"))
_GROUP_STARTS = frozenset(("unit", "ten_unit", "teen_head", "ten", "hundred"))


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number word: its class and value; digits have class "digits" and an exact fraction."""

    kind: str
    value: Fraction


@dataclass(frozen=True)
class NumberTables:
    """Number words by folded word, the joining words, and the clitics that may stand before a number."""

    words: dict[str, NumberWord]
    prefixes: tuple[str, ...]
    joiners: frozenset[str]
    linkers: frozenset[str]

    @classmethod
    def from_pack(cls, pack: LanguagePack) -> NumberTables:
        """Read number_words.csv; raises TableError on an unknown class, a value that is no number or a phrase."""
        words: dict[str, NumberWord] = {}
        joiners, linkers = set(), set()
        for row in pack.table("number_words"):
            key = fold_key(row["word"])
            if row["class"] not in _CLASSES:
                raise row.error(f"class {row['class']!r} is not one of {', '.join(sorted(_CLASSES))}")
            if len(key) != 1:
                raise row.error("a number word is one word; compounds are built by the reader")
            if row["class"] == "joiner":
                joiners.add(key[0])
            elif row["class"] == "linker":
                linkers.add(key[0])
            else:
                try:
                    words[key[0]] = NumberWord(row["class"], Fraction(row["value"] or "0"))
                except ValueError as error:
                    raise row.error(f"value {row['value']!r} is no number") from error
        return cls(words, pack.prefixes, frozenset(joiners), frozenset(linkers))

    def bare(self, word: str) -> NumberWord | None:
        """The number word without clitics."""
        found = self.words.get(word)
        if found is not None:
            return None if found.kind == "never" else found
        if word[0].isdigit() and (value := digits(word)) is not None:
            return NumberWord("digits", value)
        return None

    def leading(self, word: str) -> NumberWord | None:
        """The number word at the start of a number, clitics allowed before it (وخمسة، بألف)."""
        return self._leading[word]

    @cached_property
    def _leading(self) -> Memo[NumberWord | None]:
        return Memo(self._leading_of)

    def _leading_of(self, word: str) -> NumberWord | None:
        found = self.bare(word)
        if found is None and word not in self.words:
            for prefix, rest in splits(word, self.prefixes):
                if rest in self.words and prefix + rest == word and prefix:
                    found = self.words[rest]
                    break
        return None if found is None or found.kind == "never" else found

    def prefix(self, word: str) -> str:
        """The clitics that stand before the number word ("" when the word is none, or has none)."""
        if word in self.words or self.leading(word) is None:
            return ""
        return next((p for p in self.prefixes if word.startswith(p) and word[len(p) :] in self.words), "")

    def joined(self, word: str) -> NumberWord | None:
        """The number word after a joiner written as one with it (وعشرون)."""
        return self._joined[word]

    @cached_property
    def _joined(self) -> Memo[NumberWord | None]:
        return Memo(self._joined_of)

    def _joined_of(self, word: str) -> NumberWord | None:
        found = None
        if word not in self.words:
            for joiner in self.joiners:
                if word.startswith(joiner) and len(word) > len(joiner) + 1:
                    found = self.words.get(word[len(joiner) :])
        return None if found is None or found.kind == "never" else found

    def is_scale(self, word: str) -> Fraction | None:
        """The value of a scale word after a number (ألف، آلاف، المليون), else None."""
        found = self.words.get(word) or self.words.get(word.removeprefix("ال"))
        return found.value if found is not None and found.kind in _SCALES else None


def digits(word: str) -> Fraction | None:
    """The value of a digit string: 1,200 and 1.200 are 1200, 1.5 and 1,5 are one and a half; None when odd."""
    if word.isdecimal():
        return Fraction(int(word))
    parts = word.replace("٬", ",").replace("٫", ".").replace(".", ",").split(",")
    if not all(part.isdecimal() for part in parts):
        return None
    if all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and int(parts[0]) > 0 and "٫" not in word:
        return Fraction(int("".join(parts)))
    return Fraction(f"{parts[0]}.{parts[1]}") if len(parts) == 2 else None


def number_at(words: list[str], index: int, last: int, tables: NumberTables) -> tuple[int, int] | None:
    """The whole number that begins at a token, as (value, end token); None when none begins there.

    words are folded words (pipeline.text.cut); last is exclusive. The first word may carry clitics. A compound is
    followed as far as it is one number: خمسة وعشرون is 25, ثلاثة وأربعة is only 3.
    """
    head = tables.leading(words[index])
    if head is None:
        return None
    part = _part(words, index, last, tables, head)
    if part is None:
        return None
    total, end, room = part
    while room > 1:
        following = _joined_part(words, end, last, tables)
        if following is None or following[0] >= room:
            break
        total, end, room = total + following[0], following[1], following[2]
    if total.denominator == 1:
        return int(total), end
    return None


_Part = tuple[Fraction, int, Fraction]  # value, end token, the bound that a further joined part must stay below


def _joined_part(words: list[str], index: int, last: int, tables: NumberTables) -> _Part | None:
    if index >= last:
        return None
    if words[index] in tables.joiners:
        if index + 1 >= last or (head := tables.bare(words[index + 1])) is None:
            return None
        index += 1
    elif (head := tables.joined(words[index])) is None:
        return None
    if head.kind == "fraction":  # مليون ونصف المليون
        scale = tables.is_scale(words[index + 1]) if index + 1 < last else None
        return (head.value * scale, index + 2, Fraction(0)) if scale else None
    return _part(words, index, last, tables, head)


def _part(words: list[str], index: int, last: int, tables: NumberTables, head: NumberWord) -> _Part | None:
    """A group below 1000 with its scale, or a scale alone."""
    if head.kind == "dual":
        return head.value, index + 1, head.value / 2
    if head.kind == "scale":
        return head.value, index + 1, head.value
    if head.kind == "scale_dual":
        return 2 * head.value, index + 1, head.value
    if head.kind == "fraction":
        scale = tables.is_scale(words[index + 1]) if index + 1 < last else None
        return (head.value * scale, index + 2, Fraction(0)) if scale else None
    if head.kind == "digits":
        value, end, room = head.value, index + 1, Fraction(0)
    elif head.kind in _GROUP_STARTS:
        group = _group(words, index, last, tables, head)
        if group is None:
            return None
        value, end, room = group
    else:
        return None
    scale = tables.is_scale(words[end]) if end < last else None
    if scale is not None:
        return value * scale, end + 1, scale
    return (value, end, room) if head.kind != "digits" else (value, end, Fraction(0))


def _group(words: list[str], index: int, last: int, tables: NumberTables, head: NumberWord) -> _Part | None:
    """Number words that make a value below 1000: hundreds, then units and tens."""
    end = index + 1
    if head.kind in ("unit", "ten_unit") and end < last:
        after = tables.words.get(words[end])
        if after is not None and after.kind == "hundred" and after.value == 100 and head.value < 10:
            head, end = NumberWord("hundred", head.value * 100), end + 1
    if head.kind != "hundred":
        return _tens(words, end - 1, last, tables, head)
    step = end
    joined = True
    if step < last and words[step] in tables.joiners:
        follower, step = (tables.bare(words[step + 1]) if step + 1 < last else None), step + 1
    else:
        follower = tables.joined(words[step]) if step < last else None
        joined = follower is not None
    if joined and follower is not None:
        if follower.kind == "digits" and follower.value < 100:
            return head.value + follower.value, step + 1, Fraction(0)
        if follower.kind in _GROUP_STARTS and follower.kind != "hundred":
            low = _tens(words, step, last, tables, follower)
            scaled = low is not None and low[1] < last and tables.words.get(words[low[1]])
            if low is not None and not (scaled and scaled.kind == "hundred"):
                return head.value + low[0], low[1], Fraction(0)
    return head.value, end, Fraction(0)


def _tens(words: list[str], index: int, last: int, tables: NumberTables, head: NumberWord) -> _Part | None:
    """Units, teens and tens below 100; index is the token of head."""
    end = index + 1
    if head.kind in ("unit", "teen_head") and end < last:
        after = tables.words.get(words[end])
        if after is not None and after.kind == "ten_unit":
            return head.value + after.value, end + 1, Fraction(0)
        step = end
        if words[step] in tables.joiners:
            after, step = (tables.bare(words[step + 1]) if step + 1 < last else None), step + 1
        else:
            after = tables.joined(words[step])
        if head.kind == "unit" and after is not None and after.kind == "ten":
            return head.value + after.value, step + 1, Fraction(0)
    if head.kind == "teen_head":
        return None
    if head.kind == "ten" and head.value >= 20 and end < last:
        step = end + 1 if words[end] in tables.linkers else end
        after = tables.words.get(words[step]) if step < last and tables.linkers else None
        if after is not None and after.kind == "unit":
            return head.value + after.value, step + 1, Fraction(0)
    return head.value, end, Fraction(0)

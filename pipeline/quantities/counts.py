"""Second pass: counts of people, as numbers with their noun and modifiers, duals, singulars and vague words."""

from __future__ import annotations

from pipeline.machinery.quick import replace
from pipeline.quantities.count import Count
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import Scene
from pipeline.quantities.tables import Word
from pipeline.records import Document, Sentence

_QUOTES = frozenset("\"«»“”()'")
_TIGHT = frozenset("/:")
_DASHES = frozenset("-–ـ")
_EXACT = {"at_least_after": "at_least", "up_to_after": "up_to", "about_after": "about"}
YEARS = (1900, 2100)


def counts(document: Document, scene: Scene, sentence: Sentence) -> list[Count]:
    """Counts in text order; kinds are not yet known."""
    reader = _Reader(document, scene, sentence)
    result: list[Count] = []
    position, found = 0, scene.found
    while position < len(found):
        if not found[position].means.counts:
            position += 1
            continue
        count, position = reader.at(position)
        if count is not None and not (result and _describes(count, result[-1])):
            result.append(reader.modified(count))
    return result


def _describes(count: Count, previous: Count) -> bool:
    """Whether a noun right behind a counted noun is its adjective: 5 مقاتلين سوريين, but not قتل جندي فلسطينيا."""
    if count.form not in ("singular", "plural", "dual") or count.prefix or previous.last != count.first:
        return False
    if count.form == "singular" and previous.form == "plural":
        return False
    return previous.form != "singular" or count.accusative == previous.accusative


def _thing(mark: Mark, last: int) -> Count:
    """A number of something that is no people."""
    return Count(mark.first, last, "thing", None, None, "", "", "", -1, "", False, False, mark.prefix)


class _Reader:
    def __init__(self, document: Document, scene: Scene, sentence: Sentence) -> None:
        self.document, self.words, self.sentence = document, document.words, sentence
        self.found, self.by_first, self.by_last = scene.found, scene.by_first, scene.by_last
        self.functions = scene.functions

    def at(self, position: int) -> tuple[Count | None, int]:
        """The count that begins at a mark that may begin one, and the next mark's position."""
        mark = self.found[position]
        if mark.value is not None:
            return self._number(mark, position)
        noun = mark.word("noun")
        if noun is not None and mark.word("other_sense") is None:
            count = self._noun(mark, noun)
            return count, self._after(count.last, position)
        if (vague := mark.word("vague")) is not None:
            count = self._counted(mark, "vague", None, None, vague.value)
            if count.form == "thing":
                return None, self._after(count.last, position)
            if vague.kind and not count.noun_kind:
                count = replace(count, noun_kind=vague.kind)
            return count, self._after(count.last, position)
        if mark.word("one_of") is not None:
            count = self._counted(mark, "one_of", 1, 1, "")
            return (None if count.form == "thing" else count), self._after(count.last, position)
        for form in ("met", "pronoun", "others", "collective"):
            word = mark.word(form)
            if word is not None and (form != "others" or mark.prefix in ("", "و", "ب", "ل", "وب", "ول")):
                low = {"1": 1, "2": 2, "s": 1, "d": 2}.get(word.value)
                vague_class = "" if low is not None else "several"
                return (
                    Count(mark.first, mark.last, form, low, low, "exact" if low else "vague", "",
                          word.kind, mark.first, vague_class, True, False, mark.prefix),
                    position + 1,
                )  # fmt: skip
        return None, position + 1

    def _after(self, token: int, position: int) -> int:
        """The first mark from a token on, but past the present one."""
        position += 1
        while position < len(self.found) and self.found[position].first < token:
            position += 1
        return position

    def _number(self, mark: Mark, position: int) -> tuple[Count | None, int]:
        if self._labelled(mark) or mark.value is None:
            return None, position + 1
        low, high, last = mark.value, mark.value, mark.last
        follower = self._range(mark)
        if follower is not None and follower.value is not None:
            high, last = follower.value, follower.last
        count = self._counted(replace(mark, last=last), "number", low, high, "")
        if count.form == "thing":
            return None, self._after(count.last, position)
        year = count.low == count.high and YEARS[0] <= low <= YEARS[1] and self.words[mark.first].isdecimal()
        if year and (count.bare or self._dated(mark.first)):
            return None, position + 1
        return count, self._after(count.last, position)

    def _dated(self, year: int) -> bool:
        """Whether a day and a month stand before the year: يوم 24 أوت 2016."""
        day, month = self.words[max(year - 2, 0)], self.words[max(year - 1, 0)]
        return year - 2 >= self.sentence.first and day.isdecimal() and int(day) <= 31 and month.isalpha()

    def _labelled(self, mark: Mark) -> bool:
        """Numbers that name or date something: after رقم, عام, a letter and a dash; before : / or %."""
        words, starts, ends = self.words, self.document.starts, self.document.ends
        first, last = mark.first, mark.last
        before = first - 1
        if before >= self.sentence.first and words[before] == "ال":
            before -= 1
        if before >= self.sentence.first and words[before] in "([":
            before -= 1
        label = self.by_last.get(before + 1)
        if label is not None and label.word("label") is not None:
            return True
        if first > self.sentence.first and ends[first - 1] == starts[first]:
            tight = words[first - 1]
            if tight in _TIGHT or tight == "." or (tight in _DASHES and words[first - 2].isalpha()):
                return True
            if tight.isascii() and tight.isalpha():
                return True
        if last < self.sentence.last:
            after = words[last]
            if after in "%" or (after in _TIGHT and last + 1 < self.sentence.last and words[last + 1][0].isdigit()):
                return True
            if after in _DASHES and starts[last] == ends[last - 1] and words[last + 1 : last + 2] != []:
                return words[last + 1].isalpha()
        return False

    def _range(self, mark: Mark) -> Mark | None:
        """The upper end in بين 5 و7, 5 إلى 7 and 5-7."""
        words, at = self.words, mark.last
        between = self.by_last.get(mark.first)
        is_between = between is not None and any(w.name == "mod" and w.value == "between" for w in between.means.words)
        if at >= self.sentence.last:
            return None
        follower = self.by_first.get(at + 1)
        if words[at] in _DASHES or words[at] == "الي" or (is_between and words[at] == "و"):
            return follower if follower is not None and (follower.value or 0) > (mark.value or 0) else None
        follower = self.by_first.get(at)
        return follower if is_between and follower is not None and follower.prefix == "و" and follower.value else None

    def _counted(self, mark: Mark, form: str, low: int | None, high: int | None, vague: str) -> Count:
        """The count with the noun after it; form "thing" when what follows is no people."""
        words, last, end = self.words, mark.last, self.sentence.last
        at = last
        while at < end and (words[at] in _QUOTES or words[at] == "من" or words[at] == "ال"):
            at += 1
        partitive = "من" in words[last:at]
        follower = self.by_first.get(at)
        alone = form == "vague" and not partitive and words[mark.first].startswith("ال")  # العشرات وقفة
        noun, kind, noun_first, people, bare, definite = "", "", -1, False, True, False
        if follower is not None and follower.value is None and (not follower.prefix or partitive):
            word = follower.word("noun")
            if follower.word("thing") is not None and not alone:
                return _thing(mark, follower.last)
            if word is not None:
                noun, kind, people, bare = self.document.text(follower.first, follower.last), word.kind, True, False
                noun_first, last, definite = follower.first, follower.last, word.definite
                last = self._also_one(last, low)
            elif follower.word("others") is not None:
                noun, people, bare, last = self.document.text(follower.first, follower.last), True, False, follower.last
            elif (inner := follower.word("vague") or follower.word("collective")) is not None:
                last, bare, people = follower.last, False, inner.name == "collective"
            elif (both := follower.word("both")) is not None:
                noun, kind, people, bare, last = "", both.name, True, False, follower.last
        elif at < end and (partitive or self._is_noun(at)):
            noun, bare = self.document.text(at, at + 1), False
            last = at + 1 if not partitive else last
        both_after = self.by_first.get(last)
        if both_after is not None and both_after.word("both") is not None:
            kind, last = "both", both_after.last
        elif kind == "killed" and last < end and words[last] in ("وجريح", "وجريحا", "وجرحي", "ومصاب", "ومصابا") and low:
            kind, last = "both", last + 1
        exact = "vague" if low is None else "between" if low != high else "exact"
        return Count(mark.first, last, form, low, high, exact, noun, kind, noun_first, vague, people, bare,
                     mark.prefix, definite)  # fmt: skip

    def _is_noun(self, at: int) -> bool:
        """A word that no table knows and that may be what is counted (12 حوثيا, 17 قرويا)."""
        word = self.words[at]
        if len(word) < 3 or word[0] == "و" or not word.isalpha() or at in self.by_first:
            return False
        return word not in self.functions and word[1:] not in self.functions

    def _also_one(self, last: int, low: int | None) -> int:
        """شخص واحد, جنديين اثنين: the number that repeats what the noun's form says."""
        after = self.by_first.get(last)
        return after.last if after is not None and after.value in (1, 2) and after.value == low else last

    def _noun(self, mark: Mark, noun: Word) -> Count:
        """A noun without a number before it: dual 2, singular 1, plural without a number."""
        last, after = mark.last, self._twice(mark.last) or self.by_first.get(mark.last)
        forms = {"s": ("singular", 1), "a": ("singular", 1), "d": ("dual", 2), "x": ("plural", 0), "p": ("plural", 0)}
        form, low = forms[noun.value]
        if after is not None and after.value is not None and not after.prefix:
            if after.value == 1 and low == 1:
                last = after.last
            elif after.value == 2 and noun.value in ("d", "x"):
                form, low, last = "dual", 2, after.last
        accusative = noun.value == "a" or (form == "dual" and self.words[mark.first].endswith("ين"))
        return Count(mark.first, last, form, low or None, low or None, "exact" if low else "vague",
                     self.document.text(mark.first, mark.last), noun.kind, mark.first, "" if low else "several", True,
                     False, mark.prefix, noun.definite, accusative)  # fmt: skip

    def _twice(self, at: int) -> Mark | None:
        """The number two behind a noun and its adjective: مواطنين تونسيين اثنين."""
        if at + 1 < self.sentence.last and self.words[at].endswith(("ين", "ان")):
            after = self.by_first.get(at + 1)
            return after if after is not None and after.value == 2 else None
        return None

    def modified(self, count: Count) -> Count:
        """The count with at least, more than, about, up to before or after it."""
        first, last, exact, prefix = count.first, count.last, count.exact, count.prefix
        while (before := self.by_last.get(first)) is not None and (word := before.word("mod")) is not None:
            if word.value.endswith("_after"):
                break
            if exact in ("exact", "between") and word.value != "between":
                exact = word.value
            first, prefix = before.first, before.prefix
        if first > self.sentence.first and self.words[first - 1] == "ال":
            first -= 1
        for at in range(last, min(last + 4, self.sentence.last)):
            after = self.by_first.get(at)
            if after is None:
                continue
            if after.value is not None or after.word("cue") is not None:
                break
            if (word := after.word("mod")) is not None and word.value in _EXACT:
                exact = _EXACT[word.value] if exact in ("exact", "between") else exact
                last = after.last if at == last else last
                break
        if (first, last, exact) == (count.first, count.last, count.exact):
            return count
        return replace(count, first=first, last=last, exact=exact, prefix=prefix)

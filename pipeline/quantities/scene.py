"""A sentence's marks and counts with the look-ups that the rules of counting share."""

from __future__ import annotations

from pipeline.quantities.count import Count
from pipeline.quantities.marks import Mark

LIST_GAP = 3  # tokens between two members of a list: 3 جنود أتراك و5 مدنيين
NEGATION_REACH = 5  # tokens between a negation and the people it denies
NUMBER_GAP = 9  # the same before a comma and a number: 3 خبراء من مصانع الحزب اللبناني، و4 سائقين
LONG_LIST_GAP = 6  # the same when nothing but an idafa stands between: 5 من قوة حرس الحدود وأحد السجناء


class Scene:
    """The marks of a sentence by their first token and by the token after them; classes maps a class to its marks
    in text order. counts are set once they are read."""

    def __init__(self, words: list[str], found: list[Mark], functions: frozenset[str]) -> None:
        self.words, self.found, self.functions = words, found, functions
        self.by_first = {mark.first: mark for mark in found}
        self.by_last = {mark.last: mark for mark in found}
        self.classes: dict[str, list[Mark]] = {}
        for mark in found:
            for word in mark.means.words:
                self.classes.setdefault(word.name, []).append(mark)
        self.cues = [cue for cue in self.classes.get("cue", ()) if not self.attempted(cue.first)]
        self.counts: list[Count] = []

    def cue_between(self, first: int, last: int) -> bool:
        """Whether a cue stands in a token range."""
        return any(first <= cue.first < last for cue in self.cues)

    def attempted(self, token: int) -> bool:
        """Whether what begins at the token was only tried, planned or threatened: محاولة اغتيال."""
        mark = self.by_last.get(token)
        return mark is not None and mark.word("attempt") is not None

    def preposition(self, token: int) -> bool:
        """Whether the phrase that ends before the token is a preposition."""
        mark = self.by_last.get(token)
        return mark is not None and mark.word("preposition") is not None

    def listed(self, previous: Count, count: Count) -> bool:
        """Whether the count is the next member of a list: an and before it, and no cue between."""
        gap = count.first - previous.last
        joined = (
            count.prefix.startswith("و")
            or (count.first > 0 and self.words[count.first - 1] == "و")
            or (self.words[count.first] == "واحد" and count.last - count.first > 1)
        )  # خمسة جنود وأحد السجناء
        if not joined or gap < 0 or gap > NUMBER_GAP or self.cue_between(previous.last, count.first):
            return False
        end, far = count.first - (self.words[count.first - 1] == "و"), gap > LONG_LIST_GAP
        if count.form == "number" and count.people and end > previous.last and self.words[end - 1] == "،":
            end, far = end - 1, False  # 3 خبراء من الميليشيا، و4 مدنيين
        if far:
            return False
        return gap <= LIST_GAP or not any(self._breaks(at) for at in range(previous.last, end))

    def _breaks(self, token: int) -> bool:
        """Punctuation and prepositions but من end a list whose members are long."""
        return not self.words[token].isalpha() or (self.preposition(token + 1) and self.words[token] != "من")

    def leads(self, first: int, last: int) -> int:
        """Tokens of little words between cue and count: حتى الآن, فيها, quotes."""
        skipped, at = 0, first
        while at < last:
            mark = self.by_first.get(at)
            if mark is not None and mark.word("lead") is not None:
                skipped, at = skipped + mark.last - mark.first, mark.last
            else:
                skipped, at = skipped + (self.words[at] in '"«(،'), at + 1
        return skipped

    def negated(self, count: Count) -> bool:
        """Whether the words say that there were none: دون وقوع إصابات, لم يسقط قتلى."""
        return self.denied(count.first)

    def denied(self, token: int) -> bool:
        """Whether a negation stands shortly before a token."""
        return any(0 <= token - mark.last <= NEGATION_REACH for mark in self.classes.get("negation", ()))

    def subset_of(self, count: Count) -> Mark | None:
        """The words that make the count a part of another (بينهم 3, 3 منهم)."""
        for mark in self.classes.get("subset", ()):
            word = mark.word("subset")
            reach = 0 if count.form in ("singular", "dual", "plural") else 2
            if 0 <= count.first - mark.last <= reach and not self.cue_between(mark.last, count.first):
                return mark
            if mark.first == count.last and word is not None and word.value == "after" and count.form in (
                "number", "vague",
            ):  # fmt: skip
                return mark
        return None

"""Third pass: what happened to the people counted, by the noun itself or by the cue that governs the count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.quantities.counts import Count
from pipeline.quantities.marks import Mark
from pipeline.quantities.totals import totals

STRONG = ("killed", "injured")
NUMERIC = ("number", "vague", "dual", "one_of")
VERB_REACH = 6  # tokens between a verb and its object: قتل مسلحون يستقلون سيارة شرطيا
MASDAR_REACH = 2
NOUN_REACH = 6
POST_REACH = 8  # tokens between a count and its plural verb: 12 عنصرا من الميليشيات قتلوا
LIST_GAP = 3  # tokens between two members of a list: 3 جنود أتراك و5 مدنيين
MET_REACH = 14  # tokens between لقي and مصرعه


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a count."""

    kind: str
    rule: str
    cue_first: int = -1
    cue_last: int = -1
    group: int = -1
    subset: bool = False
    cumulative: bool = False


def tell(words: list[str], found: list[Mark], counts: list[Count]) -> list[tuple[Count, Told]]:
    """The counts that are counts of people, each with its kind; others are left out."""
    reader = _Teller(words, found, counts)
    told = reader.all()
    return totals(words, found, told)


class _Teller:
    def __init__(self, words: list[str], found: list[Mark], counts: list[Count]) -> None:
        self.words, self.found, self.counts = words, found, counts
        self.cues = [mark for mark in found if mark.word("cue") is not None]
        self.by_last = {mark.last: mark for mark in found}
        self.by_first = {mark.first: mark for mark in found}
        self.told: list[tuple[Count, Told]] = []
        self.met: dict[int, Told] = {}
        self.start = found[0].first
        self.groups = 0

    def all(self) -> list[tuple[Count, Told]]:
        self._meetings()
        for index, count in enumerate(self.counts):
            said = self.met.get(count.first) or self._one(index, count)
            if said is not None:
                if count.form == "plural" and count.definite and self.told:
                    count = replace(count, vague=self.told[-1][0].vague or count.vague)
                self.told.append((count, said))
        return self.told

    def _meetings(self) -> None:
        """لقي 13 جنديا مصرعهم, 11 رجلا لقوا حتفهم, لقي القيادي فلان مصرعه."""
        for met in [c for c in self.counts if c.form == "met"]:
            opener = next(
                (m for m in reversed(self.found)
                 if m.last <= met.first and met.first - m.last <= MET_REACH and m.word("meet") is not None), None
            )  # fmt: skip
            if opener is None:
                continue
            said = Told("killed", "quantity.met_death", opener.first, met.last)
            inside = [c for c in self.counts if opener.last <= c.first < met.first and c.form != "met"]
            numbered = [c for c in inside if c.form in NUMERIC and (c.people or c.first == opener.last)]
            before = [c for c in self.counts if c.last <= opener.first <= c.last + POST_REACH and c.people]
            if numbered:
                self.met[numbered[0].first] = said
            elif before and not inside and before[-1].form in (*NUMERIC, "plural") and not opener.prefix:
                self.met[before[-1].first] = said
            else:
                self.met[met.first] = said

    def _one(self, index: int, count: Count) -> Told | None:
        if count.form == "met":
            return None
        if count.form == "pronoun":
            return Told(count.noun_kind, "quantity.pronoun", count.first, count.last)
        if count.noun_kind == "both":
            return Told("number", "quantity.killed_or_injured", count.first, count.last)
        subset = self._subset(count)
        if count.noun_kind in STRONG:
            return self._by_noun(count, subset)
        said = self._after(index, count) or self._before(count)
        outside = said is None or said.rule == "quantity.list" or (subset is not None and said.cue_last <= subset.first)
        if subset and count.form != "plural" and outside:
            kind = self.told[-1][1].kind if self.told else "number"
            return Told(kind, "quantity.subset", subset.first, subset.last, subset=True)
        if said is not None:
            return said
        if count.form in ("number", "vague", "dual") and count.people and not count.definite:
            if count.noun_kind:
                return Told(count.noun_kind, "quantity.noun", count.noun_first, count.last)
            return Told("number", "quantity.people")
        return None

    def _subset(self, count: Count) -> Mark | None:
        """The words that make the count a part of the one before it (بينهم), also for the next in their list."""
        for mark in self.found:
            if mark.word("subset") is None:
                continue
            if 0 <= count.first - mark.last <= 2 and not self._cue_between(mark.last, count.first):
                return mark
            if mark.first == count.last and count.form in ("number", "vague"):
                return mark
        if self.told and self.told[-1][1].subset and self._listed(self.told[-1][0], count):
            return self.by_first.get(self.told[-1][1].cue_first)
        return None

    def _cue_between(self, first: int, last: int) -> bool:
        return any(first <= cue.first < last for cue in self.cues)

    def _listed(self, previous: Count, count: Count) -> bool:
        """Whether the count is the next member of a list: an and before it, and no cue between."""
        gap = count.first - previous.last
        joined = count.prefix.startswith("و") or (count.first > 0 and self.words[count.first - 1] == "و")
        return joined and 0 <= gap <= LIST_GAP and not self._cue_between(previous.last, count.first)

    def _by_noun(self, count: Count, subset: Mark | None) -> Told | None:
        """قتيل, شهيد, جريح, مصاب tell the kind themselves; alone they count only where something says they fell."""
        if count.form in ("plural", "singular"):
            previous = self.told[-1] if self.told else None
            follows = (
                previous is not None and previous[0].noun_kind in STRONG and self._listed(previous[0], count)
                and (previous[0].vague != "" or not count.definite)
            )  # fmt: skip
            if not follows and (count.definite or not (self._fallen(count) or count.first == self.start)):
                return None
        previous_kind = self.told[-1][1].kind if self.told else ""
        return Told(count.noun_kind, "quantity.noun", count.noun_first, count.last,
                    subset=subset is not None and previous_kind in (count.noun_kind, ""))  # fmt: skip

    def _fallen(self, count: Count) -> bool:
        return any(
            mark.word("fall") is not None and 0 <= count.first - mark.last <= 3 for mark in self.found
        )  # fmt: skip

    def _after(self, index: int, count: Count) -> Told | None:
        """A verb behind its subject: طفلين قتلا, 8 عناصر قتلوا, رجلا قتل."""
        limit = next((c.first for c in self.counts[index + 1 :] if c.form in (*NUMERIC, "met")), len(self.words))
        for cue in self.cues:
            word = cue.word("cue")
            if word is None or cue.first < count.last:
                continue
            if cue.first - count.last > POST_REACH or cue.first >= limit or cue.prefix:
                return None
            rule = "quantity.verb_after"
            if word.value == "post" and count.form in (*NUMERIC, "plural"):
                return Told(word.kind, rule, cue.first, cue.last)
            one = count.low == 1 and count.people and self.words[count.first - 1 : count.first] in (["ان"], ["بان"])
            if word.value == "verb" and one and cue.first - count.last <= 4:
                return Told(word.kind, rule, cue.first, cue.last)
            return None
        return None

    def _before(self, count: Count) -> Told | None:
        """A cue in front of the count, or the list it stands in."""
        cue = next((c for c in reversed(self.cues) if c.last <= count.first), None)
        word = cue.word("cue") if cue is not None else None
        if self.told and self._listed(self.told[-1][0], count) and count.form != "plural":
            previous, said = self.told[-1]
            if said.cue_first >= 0 and said.rule != "quantity.noun" and (count.people or not count.bare):
                return self._join(said)
        if cue is None or word is None:
            return None
        gap = count.first - cue.last - self._leads(cue.last, count.first)
        if not self._governs(cue, word.value, gap, count):
            return None
        if self._agent(cue, word.value, word.kind, count, gap):
            return None
        joint = self._joint(cue, word.kind)
        if joint is not None:
            return Told("number", "quantity.killed_or_injured", joint.first, cue.last)
        rule = "quantity.singular" if count.form == "singular" else "quantity.cue"
        return Told(word.kind, rule, cue.first, cue.last)

    def _join(self, said: Told) -> Told:
        """The next member of a list that adds up; the first member gets the same group."""
        group = said.group
        if group < 0:
            group, self.groups = self.groups, self.groups + 1
            self.told[-1] = (self.told[-1][0], replace(said, group=group))
        return replace(said, group=group, rule="quantity.list")

    def _leads(self, first: int, last: int) -> int:
        """Tokens of little words between cue and count: حتى الآن, فيها, quotes."""
        skipped, at = 0, first
        while at < last:
            mark = self.by_first.get(at)
            if mark is not None and mark.word("lead") is not None:
                skipped, at = skipped + mark.last - mark.first, mark.last
            else:
                skipped, at = skipped + (self.words[at] in '"«(،'), at + 1
        return skipped

    def _governs(self, cue: Mark, value: str, gap: int, count: Count) -> bool:
        """Whether a cue can reach the count at this distance."""
        if gap and count.prefix not in ("", "ال") and not (value == "noun" and count.prefix in ("ب", "ل")):
            return False
        if any(self.words[at] in ":؛" for at in range(cue.last, count.first)):
            return False
        before = self.by_last.get(count.first)
        prepositional = gap > 0 and before is not None and before.word("preposition") is not None
        if count.form in ("plural", "collective") and count.definite:
            return False
        if not count.people:
            return gap == 0 and not prepositional and count.form in NUMERIC
        if count.form in ("singular", "plural", "collective", "others"):
            far = VERB_REACH if value in ("verb", "post") and count.accusative else 0
            return gap <= far and not prepositional
        if value == "noun":
            return gap <= NOUN_REACH
        if prepositional:
            return False
        return gap <= (MASDAR_REACH if value == "masdar" else VERB_REACH)

    def _agent(self, cue: Mark, value: str, kind: str, count: Count, gap: int) -> bool:
        """Whether the count is who did it: قتل مسلح خمسة جنود, قتل جندي فلسطينيا."""
        if value != "verb" or kind == "crowd" or gap > 1 or count.accusative:
            return False
        if count.form not in ("singular", "plural", "dual", "one_of"):
            return False
        for later in self.counts:
            if later.first < count.last or later.first - count.last > VERB_REACH or later.prefix:
                continue
            if self._cue_between(count.last, later.first):
                return False
            before = self.by_last.get(later.first)
            if before is not None and before.word("preposition") is not None:
                continue
            if self._subset(later) is None and (later.accusative or later.form in ("number", "vague")):
                return later.people
        return False

    def _joint(self, cue: Mark, kind: str) -> Mark | None:
        """The other cue of قتل وأصيب, مقتل وإصابة: what they govern together is neither."""
        before = self.by_last.get(cue.first)
        word = before.word("cue") if before is not None else None
        if before is not None and word is not None and cue.prefix == "و" and {word.kind, kind} <= {"killed", "injured"}:
            return before if word.kind != kind else None
        return None

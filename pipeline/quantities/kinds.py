"""Third pass: what happened to the people counted, by the noun itself or by the cue that governs the count."""

from __future__ import annotations

from pipeline.machinery.quick import replace
from pipeline.quantities.count import NUMERIC, Count
from pipeline.quantities.extras import STRONG, UNHARMED, extras
from pipeline.quantities.govern import agent, governs, joint
from pipeline.quantities.marks import Mark
from pipeline.quantities.scene import Scene
from pipeline.quantities.told import Told
from pipeline.quantities.totals import TOLL_REACH, totals

_TOLL = "quantity.toll"
POST_REACH = 8  # tokens between a count and its plural verb: 12 عنصرا من الميليشيات قتلوا
SUBSET_REACH = 16  # the same where a part of the people is told between
PART_REACH = 5  # tokens between a count and the words that tell a part of it
MET_REACH = 14  # tokens between لقي and مصرعه


def tell(scene: Scene) -> list[tuple[Count, Told]]:
    """The counts that are counts of people, each with its kind; others are left out."""
    told = extras(scene, _Teller(scene).all())
    return totals(scene, told)


class _Teller:
    def __init__(self, scene: Scene) -> None:
        self.scene, self.words, self.counts, self.cues = scene, scene.words, scene.counts, scene.cues
        self.told: list[tuple[Count, Told]] = []
        self.met: dict[int, Told] = {}
        self.meeting: set[int] = set()  # first tokens of مصرعه and the like behind لقي
        self.start = scene.found[0].first
        self.groups = 0

    def all(self) -> list[tuple[Count, Told]]:
        self._meetings()
        for index, count in enumerate(self.counts):
            said = self.met.get(count.first) or self._one(index, count)
            if said is not None:
                if count.form == "plural" and count.definite and self.told:
                    count = replace(count, vague=self.told[-1][0].vague or count.vague)
                if said.kind == UNHARMED:
                    count = replace(count, low=0, high=0, exact="exact", vague="")
                self.told.append((count, said))
        return self.told

    def _meetings(self) -> None:
        """لقي 13 جنديا مصرعهم, 11 رجلا لقوا حتفهم, لقي القيادي فلان مصرعه."""
        for met in [c for c in self.counts if c.form == "met"]:
            openers = self.scene.classes.get("meet", [])
            opener = next((m for m in reversed(openers) if 0 <= met.first - m.last <= MET_REACH), None)
            if opener is None:
                continue
            self.meeting.add(met.first)
            said = Told("killed", "quantity.met_death", opener.first, met.last)
            inside = [c for c in self.counts if opener.last <= c.first < met.first and c.form != "met"]
            numbered = [c for c in inside if c.form in NUMERIC and (c.people or c.first == opener.last)]
            before = [c for c in self.counts if c.last <= opener.first <= c.last + POST_REACH and c.people]
            before = [c for c in before if c.form in NUMERIC] or [c for c in before if c.form == "plural"]
            if numbered:
                self.met[numbered[0].first] = said
            elif before and not inside and not opener.prefix:
                self.met[before[-1].first] = said
            else:
                self.met[met.first] = said

    def _one(self, index: int, count: Count) -> Told | None:
        if count.form == "met":  # أدى إلى مصرعه, without لقي
            lone = count.low is not None and count.first not in self.meeting
            return Told("killed", "quantity.pronoun", count.first, count.last) if lone else None
        if count.low is None and self.scene.negated(count):
            return self._unharmed(count)
        if count.form == "pronoun":
            if (self.told and self._same_person(count)) or self.scene.attempted(count.first):
                return None
            return Told(count.noun_kind, "quantity.pronoun", count.first, count.last)
        if count.noun_kind == "both":
            return Told("number", "quantity.killed_or_injured", count.first, count.last)
        subset = self._subset(count)
        if count.noun_kind in STRONG:
            return self._by_noun(count, subset)
        before = self._before(count)
        tight = before is not None and before.rule == "quantity.cue" and before.cue_last == count.first
        said = before if tight and before is not None and before.kind != "crowd" else None
        after = self._after(index, count) if said is None else None
        if after is not None and after.kind == "crowd" and before is not None:
            after = None
        said = said or after or before or self._toll(count)
        if said is not None and said.kind == "crowd" and count.form not in ("number", "vague", "dual"):
            return None
        outside = said is None or said.rule == "quantity.list" or (subset is not None and said.cue_last <= subset.first)
        if subset is not None and subset.first == count.last and before is not None and before.cue_last == count.first:
            return before  # أصيب 120 منهم
        if subset and count.form not in ("plural", "collective") and outside and (said is None or said.rule != _TOLL):
            kind = self.told[-1][1].kind if self.told else "number"
            return Told(kind, "quantity.subset", subset.first, subset.last, subset=True)
        if said is not None:
            if subset is not None and said.rule == "quantity.verb_after" and self.told and \
                    self.told[-1][1].cue_first == said.cue_first:  # fmt: skip
                return replace(said, rule="quantity.subset", subset=True)
            return said
        indefinite = count.form == "dual" and not count.definite
        if count.people and (indefinite or count.form in ("number", "vague")):
            if count.noun_kind:
                return Told(count.noun_kind, "quantity.noun", count.noun_first, count.last)
            return Told("number", "quantity.people")
        return None

    def _unharmed(self, count: Count) -> Told | None:
        """دون وقوع إصابات, لم يسقط قتلى: nobody was hurt, or nobody killed."""
        if count.noun_kind not in STRONG or count.form != "plural":
            return None
        return Told(UNHARMED, f"quantity.none_{count.noun_kind}", count.first, count.last)

    def _same_person(self, count: Count) -> bool:
        """Whether a pronoun's person was counted just before: وفاة شاب متأثرا بجراحه."""
        previous, said = self.told[-1]
        return said.kind == count.noun_kind and previous.low is not None and count.first - previous.last <= POST_REACH

    def _subset(self, count: Count) -> Mark | None:
        """The words that make the count a part of the one before it (بينهم), also for the next in their list."""
        mark = self.scene.subset_of(count)
        if mark is None and self.told and self.told[-1][1].subset and self.scene.listed(self.told[-1][0], count):
            return self.scene.by_first.get(self.told[-1][1].cue_first)
        return mark

    def _by_noun(self, count: Count, subset: Mark | None) -> Told | None:
        """قتيل, شهيد, جريح, مصاب tell the kind themselves; alone they count only where something says they fell."""
        if count.form == "one_of":
            return None  # one of the victims says something
        if count.form in ("plural", "singular"):
            previous = self.told[-1] if self.told else None
            follows = (
                previous is not None and previous[0].noun_kind in STRONG and self.scene.listed(previous[0], count)
                and (previous[0].vague != "" or not count.definite)
            )  # fmt: skip
            if not follows and (count.definite or not (self._fallen(count) or count.first == self.start)):
                return None
        previous_kind = self.told[-1][1].kind if self.told else ""
        return Told(count.noun_kind, "quantity.noun", count.noun_first, count.last,
                    subset=subset is not None and previous_kind in (count.noun_kind, ""))  # fmt: skip

    def _fallen(self, count: Count) -> bool:
        return any(0 <= count.first - mark.last <= 3 for mark in self.scene.classes.get("fall", ()))

    def _after(self, index: int, count: Count) -> Told | None:
        """A verb behind its subject: طفلين قتلا, 8 عناصر قتلوا, رجلا قتل."""
        later = [c for c in self.counts[index + 1 :] if c.form in (*NUMERIC, "met")]
        parts = [c for c in later if self.scene.subset_of(c) is not None]  # 21 جنديا بينهم 9 ضباط قتلوا
        limit = next((c.first for c in later if c not in parts), len(self.words))
        reach = POST_REACH if count.form not in NUMERIC or not self._part_follows(count) else SUBSET_REACH
        for cue in self.cues:
            word = cue.word("cue")
            if word is None or cue.first < count.last:
                continue
            if cue.first - count.last > reach or cue.first >= limit or cue.prefix:
                return None
            rule = "quantity.verb_after"
            behind = self.scene.by_first.get(cue.last)
            if behind is not None and behind.word("both") is not None:  # 150 عنصرا سقطوا بين قتيل وجريح
                return Told("number", "quantity.killed_or_injured", cue.first, behind.last)
            if any(later.first == cue.last and later.form in NUMERIC for later in self.counts[index + 1 :]):
                return None  # ثلاثة مسلحين قتلوا خمسة جنود: the people before the verb did it
            if word.value in ("post", "post2") and count.form in (*NUMERIC, "plural"):
                return Told(word.kind, rule, cue.first, cue.last)
            one = count.low == 1 and count.people and self.words[count.first - 1 : count.first] in (["ان"], ["بان"])
            if word.value == "verb" and one and cue.first - count.last <= 4:
                return Told(word.kind, rule, cue.first, cue.last)
            return None
        return None

    def _part_follows(self, count: Count) -> bool:
        """Whether a part of the people counted is told right behind them: 57 مدنيا، معظمهم نساء، قتلوا."""
        return any(0 <= mark.first - count.last <= PART_REACH for mark in self.scene.classes.get("subset", ()))

    def _before(self, count: Count) -> Told | None:
        """A cue in front of the count, or the list it stands in."""
        cue = next((c for c in reversed(self.cues) if c.last <= count.first), None)
        word = cue.word("cue") if cue is not None else None
        if self.told and self.scene.listed(self.told[-1][0], count) and count.form != "plural":
            said = self.told[-1][1]
            loose = count.form == "singular" and self.told[-1][0].form in ("vague", "collective", "plural")
            countable = (count.people or not count.bare) and not loose
            if said.cue_first >= 0 and said.rule != "quantity.noun" and countable:
                return self._join(said)
        last = self.told[-1][0] if self.told else None
        if last is not None and last.form == "collective" and self.words[last.last : count.first] == ["من"]:
            return self.told[-1][1]  # مقتل عائلة من خمسة أفراد
        if cue is None or word is None:
            return None
        gap = count.first - cue.last - self.scene.leads(cue.last, count.first)
        if not governs(self.scene, cue, word.value, gap, count):
            return None
        if agent(self.scene, cue, word.value, word.kind, count, gap):
            return None
        guards = self.scene.classes.get("guard", ()) if word.kind == "crowd" and gap else ()
        if any(count.first < mark.last <= count.last for mark in guards):
            return None  # تظاهر الأهالي وانتشر 300 شرطي
        other = joint(self.scene, cue, word.kind)
        if other is not None and all(said.cue_first != other.first for _, said in self.told):
            return Told("number", "quantity.killed_or_injured", other.first, cue.last)
        rule = "quantity.singular" if count.form == "singular" else "quantity.cue"
        return Told(word.kind, rule, cue.first, cue.last)

    def _toll(self, count: Count) -> Told | None:
        """A word for the toll governs from afar: عدد القتلى ... إلى 12, عدد المصابين 1100 شخص."""
        if count.form not in ("number", "vague") or not (count.people or count.bare):
            return None
        for toll in self.scene.classes.get("toll", ()):
            named = self.scene.by_first.get(toll.last)
            word = named.word("noun") if named is not None else None
            if named is None or word is None or not word.kind or not 0 < count.first - toll.last <= TOLL_REACH:
                continue
            if not any(named.last <= other.first < count.first for other, _ in self.told):
                return Told(word.kind, _TOLL, toll.first, named.last)
        return None

    def _join(self, said: Told) -> Told:
        """The next member of a list that adds up; the first member gets the same group."""
        group = said.group
        if group < 0:
            group, self.groups = self.groups, self.groups + 1
            self.told[-1] = (self.told[-1][0], replace(said, group=group))
        return replace(said, group=group, rule="quantity.list")

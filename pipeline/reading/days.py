"""All days that a trigger may have, each with the named features that the day model weighs.

A trigger's day is told in its own sentence, or in one around it (the sentence before, the one after, the first dated
one of the story, the headline), or it is the publication day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.candidates import Reading
from pipeline.linear import Group, Linear
from pipeline.machinery.quick import dataclass
from pipeline.reading import dayfeatures as on
from pipeline.reading.clauses import GAPS, REACHES, Clauses, Scale
from pipeline.reading.likeness import Likeness
from pipeline.reading.telling import group
from pipeline.reading.when import COARSE, usable
from pipeline.records import DateMention, TriggerMention

BACK = Scale((-1, "future"), (0, "0"), (1, "1"), (3, "3"), (7, "week"), (31, "month"), (92, "quarter"), (366, "year"),
             beyond="old")  # fmt: skip
COARSE_COST = 6.0  # what a year or a season costs beside a day, in clauses
LOOK_BACK = 7  # sentences back in which the last day told is sought
EARLY = 6  # hours after midnight in which stories speak of the day before
PUBLICATION = "publication"
BASES = {PUBLICATION: PUBLICATION, "prev1": "told_before", "prev2": "told_before", "prev": "told_before",
         "next": "told_after", "lead": "told_lead", "title": "told_lead"}  # fmt: skip
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class DayOption:
    """One possible day: mention is None for the publication day; basis is clause or one of BASES; score is what
    the day model makes of the features that are on."""

    mention: DateMention | None
    basis: str
    features: tuple[Group, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Lent:
    """A day of another sentence: the ways in which it is lent, the best first, and that sentence; -1 for none."""

    mention: DateMention | None
    ways: tuple[str, ...]
    source: int


class StoryDays:
    """What the sentences of an article share: their usable days, the first dated sentence, and how alike they are."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.usable = [[m for m in mentions if usable(m)] if mentions else [] for mentions in reading.dates]
        kinds = [sentence.kind for sentence in reading.sentences]
        dated = [index for index, mentions in enumerate(self.usable) if mentions]
        self.lead = next((index for index in dated if kinds[index] == "body"), -1)
        self.title = next((index for index in dated if kinds[index] == "title"), -1)
        self.groups = [frozenset([group(t.family) for t in triggers]) for triggers in reading.triggers]
        self.likeness = Likeness(reading)


class SceneDays:
    """What the triggers of a sentence share: its own days, and those that others lend."""

    def __init__(self, story: StoryDays, index: int, clauses: Clauses, model: Linear) -> None:
        reading = story.reading
        self.story, self.index, self.clauses, self.model = story, index, clauses, model
        self.sentence, self.clock = reading.sentences[index], reading.clock
        self.own = story.usable[index]
        cues = reading.cues[index]
        self.cues = frozenset([cue.cue_class for cue in cues])
        self.sayings = [cue.first for cue in cues if cue.cue_class == "saying"]
        words, first, last = reading.document.words, self.sentence.first, self.sentence.last
        self.around = [
            (words[m.first - 1] if m.first > first else "^", words[m.first - 2] if m.first > first + 1 else "^",
             words[m.last] if m.last < last else "$")
            for m in self.own
        ]  # fmt: skip
        kinds = {m.kind for m in reading.dates[index]}
        self.lent = _lent(story, index, self.clock.day)
        self._fixed: list[tuple[tuple[Group, ...], float]] = []
        early = self.clock.hour is not None and self.clock.hour < EARLY
        opening = clauses.kinds.get(clauses.first, "-")
        for one in self.lent:
            groups = (
                (on.scene, one.ways[0], self.sentence.kind, "vague" in kinds, bool(kinds - {"point", "range", "vague"}),
                 min(len(self.own), 3), early, min(index, 6)),
                (on.opened, one.ways[0], words[first], opening),
                (on.also, one.ways), (on.cued, one.ways[0], self.cues), self._dated(one),
            )  # fmt: skip
            self._fixed.append((groups, model.score(groups)))

    def _dated(self, one: Lent) -> Group:
        mention, day = one.mention, self.clock.day
        if mention is None or mention.first_day is None or mention.last_day is None:
            return on.dated, one.ways[0], "0", "day", "", ""
        length = "day" if mention.first_day == mention.last_day else "long"
        return on.dated, one.ways[0], BACK[(day - mention.last_day).days], length, mention.rule, mention.granularity

    def options(self, trigger: TriggerMention, rivals: Sequence[int]) -> list[DayOption]:
        """The days of the sentence in text order, then the publication day and what other sentences lend.

        rivals are the first tokens of the sentence's other triggers.
        """
        at, between = trigger.first, self.clauses.between
        places = [m.first if m.first > at else m.last - 1 for m in self.own]
        costs = [between(at, place) + COARSE_COST * (m.granularity in COARSE)
                 for m, place in zip(self.own, places, strict=True)]  # fmt: skip
        found = []
        for number, (mention, place, cost) in enumerate(zip(self.own, places, costs, strict=True)):
            own = between(at, place)
            closer = bool(rivals) and any(between(rival, place) < own for rival in rivals)
            groups = self._in_clause(trigger, number, cost, sum([other < cost for other in costs]), closer)
            found.append(DayOption(mention, "clause", groups, self.model.score(groups)))
        near = REACHES[min(costs)] if costs else "none"
        for one, (fixed, score) in zip(self.lent, self._fixed, strict=True):
            groups = (
                (on.lacking, one.ways[0], near, trigger.form, trigger.definite, trigger.toll, trigger.prefix),
                (on.of_trigger, one.ways[0], trigger.trigger_id, trigger.family), self._source(one, trigger),
            )  # fmt: skip
            found.append(DayOption(one.mention, BASES[one.ways[0]], (*fixed, *groups), score + self.model.sum(groups)))
        return found

    def _in_clause(self, trigger: TriggerMention, number: int, cost: float, nearer: int,
                   rival: bool) -> tuple[Group, ...]:  # fmt: skip
        mention, (before, two_before, after) = self.own[number], self.around[number]
        if mention.first > trigger.first:
            side, gap = "after", mention.first - trigger.last
        else:
            side, gap = "before", trigger.first - mention.last
        said = any(0 <= mention.first - at <= 3 or 0 < at - mention.last <= 2 for at in self.sayings)
        back = BACK[(self.clock.day - mention.last_day).days] if mention.last_day is not None else "-"
        return (
            (on.reached, side, GAPS[max(gap, 0)], REACHES[cost], trigger.form),
            (on.nth, min(nearer, 3), side, rival, said, min(len(self.own), 4)),
            (on.word, "before", before), (on.word, "two_before", two_before), (on.word, "after", after),
            (on.told, mention.granularity, mention.kind, mention.rule, back, mention.edge, mention.conflict),
            (on.since, back, trigger.form, trigger.family),
            (on.crossed, self.clauses.crossed(mention.first, trigger.first), side),
            (on.cue_back, self.cues, back),
            (on.trigger, trigger.trigger_id, side),
        )  # fmt: skip

    def _source(self, one: Lent, trigger: TriggerMention) -> Group:
        """What the sentence that lends a day has in common with the trigger's."""
        story, source = self.story, one.source
        if source < 0:
            return ()
        other = story.reading.sentences[source]
        share = story.likeness.shared(self.index, source)
        return (on.source, one.ways[0], group(trigger.family) in story.groups[source], share,
                self.index < source, self.sentence.kind, self.sentence.paragraph == other.paragraph,
                min(len(story.usable[source]), 3))  # fmt: skip


def _lent(story: StoryDays, index: int, publication: date) -> list[Lent]:
    """The publication day and the days of other sentences, each once, with the ways in which it is lent."""
    offers: list[tuple[str, int]] = [("prev1", index - 1), ("prev2", index - 2)]
    far = next((at for at in range(index - 3, max(-1, index - LOOK_BACK - 1), -1) if story.usable[at]), -1)
    offers += [("prev", far), ("next", index + 1), ("lead", story.lead), ("title", story.title)]
    ways: dict[Days, list[str]] = {(publication, publication): [PUBLICATION]}
    first: dict[Days, tuple[DateMention | None, int]] = {(publication, publication): (None, -1)}
    own = {(m.first_day, m.last_day) for m in story.usable[index]}
    for way, at in offers:
        if 0 <= at < len(story.usable):
            for mention in story.usable[at][:1] if way in ("lead", "title") else reversed(story.usable[at]):
                days = mention.first_day, mention.last_day
                if way not in ways.setdefault(days, []):
                    ways[days].append(way)
                first.setdefault(days, (mention, at))
    return [Lent(first[days][0], tuple(ways[days]), first[days][1]) for days in ways if days not in own]

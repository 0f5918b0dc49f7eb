"""The numbers of an article as tolls of its coded events, with the named features that the toll models weigh."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Sequence

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.linear import Group
from pipeline.reading import toll_features
from pipeline.reading.clauses import GAPS, REACHES, Clauses, ClauseTables, Scale, clauses
from pipeline.reading.telling import group
from pipeline.reading.toll_sums import Toll, tolls_of

FINITE = ("past", "present", "jussive", "future")
SIZES = Scale((0, "0"), (1, "1"), (2, "2"), (9, "few"), (29, "tens"), (99, "many"), beyond="hundreds")
STEPS = Scale((1, "1"), (2, "2"), (5, "few"))
CONFIDENCES = Scale((0.5, "low"), (0.6, "fair"), (0.75, "good"), beyond="sure")
RANKS = ("clause", "merged", "sentence", "telling", "after1", "before1", "title", "after2", "before2", "afterfew",
         "beforefew", "afterfar", "beforefar")  # fmt: skip
BESIDE = 6  # tokens between a count and people without a number who fell with them


class Tolls:
    """The tolls of one kind in an article and its coded events, with what they share.

    holders maps the first token of a quantity to the candidates whose clause it stands in.
    """

    def __init__(self, reading: Reading, candidates: Sequence[Candidate], decisions: Sequence[Decision], kind: str,
                 tables: ClauseTables) -> None:  # fmt: skip
        self.reading, self.candidates, self.decisions, self.kind = reading, candidates, decisions, kind
        self._tables, self._clauses = tables, dict[int, Clauses]()
        self.all = tolls_of(reading, kind)
        self.holders: dict[int, list[int]] = {}
        self.by_sentence: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            self.by_sentence.setdefault(candidate.sentence, []).append(candidate)
            for quantity in candidate.killed if kind == "killed" else candidate.injured:
                self.holders.setdefault(quantity.first, []).append(candidate.index)
        self.event_of = [c.index if d.decision == "coded" else d.merged_into
                         for c, d in zip(candidates, decisions, strict=True)]  # fmt: skip
        self.events = [Event(self, c) for c, d in zip(candidates, decisions, strict=True) if d.decision == "coded"]
        single = [t for t in self.all if t.shape in ("one", "list")]
        self.times = Counter([t.number for t in single])
        numbers = {t.number for t in single if t.number}
        self.numbers, self.least, self.greatest = len(numbers), min(numbers, default=-1), max(numbers, default=-1)
        self.titled = bool(reading.sentences) and reading.sentences[0].kind == "title"
        self.title = {t.number for t in single if t.sentence == 0} if self.titled else set[int]()
        self.vague_title = self.titled and any(q.kind == kind and q.low is None for q in reading.quantities[0])
        self.lead = next((i for i, s in enumerate(reading.sentences) if s.kind == "body"), 0)

    def clauses(self, sentence: int) -> Clauses:
        """The clauses of a sentence."""
        found = self._clauses.get(sentence)
        if found is None:
            triggers = self.reading.triggers[sentence]
            verbs = [t.first for t in triggers if t.form in FINITE and t.prefix[:1] in ("و", "ف")]
            found = clauses(self.reading.document, self.reading.sentences[sentence], verbs, self._tables)
            self._clauses[sentence] = found
        return found

    def ranked(self, toll: Toll) -> tuple[str, str]:
        """The title's numbers beside a toll, and its rank among the numbers of the article."""
        title = "vague" if self.vague_title else "-"
        if self.title:
            title = "same" if toll.number in self.title else "other"
        if self.numbers <= 1:
            return title, "only"
        rank = "least" if toll.number <= self.least else "greatest" if toll.number >= self.greatest else "between"
        return title, rank


class Event:
    """One coded event: its head, the candidates that tell it, and how a toll of the article stands to it."""

    def __init__(self, tolls: Tolls, head: Candidate) -> None:
        self.tolls: Tolls = weakref.proxy(tolls)  # which holds the events, so that none waits for the collector
        self.head, self.name = head, group(head.family)
        self.tellings = [c for c in tolls.candidates if tolls.event_of[c.index] == head.index]
        self.sentences = {c.sentence for c in self.tellings}
        self.town = head.where.location.place_id if head.where.location else "-"
        self.place = head.where.place.place_id if head.where.place else "-"
        self._relations: dict[tuple[int, int], str] = {}

    def features(self, toll: Toll) -> tuple[Group, ...]:
        """What is on of a toll as this event's, in groups."""
        tolls, first, relation, place = self.tolls, toll.members[0], self.relation(toll), self.place_in(toll.sentence)
        rule, size = first.rule.removeprefix("quantity."), SIZES[toll.number]
        alone, holder = self._alone(), self._holder(toll)
        title, rank = tolls.ranked(toll)
        return (
            (toll_features.own, rule, first.exact, size, toll.shape, toll.vague, first.subset),
            (toll_features.told, relation, holder, place, self._day_in(toll.sentence), alone, toll.shape),
            (toll_features.known, relation, rule, self.name, size, toll.shape),
            (toll_features.ranked, title, rank, min(tolls.times[toll.number], 3), min(tolls.numbers, 4), relation),
            self._around(toll, relation),
            self._rivals(toll, relation, place),
            self._joined(toll, relation),
            self._telling(toll, relation),
        )

    def relation(self, toll: Toll) -> str:
        """Where the toll stands: one of RANKS."""
        key = toll.sentence, toll.members[0].first
        found = self._relations.get(key)
        if found is None:
            found = self._relations[key] = self._relation(*key)
        return found

    def _relation(self, at: int, first: int) -> str:
        tolls, head = self.tolls, self.head
        held = [i for i in tolls.holders.get(first, ()) if tolls.event_of[i] == head.index]
        if held:
            return "clause" if head.index in held else "merged"
        if at in self.sentences:
            return "sentence" if at == head.sentence else "telling"
        if at == 0 and tolls.titled:
            return "title"
        after = min((at - s for s in self.sentences if s < at), default=99)
        before = min((s - at for s in self.sentences if s > at), default=99)
        return f"after{STEPS[after]}" if after <= before else f"before{STEPS[before]}"

    def place_in(self, sentence: int) -> str:
        """Whether a sentence names the event's place (same), others only (other) or none."""
        mentions = [m for m in self.tolls.reading.places[sentence] if not m.metonym and m.role in ("", "container")]
        if any(m.location.place_id == self.town or m.place.place_id == self.place for m in mentions):
            return "same"
        return "other" if any(m.place.kind != "country" for m in mentions) else "none"

    def _day_in(self, sentence: int) -> str:
        day = self.head.when.event_date
        spans = [(d.first_day, d.last_day) for d in self.tolls.reading.dates[sentence] if d.first_day is not None]
        if not spans or day is None:
            return "none"
        return "same" if any(low and high and low <= day <= high for low, high in spans) else "other"

    def _alone(self) -> str:
        events = self.tolls.events
        kin = sum(event.name == self.name for event in events)
        return "only" if len(events) == 1 else "only_kind" if kin == 1 else f"of{min(kin, 3)}"

    def _holder(self, toll: Toll) -> str:
        """Whose clause the number stands in: this event's, another's, a dropped candidate's, nobody's."""
        tolls = self.tolls
        held = [i for q in toll.members for i in tolls.holders.get(q.first, ())]
        if not held:
            return "nobody"
        events = {tolls.event_of[i] for i in held}
        if self.head.index in events:
            return "this" if events <= {self.head.index, -1} else "this+other"
        others = [tolls.candidates[e] for e in events if e >= 0]
        if others:
            return "other" if any(group(o.family) == self.name for o in others) else "other_kind"
        kin = [i for i in held if group(tolls.candidates[i].family) == self.name]
        return f"dropped/{tolls.decisions[(kin or held)[0]].reason}"

    def _around(self, toll: Toll, relation: str) -> Group:
        tolls, at, own = self.tolls, toll.sentence, self.head.head.first
        beside = [c for c in tolls.by_sentence.get(at, ()) if not c.head.toll]
        kin = any(group(c.family) == self.name for c in beside)
        strange = any(group(c.family) != self.name for c in beside)
        low, high = sorted((at, self.head.sentence))
        rivals = [e.head.sentence for e in tolls.events if e is not self]
        gap, token = "-", toll.members[0].first
        if relation in ("clause", "sentence"):
            gap = f"after/{GAPS[token - own]}" if token > own else f"before/{GAPS[own - token]}"
        cues = frozenset([c.cue_class for c in tolls.reading.cues[at]])
        return (toll_features.around, kin, strange, any(low < s < high for s in rivals), at in rivals, at == tolls.lead,
                                    gap, cues, relation, self.head.sub_event_type)  # fmt: skip

    def _rivals(self, toll: Toll, relation: str, place: str) -> Group:
        """How the event stands to the toll beside the article's other events."""
        nearer = kin = placed = 0
        siblings, mine = "-", (RANKS.index(relation), self.head.index)
        for other in self.tolls.events:
            if other.head.head is self.head.head:
                if other is not self and siblings != "later":
                    siblings = "later" if other.head.index < self.head.index else "first"
                continue
            order = (RANKS.index(other.relation(toll)), other.head.index) < mine
            nearer += order
            kin += order and other.name == self.name
            placed += place != "same" and other.place_in(toll.sentence) == "same"
        return (toll_features.rivals, min(nearer, 2), min(kin, 2), min(placed, 2), siblings, relation, self.name)

    def _joined(self, toll: Toll, relation: str) -> Group:
        """What stands between the event's words and the toll, and the word before those that tell it."""
        tolls, first, words = self.tolls, toll.members[0], self.tolls.reading.document.words
        cue = first.cue_first if 0 <= first.cue_first < first.first else first.first
        before = words[cue - 1] if cue > tolls.reading.sentences[toll.sentence].first else "^"
        others = any(q.low is None and q.kind in ("number", tolls.kind) and abs(q.first - first.last) <= BESIDE
                     for q in tolls.reading.quantities[toll.sentence] if not q.cumulative)  # fmt: skip
        tokens = [c.head.first for c in self.tellings if c.sentence == toll.sentence and not c.head.toll]
        if not tokens:
            return (toll_features.joined, before, "-", False, frozenset(), others, relation, toll.number == 1)
        line = tolls.clauses(toll.sentence)
        own = min(tokens, key=lambda token: line.between(token, first.first))
        cost = line.between(own, first.first)
        closer = any(line.between(c.head.first, first.first) < cost for c in tolls.by_sentence[toll.sentence]
                     if not c.head.toll and tolls.event_of[c.index] != self.head.index)  # fmt: skip
        reach = f"{'after' if own < first.first else 'before'}/{REACHES[cost]}"
        crossed = line.crossed(own, first.first)
        return (toll_features.joined, before, reach, closer, crossed, others, relation, toll.number == 1)

    def _telling(self, toll: Toll, relation: str) -> Group:
        """How the event is told, and which event the words of death beside the toll are a part of."""
        tolls, head, token = self.tolls, self.head, toll.members[0].first
        held = [tolls.candidates[i] for i in tolls.holders.get(token, ())]
        host, signals = "-", frozenset[str]()
        if held:
            teller = min([c for c in held if c.head.toll] or held, key=lambda c: abs(c.head.first - token))
            event = tolls.event_of[teller.within if teller.within >= 0 else teller.index]
            host = "this" if event == head.index else "other" if event >= 0 else "dropped"
            signals = frozenset(teller.signals)
        sure = CONFIDENCES[tolls.decisions[head.index].confidence]
        return (toll_features.telling, host, signals, sure, head.where.basis, head.when.basis, head.head.form,
                                     min(len(self.tellings), 3), relation, self.name)  # fmt: skip

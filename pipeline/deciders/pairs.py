"""Named features of two candidates of an article: whether they tell one event. Each one is on or off.

What is compared are their places, days, kinds, sides, tolls, triggers and how far apart they stand; which of these
facts are weighed in pairs is a table (pair_crosses.csv: one, other).
"""

from __future__ import annotations

from pipeline.candidates import ActorChoice, Candidate, DateReading, PlaceChoice, Reading
from pipeline.deciders.places import WIDE_KINDS, holds
from pipeline.facttable import Facts
from pipeline.linear import Group, Names
from pipeline.reading.clauses import Scale
from pipeline.reading.features import Features
from pipeline.reading.likeness import Likeness
from pipeline.reading.telling import group
from pipeline.retelling import INFERRED

SENTENCES = Scale((0, "0"), (1, "1"), (2, "2"), (5, "few"))
DAYS = Scale((1, "1"), (3, "3"), (7, "week"))
OWN = ("clause", "report")


class _Told:
    """What one candidate says of itself, in the words of the facts."""

    def __init__(self, candidate: Candidate, reading: Reading) -> None:
        self.candidate, head = candidate, candidate.head
        self.titled = reading.sentences[candidate.sentence].kind == "title"
        self.group = group(candidate.family)
        self.place, self.width = told(candidate.where.basis), width(candidate.where)
        self.toll, self.definite, self.strength = _FLAG[head.toll], _FLAG[head.definite], head.strength
        self.counts = tuple(
            [frozenset([q.low for q in row if q.low is not None])
             for row in (candidate.killed, candidate.injured, candidate.crowd)]
        )  # fmt: skip


_FLAG = ("0", "1")


class Pairs:
    """The features of any two candidates of one article, what hangs on a candidate or a sentence worked out once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._likeness = Likeness(reading)
        self._told: dict[int, _Told] = {}

    def features(self, first: Candidate, second: Candidate) -> Features:
        """What is on of two candidates, the one told first before the other: each fact by itself, and the opening."""
        facts = self.facts(first, second)
        return Features((*[(_fact, *item) for item in facts.items()], *self.opening(first, second)), facts)

    def facts(self, first: Candidate, second: Candidate) -> Facts:
        """What is told of each fact, always in the same order."""
        one, two = self._of(first), self._of(second)
        return {
            "sentences": SENTENCES[second.sentence - first.sentence],
            "title": "yes" if one.titled or two.titled else "no",
            "place": places(first.where, second.where),
            "day": days(first.when, second.when),
            "kind": "same" if first.family == second.family else "group" if one.group == two.group else "other",
            "group": one.group,
            "actor1": sides(first.actor1, second.actor1),
            "actor2": sides(first.actor2, second.actor2),
            "parties": parties(first, second),
            "killed": numbers(one.counts[0], two.counts[0]),
            "injured": numbers(one.counts[1], two.counts[1]),
            "crowd": numbers(one.counts[2], two.counts[2]),
            "places_told": f"{one.place}/{two.place}",
            "days_told": f"{first.when.basis}/{second.when.basis}",
            "width": f"{one.width}/{two.width}",
            "words": self._shared(first.sentence, second.sentence),
            "part": part(first, second),
            "toll": one.toll + two.toll,
            "trigger": "one" if first.head is second.head else
            "same" if first.head.trigger_id == second.head.trigger_id else "other",
            "definite": one.definite + two.definite,
            "form": second.head.form,
            "strength": f"{one.strength}/{two.strength}",
        }  # fmt: skip

    def _of(self, candidate: Candidate) -> _Told:
        found = self._told.get(candidate.index)
        if found is None:
            found = self._told[candidate.index] = _Told(candidate, self._reading)
        return found

    def _shared(self, first: int, second: int) -> str:
        """How many of the longer words of one sentence stand in the other too."""
        return "one sentence" if first == second else self._likeness.shared(first, second)

    def opening(self, first: Candidate, second: Candidate) -> tuple[Group, Group, Group]:
        """The families, and the words that open the later sentence: they say whether it goes on with what was told."""
        kinds_told = "/".join(sorted((first.family, second.family)))
        families = (_fact, "families", kinds_told) if first.family != second.family else ()
        if first.sentence == second.sentence:
            return families, (), ()
        span, words = self._reading.sentences[second.sentence], self._reading.document.words
        two = " ".join(words[span.first : span.last][:2])
        return families, (_fact, "opening", words[span.first]), (_fact, "openings", two)


def _fact(name: str, value: str) -> Names:
    return (f"{name}={value}",)


def places(one: PlaceChoice, two: PlaceChoice) -> str:
    """same, town (of one town), wider (the first holds the second), narrower, province, apart, abroad or none."""
    if one.place is None or two.place is None:
        return "none"
    if one.place.place_id == two.place.place_id:
        return "same"
    if one.place.country != two.place.country:
        return "abroad"
    a, b = one.location or one.place, two.location or two.place
    if a.place_id == b.place_id:
        return "town"
    if holds(one.place, a, two.place, b):
        return "wider"
    if holds(two.place, b, one.place, a):
        return "narrower"
    return "province" if a.admin1 and a.admin1 == b.admin1 else "apart"


def days(one: DateReading, two: DateReading) -> str:
    """same, touching (intervals), else how far apart: 1, 3, week, far; none when one has no day."""
    if one.event_date is None or two.event_date is None or one.date_end is None or two.date_end is None:
        return "none"
    if one.event_date == two.event_date and one.time_precision == two.time_precision:
        return "same"
    if (one.date_start or one.event_date) <= two.date_end and (two.date_start or two.event_date) <= one.date_end:
        return "touching"
    return DAYS[abs((one.event_date - two.event_date).days)]


def sides(one: ActorChoice, two: ActorChoice) -> str:
    """same name, kin (of one country and kind), other, inferred (one only from the kind of event) or open."""
    if not one.name or not two.name:
        return "open"
    if one.name == two.name:
        return "same"
    if one.rule.startswith(INFERRED) or two.rule.startswith(INFERRED):
        return "inferred"
    return "kin" if one.country and (one.country, one.inter) == (two.country, two.inter) else "other"


def parties(one: Candidate, two: Candidate) -> str:
    """For calls how many parties two tellings share, in either order; - for other events."""
    if one.family != "call":
        return "-"
    names = {one.actor1.country or one.actor1.name, one.actor2.country or one.actor2.name}
    return str(len(names & {two.actor1.country or two.actor1.name, two.actor2.country or two.actor2.name}))


def numbers(one: frozenset[int], two: frozenset[int]) -> str:
    """same (a number in common), other, one (only one has numbers) or none."""
    if not one or not two:
        return "one" if one or two else "none"
    return "other" if one.isdisjoint(two) else "same"


def told(basis: str) -> str:
    return "own" if basis in OWN else "lent"


def width(choice: PlaceChoice) -> str:
    return "none" if choice.place is None else "wide" if choice.place.kind in WIDE_KINDS else "narrow"


def part(one: Candidate, two: Candidate) -> str:
    """of (one is told as a part of the other), siblings (parts of one event) or no."""
    if one.index == two.within or two.index == one.within:
        return "of"
    return "siblings" if one.within >= 0 and one.within == two.within else "no"

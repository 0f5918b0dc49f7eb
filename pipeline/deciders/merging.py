"""Retellings inside one article: which accepted candidates are the same event, and which of them stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import Candidate, PlaceChoice, Reading
from pipeline.reading.telling import group
from pipeline.records import Place

WIDE_KINDS = ("country", "admin1", "region", "desert", "sea", "mountain")
OWN = ("clause", "report")
TOLL_REACH = 2
SILENCING = ("cumulative", "cumulative.far", "background", "date_old", "date_bound")  # a toll of more than one event
VIOLENT = frozenset(("shelling", "air_strike", "bombing", "chemical", "clash", "attack"))


def same_day(one: Candidate, other: Candidate) -> bool:
    """Whether two tellings may be of one day: equal days, touching intervals, or a day that was only inherited."""
    a, b = one.when, other.when
    if a.event_date == b.event_date:
        return True
    if a.date_start is None or b.date_start is None or a.date_end is None or b.date_end is None:
        return False
    if (a.time_precision or 1) > 1 or (b.time_precision or 1) > 1:
        return a.date_start <= b.date_end and b.date_start <= a.date_end
    if a.basis == "publication" or b.basis == "publication":
        return abs((a.date_start - b.date_start).days) <= 2
    return False


def same_place(one: PlaceChoice, other: PlaceChoice) -> bool:
    """Whether two places may be one: the same town, one inside the other, or one that was only inherited."""
    if one.place is None or other.place is None:
        return True
    if one.place.place_id == other.place.place_id:
        return True
    if one.basis not in OWN or other.basis not in OWN:
        return one.place.country == other.place.country
    if one.place.country != other.place.country:
        return False
    a, b = one.location or one.place, other.location or other.place
    if a.place_id == b.place_id:
        return one.place.kind == other.place.kind or one.place is a or other.place is b
    return _holds(one.place, a, other.place, b) or _holds(other.place, b, one.place, a)


def _holds(wide: Place, wide_town: Place, narrow: Place, narrow_town: Place) -> bool:
    """Whether the first place is the wider one of two that may be one: its country, province, town or region."""
    if wide.kind == "country":
        return True
    if wide.place_id in (narrow.parent, narrow_town.parent) or wide_town.place_id == narrow_town.parent:
        return True
    province = narrow_town.admin1 or narrow.admin1
    if province and wide.name == province:  # a province's main town may stand for the province
        return True
    return wide.kind in WIDE_KINDS and bool(province) and (wide.admin1 or wide_town.admin1) == province


def standing(candidate: Candidate, reading: Reading, confidence: float) -> tuple[float, ...]:
    """How well a telling stands for its event: a body sentence, own place, own day, a toll, confidence."""
    body = reading.sentences[candidate.sentence].kind in ("body", "bullet")
    own_day = candidate.when.basis in OWN
    return (
        float(body),
        float(not candidate.head.toll),
        float(candidate.where.basis == "clause") + float(own_day),
        float(candidate.where.place is not None and candidate.where.place.kind not in WIDE_KINDS),
        float(bool(candidate.killed) or bool(candidate.crowd)),
        confidence,
        -float(candidate.index),
    )


def merged(accepted: Sequence[tuple[Candidate, float]], reading: Reading) -> dict[int, int]:
    """Candidate index → index of the candidate that stands for its event (itself when it does)."""
    order = sorted(accepted, key=lambda item: standing(item[0], reading, item[1]), reverse=True)
    heads: list[Candidate] = []
    target: dict[int, int] = {}
    for candidate, _ in order:
        same = next((h for h in heads if _same_event(h, candidate, reading)), None)
        if same is None:
            heads.append(candidate)
            target[candidate.index] = candidate.index
        else:
            target[candidate.index] = same.index
    return target


def event_of_toll(toll: Candidate, candidates: Sequence[Candidate], target: dict[int, int]) -> int:
    """The index of the event whose dead a sentence of its own counts (وأسفر عن مقتل ثلاثة), -1 when it is not clear.

    The toll names no place or day of its own that differs, and the event stands at most TOLL_REACH sentences before.
    """
    if not toll.head.toll or not (toll.killed or toll.injured) or any(s in SILENCING for s in toll.signals):
        return -1
    for other in reversed(candidates[: toll.index]):
        if toll.sentence - other.sentence > TOLL_REACH:
            return -1
        event = target.get(other.index, -1)
        if event >= 0 and other.sentence < toll.sentence and other.family in VIOLENT:
            head = candidates[event]
            return event if same_day(head, toll) and same_place(head.where, toll.where) else -1
    return -1


def _same_event(head: Candidate, other: Candidate, reading: Reading) -> bool:
    if head.head is other.head:  # one trigger's several places are events of their own
        return False
    titles = [reading.sentences[c.sentence].kind == "title" for c in (head, other)]
    if any(titles) and "publication" in (head.when.basis, other.when.basis):
        return _summed_up(head, other) and _within_a_week(head, other)
    if not same_day(head, other):
        return False
    if (other.within == head.index or head.within == other.index) and not _own_tolls(head, other):
        return True
    if any(titles):
        return _summed_up(head, other)
    if group(head.family) != group(other.family):
        return False
    if head.family == "call":
        return _same_parties(head, other)
    if head.sentence == other.sentence and head.family == other.family and not _own_tolls(head, other):
        return True  # one sentence tells one event of a family, at all the places that its trigger names
    if head.family != other.family and _told_apart(head, other):
        return False
    return same_place(head.where, other.where)


def _within_a_week(head: Candidate, other: Candidate) -> bool:
    days = (head.when.event_date, other.when.event_date)
    return days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) <= 7


def _own_tolls(head: Candidate, other: Candidate) -> bool:
    """Whether two places of one sentence each have dead of their own."""
    if head.where.basis not in OWN or other.where.basis not in OWN or same_place(head.where, other.where):
        return False
    one, two = ({q.first for q in c.killed if q.low is not None} for c in (head, other))
    return bool(one and two) and not one & two


def _summed_up(head: Candidate, other: Candidate) -> bool:
    """Whether a headline and a sentence may tell one event: of one group, or a headline's toll and any violence."""
    if "call" in (head.family, other.family):
        return head.family == other.family
    a, b = head.where.place, other.where.place
    if a is not None and b is not None and a.country != b.country:
        return False
    tolls = head.head.toll or other.head.toll
    return group(head.family) == group(other.family) or (tolls and {head.family, other.family} <= VIOLENT)


def _told_apart(head: Candidate, other: Candidate) -> bool:
    """Whether two kinds of one group are each told as an event of their own, such as shelling beside an air strike."""
    places = head.where.basis in OWN and other.where.basis in OWN
    return places and head.head.strength == other.head.strength == "strong" and not other.head.definite


def _same_parties(one: Candidate, other: Candidate) -> bool:
    names = {one.actor1.country or one.actor1.name, one.actor2.country or one.actor2.name}
    others = {other.actor1.country or other.actor1.name, other.actor2.country or other.actor2.name}
    return len(names & others) >= min(len(names), len(others), 2) or not all(names) or not all(others)

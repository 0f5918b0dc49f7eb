"""Retellings inside one article: which accepted candidates are the same event, and which of them stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.features import group
from pipeline.records import Candidate, PlaceChoice, Reading

WIDE_KINDS = ("country", "admin1", "region", "desert", "sea", "mountain")
OWN = ("clause", "report")


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
    if one.location is not None and other.location is not None and one.location.place_id == other.location.place_id:
        return one.place.kind == other.place.kind or one.place is one.location or other.place is other.location
    for wide, narrow in ((one, other), (other, one)):
        assert wide.place is not None and narrow.place is not None
        if wide.place.kind == "country":
            return wide.place.country == narrow.place.country
        if wide.place.kind in WIDE_KINDS:
            parents = (narrow.place.parent, narrow.location.parent if narrow.location else "")
            named = bool(wide.place.admin1) and wide.place.kind == "admin1" and wide.place.admin1 == narrow.place.admin1
            if wide.place.place_id in parents or (named and wide.place.country == narrow.place.country):
                return True
    return False


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
        same = next((h for h in heads if _same_event(h, candidate)), None)
        if same is None:
            heads.append(candidate)
            target[candidate.index] = candidate.index
        else:
            target[candidate.index] = same.index
    return target


def _same_event(head: Candidate, other: Candidate) -> bool:
    if head.head is other.head:  # one trigger, several places: events of their own
        return False
    nested = other.within == head.index or head.within == other.index
    if group(head.family) != group(other.family) and not nested:
        return False
    if nested and group(head.family) != group(other.family):
        return same_day(head, other)
    if head.family == "call":
        return same_day(head, other) and _same_parties(head, other)
    if group(head.family) == "explosion" and head.family != other.family and not nested:
        explicit = head.where.basis in OWN and other.where.basis in OWN
        if explicit and head.head.strength == "strong" and other.head.strength == "strong" and not other.head.definite:
            return False
    return same_day(head, other) and same_place(head.where, other.where)


def _same_parties(one: Candidate, other: Candidate) -> bool:
    names = {one.actor1.country or one.actor1.name, one.actor2.country or one.actor2.name}
    others = {other.actor1.country or other.actor1.name, other.actor2.country or other.actor2.name}
    return len(names & others) >= min(len(names), len(others), 2) or not all(names) or not all(others)

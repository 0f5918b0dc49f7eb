"""What the other tellings of an event in the same article add to the telling that stands for it; numbers are
pipeline/casualties.py's."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import ActorChoice, Candidate, DateReading, Decision, PlaceChoice
from pipeline.deciders.places import holds
from pipeline.machinery.quick import replace

WIDE = ("country", "admin1", "region", "desert", "sea")
SURE = 0.6  # the least probability of a narrower place that another telling names
INFERRED = ("actor.unnamed", "actor.none", "actor.story", "actor.victims_unnamed")


def completed(candidates: Sequence[Candidate], decisions: Sequence[Decision]) -> tuple[Candidate, ...]:
    """The candidates again, each coded one with the fields it lacks taken from the tellings merged into it.

    A field of its own is never overruled, the sub-event type least of all: the type of another telling that is higher
    in ACLED's hierarchy was more often another event's (right in 0.861 with it, in 0.879 without, cross-validated).
    """
    merged: dict[int, list[Candidate]] = {}
    again: dict[int, list[PlaceChoice]] = {}
    for candidate, decision in zip(candidates, decisions, strict=True):
        if decision.decision == "merged" and decision.merged_into >= 0:
            merged.setdefault(decision.merged_into, []).append(candidate)
            if decision.reason == "retelling":
                again.setdefault(decision.merged_into, []).append(candidate.where)
    return tuple(_completed(c, merged[c.index], again.get(c.index, ())) if c.index in merged else c for c in candidates)


def _completed(head: Candidate, others: list[Candidate], places: Sequence[PlaceChoice]) -> Candidate:
    return replace(
        head,
        when=_day(head, others),
        where=_place(head.where, places),
        actor1=_side(head.actor1, [other.actor1 for other in others], head.actor2.name),
        actor2=_side(head.actor2, [other.actor2 for other in others], head.actor1.name),
    )


def _place(own: PlaceChoice, others: Sequence[PlaceChoice]) -> PlaceChoice:
    """The one narrower place that retellings name where the event's own is only a country, a province or region, or a
    city that bears its province's name (the guide: the most specific place)."""
    wide, town = own.place, own.location or own.place
    if wide is None or town is None or not (wide.kind in WIDE or (wide.kind == "city" and wide.name == wide.admin1)):
        return own
    found: dict[str, PlaceChoice] = {}
    for other in others:
        place, spot = other.place, other.location
        if place is None or spot is None or other.basis != "clause" or other.sure < SURE:
            continue
        if place.country != wide.country or place.place_id == wide.place_id or spot.place_id == town.place_id:
            continue
        # a region without province may reach over several: only what is named after a place holds no more than that
        loose = wide.kind == "region" and not wide.admin1 and not wide.name.startswith(place.name)
        if loose or holds(wide, town, place, spot):
            found.setdefault(spot.place_id, replace(other, rule=f"{other.rule}+retelling"))
    return next(iter(found.values())) if len(found) == 1 else own


def _side(own: ActorChoice, others: list[ActorChoice], opposite: str) -> ActorChoice:
    if own.name and not own.rule.startswith(INFERRED):
        return own
    named = (o for o in others if o.name and not o.rule.startswith(INFERRED) and o.name != opposite)
    return next(named, own if own.name else next((o for o in others if o.name and o.name != opposite), own))


def _day(head: Candidate, others: list[Candidate]) -> DateReading:
    if head.when.basis != "publication" or head.when.event_date is None:
        return head.when
    for other in others:
        day = other.when.event_date
        if other.when.basis == "clause" and day is not None and abs((day - head.when.event_date).days) <= 2:
            return replace(other.when, rule=f"{other.when.rule}+retelling")
    return head.when

"""The values of a candidate's fields: each with its words, its rule, and null with a rule when it cannot be known."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import ActorChoice, Candidate, Reading, Value
from pipeline.gazetteer import Gazetteer
from pipeline.reading import tolls
from pipeline.records import Quantity


def field_values(reading: Reading, candidate: Candidate, gazetteer: Gazetteer) -> list[Value]:
    """One Value a field of the report, in a fixed order; the words where there are words."""
    head, when, where = candidate.head, candidate.when, candidate.where
    dated, placed = when.mention, where.mention
    country, country_rule = _country(reading, candidate, gazetteer)
    if candidate.family == "call":
        place_rule = "place.call_has_none"
    elif where.place is None:
        place_rule = "place.country_only" if country else "place.none"
    else:
        place_rule = where.rule
    sure = where.mention.confidence if where.mention else None
    wide = country if candidate.family != "call" else None  # an event known only to its country
    return [
        ("sub_event_type", candidate.sub_event_type, head.start, head.end, candidate.kind_rule, None),
        ("event_date", when.event_date.isoformat() if when.event_date else None,
         dated.start if dated else None, dated.end if dated else None, when.rule, None),
        ("country", country, None, None, country_rule, None),
        ("location", where.location.name if where.location else wide,
         placed.start if placed else None, placed.end if placed else None, place_rule, sure),
        _actor_value("actor1", candidate.actor1),
        _actor_value("actor2", candidate.actor2),
        _quantity_value("fatalities", candidate.killed),
        _quantity_value("injured", candidate.injured),
        _quantity_value("crowd_size", candidate.crowd),
    ]  # fmt: skip


def _actor_value(field: str, actor: ActorChoice) -> Value:
    mention = actor.mention
    if mention is None:
        return field, actor.name or None, None, None, actor.rule, None
    return field, actor.name or None, mention.start, mention.end, actor.rule, None


def _quantity_value(field: str, quantities: Sequence[Quantity]) -> Value:
    if not quantities:
        return field, None, None, None, "quantity.none", None
    number, rule = tolls.total(quantities)
    own = [q for q in quantities if not q.cumulative and not q.subset] or [q for q in quantities if not q.cumulative]
    numbered = [q for q in own if q.low is not None] if number is not None else own
    if not numbered:
        told = next((q.rule for q in quantities if q.cumulative), "quantity.none")
        return field, None, None, None, told, None
    if number is None:
        vague = next((q for q in numbered if q.vague_class), numbered[0])
        return field, None, vague.start, vague.end, f"quantity.vague.{vague.vague_class or 'unknown'}", None
    return field, str(number), numbered[0].start, numbered[0].end, rule, None


def _country(reading: Reading, candidate: Candidate, gazetteer: Gazetteer) -> tuple[str | None, str]:
    if candidate.family == "call":
        return None, "place.call_has_none"
    if candidate.where.place is not None:
        return gazetteer.country_name(candidate.where.place.country) or None, candidate.where.rule
    name = gazetteer.country_name(reading.story_country)
    return (name or None), (reading.country_rule or "place.story_country" if name else "place.none")

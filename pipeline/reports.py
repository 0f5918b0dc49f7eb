"""Event candidates of one article, each with its readings of day, place, sides, toll and the signals against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from pipeline.reading import kinds, parties, tolls, when, where, who
from pipeline.reading.clauses import Clauses, clauses
from pipeline.reading.features import features
from pipeline.reading.signals import signals
from pipeline.reading.tables import ReadingTables
from pipeline.records import (
    ActorMention,
    Candidate,
    DateReading,
    PlaceChoice,
    PlaceMention,
    Reading,
    TriggerMention,
)

FINITE = ("past", "present", "jussive", "future")
NOWHERE = PlaceChoice(None, None, None, "place.none", None, "none")
SKIPPED_KINDS = ("furniture", "dateline", "caption")


def event_candidates(reading: Reading, tables: ReadingTables, country_name: Callable[[str], str],
                     family_of: Callable[[str], str]) -> tuple[Candidate, ...]:  # fmt: skip
    """All candidates in text order. country_name turns ISO alpha-2 into ACLED's English name ("" for "");
    family_of gives the family of a sub-event type.

    A trigger whose clause names several places gives one candidate a place. Nothing is decided here: a candidate
    without day or place keeps null readings with their rule.
    """
    lead = next((i for i, s in enumerate(reading.sentences) if s.kind == "body"), 0)
    story = _Story(reading, country_name, family_of)
    found: list[Candidate] = []
    for index, sentence in enumerate(reading.sentences):
        triggers = reading.triggers[index]
        if not triggers:
            continue
        verbs = [t.first for t in triggers if t.form in FINITE and t.prefix[:1] in ("و", "ف")]
        distance = clauses(reading.document, sentence, verbs, tables.clauses)
        start = len(found)
        for trigger in triggers:
            found.extend(_readings(reading, index, trigger, distance, story, tables))
        _nest(found, start, distance)
    groups = Counter(candidate.family for candidate in found)
    titles = frozenset(c.family for c in found if reading.sentences[c.sentence].kind == "title")
    return tuple(
        replace(c, index=i, features=features(c, reading, groups[c.family], titles, lead)) for i, c in enumerate(found)
    )


class _Story:
    """What the article as a whole lends to a clause that is silent: its focus place, its country, earlier agents."""

    def __init__(self, reading: Reading, country_name: Callable[[str], str], family_of: Callable[[str], str]) -> None:
        self.country_name, self.family_of = country_name, family_of
        self.country = reading.story_country
        self.agents: dict[str, ActorMention] = {}
        mentions = [m for row in reading.places for m in row if where.eligible(m) and m.place.kind != "country"]
        title = [m for m in reading.places[0] if where.eligible(m)] if reading.places else []
        specific = [m for m in title if m.place.kind != "country"]
        self.title = specific[0] if specific else None
        counts = Counter(m.location.place_id for m in mentions)
        ranked = sorted(mentions, key=lambda m: (-counts[m.location.place_id], m.first))
        self.focus: PlaceMention | None = ranked[0] if ranked else None
        countries = [m for row in reading.places for m in row if m.place.kind == "country" and not m.role]
        self.country_mention = next((m for m in countries if m.place.country == self.country), None)


def _readings(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses, story: _Story,
              tables: ReadingTables) -> list[Candidate]:  # fmt: skip
    document, sentence = reading.document, reading.sentences[index]
    day = _day(reading, index, trigger, distance)
    found = []
    for place in _places(reading, index, trigger, distance, story, tables):
        country = place.place.country if place.place is not None else story.country
        country_english = story.country_name(country)
        others = [t for t in reading.triggers[index] if t is not trigger and not t.toll and t.family != trigger.family]
        rivals = [t.first for t in others]
        killed, injured, crowd = (
            tolls.of_clause(reading.quantities[index], kind, trigger, rivals, distance)
            for kind in ("killed", "injured", "crowd")
        )
        actors = reading.actors[index]
        roles = who.sides(document, trigger, actors, distance, tables)
        if trigger.family == "call":
            both = parties.of_call(document, trigger, actors, distance)
        else:
            both = parties.of_event(trigger.family, roles, trigger, killed, actors, country_english,
                                    story.agents.get(trigger.family))  # fmt: skip
            if roles.agent is not None and roles.agent.inter:
                story.agents.setdefault(trigger.family, roles.agent)
        weapon = kinds.nearest_weapon(reading.weapons[index], trigger, distance)
        kind, rule = kinds.sub_event_type(trigger, weapon, both.actor1, both.actor2, who.victims(killed, actors),
                                          country_english)  # fmt: skip
        against = signals(document, sentence, trigger, reading.cues[index], reading.dates[index],
                          reading.quantities[index], distance, reading.clock)  # fmt: skip
        found.append(
            Candidate(
                -1,
                index,
                trigger,
                story.family_of(kind),
                kind,
                rule,
                day,
                NOWHERE if trigger.family == "call" else place,
                both.actor1,
                both.actor2,
                both.assoc_1,
                both.assoc_2,
                killed,
                injured,
                crowd if trigger.family in ("protest", "riot") else (),
                against,
                {},
            )
        )
        if trigger.family == "call":
            break
    return found


def _day(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses) -> DateReading:
    best = when.nearest(reading.dates[index], trigger.first, distance)
    if best is None:
        return when.publication(reading.clock)
    mention, _ = best
    crossed = distance.crossed(trigger.first, mention.first)
    basis = "report" if "content" in crossed and mention.first < trigger.first else "clause"
    return when.capped(when.chosen(mention, basis), reading.clock)


def _places(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses, story: _Story,
            tables: ReadingTables) -> list[PlaceChoice]:  # fmt: skip
    document, mentions = reading.document, reading.places[index]
    order = where.ranked(document, mentions, trigger, distance, tables)
    specific = [m for _, m in order if m.place.kind != "country"]
    if specific:
        group = where.coordinated(document, specific[0], mentions, tables)
        return [where.of_mention(m, "clause") for m in group]
    before = reading.places[index - 1] if index > 1 else ()
    near = [m for m in before if where.eligible(m) and m.place.kind != "country"]
    if near and reading.sentences[index - 1].kind == "body":
        return [where.of_mention(near[-1], "follow_on")]
    countries = [m for _, m in order]
    if story.title is not None and (not countries or story.title.place.country == countries[0].place.country):
        return [where.of_mention(story.title, "title")]
    if story.focus is not None and (not countries or story.focus.place.country == countries[0].place.country):
        return [where.of_mention(story.focus, "story")]
    if countries:
        return [where.of_mention(countries[0], "country")]
    if story.country_mention is not None:
        return [where.of_mention(story.country_mention, "story")]
    return [NOWHERE]


def _nest(found: list[Candidate], start: int, distance: Clauses) -> None:
    """Mark toll words and weak triggers as parts of the stronger event told beside them in the same sentence."""
    own = range(start, len(found))
    heads = [i for i in own if not found[i].head.toll and found[i].head.strength == "strong"]
    for i in own:
        head = found[i].head
        if i in heads and not head.toll:
            continue
        near = [(distance.between(head.first, found[j].head.first), j) for j in heads if found[j].head is not head]
        if near and min(near)[0] <= 24.0:
            found[i] = replace(found[i], within=min(near)[1])

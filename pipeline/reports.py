"""Event candidates of one article, each with its readings of day, place, sides, toll and the signals against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.candidates import Candidate, DateReading, PlaceChoice, Reading
from pipeline.quick import replace
from pipeline.reading import kinds, parties, tolls, when, where, who
from pipeline.reading.clauses import Clauses, clauses
from pipeline.reading.features import Telling, features
from pipeline.reading.options import Option, StoryPlaces, place_options
from pipeline.reading.signals import signals
from pipeline.reading.tables import ReadingTables
from pipeline.records import ActorMention, PlaceMention, Quantity, TriggerMention

# kind ("place" or "actor"), sentence index, trigger, its options
Observer = Callable[[str, int, TriggerMention, Sequence[Option] | Sequence[who.ActorOption]], None]
FINITE = ("past", "present", "jussive", "future")
NOWHERE = PlaceChoice(None, None, None, "place.none", None, "none")
DEADLY = ("shelling", "air_strike", "bombing", "chemical", "clash", "attack", "protest", "riot", "abduction",
          "disrupted_weapons", "destruction", "arrest")  # fmt: skip


def event_candidates(reading: Reading, tables: ReadingTables, country_name: Callable[[str], str],
                     family_of: Callable[[str], str],
                     observe: Observer | None = None) -> tuple[Candidate, ...]:  # fmt: skip
    """All candidates in text order. country_name turns ISO alpha-2 into ACLED's English name ("" for "");
    family_of gives the family of a sub-event type; observe is shown the options of every trigger (for training).

    A trigger whose clause names several places gives one candidate a place. Nothing is decided here: a candidate
    without day or place keeps null readings with their rule.
    """
    story = _Story(reading, country_name, family_of, observe)
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
    telling = Telling.of(found, reading)
    return tuple(
        replace(c, index=i, features=features(i, c, reading, telling, tables.crosses)) for i, c in enumerate(found)
    )


class _Story:
    """What the article lends to a silent clause: its places, its country, the place and the sides told before."""

    def __init__(self, reading: Reading, country_name: Callable[[str], str], family_of: Callable[[str], str],
                 observe: Observer | None) -> None:  # fmt: skip
        self.country_name, self.family_of, self.observe = country_name, family_of, observe
        self.country = reading.story_country
        self.places = StoryPlaces.of(reading)
        self.sides: dict[str, dict[str, ActorMention]] = {}
        self.place_before: PlaceMention | None = None


def _readings(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses, story: _Story,
              tables: ReadingTables) -> list[Candidate]:  # fmt: skip
    day = _day(reading, index, trigger, distance, tables)
    others = [t for t in reading.triggers[index] if t is not trigger and not t.toll and t.family != trigger.family]
    rivals = [t.first for t in others]
    killed, injured, crowd = (
        tolls.of_clause(reading.quantities[index], kind, trigger, rivals, distance)
        for kind in ("killed", "injured", "crowd")
    )
    against = signals(reading.document, reading.sentences[index], trigger, reading.cues[index], reading.dates[index],
                      reading.quantities[index], distance, reading.clock, tables)  # fmt: skip
    found = []
    for place in _places(reading, index, trigger, distance, story, tables):
        country = story.country_name(place.place.country if place.place is not None else story.country)
        both = _parties(reading, index, trigger, distance, story, tables, (*killed, *injured), country)
        weapon = kinds.nearest_weapon(reading.weapons[index], trigger, distance)
        dead = who.victims(killed, reading.actors[index])
        sides = (both.actor1, both.actor2)
        kind, rule = kinds.sub_event_type(trigger, weapon, *sides, dead, country, bool(killed))
        found.append(
            Candidate(
                index=-1,
                sentence=index,
                head=trigger,
                family=story.family_of(kind),
                sub_event_type=kind,
                kind_rule=rule,
                when=day,
                where=place,
                actor1=both.actor1,
                actor2=both.actor2,
                assoc_actor_1=both.assoc_1,
                assoc_actor_2=both.assoc_2,
                killed=killed if trigger.family in DEADLY else (),
                injured=injured if trigger.family in DEADLY else (),
                crowd=crowd if trigger.family in ("protest", "riot") else (),
                signals=against,
                features={},
            )
        )
    return found


def _parties(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses, story: _Story,
             tables: ReadingTables, harmed: tuple[Quantity, ...], country: str) -> parties.Parties:  # fmt: skip
    actors = reading.actors[index]
    if trigger.family == "call":
        return parties.of_call(reading.document, trigger, actors, distance)
    rivals = [t.first for t in reading.triggers[index] if t is not trigger and not t.toll]
    options = who.actor_options(reading.document, trigger, actors, harmed, reading.cues[index], distance, tables,
                                story.sides.get(trigger.family, {}), country, rivals)  # fmt: skip
    if story.observe:
        story.observe("actor", index, trigger, options)
    roles = who.sides(options, tables.agent_model, tables.target_model)
    told = story.sides.setdefault(trigger.family, {})
    for side, found in (("agent", roles.agent), ("target", roles.target)):
        if found is not None and found.mention.inter:
            told.setdefault(side, found.mention)
    return parties.of_event(trigger.family, roles, harmed, actors, country, trigger.sub_event_type)


def _day(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses,
         tables: ReadingTables) -> DateReading:  # fmt: skip
    best = when.nearest(reading.dates[index], trigger.first, distance)
    if best is None:
        return _loose_day(reading, index, trigger, distance, tables)
    mention, _ = best
    crossed = distance.crossed(trigger.first, mention.first)
    basis = "report" if "content" in crossed and mention.first < trigger.first else "clause"
    return when.capped(when.chosen(mention, basis), reading.clock)


def _loose_day(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses,
               tables: ReadingTables) -> DateReading:  # fmt: skip
    """The day of a clause without a date: a vague expression beside the trigger, else the publication day."""
    for mention in reading.dates[index]:
        if distance.between(trigger.first, mention.first) <= when.NEAR:
            loose = when.loose(reading.document, mention, reading.clock, tables.day_words)
            if loose is not None:
                return loose
            if when.undated(reading.document, mention, tables.undated_words):
                return DateReading(None, None, None, None, f"date.not_told+{mention.rule}", mention, "clause")
    return when.publication(reading.clock)


def _places(reading: Reading, index: int, trigger: TriggerMention, distance: Clauses, story: _Story,
            tables: ReadingTables) -> list[PlaceChoice]:  # fmt: skip
    if trigger.family == "call":
        return [NOWHERE]
    options = place_options(reading, index, trigger, distance, story.places, tables, story.place_before)
    if story.observe:
        story.observe("place", index, trigger, options)
    best = where.best_option(options, tables.place_model)
    if best is None:
        return [NOWHERE]
    option, sure = best
    if option.basis != "clause":
        return [where.of_mention(option.mention, option.basis, sure)]
    story.place_before = option.mention
    if option.mention.place.kind == "country":
        return [where.of_mention(option.mention, "clause", sure)]
    group = where.coordinated(reading.document, option.mention, reading.places[index], tables)
    return [where.of_mention(mention, "clause", sure) for mention in group]


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

"""Event candidates of one article, each with its readings of day, place, sides, toll and the signals against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from pipeline.candidates import ActorChoice, Candidate, DateReading, PlaceChoice, Reading
from pipeline.machinery.quick import replace
from pipeline.reading import kinds, pairing, parties, tolls, weighing, when, where, who
from pipeline.reading.cast import Cast
from pipeline.reading.clauses import Clauses, clauses
from pipeline.reading.days import DayOption, SceneDays, StoryDays
from pipeline.reading.listing import LIST_LEAST, Further, further_places
from pipeline.reading.options import Option, ScenePlaces, place_options
from pipeline.reading.signals import signals
from pipeline.reading.storyplaces import StoryPlaces, Told
from pipeline.reading.tables import ReadingTables
from pipeline.records import PlaceMention, Quantity, TriggerMention

# kind ("day", "place", "list", "actor", "pair" of actors or "kind"), sentence index, trigger, its options
Options = (Sequence[DayOption] | Sequence[Option] | Sequence[Further] | Sequence[who.ActorOption]
           | Sequence[pairing.PairFeatures] | Sequence[weighing.KindOption])  # fmt: skip
Observer = Callable[[str, int, TriggerMention, Options], None]
DATED = ("clause", "report")
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
    for index, triggers in enumerate(reading.triggers):
        if triggers:
            scene = _Scene(reading, index, story, tables)
            start = len(found)
            for trigger in triggers:
                _add(found, scene, trigger)
            _nest(found, start, scene.distance)
    return tuple(found)


class _Story:
    """What the article lends to a silent clause: its places, its country, the place and the sides told before."""

    def __init__(self, reading: Reading, country_name: Callable[[str], str], family_of: Callable[[str], str],
                 observe: Observer | None) -> None:  # fmt: skip
        self.country_name, self.family_of, self.observe = country_name, family_of, observe
        self.country = reading.story_country
        self.places, self.days = StoryPlaces.of(reading), StoryDays(reading)
        self.cast = Cast(reading.actors, int(bool(reading.sentences) and reading.sentences[0].kind == "title"))
        self.country_named = country_name(reading.story_country)
        self.place_before: PlaceMention | None = None
        self.family_before = ""
        self.place_of: dict[str, PlaceMention] = {}  # the last place of each family


class _Scene:
    """One sentence with what its triggers share."""

    def __init__(self, reading: Reading, index: int, story: _Story, tables: ReadingTables) -> None:
        self.reading, self.index, self.story, self.tables = reading, index, story, tables
        self.document, self.sentence = reading.document, reading.sentences[index]
        self.triggers, self.cues = reading.triggers[index], reading.cues[index]
        self.dates, self.actors = reading.dates[index], reading.actors[index]
        self.quantities, self.weapons = reading.quantities[index], reading.weapons[index]
        verbs = [t.first for t in self.triggers if t.form in FINITE and t.prefix[:1] in ("و", "ف")]
        self.distance = clauses(self.document, self.sentence, verbs, tables.clauses)
        self.places = ScenePlaces(reading, index, story.places, tables)
        self.days = SceneDays(story.days, index, self.distance, tables.day_model)
        self.sides = who.SceneActors(self.document, index, self.sentence, self.actors, self.cues, story.cast,
                                     story.country_named, tables)
        self.told: dict[tuple[int, str, str], pairing.Sides] = {}

    def rivals(self, trigger: TriggerMention) -> list[int]:
        """First tokens of its other triggers, tolls left out, ascending."""
        return [t.first for t in self.triggers if t is not trigger and not t.toll]


def _add(found: list[Candidate], scene: _Scene, trigger: TriggerMention) -> None:
    """Add the candidates of one trigger, one a place."""
    story, family = scene.story, trigger.family
    rivals = scene.rivals(trigger)
    day = _day(scene, trigger, rivals)
    killed, injured, crowd = _tolls(scene, trigger)
    against = signals(scene.document, scene.sentence, trigger, scene.cues, scene.dates, scene.quantities,
                      scene.distance, scene.reading.clock, scene.tables)  # fmt: skip
    weapon = kinds.nearest_weapon(scene.weapons, trigger, scene.distance)
    dead = who.victims(killed, scene.actors)
    for place in _places(scene, trigger, rivals, day):
        country = story.country_name(place.place.country if place.place is not None else story.country)
        both = _parties(scene, trigger, rivals, (*killed, *injured), country)
        kind, rule = kinds.sub_event_type(trigger, weapon, both.actor1, both.actor2, dead, country, bool(killed),
                                          bool(injured))  # fmt: skip
        kind, rule = _weighed(scene, trigger, kind, rule, (both.actor1, both.actor2), bool(killed), bool(injured))
        found.append(
            Candidate(
                index=len(found),
                sentence=scene.index,
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
                killed=killed if family in DEADLY else (),
                injured=injured if family in DEADLY else (),
                crowd=crowd if family in ("protest", "riot") else (),
                signals=against,
            )
        )


def _weighed(scene: _Scene, trigger: TriggerMention, kind: str, rule: str, sides: tuple[ActorChoice, ActorChoice],
             killed: bool, injured: bool) -> tuple[str, str]:  # fmt: skip
    """The sub-event type and its rule, after the types that are told alike have been weighed."""
    model, observe = scene.tables.kinds, scene.story.observe
    if kind not in weighing.SCOPE_OF or not (model or observe):
        return kind, rule
    facts = weighing.kind_facts(scene.document, scene.sentence, scene.triggers, trigger, scene.weapons, kind, rule,
                                sides, killed, injured, scene.tables.stem)  # fmt: skip
    if observe:
        observe("kind", scene.index, trigger, weighing.options_of(kind, facts))
    best = model.best(kind, facts)
    return (best, rule) if best == kind else (best, weighing.RULE)


def _tolls(scene: _Scene, trigger: TriggerMention) -> Sequence[tuple[Quantity, ...]]:
    """The killed, the injured and the crowd that the trigger's clause counts."""
    if not scene.quantities:
        return (), (), ()
    others = [t.first for t in scene.triggers if t is not trigger and not t.toll and t.family != trigger.family]
    return [tolls.of_clause(scene.quantities, kind, trigger, others, scene.distance)
            for kind in ("killed", "injured", "crowd")]  # fmt: skip


def _parties(scene: _Scene, trigger: TriggerMention, rivals: Sequence[int], harmed: tuple[Quantity, ...],
             country: str) -> parties.Parties:  # fmt: skip
    if trigger.family == "call":
        return parties.of_call(trigger, scene.actors, scene.distance)
    story, tables = scene.story, scene.tables
    key = (trigger.first, trigger.trigger_id, country)
    roles = scene.told.get(key)
    if roles is None:
        options = who.actor_options(scene.sides, trigger, harmed, scene.distance, country, rivals)
        roles = pairing.sides(options, trigger, story.cast, tables.side_models, tables.sides_model)
        if story.observe:
            story.observe("actor", scene.index, trigger, options)
            story.observe("pair", scene.index, trigger, pairing.pairs(options, trigger, story.cast))
        scene.told[key] = roles
        agent, target = roles.agent, roles.target
        story.cast.tell(trigger.family, agent.identity if agent else "", target.identity if target else "")
    return parties.of_event(trigger.family, roles, harmed, scene.actors, country, trigger.sub_event_type)


def _day(scene: _Scene, trigger: TriggerMention, rivals: Sequence[int]) -> DateReading:
    anchor = when.anchor(scene.document, scene.dates, trigger, scene.distance)
    if anchor is not None:
        return anchor
    options = scene.days.options(trigger, rivals)
    if scene.story.observe:
        scene.story.observe("day", scene.index, trigger, options)
    best = max(options, key=_SCORE)
    mention, basis = best.mention, best.basis
    if mention is None:
        return _loose_day(scene, trigger)
    if (basis == "clause" and mention.first < trigger.first
            and "content" in scene.distance.crossed(mention.first, trigger.first)):  # fmt: skip
        basis = "report"
    return when.capped(when.chosen(mention, basis), scene.reading.clock)


_SCORE = attrgetter("score")


def _loose_day(scene: _Scene, trigger: TriggerMention) -> DateReading:
    """The day of a clause without a date: a vague expression beside the trigger, else the publication day."""
    document, clock, tables = scene.document, scene.reading.clock, scene.tables
    for mention in scene.dates:
        if scene.distance.between(trigger.first, mention.first) <= when.NEAR:
            loose = when.loose(document, mention, clock, tables.day_words)
            if loose is not None:
                return loose
            if when.undated(document, mention, tables.undated_words):
                return DateReading(None, None, None, None, f"date.not_told+{mention.rule}", mention, "clause")
    return when.publication(clock)


def _places(scene: _Scene, trigger: TriggerMention, rivals: Sequence[int], day: DateReading) -> list[PlaceChoice]:
    if trigger.family == "call":
        return [NOWHERE]
    story = scene.story
    told = Told(story.place_before, story.family_before, story.place_of.get(trigger.family))
    options = place_options(scene.places, trigger, scene.distance, rivals, told, day.basis in DATED)
    if story.observe:
        story.observe("place", scene.index, trigger, options)
    best = where.best_option(options)
    if best is None:
        return [NOWHERE]
    mention, sure = best.mention, where.sureness(best, options)
    if best.basis != "clause":
        return [where.of_mention(mention, best.basis, sure)]
    story.place_before, story.family_before = mention, trigger.family
    story.place_of[trigger.family] = mention
    if mention.place.kind == "country":
        return [where.of_mention(mention, "clause", sure)]
    further = further_places(best, options, scene.places, trigger, scene.distance, rivals, scene.tables)
    if story.observe:
        story.observe("list", scene.index, trigger, further)
    group = [(mention, sure), *[(one.mention, one.sure) for one in further if one.sure >= LIST_LEAST]]
    return [where.of_mention(member, "clause", chance) for member, chance in sorted(group, key=lambda m: m[0].first)]


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

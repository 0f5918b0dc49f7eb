"""All places that a trigger may have, each with the named features that the place model weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.candidates import Reading
from pipeline.quick import dataclass
from pipeline.reading.clauses import GAPS, REACHES, Clauses, bucket
from pipeline.reading.tables import ReadingTables
from pipeline.records import PlaceMention, TriggerMention


@dataclass(frozen=True, slots=True)
class Option:
    """One possible place: basis is clause, follow_on, title or story; features are those that are on."""

    mention: PlaceMention
    basis: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence's triggers share: its places but datelines, how many are sites or towns, places to inherit."""

    own: list[PlaceMention]
    specific: int
    seen: frozenset[str]
    countries: frozenset[str]
    inherited: list[tuple[str, PlaceMention, str]]

    @classmethod
    def of(cls, reading: Reading, index: int, focus: Sequence[PlaceMention]) -> Around:
        own = [m for m in reading.places[index] if m.role != "dateline"]
        specific = [m for m in own if m.place.kind != "country" and not m.metonym and m.role in ("", "container")]
        inherited: list[tuple[str, PlaceMention, str]] = []
        if index > 1:
            previous = [m for m in reading.places[index - 1] if m.role in ("", "container") and not m.metonym]
            inherited.extend(("follow_on", m, "last" if m is previous[-1] else "other") for m in reversed(previous))
        if reading.sentences[0].kind == "title" and index:
            inherited.extend(("title", m, "title") for m in reading.places[0] if not m.metonym and m.role == "")
        inherited.extend(("story", m, f"focus{rank}") for rank, m in enumerate(focus))
        return cls(
            own, len(specific), frozenset(m.location.place_id for m in own),
            frozenset(m.place.country for m in own if not m.metonym), inherited,
        )  # fmt: skip


@dataclass(frozen=True)
class StoryPlaces:
    """What a document says of its places as a whole: mentions by place, the title's and the lead's places."""

    counts: dict[str, int]
    title: frozenset[str]
    lead: frozenset[str]
    focus: tuple[PlaceMention, ...]
    country: str
    around: dict[int, Around]  # by sentence, filled when a trigger asks
    told: dict[int, tuple[str, ...]]  # features of a mention for the story, by its id()

    @classmethod
    def of(cls, reading: Reading) -> StoryPlaces:
        free = [m for row in reading.places for m in row if not m.metonym and m.role in ("", "container")]
        counts = Counter(m.location.place_id for m in free)
        first: dict[str, PlaceMention] = {}
        for mention in free:
            first.setdefault(mention.location.place_id, mention)
        ranked = sorted(first.values(), key=lambda m: (-counts[m.location.place_id], m.first))
        in_title = reading.places[0] if reading.sentences and reading.sentences[0].kind == "title" else ()
        body = next((i for i, s in enumerate(reading.sentences) if s.kind == "body"), 0)
        lead = reading.places[body] if reading.places else ()
        return cls(
            dict(counts),
            frozenset(m.location.place_id for m in in_title),
            frozenset(m.location.place_id for m in lead),
            tuple(ranked[:4]),
            reading.story_country,
            {},
            {},
        )


def place_options(
    reading: Reading, index: int, trigger: TriggerMention, clauses: Clauses, story: StoryPlaces, tables: ReadingTables,
    before: PlaceMention | None,
) -> list[Option]:  # fmt: skip
    """Options of the trigger in text order: its sentence's places, the sentence before's, the title's, the story's.

    before is the nearest place of the trigger read last, in whatever sentence it stood.
    """
    around = story.around.get(index)
    if around is None:
        around = story.around[index] = Around.of(reading, index, story.focus)
    own = around.own
    rivals = [t.first for t in reading.triggers[index] if t is not trigger and not t.toll]
    common = (f"specific={min(around.specific, 3)}",)
    found = []
    for mention in own:
        on = _in_sentence(reading, mention, own, trigger, clauses, rivals, story, tables)
        found.append(Option(mention, "clause", (*on, *common)))
    seen, countries = set(around.seen), around.countries
    first = [("follow_on", before, "trigger")] if before is not None else []
    for basis, mention, how in (*first, *around.inherited):
        place_id = mention.location.place_id
        if place_id in seen:
            continue
        seen.add(place_id)
        on = [f"inherited={how}", f"inherited={how}/{min(around.specific, 1)}", *_story(mention, story)]
        on.append(f"inherited_kind={mention.place.kind}")
        if countries and mention.place.country not in countries:
            on.append("inherited_other_country")
        if before is not None and place_id == before.location.place_id:
            on.append("same_as_trigger_before")
        found.append(Option(mention, basis, (*on, *common)))
    return found


def _story(mention: PlaceMention, story: StoryPlaces) -> tuple[str, ...]:
    found = story.told.get(id(mention))
    if found is None:
        found = story.told[id(mention)] = tuple(_of_story(mention, story))
    return found


def _of_story(mention: PlaceMention, story: StoryPlaces) -> list[str]:
    place_id = mention.location.place_id
    on = [f"told={min(story.counts.get(place_id, 0), 4)}"]
    if place_id in story.title:
        on.append("in_title")
    if place_id in story.lead:
        on.append("in_lead")
    if story.country:
        on.append("story_country" if mention.place.country == story.country else "other_country")
    if mention.confidence < 0.5:
        on.append("unsure")
    if not mention.place.place_id:
        on.append(f"unlisted={mention.place.kind}")
    return on


def _in_sentence(
    reading: Reading, mention: PlaceMention, own: Sequence[PlaceMention], trigger: TriggerMention, clauses: Clauses,
    rivals: Sequence[int], story: StoryPlaces, tables: ReadingTables,
) -> list[str]:  # fmt: skip
    words = reading.document.words
    after = mention.first >= trigger.first
    token = mention.first if after else mention.last - 1
    side = "after" if after else "before"
    low, high = (trigger.first, token) if after else (token, trigger.first)
    gap = token - trigger.last if after else trigger.first - token
    near = bucket(gap, GAPS)
    reach = bucket(clauses.between(trigger.first, token), REACHES)
    preposition = words[mention.first - 1] if mention.first else ""
    if preposition not in tables.before_place:
        preposition = "ب" if words[mention.first].startswith("ب") else "other"
    between, closer = 0, 0
    for rival in rivals:
        between += low < rival < high
    away = abs(mention.first - trigger.first)
    for m in own:
        if abs(m.first - trigger.first) < away and m is not mention and not m.metonym and m.place.kind != "country":
            closer += 1
    on = [
        *_reached(side, near, reach, preposition),
        *_seen(mention.place.kind, mention.role, mention.relation),
        *_beside(min(between, 2), side, min(closer, 3), trigger.family, preposition, trigger.form),
        *_story(mention, story),
    ]
    if crossed := clauses.crossed(low, high):
        on.extend([f"crossed={kind}/{side}" for kind in sorted(crossed)])
    if mention.metonym:
        on.append("metonym")
    follower = next((m for m in own if m.first >= mention.last), None)
    if follower is not None and follower.role == "container" and follower.first - mention.last <= 2:
        on.append("has_container")
    return on


@lru_cache(maxsize=50_000)
def _reached(side: str, near: str, reach: str, preposition: str) -> tuple[str, ...]:
    return f"gap={side}/{near}", f"cost={side}/{reach}", f"prep={preposition}", f"prep_side={preposition}/{side}"


@lru_cache(maxsize=50_000)
def _seen(kind: str, role: str, relation: str) -> tuple[str, ...]:
    return f"kind={kind}", f"role={role}", f"relation={relation}"


@lru_cache(maxsize=50_000)
def _beside(between: int, side: str, closer: int, family: str, preposition: str, form: str) -> tuple[str, ...]:
    return (f"triggers_between={between}/{side}", f"closer={closer}", f"family_prep={family}/{preposition}",
            f"form_side={form}/{side}")  # fmt: skip

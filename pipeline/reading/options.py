"""All places that a trigger may have, each with the named features that the place model weighs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from pipeline.candidates import Reading
from pipeline.linear import Group, Names
from pipeline.quick import dataclass
from pipeline.reading.clauses import GAPS, REACHES, Clauses
from pipeline.reading.tables import ReadingTables
from pipeline.records import PlaceMention, TriggerMention


@dataclass(frozen=True, slots=True)
class Option:
    """One possible place: basis is clause, follow_on, title or story; features are those that are on, in groups; score
    is what the place model makes of them."""

    mention: PlaceMention
    basis: str
    features: tuple[Group, ...]
    score: float


@dataclass(frozen=True)
class StoryPlaces:
    """What a document says of its places as a whole: mentions by place, the title's and the lead's places."""

    counts: dict[str, int]
    title: frozenset[str]
    lead: frozenset[str]
    focus: tuple[PlaceMention, ...]
    country: str
    told: dict[int, Names]  # features of a mention for the story, by its id(), filled when asked for
    lent: dict[tuple[int, str, int, bool, bool], Option]  # options of other sentences, filled when asked for

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
            counts,
            frozenset(m.location.place_id for m in in_title),
            frozenset(m.location.place_id for m in lead),
            tuple(ranked[:4]),
            reading.story_country,
            {},
            {},
        )

    def features(self, mention: PlaceMention) -> Names:
        """What the story says of a mention's place."""
        found = self.told.get(id(mention))
        if found is None:
            found = self.told[id(mention)] = tuple(self._features(mention))
        return found

    def _features(self, mention: PlaceMention) -> list[str]:
        place_id = mention.location.place_id
        on = [f"told={min(self.counts.get(place_id, 0), 4)}"]
        if place_id in self.title:
            on.append("in_title")
        if place_id in self.lead:
            on.append("in_lead")
        if self.country:
            on.append("story_country" if mention.place.country == self.country else "other_country")
        if mention.confidence < 0.5:
            on.append("unsure")
        if not mention.place.place_id:
            on.append(f"unlisted={mention.place.kind}")
        return on


@dataclass(frozen=True, slots=True)
class Own:
    """A place of a sentence with what does not hang on the trigger: the word before it, three groups of features."""

    mention: PlaceMention
    preposition: str
    seen: Group
    story: Names
    rest: Group


class ScenePlaces:
    """What a sentence's triggers share: its places but datelines, and the options to inherit, best basis first.

    specific counts its sites and towns; firsts are the first tokens, ascending, of those that may stand between a
    trigger and its place; towns and countries are those of its places.
    """

    def __init__(self, reading: Reading, index: int, story: StoryPlaces, tables: ReadingTables) -> None:
        self.story, self.model = story, tables.place_model
        words = reading.document.words
        mentions = [m for m in reading.places[index] if m.role != "dateline"]
        free = [m for m in mentions if m.place.kind != "country" and not m.metonym]
        self.specific = sum(m.role in ("", "container") for m in free)
        self.firsts = sorted(m.first for m in free)
        self.towns = {m.location.place_id for m in mentions}
        self.countries = {m.place.country for m in mentions if not m.metonym}
        self.own: list[Own] = []
        for mention in mentions:
            preposition = words[mention.first - 1] if mention.first else ""
            if preposition not in tables.before_place:
                preposition = "ب" if words[mention.first].startswith("ب") else "other"
            follower = next((m for m in mentions if m.first >= mention.last), None)
            held = follower is not None and follower.role == "container" and follower.first - mention.last <= 2
            seen = _seen, mention.place.kind, mention.role, mention.relation
            rest = _rest, mention.metonym, held, min(self.specific, 3)
            self.own.append(Own(mention, preposition, seen, story.features(mention), rest))
        self.inherited = self._inherited(reading, index)

    def _inherited(self, reading: Reading, index: int) -> list[Option]:
        """The places of the sentence before, of the title and of the story that are not among its own, each once."""
        lent: list[tuple[str, PlaceMention, str]] = []
        if index > 1:
            previous = [m for m in reading.places[index - 1] if m.role in ("", "container") and not m.metonym]
            lent.extend(("follow_on", m, "last" if m is previous[-1] else "other") for m in reversed(previous))
        if reading.sentences[0].kind == "title" and index:
            lent.extend(("title", m, "title") for m in reading.places[0] if not m.metonym and m.role == "")
        lent.extend(("story", m, f"focus{rank}") for rank, m in enumerate(self.story.focus))
        found: dict[str, Option] = {}
        for basis, mention, how in lent:
            place_id = mention.location.place_id
            if place_id not in self.towns and place_id not in found:
                found[place_id] = self.lent(basis, mention, how, False)
        return list(found.values())

    def lent(self, basis: str, mention: PlaceMention, how: str, again: bool) -> Option:
        """A place of another sentence as an option; again: the trigger before had it."""
        elsewhere = bool(self.countries) and mention.place.country not in self.countries
        specific = min(self.specific, 3)
        key = id(mention), how, specific, elsewhere, again
        option = self.story.lent.get(key)
        if option is None:
            option = self.story.lent[key] = self.option(mention, basis, (
                (_how, how, min(specific, 1)),
                self.story.features(mention),
                (_lent, mention.place.kind, elsewhere, again, specific),
            ))  # fmt: skip
        return option

    def option(self, mention: PlaceMention, basis: str, features: tuple[Group, ...]) -> Option:
        return Option(mention, basis, features, self.model.score(features))


def place_options(scene: ScenePlaces, trigger: TriggerMention, clauses: Clauses, rivals: Sequence[int],
                  before: PlaceMention | None) -> list[Option]:  # fmt: skip
    """Options of the trigger in text order: its sentence's places, the sentence before's, the title's, the story's.

    rivals are the first tokens of the sentence's other triggers, ascending; before is the nearest place of the trigger
    read last, in whatever sentence it stood.
    """
    found = [scene.option(own.mention, "clause", _in_sentence(own, scene, trigger, clauses, rivals))
             for own in scene.own]  # fmt: skip
    if before is None or before.location.place_id in scene.towns:
        return [*found, *scene.inherited]
    place_id = before.location.place_id
    found.append(scene.lent("follow_on", before, "trigger", True))
    found.extend(option for option in scene.inherited if option.mention.location.place_id != place_id)
    return found


def _in_sentence(own: Own, scene: ScenePlaces, trigger: TriggerMention, clauses: Clauses,
                 rivals: Sequence[int]) -> tuple[Group, ...]:  # fmt: skip
    mention, at = own.mention, trigger.first
    if mention.first >= at:
        side, token, gap = "after", mention.first, mention.first - trigger.last
        low, high = at, token
    else:
        side, token, gap = "before", mention.last - 1, at - mention.last + 1
        low, high = token, at
    away = abs(mention.first - at)
    between = _between(rivals, low, high)
    closer = _between(scene.firsts, at - away, at + away)
    crossed = clauses.crossed(low, high)
    return (
        (_reached, side, GAPS[gap], REACHES[clauses.between(at, token)], own.preposition),
        own.seen,
        (_beside, min(between, 2), side, min(closer, 3), trigger.family, own.preposition, trigger.form),
        own.story,
        (_crossed, crossed, side),
        own.rest,
    )


def _between(tokens: Sequence[int], low: int, high: int) -> int:
    """How many of the tokens, ascending, stand between two others."""
    return max(0, bisect_left(tokens, high) - bisect_right(tokens, low))


def _reached(side: str, near: str, reach: str, preposition: str) -> Names:
    return f"gap={side}/{near}", f"cost={side}/{reach}", f"prep={preposition}", f"prep_side={preposition}/{side}"


def _seen(kind: str, role: str, relation: str) -> Names:
    return f"kind={kind}", f"role={role}", f"relation={relation}"


def _beside(between: int, side: str, closer: int, family: str, preposition: str, form: str) -> Names:
    return (f"triggers_between={between}/{side}", f"closer={closer}", f"family_prep={family}/{preposition}",
            f"form_side={form}/{side}")  # fmt: skip


def _crossed(kinds: frozenset[str], side: str) -> Names:
    return tuple(f"crossed={kind}/{side}" for kind in sorted(kinds))


def _rest(metonym: bool, held: bool, specific: int) -> Names:
    on = ("metonym", metonym), ("has_container", held), (f"specific={specific}", True)
    return tuple(name for name, given in on if given)


def _how(how: str, specific: int) -> Names:
    return f"inherited={how}", f"inherited={how}/{specific}"


def _lent(kind: str, elsewhere: bool, again: bool, specific: int) -> Names:
    on = ((f"inherited_kind={kind}", True), ("inherited_other_country", elsewhere), ("same_as_trigger_before", again),
          (f"specific={specific}", True))  # fmt: skip
    return tuple(name for name, given in on if given)

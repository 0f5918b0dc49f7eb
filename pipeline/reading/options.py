"""All places that a trigger may have, each with the named features that the place model weighs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.candidates import Reading
from pipeline.linear import Group, Linear, Names
from pipeline.machinery.quick import dataclass
from pipeline.reading.clauses import GAPS, REACHES, Clauses
from pipeline.reading.neighbours import beside, list_heads, of_family, way_of, width
from pipeline.reading.storyplaces import Lent, StoryPlaces, Told, followed, lent, lent_features, offers, wanting
from pipeline.reading.tables import ReadingTables
from pipeline.records import PlaceMention, TriggerMention

LEAD = 3  # sentences from the title on


@dataclass(frozen=True, slots=True)
class Option:
    """One possible place: basis is clause, follow_on, title or story; features are those that are on, in groups; score
    is what the place model makes of them: e to the score is its weight among all options of the trigger."""

    mention: PlaceMention
    basis: str
    features: tuple[Group, ...]
    score: float


class Own:
    """A place of a sentence with what does not hang on the trigger or on its family only, scored once: the word before
    it, the letter joined to it, and the index of the first of its list among the sentence's places."""

    def __init__(self, mention: PlaceMention, preposition: str, clitic: str, head: int, beside: Group,
                 groups: tuple[Group, ...], model: Linear) -> None:  # fmt: skip
        self.mention, self.preposition, self.clitic, self.head = mention, preposition, clitic, head
        self._beside, self._groups, self._model = beside, (beside, *groups), model
        self._families: dict[str, tuple[tuple[Group, ...], float]] = {}

    def of_family(self, family: str) -> tuple[tuple[Group, ...], float]:
        """Groups of features for a trigger of a family, and what they add to the score."""
        found = self._families.get(family)
        if found is None:
            kind = _of_kind, family, self.mention.place.kind
            groups = *self._groups, (of_family, family, self._beside), kind
            found = self._families[family] = groups, self._model.score(groups)
        return found


class ScenePlaces:
    """What a sentence's triggers share: its places but datelines, and what other sentences lend.

    specific counts its sites and towns; firsts are the first tokens, ascending, of those that may stand between a
    trigger and its place; towns and countries are those of its places.
    """

    def __init__(self, reading: Reading, index: int, story: StoryPlaces, tables: ReadingTables) -> None:
        self.reading, self.index = reading, index
        self.story, self.model = story, tables.place_model
        document, words = reading.document, reading.document.words
        mentions = [m for m in reading.places[index] if m.role != "dateline"]
        free = [m for m in mentions if m.place.kind != "country" and not m.metonym]
        self.specific = sum(m.role in ("", "container") for m in free)
        self.firsts = sorted(m.first for m in free)
        self.towns = {m.location.place_id for m in mentions}
        self.countries = {m.place.country for m in mentions if not m.metonym}
        self.own: list[Own] = []
        heads = list_heads(document, mentions, tables)
        ways = [way_of(document, m, tables) for m in mentions]
        around = beside(mentions, heads, ways) if mentions else []
        opening = reading.sentences[index].first
        where = "title" if reading.sentences[index].kind == "title" else "lead" if index < LEAD else "body"
        for at, mention in enumerate(mentions):
            first = mention.first
            before = words[first - 1] if first else ""
            preposition = before
            if preposition not in tables.before_place:
                preposition = "ب" if words[first].startswith("ب") else "other"
            follower = next((m for m in mentions if m.first >= mention.last), None)
            held = follower is not None and follower.role == "container" and follower.first - mention.last <= 2
            lead = mentions[heads[at]]
            clitic = document.raw[document.starts[first] : mention.start][-1:] or "-"
            own = words[first] if mention.name_first > first else "-"
            self.own.append(Own(mention, preposition, clitic, heads[at], around[at], (
                (_seen, mention.place.kind, mention.role, mention.relation),
                story.features(mention),
                (_rest, mention.metonym, held, min(self.specific, 3)),
                (_stands, where, width(mention.place.kind)),
                (_before, words[lead.first - 1] if lead.first > opening else "^", own, clitic),
            ), self.model))  # fmt: skip
        self._offers: list[tuple[str, PlaceMention, str]] | None = None
        self._ones: dict[int, list[Lent]] = {}
        self._lent: dict[tuple[object, ...], list[Option]] = {}

    def lend(self, trigger: TriggerMention, clauses: Clauses, told: Told, dated: bool) -> list[Option]:
        """The places of other sentences as options of a trigger, the best basis first."""
        wants = trigger.family, trigger.form, trigger.definite, trigger.toll, dated
        before, of_family = told.before, told.of_family
        key = wants, told.family, id(before), id(of_family)
        found = self._lent.get(key)
        if found is None:
            ones = self._ones.get(id(before))
            if ones is None:
                if self._offers is None:
                    self._offers = offers(self.reading, self.index, self.story)
                ones = self._ones[id(before)] = lent(self._offers, self.towns, before)
            lacks = *wants, clauses.kinds.get(clauses.first, "-")
            found = self._lent[key] = [self._lent_option(one, trigger, told, lacks) for one in ones]
        return found

    def _lent_option(self, one: Lent, trigger: TriggerMention, told: Told, wants: tuple[object, ...]) -> Option:
        mention, specific = one.mention, min(self.specific, 3)
        place_id = mention.location.place_id
        elsewhere = bool(self.countries) and mention.place.country not in self.countries
        again = told.before is not None and told.before.location.place_id == place_id
        kin = told.of_family is not None and told.of_family.location.place_id == place_id
        same = again and told.family == trigger.family
        key = id(mention), one.ways, specific, elsewhere, again, kin, same, wants
        option = self.story.lent.get(key)
        if option is None:
            some = min(specific, 1)
            option = self.story.lent[key] = self.option(mention, one.basis, (
                (lent_features, one.ways, mention.place.kind, specific, elsewhere),
                self.story.features(mention),
                (wanting, one.ways[0], mention.place.kind, some, *wants),
                (followed, again, same, kin, some, trigger.form, trigger.definite) if again or kin else (),
            ))  # fmt: skip
        return option

    def option(self, mention: PlaceMention, basis: str, features: tuple[Group, ...]) -> Option:
        return Option(mention, basis, features, self.model.score(features))


def place_options(scene: ScenePlaces, trigger: TriggerMention, clauses: Clauses, rivals: Sequence[int], told: Told,
                  dated: bool) -> list[Option]:  # fmt: skip
    """Options of the trigger: its sentence's places in text order, then what other sentences lend.

    rivals are the first tokens of the sentence's other triggers, ascending; told are the places of the triggers read
    before, in whatever sentence they stood; dated: the trigger's own clause tells its day.
    """
    found = [_in_sentence(own, scene, trigger, clauses, rivals, told) for own in scene.own]
    found.extend(scene.lend(trigger, clauses, told, dated))
    return found


def _in_sentence(own: Own, scene: ScenePlaces, trigger: TriggerMention, clauses: Clauses,
                 rivals: Sequence[int], told: Told) -> Option:  # fmt: skip
    mention, at = own.mention, trigger.first
    if mention.first >= at:
        side, token, gap = "after", mention.first, mention.first - trigger.last
        low, high = at, token
    else:
        side, token, gap = "before", mention.last - 1, at - mention.last + 1
        low, high = token, at
    away = abs(mention.first - at)
    between = count_between(rivals, low, high)
    closer = count_between(scene.firsts, at - away, at + away)
    fixed, score = own.of_family(trigger.family)
    reached = (
        (_reached, side, GAPS[gap], REACHES[clauses.between(at, token)], own.preposition),
        (_beside, min(between, 2), side, min(closer, 3), trigger.family, own.preposition, trigger.form, own.clitic),
        (_crossed, clauses.crossed(low, high), side),
        (_again, told.family == trigger.family, side, trigger.form, trigger.definite,
         REACHES[clauses.between(at, token)]) if told.before is mention else (),
    )  # fmt: skip
    return Option(mention, "clause", (*fixed, *reached), score + scene.model.score(reached))


def count_between(tokens: Sequence[int], low: int, high: int) -> int:
    """How many of the tokens, ascending, stand between two others."""
    return max(0, bisect_left(tokens, high) - bisect_right(tokens, low))


def _reached(side: str, near: str, reach: str, preposition: str) -> Names:
    return f"gap={side}/{near}", f"cost={side}/{reach}", f"prep={preposition}", f"prep_side={preposition}/{side}"


def _seen(kind: str, role: str, relation: str) -> Names:
    return f"kind={kind}", f"role={role}", f"relation={relation}"


def _beside(between: int, side: str, closer: int, family: str, preposition: str, form: str, clitic: str) -> Names:
    return (f"triggers_between={between}/{side}", f"closer={closer}", f"family_prep={family}/{preposition}",
            f"form_side={form}/{side}", f"family_clitic={family}/{clitic}/{side}")  # fmt: skip


def _again(same: bool, side: str, form: str, definite: bool, reach: str) -> Names:
    """Features of the place that the trigger before it has taken; same: of one family."""
    return f"again={side}/{same}", f"again_form={side}/{form}/{definite}/{same}", f"again_reach={side}/{reach}"


def _stands(where: str, width: str) -> Names:
    return (f"sentence={where}/{width}",)


def _crossed(kinds: frozenset[str], side: str) -> Names:
    return tuple(f"crossed={kind}/{side}" for kind in sorted(kinds))


def _rest(metonym: bool, held: bool, specific: int) -> Names:
    on = ("metonym", metonym), ("has_container", held), (f"specific={specific}", True)
    return tuple(name for name, given in on if given)


def _before(before: str, head: str, clitic: str) -> Names:
    return f"before={before}", f"head={head}", f"clitic={clitic}"


def _of_kind(family: str, kind: str) -> Names:
    return (f"family_kind={family}/{kind}",)

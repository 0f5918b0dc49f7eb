"""Which further places of its sentence are places of a trigger too: each is an event of its own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.linear import Group, Names, probability_of
from pipeline.machinery.quick import dataclass
from pipeline.reading.clauses import Clauses, Scale
from pipeline.reading.neighbours import inside
from pipeline.reading.options import Option, ScenePlaces, count_between
from pipeline.reading.tables import ReadingTables
from pipeline.records import PlaceMention, TriggerMention

LIST_LEAST = 0.45  # a further place less likely than this is no event's place
WORSE = Scale((0.5, "0"), (1.0, "1"), (2.0, "2"), (3.0, "3"), (4.5, "4"))  # than the best place, in log-odds
LOOSE = Scale((0, "0"), (1, "1"), (2, "2"), (5, "few"), (10, "some"))  # words that belong to no list


@dataclass(frozen=True, slots=True)
class Further:
    """A place beside the best one with its features and the list model's log-odds."""

    mention: PlaceMention
    features: tuple[Group, ...]
    score: float

    @property
    def sure(self) -> float:
        return probability_of(self.score)


def further_places(best: Option, options: Sequence[Option], scene: ScenePlaces, trigger: TriggerMention,
                   clauses: Clauses, rivals: Sequence[int], tables: ReadingTables) -> list[Further]:  # fmt: skip
    """Every other place of the sentence that may be the trigger's too, in text order, no town twice.

    best is the likeliest option and one of the sentence's own; options begin with those, in the order of scene.own.
    """
    if len(scene.own) < 2:
        return []
    at = next(i for i, own in enumerate(scene.own) if own.mention is best.mention)
    seen = {_key(best.mention)}
    found = []
    for i, (own, option) in enumerate(zip(scene.own, options, strict=False)):
        mention = own.mention
        if mention.metonym or _key(mention) in seen:
            continue
        seen.add(_key(mention))
        features = _features(at, i, best.score - option.score, scene, trigger, clauses, rivals, tables)
        found.append(Further(mention, features, tables.listed_model.score(features)))
    return found


def _key(mention: PlaceMention) -> tuple[str, str]:
    return mention.location.place_id, mention.place.place_id


def _features(best: int, other: int, worse: float, scene: ScenePlaces, trigger: TriggerMention, clauses: Clauses,
              rivals: Sequence[int], tables: ReadingTables) -> tuple[Group, ...]:  # fmt: skip
    one, two = scene.own[best].mention, scene.own[other].mention
    low, high = (best, other) if best < other else (other, best)
    left, right = scene.own[low], scene.own[high]
    words = scene.reading.document.words
    listed = left.head == right.head
    loose, token, joiners = 0, left.mention.last, tables.place_joiners
    for own in scene.own[low + 1 : high + 1]:
        loose += sum([word not in joiners and word[0] != "و" for word in words[token : own.mention.first]])
        token = max(token, own.mention.last)
    side = "after" if other > best else "before"
    between = min(count_between(rivals, left.mention.last - 1, right.mention.first), 2)
    crossed = clauses.crossed(left.mention.first, right.mention.first)
    # does a rival stand nearer to the other place than the trigger does?
    nearer = any(abs(rival - two.first) < abs(trigger.first - two.first) for rival in rivals)
    step = "next" if high == low + 1 else "far"
    return (
        (_joint, listed, WORSE[worse], step, right.clitic, LOOSE[loose], side, between),
        (_kinds, listed, one.place.kind, two.place.kind, trigger.family, step),
        (_relations, one.relation, two.relation, two.role, inside(two.place, one.place), inside(one.place, two.place)),
        (_apart, crossed, nearer, between, side),
        (_words, words[left.mention.first] if left.mention.name_first > left.mention.first else "-",
         words[two.first - 1] if two.first else "", trigger.family, trigger.form, min(len(scene.own), 5)),
        (_joiners, *words[left.mention.last : right.mention.first])
        if step == "next" and right.mention.first - left.mention.last <= 4 else (),
    )  # fmt: skip


def _joint(listed: bool, worse: str, step: str, clitic: str, loose: str, side: str, between: int) -> Names:
    return (f"listed={listed}", f"worse={worse}", f"listed_worse={listed}/{worse}", f"clitic={clitic}/{step}",
            f"loose={loose}/{step}", f"loose_clitic={loose}/{clitic}", f"side={side}/{step}",
            f"loose_between={loose}/{between}")  # fmt: skip


def _kinds(listed: bool, one: str, two: str, family: str, step: str) -> Names:
    return (f"kinds={one}/{two}", f"same_kind={one == two}/{step}", f"listed_kind={listed}/{two}",
            f"listed_family={listed}/{family}")  # fmt: skip


def _relations(one: str, two: str, role: str, narrower: bool, wider: bool) -> Names:
    return f"relations={one}/{two}", f"role={role}", f"inside={narrower}/{wider}"


def _apart(crossed: frozenset[str], nearer: bool, between: int, side: str) -> Names:
    return f"nearer={nearer}/{side}/{between}", f"between={between}/{side}", *[f"crossed={k}" for k in sorted(crossed)]


def _words(head: str, before: str, family: str, form: str, places: int) -> Names:
    return f"head={head}", f"before={before}", f"family={family}", f"form={form}", f"places={places}"


def _joiners(*words: str) -> Names:
    return tuple(f"joiner={word}" for word in dict.fromkeys(words))

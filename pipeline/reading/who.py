"""Who did what to whom: the actors of a sentence as possible agents and targets of a trigger, weighed by two models."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.candidates import ActorChoice
from pipeline.linear import Group, Linear, Names
from pipeline.quick import dataclass
from pipeline.reading.clauses import GAPS, REACHES, Clauses
from pipeline.reading.tables import ReadingTables
from pipeline.records import ActorMention, CueMention, Document, Quantity, TriggerMention

# Log-odds from which an actor is taken. Most events have a target, and a named one is more often right than none.
AGENT_LEAST, TARGET_LEAST = -0.4, -0.9
NOBODY = ActorChoice("", "", "", "actor.none")
VERBS = ("past", "present", "jussive", "future")
PERSONS = ("leader", "office")
Roles = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActorOption:
    """An actor that may be a side of the trigger, and the features that are on, in groups.

    inherited is "agent" or "target" for the side of an earlier telling, which may only be that side again.
    """

    mention: ActorMention
    features: tuple[Group, ...]
    inherited: str = ""
    acts: bool = True  # False where the trigger's subject is the weapon (سقطت قذائف) and no word marks an agent


@dataclass(frozen=True)
class Sides:
    """Agent and target with their probabilities; others stand beside them in the clause."""

    agent: ActorOption | None
    target: ActorOption | None
    others: tuple[ActorMention, ...]


def side_name(mention: ActorMention) -> str:
    """The name of a mention as one side; a person of a violent event stands for the group he leads."""
    return mention.group_of if mention.kind in PERSONS and mention.group_of else mention.name


def choice(mention: ActorMention, rule: str) -> ActorChoice:
    """A mention as one side."""
    return ActorChoice(side_name(mention), mention.inter, mention.country, f"{rule}+{mention.rule}", mention)


def victims(killed: Sequence[Quantity], actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Actors named as the people counted: they begin inside the quantity or right after it."""
    return tuple([m for m in actors if any(q.first <= m.first <= q.last + 1 for q in killed)]) if killed else ()


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of a sentence, with what does not hang on the trigger: the words that say what it does.

    before is the word before it and letter the first letter of its own word; joined is that letter where it may be a
    clitic, "-" else; preposition is the word before where it is one; agent and target are the names of markers.
    """

    mention: ActorMention
    before: str
    letter: str
    joined: str
    preposition: str
    agent: str
    target: str
    speaks: bool


class SceneActors:
    """What a sentence's triggers share: its actors in text order, and their first tokens, ascending."""

    def __init__(self, document: Document, actors: Sequence[ActorMention], cues: Sequence[CueMention],
                 tables: ReadingTables) -> None:  # fmt: skip
        words = document.words
        sayings = [c.first for c in cues if c.cue_class == "saying"]
        self.named: list[Named] = []
        for mention in actors:
            if mention.kind == "hint":
                continue
            first, last = mention.first, mention.last
            before, two_before = words[first - 1] if first else "", words[first - 2] if first > 1 else ""
            letter = words[first][:1]
            self.named.append(Named(
                mention, before, letter, letter if letter in _JOINED else "-",
                before if before in tables.before_place else "",
                _marker("agent_marker", before, two_before, tables.agent_markers),
                _marker("target_marker", before, two_before, tables.target_markers),
                any(0 <= first - said <= 2 or 0 < said - last <= 1 for said in sayings),
            ))  # fmt: skip
        self.firsts = sorted([named.mention.first for named in self.named])


_JOINED = frozenset("لبوف")


def _marker(name: str, before: str, two_before: str, markers: frozenset[str]) -> str:
    return name if before in markers else f"{name}.near" if two_before in markers else ""


def actor_options(scene: SceneActors, trigger: TriggerMention, harmed: Sequence[Quantity], clauses: Clauses,
                  earlier: Mapping[str, ActorMention], country: str,
                  rivals: Sequence[int]) -> list[ActorOption]:  # fmt: skip
    """Every actor of the sentence in text order, then the sides of an earlier telling of the family (earlier).

    harmed are the killed and injured of the clause; country is the English name of the event's country; rivals are
    the first tokens of the sentence's other triggers.
    """
    fallen = ("subject", "weapon") in trigger.roles and trigger.form in VERBS
    options = []
    for named in scene.named:
        first = named.mention.first
        own = clauses.between(trigger.first, first)
        closer = bool(rivals) and any(clauses.between(rival, first) < own for rival in rivals)
        counted = bool(harmed) and any(q.first <= first <= q.last + 1 for q in harmed)
        features = _features(named, scene, trigger, counted, closer, own, clauses, country)
        options.append(ActorOption(named.mention, features, "", named.agent != "" or not fallen))
    for side, told in earlier.items():
        if all(told.name != named.mention.name for named in scene.named):
            on = _earlier, trigger.form, told.inter, trigger.family, min(len(scene.named), 4)
            options.append(ActorOption(told, (on,), side))
    return options


def _features(named: Named, scene: SceneActors, trigger: TriggerMention, harmed: bool, rival_closer: bool,
              reach: float, clauses: Clauses, country: str) -> tuple[Group, ...]:  # fmt: skip
    """harmed: it is among the killed and injured; rival_closer: another trigger is nearer; reach in clause costs."""
    mention, form, voice = named.mention, trigger.form, trigger.voice
    first, at = mention.first, trigger.first
    if first > at:
        side, gap = "after", first - trigger.last
        closer = bisect_left(scene.firsts, first) - bisect_right(scene.firsts, at)
    else:
        side, gap = "before", at - mention.last
        closer = bisect_right(scene.firsts, at) - bisect_right(scene.firsts, first)
    home = "home" if mention.country == country else "foreign" if mention.country else "no_country"
    slots = _slots(trigger.roles)
    before, letter = named.before if named.before in slots else "", named.letter if named.letter in slots else ""
    return (
        (_reached, form, voice, side, GAPS[gap], REACHES[reach]),
        (_known, mention.kind, mention.inter, trigger.family, form, voice, side),
        (_placed, min(closer, 3), form, voice, side, named.joined, trigger.trigger_id),
        (_between, home, clauses.crossed(at, first), side),
        (_marked, named.agent, named.target, named.preposition, side, named.speaks, harmed),
        (_roles, trigger.roles, before, letter, side),
        (_common, rival_closer, side, trigger.family, min(len(scene.named), 4)),
    )


def sides(options: Sequence[ActorOption], agent_model: Linear, target_model: Linear) -> Sides:
    """The likeliest pair of different actors; a side whose odds are too low stays empty."""
    agents = [(agent_model.score(o.features) - AGENT_LEAST, o) for o in options if o.acts and o.inherited != "target"]
    targets = [(target_model.score(o.features) - TARGET_LEAST, o) for o in options if o.inherited != "agent"]
    likely = [(0.0, None), *[(score, o) for score, o in targets if score > 0.0]]
    best: tuple[float, ActorOption | None, ActorOption | None] = (0.0, None, None)
    for agent_score, agent in [(0.0, None), *[(score, o) for score, o in agents if score > 0.0]]:
        for target_score, target in likely:
            if agent_score + target_score <= best[0]:
                continue
            if agent and target and side_name(agent.mention) == side_name(target.mention):
                continue
            best = (agent_score + target_score, agent, target)
    _, agent, target = best
    others = tuple([o.mention for o in options if o is not agent and o is not target and not o.inherited])
    return Sides(agent, target, others)


def _reached(form: str, voice: str, side: str, near: str, reach: str) -> Names:
    way = f"{form}/{voice}/{side}"
    return f"way={way}", f"gap={side}/{near}", f"gap_way={near}/{way}", f"reach={side}/{reach}"


def _known(kind: str, inter: str, family: str, form: str, voice: str, side: str) -> Names:
    way = f"family_way={family}/{form}/{voice}/{side}"
    return f"kind={kind}", f"inter={inter}", f"family_inter={family}/{inter}", way


def _placed(closer: int, form: str, voice: str, side: str, joined: str, trigger: str) -> Names:
    return (f"closer={closer}/{side}", f"closer_way={min(closer, 2)}/{form}/{voice}/{side}", f"joined={joined}/{side}",
            f"trigger_side={trigger}/{side}")  # fmt: skip


def _between(home: str, crossed: frozenset[str], side: str) -> Names:
    return home, *[f"crossed={kind}/{side}" for kind in sorted(crossed)]


def _marked(agent: str, target: str, preposition: str, side: str, speaks: bool, harmed: bool) -> Names:
    placed = f"prep={preposition}/{side}" if preposition else ""
    return tuple(filter(None, (agent, target, placed, "speaker" if speaks else "", "harmed" if harmed else "")))


@cache
def _slots(roles: Roles) -> frozenset[str]:
    return frozenset(slot for slot, _ in roles)


def _roles(roles: Roles, before: str, letter: str, side: str) -> Names:
    slots = ("subject", "object", before, letter)
    return tuple(f"role={slot}={role}/{side}" for slot, role in roles if slot in slots)


def _common(rival_closer: bool, side: str, family: str, actors: int) -> Names:
    found = f"family={family}", f"actors={actors}"
    return (f"rival_closer/{side}", *found) if rival_closer else found


def _earlier(form: str, inter: str, family: str, actors: int) -> Names:
    return ("earlier", f"earlier_form={form}", f"earlier_inter={inter}", f"earlier_family={family}",
            f"earlier_actors={actors}")  # fmt: skip

"""Who did what to whom: the actors of a sentence as possible agents and targets of a trigger, weighed by two models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.candidates import ActorChoice
from pipeline.linear import Linear
from pipeline.quick import dataclass
from pipeline.reading.clauses import GAPS, REACHES, Clauses, bucket
from pipeline.reading.tables import ReadingTables
from pipeline.records import ActorMention, CueMention, Document, Quantity, TriggerMention

# Log-odds from which an actor is taken. Most events have a target, and a named one is more often right than none.
AGENT_LEAST, TARGET_LEAST = -0.4, -0.9
NOBODY = ActorChoice("", "", "", "actor.none")
VERBS = ("past", "present", "jussive", "future")
PERSONS = ("leader", "office")


@dataclass(frozen=True, slots=True)
class ActorOption:
    """An actor that may be a side of the trigger, and the features that are on.

    inherited is "agent" or "target" for the side of an earlier telling, which may only be that side again.
    """

    mention: ActorMention
    features: tuple[str, ...]
    inherited: str = ""
    acts: bool = True  # False where the trigger's subject is the weapon (سقطت قذائف) and no word marks an agent


@dataclass(frozen=True)
class Sides:
    """Agent and target with their probabilities; others stand beside them in the clause."""

    agent: ActorOption | None
    target: ActorOption | None
    others: tuple[ActorMention, ...]


def choice(mention: ActorMention, rule: str) -> ActorChoice:
    """A mention as one side; a person of a violent event stands for the group he leads."""
    name = mention.group_of if mention.kind in PERSONS and mention.group_of else mention.name
    return ActorChoice(name, mention.inter, mention.country, f"{rule}+{mention.rule}", mention)


def victims(killed: Sequence[Quantity], actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Actors named as the people counted: they begin inside the quantity or right after it."""
    return tuple(m for m in actors if any(q.first <= m.first <= q.last + 1 for q in killed))


def actor_options(
    document: Document, trigger: TriggerMention, actors: Sequence[ActorMention], harmed: Sequence[Quantity],
    cues: Sequence[CueMention], clauses: Clauses, tables: ReadingTables, earlier: dict[str, ActorMention], country: str,
    rivals: Sequence[int],
) -> list[ActorOption]:  # fmt: skip
    """Every actor of the sentence in text order, then the sides of an earlier telling of the family (earlier).

    harmed are the killed and injured of the clause; country is the English name of the event's country; rivals are
    the first tokens of the sentence's other triggers.
    """
    named = [m for m in actors if m.kind != "hint"]
    sayings = [c.first for c in cues if c.cue_class == "saying"]
    fallen = ("subject", "weapon") in trigger.roles and trigger.form in VERBS
    common = (f"family={trigger.family}", f"actors={min(len(named), 4)}")
    options = []
    for mention in named:
        on = _features(document, mention, named, trigger, harmed, sayings, clauses, tables, country)
        own = clauses.between(trigger.first, mention.first)
        if any(clauses.between(rival, mention.first) < own for rival in rivals):
            on.append(f"rival_closer/{'after' if mention.first > trigger.first else 'before'}")
        marked = any(name.startswith("agent_marker") for name in on)
        options.append(ActorOption(mention, (*on, *common), acts=marked or not fallen))
    for side, told in earlier.items():
        if all(told.name != m.name for m in named):
            on = [f"earlier_form={trigger.form}", f"earlier_inter={told.inter}", f"earlier_family={trigger.family}"]
            options.append(ActorOption(told, ("earlier", *on, f"earlier_actors={min(len(named), 4)}"), side))
    return options


def _features(
    document: Document, mention: ActorMention, named: Sequence[ActorMention], trigger: TriggerMention,
    harmed: Sequence[Quantity], sayings: Sequence[int], clauses: Clauses, tables: ReadingTables, country: str,
) -> list[str]:  # fmt: skip
    words, first = document.words, mention.first
    after = first > trigger.first
    side = "after" if after else "before"
    gap = first - trigger.last if after else trigger.first - mention.last
    near = bucket(gap, GAPS)
    reach = bucket(clauses.between(trigger.first, first), REACHES)
    low, high = (trigger.first, first) if after else (first, trigger.first)
    before = words[first - 1] if first else ""
    two_before = words[first - 2] if first > 1 else ""
    closer = sum(1 for m in named if m is not mention and (m.first > trigger.first) == after
                 and abs(m.first - trigger.first) < abs(first - trigger.first))  # fmt: skip
    joined = words[first][0] if words[first][:1] in ("ل", "ب", "و", "ف") else "-"
    on = [
        *_reached(trigger.form, trigger.voice, side, near, reach),
        *_named(mention.kind, mention.inter, trigger.family, trigger.form, trigger.voice, side),
        *_placed(min(closer, 3), trigger.form, trigger.voice, side, joined, trigger.trigger_id),
        "home" if mention.country == country else "foreign" if mention.country else "no_country",
    ]
    if crossed := clauses.crossed(low, high):
        on.extend([f"crossed={kind}/{side}" for kind in sorted(crossed)])
    for name, markers in (("agent_marker", tables.agent_markers), ("target_marker", tables.target_markers)):
        if before in markers:
            on.append(name)
        elif two_before in markers:
            on.append(f"{name}.near")
    if before in tables.before_place:
        on.append(f"prep={before}/{side}")
    if sayings and (any(0 <= first - s <= 2 for s in sayings) or any(0 < s - mention.last <= 1 for s in sayings)):
        on.append("speaker")
    if harmed and any(q.first <= first <= q.last + 1 for q in harmed):
        on.append("harmed")
    for slot, role in trigger.roles:
        if slot in ("subject", "object") or slot == before or slot == words[first][:1]:
            on.append(f"role={slot}={role}/{side}")
    return on


def sides(options: Sequence[ActorOption], agent_model: Linear, target_model: Linear) -> Sides:
    """The likeliest pair of different actors; a side whose odds are too low stays empty."""
    agents = [(agent_model.score(o.features) - AGENT_LEAST, o) for o in options if o.acts and o.inherited != "target"]
    targets = [(target_model.score(o.features) - TARGET_LEAST, o) for o in options if o.inherited != "agent"]
    best: tuple[float, ActorOption | None, ActorOption | None] = (0.0, None, None)
    for agent_score, agent in [(0.0, None), *((s, o) for s, o in agents if s > 0.0)]:
        for target_score, target in [(0.0, None), *((s, o) for s, o in targets if s > 0.0)]:
            if agent and target and (agent is target or _name(agent) == _name(target)):
                continue
            if agent_score + target_score > best[0]:
                best = (agent_score + target_score, agent, target)
    taken = (best[1], best[2])
    others = tuple(o.mention for o in options if o not in taken and not o.inherited)
    return Sides(best[1], best[2], others)


def _name(option: ActorOption) -> str:
    return choice(option.mention, "").name


@lru_cache(maxsize=50_000)
def _reached(form: str, voice: str, side: str, near: str, reach: str) -> tuple[str, ...]:
    way = f"{form}/{voice}/{side}"
    return f"way={way}", f"gap={side}/{near}", f"gap_way={near}/{way}", f"reach={side}/{reach}"


@lru_cache(maxsize=50_000)
def _named(kind: str, inter: str, family: str, form: str, voice: str, side: str) -> tuple[str, ...]:
    way = f"family_way={family}/{form}/{voice}/{side}"
    return f"kind={kind}", f"inter={inter}", f"family_inter={family}/{inter}", way


@lru_cache(maxsize=50_000)
def _placed(closer: int, form: str, voice: str, side: str, joined: str, trigger: str) -> tuple[str, ...]:
    return (f"closer={closer}/{side}", f"closer_way={min(closer, 2)}/{form}/{voice}/{side}", f"joined={joined}/{side}",
            f"trigger_side={trigger}/{side}")  # fmt: skip

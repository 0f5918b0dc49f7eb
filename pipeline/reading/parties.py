"""The two sides of a candidate after family rules: callers, protesters, unidentified groups, civilians as targets."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import ActorChoice
from pipeline.machinery.quick import dataclass
from pipeline.reading.cast import PERSONS
from pipeline.reading.clauses import Clauses
from pipeline.reading.pairing import Sides
from pipeline.reading.who import NOBODY, choice, of_mention, victims
from pipeline.records import ActorMention, Quantity, TriggerMention

CALL_KINDS = (*PERSONS, "state", "external", "rebel", "political_militia")
# Family → (name pattern, inter) of the acting side when the text names nobody.
UNNAMED = {
    "shelling": ("Unidentified Armed Group ({})", "Political militia"),
    "bombing": ("Unidentified Armed Group ({})", "Political militia"),
    "attack": ("Unidentified Armed Group ({})", "Political militia"),
    "abduction": ("Unidentified Armed Group ({})", "Political militia"),
    "clash": ("Unidentified Armed Group ({})", "Political militia"),
    "arrest": ("Police Forces of {}", "State forces"),
    "disrupted_weapons": ("Military Forces of {}", "State forces"),
    "protest": ("Protesters ({})", "Protesters"),
    "riot": ("Rioters ({})", "Rioters"),
}
PEACEFUL = "Peaceful protest"
INTERVENES = 1.5  # by how much somebody must outweigh nobody to turn a peaceful protest into one with intervention
HARMED_FAMILIES = ("shelling", "air_strike", "bombing", "chemical", "attack", "abduction")


@dataclass(frozen=True, slots=True)
class Parties:
    actor1: ActorChoice
    actor2: ActorChoice
    assoc_1: tuple[ActorChoice, ...] = ()
    assoc_2: tuple[ActorChoice, ...] = ()


def of_call(trigger: TriggerMention, actors: Sequence[ActorMention], clauses: Clauses) -> Parties:
    """Caller and callee: the two nearest parties; «تلقى اتصالا من» turns them round."""
    pool = [m for m in actors if m.kind in CALL_KINDS]
    near = sorted(pool, key=lambda m: (clauses.between(trigger.first, m.first), m.first))
    picked: list[ActorMention] = []
    for mention in near:
        if all(_different(mention, other) for other in picked):
            picked.append(mention)
        if len(picked) == 2:
            break
    picked.sort(key=lambda m: m.first)
    named = [ActorChoice(m.name, m.inter, m.country, f"actor.call_party+{m.rule}", m) for m in picked]
    while len(named) < 2:
        named.append(NOBODY)
    first, second = named
    received = any(slot == "subject" and role == "target" for slot, role in trigger.roles)
    return Parties(second, first) if received and second.name else Parties(first, second)


def _different(one: ActorMention, other: ActorMention) -> bool:
    if one.name == other.name or (one.person and one.person == other.person):
        return False
    if one.kind in PERSONS and other.kind in PERSONS:
        return True
    return one.country != other.country or not one.country


def of_event(family: str, sides: Sides, killed: Sequence[Quantity], actors: Sequence[ActorMention],
             country: str, kind: str) -> Parties:  # fmt: skip
    """Both sides of any other event; kind is the trigger's sub-event type.

    country is the English name of the event's country, "" when unknown.
    """
    if family in ("protest", "riot"):
        return _demonstration(family, kind, sides, actors, country)
    agent = NOBODY
    if sides.agent is not None:
        agent = choice(sides.agent, "actor.agent")
    target = NOBODY
    if sides.target is not None:
        target = choice(sides.target, "actor.target")
    if not agent.name:
        agent = _unnamed(family, country)
    if not target.name:
        dead = victims(killed, actors)
        if dead and dead[0].name != agent.name:
            target = of_mention(dead[0], "actor.victims")
        elif killed and family in HARMED_FAMILIES and country:
            target = ActorChoice(f"Civilians ({country})", "Civilians", country, "actor.victims_unnamed")
    if family not in HARMED_FAMILIES:
        return Parties(agent, target)
    others = [of_mention(m, "actor.associated") for m in sides.others if m.inter and m.kind not in PERSONS]
    unique = {o.name: o for o in others if o.name not in (agent.name, target.name)}
    return Parties(agent, target, (), tuple(unique.values()))


def _unnamed(family: str, country: str) -> ActorChoice:
    if family not in UNNAMED or not country:
        return NOBODY
    pattern, inter = UNNAMED[family]
    return ActorChoice(pattern.format(country), inter, country, "actor.unnamed")


def _demonstration(family: str, kind: str, sides: Sides, actors: Sequence[ActorMention], country: str) -> Parties:
    actor1 = _unnamed(family, country)
    named = next((m for m in actors if m.kind in ("protesters", "rioters")), None)
    if named is not None:
        word = "Rioters" if family == "riot" else "Protesters"
        home = country or named.country
        if home:
            actor1 = ActorChoice(f"{word} ({home})", word, home, f"actor.demonstrators+{named.rule}", named)
    actor2 = NOBODY
    target = sides.target
    if kind == PEACEFUL and target is not None and (target.basis != "clause" or sides.sure < INTERVENES):
        target = None  # somebody who is only told of does not make it a protest with intervention
    if target is not None and target.mention.kind not in ("protesters", "rioters"):
        actor2 = choice(target, "actor.intervening")
    people = {m.name: of_mention(m, "actor.associated") for m in sides.others if m.inter == "Civilians"}
    return Parties(actor1, actor2, tuple(people.values()), ())

"""Which ACLED sub-event type a trigger tells, from its weapon, its sides and its victims (codebook, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.candidates import ActorChoice
from pipeline.reading.clauses import Clauses
from pipeline.records import ActorMention, TriggerMention, WeaponMention

NEAR = 14.0
AIR = "Air/drone strike"
CLASH = "Armed clash"
ATTACK = "Attack"
EXCESSIVE = "Excessive force against protesters"
REGAINS = "Government regains territory"
OVERTAKES = "Non-state actor overtakes territory"
ARMED = ("State forces", "Rebel group", "Political militia", "Identity militia", "External/Other forces")


def nearest_weapon(weapons: Sequence[WeaponMention], trigger: TriggerMention, clauses: Clauses) -> WeaponMention | None:
    """The weapon in the trigger's clause that implies a sub-event type, nearest first."""
    best: tuple[float, WeaponMention] | None = None
    for weapon in weapons:
        if not weapon.sub_event_type or trigger.first <= weapon.first < trigger.last:
            continue
        cost = clauses.between(trigger.first, weapon.first)
        if cost <= NEAR and (best is None or cost < best[0]):
            best = (cost, weapon)
    return best[1] if best else None


def sub_event_type(trigger: TriggerMention, weapon: WeaponMention | None, actor1: ActorChoice, actor2: ActorChoice,
                   victims: Sequence[ActorMention], place_country: str,
                   deaths: bool = False, hurt: bool = False) -> tuple[str, str]:  # fmt: skip
    """The sub-event type and the id of the rule that chose it.

    deaths and hurt: its clause counts people killed and people injured.
    """
    kind = trigger.sub_event_type
    if trigger.family == "protest" and deaths:
        return EXCESSIVE, "kind.protesters_killed"
    if trigger.family == "protest" and kind == "Peaceful protest" and actor2.name:
        return (EXCESSIVE, "kind.protesters_hurt") if hurt else ("Protest with intervention", "kind.intervened")
    if trigger.family == "clash" and kind in (REGAINS, OVERTAKES):
        if actor1.inter == "State forces" and (not actor1.country or actor1.country == place_country):
            return REGAINS, "kind.territory_to_state"
        allied = actor1.inter in ("Political militia", "External/Other forces") and "Military Forces" not in actor1.name
        if allied and actor2.inter == "Rebel group":
            return REGAINS, "kind.territory_from_rebels"
        if actor1.inter in ("Rebel group", "Political militia", "Identity militia", "External/Other forces"):
            return OVERTAKES, "kind.territory_to_non_state"
        if actor1.inter == "State forces":
            return OVERTAKES, "kind.territory_to_foreign_state"
        return kind, "kind.trigger"
    if weapon is not None:
        implied = weapon.sub_event_type
        if trigger.family in ("shelling", "air_strike") and implied == AIR:
            return AIR, "kind.aircraft"
        if trigger.family == "attack" and kind == ATTACK and trigger.strength != "strong":
            return implied, f"kind.weapon.{weapon.weapon}"
        if trigger.family in ("clash", "bombing") and trigger.strength == "weak":
            return implied, f"kind.weapon.{weapon.weapon}"
        if trigger.family == "bombing" and implied == "Suicide bomb":
            return implied, "kind.suicide"
    if trigger.family == "shelling" and trigger.strength != "strong" and "coalition" in actor1.name.lower():
        return AIR, "kind.coalition"
    if trigger.family == "attack" and kind == ATTACK and trigger.strength != "strong":
        if actor1.inter in ARMED and actor2.inter in ARMED:
            return CLASH, "kind.armed_sides"
        if any(victim.inter in ARMED for victim in victims):
            return CLASH, "kind.armed_victims"
    return kind, "kind.trigger"

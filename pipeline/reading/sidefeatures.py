"""Named features of an actor as a side of a trigger, in groups that are made once and shared."""

from __future__ import annotations

from functools import cache

from pipeline.linear import Group, Names

Roles = tuple[tuple[str, str], ...]


def reached(form: str, voice: str, side: str, near: str, reach: str) -> Names:
    way = f"{form}/{voice}/{side}"
    return f"way={way}", f"gap={side}/{near}", f"gap_way={near}/{way}", f"reach={side}/{reach}"


def known(kind: str, inter: str, family: str, form: str, voice: str, side: str) -> Names:
    way = f"family_way={family}/{form}/{voice}/{side}"
    return f"kind={kind}", f"inter={inter}", f"family_inter={family}/{inter}", way


def placed(closer: int, form: str, voice: str, side: str, joined: str, trigger: str) -> Names:
    return (f"closer={closer}/{side}", f"closer_way={min(closer, 2)}/{form}/{voice}/{side}", f"joined={joined}/{side}",
            f"trigger_side={trigger}/{side}")  # fmt: skip


def between(home: str, crossed: frozenset[str], side: str) -> Names:
    return home, *[f"crossed={kind}/{side}" for kind in sorted(crossed)]


def marked(agent: str, target: str, preposition: str, side: str, speaks: bool, harmed: bool) -> Names:
    placed = f"prep={preposition}/{side}" if preposition else ""
    return tuple(filter(None, (agent, target, placed, "speaker" if speaks else "", "harmed" if harmed else "")))


@cache
def slots(roles: Roles) -> frozenset[str]:
    return frozenset(slot for slot, _ in roles)


def roles_of(roles: Roles, before: str, letter: str, side: str) -> Names:
    slots = ("subject", "object", before, letter)
    return tuple(f"role={slot}={role}/{side}" for slot, role in roles if slot in slots)


def common(rival_closer: bool, side: str, family: str, actors: int) -> Names:
    found = f"family={family}", f"actors={actors}"
    return (f"rival_closer/{side}", *found) if rival_closer else found


def word(name: str, word: str, side: str) -> Names:
    return (f"{name}={word}/{side}",)


def words(own: str, before: str, two_before: str, after: str, side: str) -> tuple[Group, ...]:
    """The first word of an actor and the words around it, each a group."""
    return (word, "own", own, side), (word, "before", before, side), (word, "two_before", two_before, side), \
        (word, "after", after, side)  # fmt: skip


def identified(who: str, kind: str, home: str, family: str, place: str) -> Names:
    spot = "story" if place == "story" else "clause"
    return (f"who={who}", f"who={who}/{family}", f"who={who}/{spot}", f"kind_home={kind}/{home}/{family}")


def told(tags: Names, rank: int, basis: str) -> Names:
    return (f"rank={rank}/{basis}", *tags, *[f"{tag}/{basis}" for tag in tags])


def beside(where: str, kind: str, inter: str, home: str, family: str) -> Names:
    return ("story", f"where={where}", f"where={where}/{kind}", f"story_inter={inter}/{home}/{family}",
            f"story_kind={kind}", f"story_family={family}/{where}")  # fmt: skip


def unnamed_one(word: str, family: str) -> Names:
    return "unnamed", f"unnamed={word}", f"unnamed={word}/{family}"


def about(option: str, trigger: str, family: str) -> Names:
    """What the trigger says of a kind of option."""
    return option, f"{option}&trigger={trigger}", f"{option}&family={family}"


def shaped(option: str, form: str, definite: bool, actors: int) -> Names:
    """What the trigger's form and the number of actors beside it say of a kind of option."""
    return f"{option}&form={form}/{int(definite)}", f"{option}&actors={actors}"


def fated(option: str, family: str, harmed: bool, fallen: bool, struck: str) -> Names:
    """What people harmed, a weapon as subject and what is struck say of a kind of option."""
    return f"{option}&harmed={int(harmed)}/{family}", f"{option}&struck={struck}", f"{option}&fallen={int(fallen)}"

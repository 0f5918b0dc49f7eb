"""Reading one generic noun: its modifiers, its nationality, the owner in idafa or after a link word."""

from __future__ import annotations

from pipeline.acting.entries import Generic, Group, Nation, Person
from pipeline.acting.scene import (
    CLOSING,
    OPENING,
    STATE,
    UNARMED,
    Found,
    Scene,
    adjective_at,
    earlier_force,
    earlier_rebels,
    generic_found,
    group_found,
    match_at,
    person_group,
    pick_group,
    trail,
)
from pipeline.machinery.quick import replace
from pipeline.records import Match

REACH = 5  # words after a noun that may belong to it
NOT_FORCES = frozenset({"government", "action", "named"})  # classes that never take up an earlier force
MILITANTS = frozenset({"militants"})  # classes that take up the armed group named last


def owner_at(scene: Scene, at: int, depth: int, clitic: bool) -> Found | None:
    """A group, person, country or force that begins at the word and may own what stands before it."""
    words = scene.words
    quoted = at < scene.end and words[at] in OPENING
    start = at + 1 if quoted else at
    if start >= scene.end:
        return None
    match = match_at(scene, start)
    if match is None or (match.prefix not in ("", "ل") if clitic else match.prefix):
        return None
    found = owner_from(scene, match, depth)
    if found is not None and quoted and found.last < scene.end and words[found.last] in CLOSING:
        found = replace(found, last=found.last + 1)
    return found


def owner_from(scene: Scene, match: Match, depth: int) -> Found | None:
    groups = [payload for payload in match.payloads if isinstance(payload, Group)]
    if groups:
        group = pick_group(scene, match.first, groups)
        if group is not None:
            return trail(scene, group_found(scene, group, match.last, "actor.owner"))
    for payload in match.payloads:
        if isinstance(payload, Person):
            name, group = person_group(scene, payload)
            if group is not None:
                return group_found(scene, group, match.last, "actor.owner_leader")
            return Found(match.last, "government", name, "state", STATE, payload.country, "actor.owner_leader",
                         payload.name, name, frozenset({"government"}))  # fmt: skip
        if isinstance(payload, Nation) and not payload.capital:
            return Found(match.last, "government", "", "state", STATE, payload.iso2, "actor.owner_country", "", "",
                         frozenset({"government"}))  # fmt: skip
        if isinstance(payload, Generic) and payload.kind not in UNARMED:
            return generic_at(scene, payload, match, depth + 1)
    return None


def generic_at(scene: Scene, head: Generic, match: Match, depth: int = 0) -> Found | None:
    """A generic noun with its modifiers: nationality, describing words, an owner next to it or after a link word."""
    words, tables = scene.words, scene.tables
    if "action" in head.classes:
        return _doer(scene, head, match)
    at, iso2, rule = match.last, "", "actor.generic"
    changed: Found | None = None
    end = min(scene.end, at + REACH)
    while at < end:
        word = words[at]
        agrees = not head.definite or word.startswith("ال")
        adjective = adjective_at(scene, at) if agrees else None
        if adjective is not None and not (adjective.people and adjective.definite and not head.definite):
            iso2, at, rule = iso2 or adjective.iso2, at + 1, "actor.generic_nationality"
            continue
        modifier = _modifier(scene, head, word, iso2)
        if modifier is not None:
            at += 1
            group, row = tables.groups.get(modifier), tables.generics.get(modifier)
            if group is not None:
                changed = group_found(scene, group, at, "actor.modifier")
            elif row is not None:
                head = replace(row, definite=head.definite)
            continue
        if agrees and word in tables.filler:
            at += 1
            continue
        if head.takes_owner and depth < 3:
            owner = _owner_of(scene, head, at, at == match.last, depth)
            if owner is not None:
                return _owned(scene, head, owner, iso2)
        break
    if changed is not None:
        return replace(changed, last=at)
    if head.where and scene.story not in head.where and iso2 not in head.where:
        return None
    if head.definite and not iso2 and head.kind == "state" and not head.classes & NOT_FORCES:
        earlier = earlier_force(scene, match.first, head.possessed, "air" in head.classes)
        if isinstance(earlier, str):
            return replace(generic_found(scene, head, earlier, at, "actor.generic"), rule="actor.generic_earlier")
        if earlier is not None:
            return group_found(scene, earlier, at, "actor.generic_earlier")
    if head.definite and not head.possessed and head.classes & MILITANTS:
        rebels = earlier_rebels(scene, match.first)
        if rebels is not None:
            return group_found(scene, rebels, at, "actor.generic_earlier")
    if head.possessed or (head.needs and not (iso2 and head.needs == "country")):
        return None
    return generic_found(scene, head, iso2, at, rule)


def _doer(scene: Scene, head: Generic, match: Match) -> Found | None:
    """«قصف مدفعي تركي»: the nationality of an action names who did it; the mention is the adjective alone."""
    at = match.last
    while at < min(scene.end, match.last + 3):
        becomes = _modifier(scene, head, scene.words[at], "")
        if becomes:
            group, row = scene.tables.groups.get(becomes), scene.tables.generics.get(becomes)
            if group is not None:
                return replace(group_found(scene, group, at + 1, "actor.action_modifier"), first=at)
            return None if row is None else replace(generic_found(scene, row, "", at + 1, "actor.action"), first=at)
        adjective = adjective_at(scene, at)
        if adjective is not None:
            if adjective.people:
                return None
            return replace(generic_found(scene, head, adjective.iso2, at + 1, "actor.action_nationality"), first=at)
        if scene.words[at] not in scene.tables.filler:
            return None
        at += 1
    return None


def _owner_of(scene: Scene, head: Generic, at: int, adjacent: bool, depth: int) -> Found | None:
    """The owner at a word: in idafa right after an indefinite noun, with ل, or after a link word."""
    words, tables = scene.words, scene.tables
    word = words[at]
    if word in tables.word("link"):
        at += 1
        if at < scene.end and words[at] in tables.word("link_to"):
            at += 1
        return owner_at(scene, at, depth, True) if at < scene.end else None
    if word in tables.word("link_from"):
        found = None if head.definite else owner_at(scene, at + 1, depth, False)
        return None if found is None or found.actor_id == "government" else found
    if word.startswith("ل"):
        return owner_at(scene, at, depth, True)
    return owner_at(scene, at, depth, False) if adjacent and not head.definite else None


def _modifier(scene: Scene, head: Generic, word: str, iso2: str) -> str | None:
    for modifier in scene.tables.modifiers.get(word, ()):
        if word.startswith("ال") and not head.definite:
            continue
        if modifier.classes & head.classes and (not modifier.where or (iso2 or scene.story) in modifier.where):
            return modifier.becomes
    return None


def _owned(scene: Scene, head: Generic, owner: Found, iso2: str) -> Found:
    """The owner takes over; of a government's forces the head says which (police of a country, armed supporters)."""
    if "government" in owner.classes:
        tables = scene.tables
        if "armed" in head.classes and head.kind != "state" and owner.actor_id == "government":
            row = tables.generics.get("pro_government_militia", head)
            return generic_found(scene, row, owner.country or iso2, owner.last, "actor.owner")
        row = head if head.kind == "state" else tables.generics.get("military", head)
        return generic_found(scene, row, owner.country or iso2, owner.last, "actor.owner")
    return replace(owner, rule="actor.owner")

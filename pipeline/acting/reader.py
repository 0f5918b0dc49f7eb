"""Reading one actor at one word: named groups, generic nouns with their modifiers and owners, countries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipeline.acting.tables import ActorTables, Generic, Group, Nation, Nationality, NotActor, Office, Person
from pipeline.records import Match

BACK = 160  # words looked back for the strong name that a weak one repeats
REACH = 5  # words after a noun that may belong to it
OPENING = frozenset("\"'«“‘(’”")
CLOSING = frozenset("\"'»”’)“")
FOREIGN = "External/Other forces"
STATE = "State forces"
UNARMED = ("civilians", "protesters", "rioters")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it becomes a record; country is ISO alpha-2."""

    last: int
    actor_id: str
    name: str
    kind: str
    inter: str
    country: str
    rule: str
    person: str = ""
    group_of: str = ""
    classes: frozenset[str] = frozenset()
    first: int = -1  # where the mention begins when not at the first word read


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of the document, the end of the sentence, the day and the story's country (ISO, "" unknown)."""

    words: list[str]
    start: int
    end: int
    day: date
    story: str
    tables: ActorTables


def fill(pattern: str, iso2: str, tables: ActorTables) -> str:
    """A name pattern with its country, or without the place for one when the country is not known."""
    if "{" not in pattern:
        return pattern
    country = tables.countries.get(iso2)
    if country is None:
        for blank in (" of {the country}", " ({country})", "{country} ", "{country}"):
            pattern = pattern.replace(blank, "")
        return pattern
    return pattern.replace("{the country}", country.phrase).replace("{country}", country.name)


def pick_group(scene: Scene, at: int, groups: list[Group]) -> Group | None:
    """The group a phrase stands for: a strong name by date and country, a weak one by story or an earlier name."""
    strong = [group for group in groups if not group.weak]
    if strong:
        best = [g for g in strong if g.valid(scene.day)] or strong
        return next((g for g in best if scene.story and g.country == scene.story), best[0])
    valid = [g for g in groups if g.valid(scene.day)]
    near = [g for g in valid if scene.story and scene.story in g.weak_in]
    if len(near) == 1:
        return near[0]
    wanted = {group.actor_id for group in valid}
    earlier = earlier_name(scene, at, wanted) if wanted else ""
    return next((g for g in valid if g.actor_id == earlier), near[0] if near else None)


def earlier_name(scene: Scene, at: int, wanted: set[str]) -> str:
    """The wanted actor_id whose strong name stands last before the word, "" when none does."""
    words, lexicon = scene.words, scene.tables.lexicon
    for index in range(at - 1, max(-1, at - BACK), -1):
        match = lexicon.at(words, index, at)
        if match is not None:
            for payload in match.payloads:
                if isinstance(payload, Group | Person) and not payload.weak and payload.actor_id in wanted:
                    return payload.actor_id
    return ""


def group_found(scene: Scene, group: Group, last: int, rule: str) -> Found:
    country = group.country or (scene.story if "{" in group.name else "")
    inter = group.inter
    if group.kind == "state" and inter == STATE and scene.story and country and country != scene.story:
        inter = FOREIGN
    name = fill(group.name, scene.story if "{" in group.name else group.country, scene.tables)
    return Found(last, group.actor_id, name, group.kind, inter, country, rule)


def generic_found(scene: Scene, generic: Generic, iso2: str, last: int, rule: str) -> Found:
    country = iso2 or scene.story
    inter = generic.inter
    if generic.kind == "state" and scene.story and country and country != scene.story:
        inter = FOREIGN
    return Found(last, generic.actor_id, fill(generic.name, country, scene.tables), generic.kind, inter, country,
                 rule if iso2 else f"{rule}_story", "", fill(generic.group, country, scene.tables),
                 generic.classes)  # fmt: skip


def person_group(scene: Scene, person: Person) -> tuple[str, Group | None]:
    """Name of what a person leads and its row; a government when he leads no group."""
    group = scene.tables.groups.get(person.group)
    if group is not None:
        return fill(group.name, group.country or scene.story, scene.tables), group
    return fill("Government of {the country}", person.country, scene.tables), None


def weak_person_ok(scene: Scene, at: int, person: Person) -> bool:
    return not person.weak or (bool(scene.story) and scene.story in person.weak_in) or \
        earlier_name(scene, at, {person.actor_id}) != ""  # fmt: skip


def owner_at(scene: Scene, at: int, depth: int, clitic: bool) -> Found | None:
    """A group, person, country or force that begins at the word and may own what stands before it."""
    words = scene.words
    quoted = at < scene.end and words[at] in OPENING
    start = at + 1 if quoted else at
    if start >= scene.end:
        return None
    match = scene.tables.lexicon.at(words, start, scene.end)
    if match is None or (match.prefix not in ("", "ل") if clitic else match.prefix):
        return None
    found = owner_from(scene, match, depth, quoted or not clitic)
    if found is not None and quoted and found.last < scene.end and words[found.last] in CLOSING:
        found = replace(found, last=found.last + 1)
    return found


def owner_from(scene: Scene, match: Match, depth: int, after_noun: bool) -> Found | None:
    groups = [payload for payload in match.payloads if isinstance(payload, Group)]
    if groups:
        group = pick_group(scene, match.first, groups)
        if group is None and after_noun and len({g.actor_id for g in groups}) == 1 and groups[0].weak_in:
            group = groups[0]
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


def trail(scene: Scene, found: Found) -> Found:
    """The mention with the describing words after it (الإرهابي، الانقلابية، الإيرانية) in its span."""
    last, words, tables = found.last, scene.words, scene.tables
    fillers = tables.word("filler")
    while last < scene.end and last - found.last < 3 and (words[last] in fillers or _adjective(scene, last)):
        last += 1
    return replace(found, last=last) if last != found.last else found


def _adjective(scene: Scene, at: int) -> Nationality | None:
    match = scene.tables.lexicon.at(scene.words, at, at + 1)
    if match is None or match.prefix:
        return None
    return next((payload for payload in match.payloads if isinstance(payload, Nationality)), None)


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
        adjective = _adjective(scene, at)
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
        if word in tables.word("filler"):
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
    if head.needs and not (iso2 and head.needs == "country"):
        return None
    return generic_found(scene, head, iso2, at, rule)


def _doer(scene: Scene, head: Generic, match: Match) -> Found | None:
    """«قصف مدفعي تركي»: the nationality of an action names who did it; the mention is the adjective alone."""
    at = match.last
    while at < min(scene.end, match.last + 3):
        adjective = _adjective(scene, at)
        if adjective is not None:
            if adjective.people:
                return None
            return replace(generic_found(scene, head, adjective.iso2, at + 1, "actor.action_nationality"), first=at)
        if scene.words[at] not in scene.tables.word("filler"):
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


def is_blocked(scene: Scene, match: Match) -> bool:
    """Whether the words around say that the name is a club, a street, a film …"""
    words, tables = scene.words, scene.tables
    before = words[match.first - 1] if match.first > scene.start else ""
    after = words[match.last] if match.last < scene.end else ""
    return before in tables.word("not_before") or after in tables.word("not_after") or \
        any(isinstance(payload, NotActor) for payload in match.payloads)  # fmt: skip


def office_in(match: Match) -> Office | None:
    return next((payload for payload in match.payloads if isinstance(payload, Office)), None)

"""The words around a mention and what the tables say of them: names by context, names by country, blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from pipeline.acting.entries import Generic, Group, Nation, Nationality, NotActor, Office, Person
from pipeline.acting.tables import ActorTables
from pipeline.machinery.quick import dataclass, replace
from pipeline.records import Document, Match

BACK = 160  # words looked back for the strong name that a weak one repeats
QUOTED = 5  # words after an opening quote that may end a name
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
    """The document and its words, the sentence's range, the day and the story's country (ISO, "" unknown)."""

    document: Document
    words: list[str]
    start: int
    end: int
    day: date
    story: str
    tables: ActorTables

    def back(self, at: int, least: int) -> Iterable[int]:
        """The tokens before one, down to the least, at which a name may begin, nearest first."""
        return reversed(list(self.document.tokens("actors", max(0, least), at)))


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
    near = [g for g in valid if scene.story and scene.story in g.weak_in and not g.anaphor]
    if len(near) == 1:
        return near[0]
    wanted = {group.actor_id for group in valid}
    earlier = earlier_name(scene, at, wanted) if wanted else ""
    return next((g for g in valid if g.actor_id == earlier), near[0] if near else None)


def earlier_name(scene: Scene, at: int, wanted: set[str]) -> str:
    """The wanted actor_id whose strong name stands last before the word, "" when none does."""
    words, lexicon, openings = scene.words, scene.tables.lexicon, scene.tables.openings
    if len(wanted) == 1:
        first_words: Collection[str] = openings.get(next(iter(wanted)), frozenset())
    else:
        first_words = set().union(*(openings.get(actor_id, ()) for actor_id in wanted))
    for index in scene.back(at, at - BACK + 1):
        if words[index] in first_words:
            match = lexicon.at(words, index, at)
            for payload in match.payloads if match is not None else ():
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


def weak_person_ok(scene: Scene, match: Match, person: Person) -> bool:
    """Whether a person's name may be read here: a strong one, or a weak one with context and no ك before it."""
    if not person.weak:
        return True
    if "ك" in match.prefix:
        return False
    near = bool(scene.story) and scene.story in person.weak_in
    return near or earlier_name(scene, match.first, {person.actor_id}) != ""


def match_at(scene: Scene, at: int, end: int = -1) -> Match | None:
    """The longest phrase at a word; quotes inside a name («تنظيم "الدولة"») do not part it."""
    words, end = scene.words, scene.end if end < 0 else end
    match = scene.tables.lexicon.at(words, at, end)
    if at + 2 < end and words[at + 1] in OPENING and (match is None or match.last == at + 1):
        joined = [words[at], *[word for word in words[at + 2 : at + 2 + QUOTED] if word not in CLOSING]]
        whole = scene.tables.lexicon.at(joined, 0, min(len(joined), end - at - 1))
        if whole is not None and whole.last > 1:
            last = at + 1 + whole.last
            if last < end and words[last] in CLOSING:
                last += 1
            return Match(at, last, whole.prefix, whole.payloads)
    return match


def adjective_at(scene: Scene, at: int) -> Nationality | None:
    return scene.tables.nationalities[scene.words[at]]


def trail(scene: Scene, found: Found) -> Found:
    """The mention with the describing words after it (الإرهابي، الانقلابية، الإيرانية) in its span."""
    last, words, tables = found.last, scene.words, scene.tables
    fillers = tables.filler
    while last < scene.end and last - found.last < 3 and words[last].startswith("ال") and (
        words[last] in fillers or adjective_at(scene, last)
    ):
        last += 1
    return replace(found, last=last) if last != found.last else found


def is_blocked(scene: Scene, match: Match) -> bool:
    """Whether the words around say that the name is a club, a street, a film …"""
    words, tables = scene.words, scene.tables
    before = words[match.first - 1] if match.first > scene.start else ""
    after = words[match.last] if match.last < scene.end else ""
    return before in tables.not_before or after in tables.not_after or \
        isinstance(match.payloads[0], NotActor)  # fmt: skip


def office_in(match: Match) -> Office | None:
    return next((payload for payload in match.payloads if isinstance(payload, Office)), None)


def earlier_force(scene: Scene, at: int, any_group: bool, air: bool) -> Group | str | None:
    """Whose forces a definite noun without nationality takes up: the last force named before it, as its row or as
    an ISO code. any_group lets armed groups and countries count (قواته), air lets coalitions count (المقاتلات)."""
    words, lexicon = scene.words, scene.tables.lexicon
    begin = at if any_group else scene.start  # in one sentence another force is mostly the other side
    for index in scene.back(begin, at - (BACK // 3 if any_group else BACK) + 1):
        match = lexicon.at(words, index, at)
        if match is None:
            continue
        for payload in match.payloads:
            if isinstance(payload, Group) and not payload.weak and payload.valid(scene.day):
                if (any_group and payload.kind != "civilians") or payload.kind == "state" or \
                        (air and payload.kind == "external"):  # fmt: skip
                    return payload
            elif isinstance(payload, Generic) and payload.kind == "state" and "action" not in payload.classes:
                adjective = adjective_at(scene, match.last) if match.last < begin else None
                if adjective is not None:
                    return adjective.iso2
            elif any_group and isinstance(payload, Person):
                return scene.tables.groups.get(payload.group) or payload.country
            elif any_group and isinstance(payload, Nation) and not payload.capital:
                return payload.iso2
    return None


def earlier_rebels(scene: Scene, at: int) -> Group | None:
    """The armed group named last before a definite noun for militants (المتشددون، المتمردون، الإرهابيون)."""
    words, lexicon = scene.words, scene.tables.lexicon
    for index in scene.back(at, at - BACK + 1):
        match = lexicon.at(words, index, at)
        for payload in match.payloads if match is not None else ():
            if isinstance(payload, Group) and not payload.weak and payload.kind == "rebel" and payload.valid(scene.day):
                return payload
    return None

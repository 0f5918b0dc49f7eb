"""Reading a person or an office: a title with its country and holder by date, a name with the office it held."""

from __future__ import annotations

from pipeline.acting.entries import Nation, Nationality, Office, Person, Term
from pipeline.acting.scene import (
    BACK,
    CLOSING,
    OPENING,
    STATE,
    Found,
    Scene,
    adjective_at,
    fill,
    person_group,
    weak_person_ok,
)
from pipeline.machinery.quick import replace
from pipeline.records import Match

LONGEST = 6  # words after a title in which its country and holder stand


def person_found(scene: Scene, person: Person, last: int, rule: str, office: str = "", former: bool = False) -> Found:
    """A person under the office held on the day; a former one says so."""
    group_name, group = person_group(scene, person)
    inter = group.inter if group is not None else STATE
    term = _term(scene, person, office)
    if group is not None and term is None:
        label = group_name
    elif term is not None:
        label = _label(scene, term)
        if former or not term.holds(scene.day):
            ended = term.last is not None and term.last < scene.day
            label = f"former {label}" if ended else fill("{country}", person.country, scene.tables)
    else:
        label = fill("{country}", person.country, scene.tables)
    name = f"{person.name} ({label})" if label else person.name
    return Found(last, person.actor_id, name, "leader", inter, person.country, rule, person.name, group_name)


def _label(scene: Scene, term: Term) -> str:
    return fill(f"{term.title} of {{the country}}" if term.country else term.title, term.country, scene.tables)


def _term(scene: Scene, person: Person, office: str) -> Term | None:
    holding = [term for term in person.terms if term.holds(scene.day)]
    named = [term for term in holding if term.office == office]
    past = [term for term in person.terms if term.last is not None and term.last < scene.day]
    pool = named or holding or past or list(person.terms[:1])
    return pool[-1] if pool else None


def person_at(scene: Scene, at: int, sure: bool) -> tuple[Person, int] | None:
    """The person named at the word; sure lifts the need of context for weak names."""
    match = scene.tables.lexicon.at(scene.words, at, scene.end)
    if match is None or match.prefix:
        return None
    for payload in match.payloads:
        if isinstance(payload, Person) and (sure or weak_person_ok(scene, match, payload)):
            return payload, match.last
    return None


def office_at(scene: Scene, office: Office, match: Match) -> Found | None:
    """A title, then its country (adjective or name), honorifics and the holder's name in any order that news uses."""
    words, tables = scene.words, scene.tables
    at, last, iso2, former = match.last, match.last, "", False
    if len(office.needs) == 2:
        iso2 = office.needs
    end = min(scene.end, match.last + LONGEST)
    while at < end:
        word = words[at]
        named = person_at(scene, at, True)
        if named is not None and (not iso2 or named[0].country == iso2 or named[0].group):
            return person_found(scene, named[0], named[1], "actor.office_person", office.office, former)
        found = tables.lexicon.at(words, at, scene.end)
        payload = next((p for p in found.payloads if isinstance(p, Nationality | Nation)), None) if found else None
        if found is not None and payload is not None and not found.prefix and not iso2:
            if isinstance(payload, Nation) and payload.capital:
                break
            iso2, at, last = payload.iso2, found.last, found.last
        elif word in tables.word("former"):
            former, at, last = True, at + 1, at + 1
        elif word in tables.word("honorific") or word in OPENING or word in CLOSING or word in tables.word("comma"):
            at += 1
        elif word in tables.word("office_filler"):
            at, last = at + 1, at + 1
        else:
            break
    rule = "actor.office"
    if not iso2 and office.needs != "none":
        if office.needs != "story" or former or not scene.story:
            return None
        earlier = earlier_holder(scene, match.first, office)
        if isinstance(earlier, Person):
            return replace(person_found(scene, earlier, last, "actor.office_earlier", office.office), kind="office")
        iso2, rule = (earlier, "actor.office_earlier") if earlier else (scene.story, "actor.office_story")
    return office_found(scene, office, iso2, last, rule, former)


def office_found(scene: Scene, office: Office, iso2: str, last: int, rule: str, former: bool = False) -> Found:
    """An office without a name: its holder on the day when the table knows him."""
    group = fill("Government of {the country}", iso2, scene.tables)
    title = fill(f"{office.title} of {{the country}}", iso2, scene.tables)
    holding = [] if former else [t for t in scene.tables.holders.get((office.office, iso2), ()) if t.holds(scene.day)]
    if len(holding) == 1:
        person = scene.tables.persons.get(holding[0].person)
        if person is not None:
            label = _label(scene, holding[0])
            group_name, row = person_group(scene, person)
            return Found(last, person.actor_id, f"{person.name} ({label})", "office", row.inter if row else STATE, iso2,
                         f"{rule}_holder", person.name, group_name)  # fmt: skip
    name = f"former {title}" if former else title
    return Found(last, f"office.{office.office}", name, "office", STATE, iso2, rule, "", group)


def earlier_holder(scene: Scene, at: int, office: Office) -> Person | str:
    """Whom a bare title takes up: the last person named before who holds the office on the day, or the country of
    the last such title; "" when there is none."""
    words, lexicon = scene.words, scene.tables.lexicon
    for index in scene.back(at, at - BACK + 1):
        match = lexicon.at(words, index, at)
        for payload in match.payloads if match is not None else ():
            if isinstance(payload, Person) and not payload.weak:
                if any(term.office == office.office and term.holds(scene.day) for term in payload.terms):
                    return payload
            elif match is not None and isinstance(payload, Office) and payload.office == office.office:
                if len(payload.needs) == 2:
                    return payload.needs
                adjective = adjective_at(scene, match.last) if match.last < at else None
                if adjective is not None:
                    return adjective.iso2
    return ""

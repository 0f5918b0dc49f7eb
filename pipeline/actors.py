"""Actors named in a sentence: armed groups, forces, governments, leaders, offices, crowds and civilians.

Names follow ACLED's conventions ("Military Forces of Yemen", "Civilians (Libya)"), persons are written
"Name (Office of Country)". Tables: gazetteer/actors.csv, offices.csv, generic_actors.csv, actor_countries.csv and
the pack's actor_*.csv; docs/actors.md explains the columns.
"""

from __future__ import annotations

from pipeline.acting.entries import Generic, Group, Nation, Nationality, Office, Person
from pipeline.acting.lint import lint_actors
from pipeline.acting.persons import office_at, person_found
from pipeline.acting.reader import generic_at
from pipeline.acting.scene import (
    STATE,
    Found,
    Scene,
    fill,
    generic_found,
    group_found,
    is_blocked,
    match_at,
    office_in,
    pick_group,
    trail,
    weak_person_ok,
)
from pipeline.acting.tables import ActorTables
from pipeline.records import ActorMention, Clock, Document, Match, Sentence

__all__ = ["ActorTables", "actor_mentions", "lint_actors"]
MANY = 4  # letters beyond which a word in ون، ين، اء is taken for a plural of people, not for بين or جاء


def actor_mentions(document: Document, sentence: Sentence, clock: Clock, story_country: str,
                   tables: ActorTables) -> tuple[ActorMention, ...]:  # fmt: skip
    """All actors of one sentence in text order; story_country is ISO alpha-2 or "" when unknown.

    inter is as seen from the story's country: another state's forces are "External/Other forces". Where an event is
    known to lie elsewhere, a mention of kind "state" is foreign exactly when its country is not the event's.
    """
    words, at = document.words, sentence.first
    scene = Scene(document, words, sentence.first, sentence.last, clock.day, story_country, tables)
    found: list[ActorMention] = []
    office: Office | None = None  # the last title, which نظيره repeats
    head: Generic | None = None  # the last generic noun, shared by «قوات أمريكية وبريطانية»
    for token in document.tokens("actors", sentence.first, sentence.last):
        if token < at:
            continue  # a word of what was read last
        if token > at:
            at, head = token, None
        if words[at] in tables.counterpart and office is not None:
            mention = _counterpart(scene, office, at)
        else:
            match = match_at(scene, at)
            if match is None:
                at, head = at + 1, None
                continue
            if is_blocked(scene, match):
                at, head = match.last, None
                continue
            office = office_in(match) or office
            listed = bool(found) and found[-1].last == at and found[-1].rule == "actor.country_name"
            mention = _read(scene, match, head, listed)
            heads = [payload for payload in match.payloads if isinstance(payload, Generic)]
            head = heads[0] if heads else head if mention is not None and match.prefix.startswith("و") else None
        if mention is None:
            at += 1  # a part of the phrase may still be an actor (قوات | الجيش السوري)
            continue
        found.append(_record(document, mention.first if mention.first >= 0 else at, mention, tables))
        at = mention.last
    return tuple(found)


def _record(document: Document, first: int, found: Found, tables: ActorTables) -> ActorMention:
    country = tables.countries.get(found.country)
    return ActorMention(first, found.last, document.starts[first], document.ends[found.last - 1], found.actor_id,
                        found.name, found.inter, country.name if country else "", found.kind, found.rule,
                        found.person, found.group_of)  # fmt: skip


def _read(scene: Scene, match: Match, head: Generic | None, listed: bool) -> Found | None:
    """The mention that begins with a match of the lexicon."""
    groups = [payload for payload in match.payloads if isinstance(payload, Group)]
    if groups:
        group = pick_group(scene, match.first, groups)
        if group is not None:
            rule = "actor.weak_name" if group.weak else "actor.name"
            return trail(scene, group_found(scene, group, match.last, rule))
    for payload in match.payloads:
        found: Found | None = None
        if isinstance(payload, Generic):
            thing = payload.adjectival and match.first > scene.start and _is_thing(scene, match.first - 1)
            found = None if thing else generic_at(scene, payload, match)
        elif isinstance(payload, Office):
            found = office_at(scene, payload, match)
        elif isinstance(payload, Person) and weak_person_ok(scene, match, payload):
            found = person_found(scene, payload, match.last, "actor.person")
        elif isinstance(payload, Nationality):
            found = _nationality(scene, payload, match, head)
        elif isinstance(payload, Nation):
            found = _nation(scene, payload, match, listed)
        if found is not None:
            return found
    return None


def _is_thing(scene: Scene, at: int) -> bool:
    """Whether the word is a noun that an adjective after it describes (هجوم إرهابي، مؤتمر صحفي)."""
    word, things = scene.words[at], scene.tables.word("thing")
    return word in things or word[1:] in things or word[2:] in things


def _counterpart(scene: Scene, office: Office, at: int) -> Found | None:
    """«نظيره التركي رجب طيب أردوغان»: the same office of another country."""
    return office_at(scene, Office(office.office, office.title, "country"), Match(at, at + 1, "", ()))


def _nationality(scene: Scene, payload: Nationality, match: Match, head: Generic | None) -> Found | None:
    tables = scene.tables
    if head is not None and match.prefix == "و" and head.kind != "civilians":
        return generic_found(scene, head, payload.iso2, match.last, "actor.generic_coordinated")
    before = scene.words[match.first - 1] if match.first > scene.start else ""
    described = len(before) > MANY and before.endswith(("ون", "ين", "اء"))  # مسؤولون أتراك، خبراء إيرانيين
    if (payload.people and not described) or before in tables.word("victim_verb"):
        row = tables.generics.get("civilians")
        if row is not None:
            return generic_found(scene, row, payload.iso2, match.last, "actor.nationals")
    name, forces = (fill(name, payload.iso2, tables) for name in ("{country}", "Military Forces of {the country}"))
    return Found(match.last, f"hint.{payload.iso2}", name, "hint", "", payload.iso2, "actor.nationality", "", forces)


def _nation(scene: Scene, payload: Nation, match: Match, listed: bool) -> Found | None:
    """A country or capital that acts: right after a verb of state action or speech; a country also after إن/أن, in
    «بين س وص» and «كل من س وص». listed: the word before is such a country, so that و continues the list."""
    words, tables = scene.words, scene.tables
    before = words[match.first - 1] if match.first > scene.start else ""
    two_before = words[match.first - 2] if match.first > scene.start + 1 else ""
    verbs = tables.word("state_verb")
    acts = before in verbs or (before[:1] in ("و", "ف") and before[1:] in verbs)
    if not payload.capital:
        acts = acts or before in tables.word("that") or (listed and match.prefix == "و")
        acts = acts or (before in tables.word("between") and two_before not in tables.word("border"))
        acts = acts or (two_before in tables.word("each_of") and before in tables.word("link_from"))
    if not acts or (match.prefix and not (listed and match.prefix == "و")):
        return None
    name = fill("Government of {the country}", payload.iso2, tables)
    inter = STATE if not scene.story or scene.story == payload.iso2 else "External/Other forces"
    return Found(match.last, f"government.{payload.iso2}", name, "state", inter, payload.iso2, "actor.country_name")

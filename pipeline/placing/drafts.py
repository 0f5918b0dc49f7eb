"""A name with the words that belong to it: heads, relations, distances before it, adjectives and countries after it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.placing.draft import STORY, Draft
from pipeline.placing.lists import between, next_in_list
from pipeline.placing.measures import away, distance
from pipeline.placing.scan import Hit
from pipeline.placing.tables import PlaceTables
from pipeline.placing.unlisted import name_after

QUOTES = frozenset("\"'«»“”‘’")
OPENERS = frozenset("\"'«“‘(")
_BOTH = frozenset(("ريفي", "بريفي", "وريفي", "ارياف", "بارياف"))  # ريفي حلب وإدلب


def drafts_of(words: list[str], hits: Sequence[Hit], first: int, last: int, tables: PlaceTables) -> list[Draft]:
    """Drafts of one sentence (token range first..last) in text order."""
    found: list[Draft] = []
    ends: dict[int, Hit] = {hit.last: hit for hit in hits}
    starts: dict[int, Hit] = {hit.first: hit for hit in hits}
    for hit in hits:
        draft = None
        if found and found[-1].unlisted and hit.first < found[-1].last:
            continue
        if hit.kind == "listed":
            draft = _listed(hit, found[-1] if found else None)
        elif hit.kind == "head" and hit.head is not None and hit.head.unlisted:
            draft = unlisted(words, hit, starts, last, tables)
        elif hit.relation is not None and hit.last < last and words[hit.last] in tables.the_country:
            draft = Draft(hit, hit.first, hit.last + 1, hit.last, hit.last + 1, (), relation=hit.relation)
            draft.territory = STORY
        elif hit.kind in ("name", "demonym"):
            if country := _adjective_of(words, hit):
                draft = _of_adjective(words, hit, country, ends, tables)
                if draft is not None and found and found[-1].last > draft.first:
                    draft = None
            if draft is None and hit.kind == "name":
                draft = Draft(hit, hit.first, hit.last, hit.first, hit.last, hit.uses)
        if draft is None:
            continue
        if draft.territory == STORY:
            pass
        elif not draft.unlisted:
            _look_back(words, draft, ends, first, tables)
        else:
            _look_back_from_head(draft, ends, first)
        if found and found[-1].last > draft.first:
            if found[-1].capital and hit.kind == "name":  # العاصمة الليبية طرابلس is one mention
                draft.first = found.pop().first
                draft.marks.add("capital")
            else:
                draft.first = max(draft.first, min(found[-1].last, draft.name_first))
        elif found and found[-1].capital and found[-1].last == draft.first and hit.kind == "name":
            draft.demonym = found[-1].capital
            draft.first = found.pop().first
            draft.marks.add("capital")
        lead = starts.get(draft.first)
        draft.lead = lead.prefix if lead is not None else ""
        draft.before = words[draft.first - 1] if draft.first > first else ""
        if found and draft.first > found[-1].last:
            found += between(words, found[-1], draft, starts, tables)
        if found:
            _join(words, found[-1], draft, draft.lead)
        _look_ahead(words, draft, starts, last)
        found.append(draft)
        while (member := next_in_list(words, found[-1], last, starts, tables)) is not None:
            found.append(member)
    return found


def _listed(hit: Hit, before: Draft | None) -> Draft | None:
    """A draft for a weak name after و that goes on a list of places of its country, or None."""
    if before is None or before.last != hit.first or not before.uses:
        return None
    countries = {use.place.country for use in before.uses if use.place.kind != "country"}
    uses = tuple(use for use in hit.uses if use.place.country in countries)
    return Draft(hit, hit.first, hit.last, hit.first, hit.last, uses) if uses else None


def unlisted(words: list[str], hit: Hit, starts: dict[int, Hit], last: int, tables: PlaceTables) -> Draft | None:
    """A draft for a name that no table knows, after a head that speaks for one (قرية X)."""
    assert hit.head is not None
    if "ك" in hit.prefix:  # كتلة is no تلة
        return None
    name = name_after(words, hit.last, last, starts, tables, hit.head)
    if name is None:
        return None
    draft = Draft(hit, hit.first, name[1], name[0], name[1], (), hit.head, True)
    draft.unlisted = True
    draft.quoted = name[0] > hit.last
    return draft


def _look_back_from_head(draft: Draft, ends: dict[int, Hit], first: int) -> None:
    hit = ends.get(draft.first)
    if hit is not None and hit.relation is not None and not draft.hit.prefix and hit.first >= first:
        draft.relation, draft.first = hit.relation, hit.first


def _adjective_of(words: list[str], hit: Hit) -> str:
    """The country of words that may be an adjective: a demonym, or a country's name like السعودية."""
    if hit.first == 0 or not words[hit.first].startswith("ال"):
        return ""
    if hit.kind == "name" and hit.last - hit.first == 1 and words[hit.first].endswith("يه"):
        return next((use.place.country for use in hit.uses if use.place.kind == "country"), "")
    return hit.country


def _of_adjective(words: list[str], hit: Hit, country: str, ends: dict[int, Hit],
                  tables: PlaceTables) -> Draft | None:  # fmt: skip
    """العاصمة الليبية and الأراضي السورية: a capital or a country named by its adjective."""
    noun = words[hit.first - 1]
    for word in _stems(noun, tables):
        if word in tables.capital:
            draft = Draft(hit, hit.first - 1, hit.last, hit.first - 1, hit.last, ())
            draft.capital = country
            return draft
        if word in tables.territory:
            draft = Draft(hit, hit.first - 1, hit.last, hit.first - 1, hit.last, ())
            draft.territory = country
            before = ends.get(hit.first)
            if before is not None and before.relation is not None:
                draft.relation = before.relation
            return draft
    return None


def _stems(word: str, tables: PlaceTables) -> list[str]:
    found = [word]
    for prefix in ("و", "ب", "ل", "ف", "وب", "ول"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            rest = word[len(prefix) :]
            found += [rest, "ا" + rest] if rest.startswith("ل") else [rest]
    return found


def _look_back(words: list[str], draft: Draft, ends: dict[int, Hit], first: int, tables: PlaceTables) -> None:
    """Take in heads, relations, quotes and distances that stand directly before the name."""
    index = draft.name_first
    if index > first and words[index - 1] in OPENERS:
        inner = ends.get(index - 1)
        if words[index - 1] != "(" or (inner is not None and inner.kind == "head"):
            draft.quoted = True
            index -= 1
    prefixed = draft.hit.prefix
    steps = 0
    while index > first and steps < 5:
        steps += 1
        hit = ends.get(index)
        if hit is None and words[index - 1] == "من" and index - 1 > first:
            hit = ends.get(index - 1)
            if hit is None or hit.relation is None or not words[hit.first].startswith("ال"):
                break
        if hit is None:
            if words[index - 1].startswith("ال") and index - 2 >= first and prefixed.endswith("ل"):
                noun = ends.get(index - 1)
                if noun is not None and noun.relation is not None:
                    hit = noun
            if hit is None:
                break
        if hit.kind == "head" and hit.head is not None:
            if prefixed and not prefixed.endswith("ل") and steps == 1:
                break
            if draft.head is None:
                draft.head, draft.own_head = hit.head, True
            if hit.head.takes == "host" and draft.head is not hit.head:
                draft.marks.add("host")
        elif hit.kind == "relation" and hit.relation is not None:
            if prefixed and not prefixed.endswith("ل") and steps == 1:
                break
            if draft.relation is None or draft.relation.relation == "center" or hit.relation.relation == "rural":
                draft.relation = hit.relation
        elif hit.kind == "demonym" and index - 2 >= first and words[hit.first].startswith("ال"):
            # العاصمة الليبية طرابلس
            if any(stem in tables.capital for stem in _stems(words[hit.first - 1], tables)):
                draft.demonym = hit.country
                draft.marks.add("capital")
                index = hit.first - 1
                continue
            break
        else:
            break
        index = hit.first
        prefixed = hit.prefix
        if hit.prefix and not hit.prefix.endswith("ل"):
            break
    draft.first = min(index, draft.first)
    if draft.quoted and draft.first == draft.name_first - 1 and draft.head is None and draft.relation is None:
        draft.first = draft.name_first
    if draft.relation is None:
        away(words, draft, first, tables)
    elif draft.relation.bearing is not None:
        distance(words, draft, first, tables)


def _look_ahead(words: list[str], draft: Draft, starts: dict[int, Hit], last: int) -> None:
    """Take in a closing quote, a direction adjective of a region, and note a demonym that follows."""
    index = draft.name_last
    if draft.quoted and index < last and words[index] in (*QUOTES, ")"):
        index += 1
    hit = starts.get(index)
    if hit is not None and hit.relation is not None and hit.relation.bearing is not None and not hit.prefix:
        wide = draft.relation is not None and draft.relation.relation in ("rural", "part", "near", "border")
        if words[index].startswith("ال") and (wide or any(u.place.kind in ("admin1", "region") for u in draft.uses)):
            index = hit.last
            draft.marks.add("adjective")
            hit = starts.get(index)
    if hit is not None and hit.kind == "demonym" and not hit.prefix and words[hit.first].startswith("ال"):
        draft.demonym = hit.country
    draft.last = max(draft.last, index)


def _join(words: list[str], before: Draft, draft: Draft, prefix: str) -> None:
    """Mark a draft that continues a list, and pass on the head of a dual or plural (مدينتي X وY).

    prefix holds the clitics of the draft's first word.
    """
    gap = words[before.last : draft.first]
    if draft.distance is not None:
        return
    if (not gap and prefix.startswith("و")) or gap in (["،"], [","], ["و"], ["،", "و"]):
        draft.listed = True
        head = before.head
        if draft.head is None and head is not None and head.number in ("d", "p"):
            draft.head = head
        between = before.relation is not None and before.relation.relation in ("between", "border")
        both = _BOTH.intersection(words[before.first : before.name_first])
        if draft.relation is None and (between or (both and draft.head is None)):
            draft.relation = before.relation

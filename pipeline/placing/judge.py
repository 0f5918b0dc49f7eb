"""Whether a draft is a place at all here, and in which role: persons, organisations, datelines, governments."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.gazetteer.load import Gazetteer
from pipeline.placing.country import CountryScores
from pipeline.placing.draft import Draft
from pipeline.placing.kinds import foreign, generic, other_kind, small
from pipeline.placing.scan import Hit
from pipeline.placing.tables import PlaceTables
from pipeline.records import Sentence

_DASHES = frozenset(("-", "–", "—", "ـ", ":"))
_BREAKS = frozenset((".", "،", "؛", ",", "\n", ":", "\"", "«", "(", ""))
_PROVINCES = frozenset(("admin1", "admin2", "region", "city"))
DATELINE_REACH = 9
ENOUGH_SHARE = 0.45
HOME_SHARE = 0.9


def stripped(word: str) -> str:
    """A word without و or ف before it."""
    return word[1:] if word[:1] in ("و", "ف") and len(word) > 2 else word


def is_adjective(words: list[str], draft: Draft, adjectives: frozenset[str], tables: PlaceTables) -> bool:
    """Whether a country's name is an adjective here: القنصلية السعودية, طائرة سورية."""
    if draft.hit.prefix or draft.name_last - draft.name_first != 1 or draft.name_first == 0 or draft.own_head:
        return False
    name = words[draft.name_first]
    if name not in adjectives or draft.relation is not None:
        return False
    noun = words[draft.name_first - 1]
    if noun in tables.preposition or stripped(noun) in tables.metonym_verb or stripped(noun) in tables.office_before:
        return False
    if name.startswith("ال"):
        return noun.startswith(("ال", "لل", "بال", "وال", "فال", "كال")) and noun not in ("الذي", "التي")
    return noun.endswith(("ه", "ات", "يا"))


def is_dropped(words: list[str], draft: Draft, scores: CountryScores, tables: PlaceTables, local: frozenset[str],
               known: frozenset[str], capitals: frozenset[str]) -> str:  # fmt: skip
    """Why the draft is no place mention; "" when it is one.

    local holds the countries named in the same sentence, known the place ids that the document names surely, capitals
    the place ids of capitals.
    """
    if draft.capital or draft.territory or draft.unlisted:
        return ""
    bare = not draft.own_head and draft.relation is None
    before = words[draft.name_first - 1] if draft.name_first else ""
    previous = stripped(before)
    single = draft.name_last - draft.name_first == 1
    after = words[draft.name_last] if draft.name_last < len(words) else ""
    if bare and single and after in ("بن", "ابن") and not any(use.place.kind == "country" for use in draft.uses):
        return "person"
    if bare and not draft.hit.prefix and after in tables.org_after:
        return "organisation"
    body = before[1:] if before[:1] in ("ل", "ب") else ""
    if bare and body in tables.org_before and body not in tables.talks_before and body not in tables.preposition:
        return "organisation" if body != "عمليه" else ""
    if bare and draft.hit.prefix in ("", "و"):
        if not draft.hit.prefix and single and (
            before in tables.given_names or previous in tables.person_title
        ) and not any(use.place.kind == "country" for use in draft.uses):  # fmt: skip
            return "person"
        near = words[max(0, draft.name_first - 6) : draft.name_first - 1] if draft.quoted else ()
        if any(stripped(word) in tables.org_before for word in near):
            return "organisation"
        if single and not draft.hit.prefix and _is_speech(previous, tables) and not any(
            use.place.kind == "country" or use.place.population > 400_000 or use.place.place_id in capitals
            for use in draft.uses
        ):  # fmt: skip
            return "person"
        if previous in tables.org_before and not draft.hit.prefix:
            if previous in tables.talks_before:
                draft.metonym = True
            else:
                return "organisation"
    if bare and not draft.hit.prefix and not draft.listed and previous not in tables.preposition and foreign(draft):
        return "person"
    if draft.strength >= 3 and not small(draft) and not generic(words, draft, tables) and not other_kind(draft):
        return ""
    countries = {use.place.country for use in draft.uses}
    shares = [max(scores.share(country), 0.8 if country in local else 0.0) for country in countries]
    share = max(shares, default=0.0) if scores.ranked else 0.5  # a text without any hint speaks against nothing
    if draft.strength >= 3:
        fair = share >= (HOME_SHARE if other_kind(draft) else 0.2) or _inside(draft)
        fair = fair or any(use.place.parent in known for use in draft.uses)
        return "" if fair else "elsewhere"
    fits = draft.head is not None and any(
        use.place.kind in draft.head.kinds or draft.head.takes == "host" for use in draft.uses
    )
    geonames = all("-gn" in use.place.place_id for use in draft.uses)
    if draft.strength < 2 and not _named_by_head(words, draft):
        return "ordinary"
    province = draft.head is not None and draft.own_head and draft.head.kinds <= _PROVINCES
    if fits and share < 0.15 and province and all(use.place.kind in ("city", "town") for use in draft.uses):
        return "elsewhere"  # مقاطعة فلورنس in America
    if fits and (share >= 0.15 or not (geonames or small(draft))):
        return ""
    if draft.demonym and draft.demonym in countries and draft.strength >= 2:
        return ""
    if _inside(draft):
        return ""
    if any(use.place.place_id in known for use in draft.uses):
        return ""
    if share < ENOUGH_SHARE:
        return "weak"
    if draft.relation is not None or draft.listed:
        return ""
    if draft.hit.prefix.endswith(("ب", "ل")) or previous in tables.preposition:
        return ""
    name = words[draft.name_first]
    sole = single and not name.startswith("ال") and name not in tables.ordinary
    return "" if sole and not geonames and (not draft.hit.prefix or len(name) > 5) else "weak"


def _is_speech(word: str, tables: PlaceTables) -> bool:
    """Whether a verb says that what follows speaks: no town does (وأضاف العبيدي is a person)."""
    return word in tables.metonym_verb and word not in tables.location_verb and word not in tables.preposition


def _named_by_head(words: list[str], draft: Draft) -> bool:
    """Whether an ordinary word is a name here: after a head of its own kind, and no adjective of it (جبهة جديدة)."""
    head = draft.head
    if head is None or not any(use.place.kind in head.kinds for use in draft.uses):
        return False
    name = words[draft.name_first][len(draft.hit.prefix) :]
    if draft.name_last - draft.name_first > 1 or name.startswith("ال"):
        return True
    return (head.unlisted or "admin1" in head.kinds) and not name.endswith(("ه", "ا"))


def _inside(draft: Draft) -> bool:
    outer = draft.container
    if outer is None:
        return False
    if outer.territory or outer.capital:
        return any(use.place.country in (outer.territory, outer.capital) for use in draft.uses)
    places = [outer.chosen] if outer.chosen else [use.place for use in outer.uses]
    for use in draft.uses:
        for place in places:
            if place.country == use.place.country and (
                place.kind == "country" or place.admin1 == use.place.admin1 or use.place.parent == place.place_id
            ):
                return True
    return False


def dateline_tokens(words: list[str], hits: Sequence[Hit], sentences: Sequence[Sentence],
                    tables: PlaceTables) -> frozenset[int]:  # fmt: skip
    """First tokens of the names that stand in datelines of running text (دبي، الإمارات (CNN) – …)."""
    found: set[int] = set()
    position = 0
    for sentence in sentences:
        if sentence.kind not in ("body", "caption"):
            continue
        while position < len(hits) and hits[position].first < sentence.first:
            position += 1
        at = position
        while at < len(hits) and hits[at].first - sentence.first <= 6 and hits[at].last <= sentence.last:
            hit = hits[at]
            if hit.kind == "name" and not hit.prefix:
                draft = Draft(hit, hit.first, hit.last, hit.first, hit.last, hit.uses)
                if dateline_role(words, draft, sentence, tables):
                    found.add(hit.first)
            at += 1
    return frozenset(found)


def dateline_role(words: list[str], draft: Draft, sentence: Sentence, tables: PlaceTables) -> bool:
    """Whether the draft stands before an agency or a dash at the start of its line."""
    if sentence.kind == "dateline":
        return True
    if sentence.kind not in ("body", "caption") or draft.head is not None or draft.relation is not None:
        return False
    if draft.first - sentence.first > 6 or draft.hit.prefix:
        return False
    opened = False
    for index in range(draft.last, min(sentence.last, draft.last + DATELINE_REACH)):
        word = words[index]
        if word in tables.agency and (opened or words[index - 1] in _DASHES):
            return True
        if word == "(":
            opened = True
        elif word in _DASHES and word != ":" and draft.first - sentence.first <= 3:
            return index == draft.last or opened or words[draft.last] == "،"
        elif not opened and word not in ("،", ",") and index > draft.last + 5:
            return False
    return False


def source_city(words: list[str], draft: Draft, first: int, tables: PlaceTables) -> bool:
    """Whether the draft is where a reporter or an organisation sits (مراسلنا في القاهرة، مقره لندن)."""
    wanted = tables.source_city_before
    for index in range(draft.first - 1, max(first - 1, draft.first - 5), -1):
        word = words[index]
        if word in wanted or stripped(word) in wanted:
            return True
        if word in _BREAKS:
            return False
    return False


def is_metonym(words: list[str], draft: Draft, capitals: frozenset[str], gazetteer: Gazetteer,
               tables: PlaceTables, first: int, last: int) -> bool:  # fmt: skip
    """Whether the place stands for its government, army or team here."""
    place = draft.chosen
    if place is None or draft.territory or draft.capital or draft.relation is not None:
        return draft.metonym
    if draft.metonym:
        return True
    before = words[draft.first - 1] if draft.first > first else ""
    previous = stripped(before)
    after = words[draft.last] if draft.last < last else ""
    earlier = words[draft.first - 2] if draft.first - 1 > first else ""
    seat = place.place_id in capitals or " ".join(draft.name(words)) in tables.seat
    speaks = place.kind == "country" or seat or place.kind == "facility"
    if draft.hit.prefix.endswith("ب") or (draft.own_head and place.kind != "country"):
        return False
    if not speaks:
        return previous in tables.office_town
    if previous in tables.preposition and previous not in tables.location_verb:
        if previous == "من":
            return stripped(earlier) in tables.support_from
        if previous == "بين":
            return True
        return previous in tables.office_before and place.kind == "country"
    if draft.listed and draft.inside is None and "subject" in draft.marks:
        return True
    if previous in tables.metonym_verb or before in tables.metonym_verb:
        if previous in tables.location_verb:
            return before != previous or earlier in _BREAKS
        return True
    if previous in tables.office_before:
        return place.kind == "country" or previous not in ("شرطه", "قوات", "امن", "استقرار", "سلطه")
    if draft.hit.prefix.endswith("ل") and place.kind == "country":
        return True
    following = stripped(after)
    if after == ":" and draft.first == first:
        return True
    return following in tables.metonym_verb and draft.hit.prefix in ("", "و", "ف")

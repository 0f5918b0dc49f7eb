"""Names of the tables that are another place's here: a site named after a city, a village of another province."""

from __future__ import annotations

from pipeline.gazetteer.geo import distance_km
from pipeline.gazetteer.load import INNER_KINDS
from pipeline.placing.country import CountryScores
from pipeline.placing.draft import STORY, Draft
from pipeline.placing.tables import PlaceTables
from pipeline.records import Place

_TOWNS = frozenset(("city", "town", "admin1", "country", "region"))
_SMALL = frozenset(("village", "town", "district", "camp", "mountain", "valley", "base", "neighbourhood", "crossing"))
HOME_SHARE = 0.5  # a site bears the name of a town of a country that the story is not about
ABROAD_SHARE = 0.15
REACH_KM = 100.0  # a village is at most so far from the province that it is said to lie in
SITE_KM = 40.0
_BESIDE = frozenset(("near", "border", "between", "direction"))
_QUARTER = frozenset(("district", "neighbourhood"))
_PART_OF = (["التابعه"], ["التابع"])


def is_misfit(words: list[str], draft: Draft, scores: CountryScores, local: frozenset[str], story: str) -> bool:
    """Whether none of the name's places can be meant after this head and before this wider place."""
    head = draft.head
    if not draft.uses or draft.capital or draft.territory:
        return False
    if head is None:  # القصر الجمهوري في Y is not the palace of X
        outer = _outer(words, draft)
        home = {place.country for place in outer if place.kind != "country"}
        inner = all(use.place.kind in INNER_KINDS for use in draft.uses)
        near = any(use.place.country in home for use in draft.uses)
        return inner and near and not any(_compatible(use.place, o) for use in draft.uses for o in outer)
    if not draft.own_head:
        return False
    if not words[draft.name_first - (2 if draft.quoted else 1)].endswith(head.word.rpartition(" ")[2]):
        return False
    quarter = head.kinds <= _QUARTER
    if any(use.place.kind == "country" for use in draft.uses) and not head.named and not quarter:
        return False
    outer = _outer(words, draft)
    home = {place.country for place in outer} or {story} - {""}
    if quarter and home and not draft.demonym and all(
        use.place.kind in ("city", "admin1") and use.place.country not in home
        and scores.share(use.place.country) < HOME_SHARE for use in draft.uses
    ):  # fmt: skip
        return True  # حي كاليفورنيا in a town of the story's country
    if not head.named and any(use.place.kind in ("city", "admin1") and use.strength == 3 for use in draft.uses):
        abroad = bool(outer) and not {place.country for place in outer} & {use.place.country for use in draft.uses}
        return abroad and (head.takes == "host" or head.unlisted)  # سوق بغداد بمدينة تعز, منطقة العريش بمديرية موزع
    if outer and not any(_compatible(use.place, wide) for use in draft.uses for wide in outer):
        return head.takes == "host" or head.unlisted
    if outer or draft.demonym:
        return False
    shares = [max(scores.share(use.place.country), 0.8 if use.place.country in local else 0.0) for use in draft.uses]
    if (quarter or head.named) and any(use.place.kind == "country" for use in draft.uses):
        return True  # حارة اليمن, دوار الكويت
    if head.named and all(use.place.kind in _TOWNS for use in draft.uses):
        return bool(story) and max(shares) < HOME_SHARE
    if not head.unlisted or not story or max(shares) >= ABROAD_SHARE:
        return False
    return all(use.strength < 3 and use.place.kind in _SMALL and use.place.country != story for use in draft.uses)


def _apart(place: Place, other: Place) -> float:
    """Kilometres between two places; 0 when a position is not known."""
    if None in (place.latitude, place.longitude, other.latitude, other.longitude):
        return 0.0
    assert place.latitude is not None and place.longitude is not None
    assert other.latitude is not None and other.longitude is not None
    return distance_km((place.latitude, place.longitude), (other.latitude, other.longitude))


def _outer(words: list[str], draft: Draft) -> list[Place]:
    """What the wider place may be that follows and is said to hold the name: في محافظة Y, بريف Y."""
    outer = draft.container
    if outer is None or outer.distance is not None or outer.territory == STORY or outer.strength < 3:
        return []
    if outer.relation is not None and outer.relation.relation in _BESIDE:
        return []
    gap = words[draft.last : outer.first]
    led = outer.lead.endswith("ب") or (outer.relation is not None and words[outer.first].startswith("ب"))
    held = led or "في" in gap or (outer.relation is None and gap[:1] in _PART_OF)
    placed = outer.relation is not None and not gap
    if any(use.strength == 3 for use in draft.uses) and not held:
        return []
    return [use.place for use in outer.uses] if held or placed else []


def _compatible(place: Place, outer: Place) -> bool:
    """Whether the place may lie in the outer one, or holds it."""
    if place.country != outer.country:
        return not place.country or not outer.country
    if "country" in (place.kind, outer.kind) or outer.kind == "region" or not place.admin1 or not outer.admin1:
        return True
    inner = place.kind in INNER_KINDS
    other_town = inner and outer.kind in ("city", "town") and place.parent != outer.place_id
    if place.admin1 == outer.admin1 and not other_town:
        return True
    if place.parent == outer.place_id or place.place_id == outer.parent or place.kind in ("city", "admin1"):
        return place.kind not in ("city", "admin1") or place.place_id == outer.parent
    if None in (place.latitude, outer.latitude):
        return not inner
    return _apart(place, outer) <= (SITE_KM if inner else REACH_KM)


def is_name_of_its_own(words: list[str], draft: Draft, tables: PlaceTables) -> bool:
    """Whether a name that no place of the gazetteer fits is nevertheless a name after its head (حي النور)."""
    head = draft.head
    if head is None and draft.name_last - draft.name_first > 1:  # the name of another town's quarter, with its head
        draft.take_head(words, tables)
        return draft.head is not None and draft.head.unlisted and not draft.demonym
    if head is None or not draft.own_head or not head.unlisted or draft.hit.prefix or draft.demonym:
        return False
    name = words[draft.name_first : draft.name_last]
    if draft.relation is not None and draft.name_first - draft.first > 1 and not words[
        draft.name_first - (2 if draft.quoted else 1)
    ].endswith(head.word):
        return False
    if head.definite or len(name) > 1:
        return name[0].startswith("ال") or len(name) > 1
    return name[0] not in tables.ordinary and name[0] not in tables.common

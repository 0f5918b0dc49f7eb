"""Which of the places with one name is meant, and the rule that decided."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log10

from pipeline.gazetteer.geo import distance_km
from pipeline.gazetteer.load import NameUse
from pipeline.gazetteer.sources import ARAB
from pipeline.placing.country import CountryScores
from pipeline.placing.draft import Draft
from pipeline.records import Place

KIND_PRIOR = {"country": 1.2, "city": 1.0, "town": 0.6, "admin1": 0.5, "region": 0.7, "airport": 0.5, "base": 0.4}
NEAR_SCALE_KM = 80.0
SAME_SPOT_KM = 40.0
HOME_SHARE = 0.9
OWN = 1.5  # what a province's own name is worth in a list, where towns have it only in context
GREAT = 200_000  # people: a bare name is no hamlet of that name
_ADMIN = frozenset(("admin1", "admin2", "admin3"))


def choose(draft: Draft, scores: CountryScores, local: frozenset[str], around: Sequence[Place]) -> None:
    """Set chosen, rule and confidence of a draft. around holds places that the document names surely."""
    uses = _likely(draft)
    if len(uses) == 1:
        use = uses[0]
        draft.chosen = use.place
        draft.rule = "place.country" if use.place.kind == "country" else "place.unique"
        share = scores.share(use.place.country)
        base = 0.95 if use.strength == 3 else 0.85 if use.strength == 2 else 0.7
        draft.confidence = base if share >= 0.3 or use.place.kind == "country" else base - 0.2
        return
    home = any(scores.share(use.place.country) >= HOME_SHARE for use in uses)
    parts = [_parts(draft, use, scores, local, around, home) for use in uses]
    totals = [sum(part.values()) for part in parts]
    order = sorted(range(len(uses)), key=lambda i: (-totals[i], uses[i].place.place_id))
    best = order[0]
    draft.chosen = uses[best].place
    second = next((i for i in order[1:] if _elsewhere(draft.chosen, uses[i].place)), None)
    if second is None:  # a town and its province, a country and its capital: one spot, two sizes
        alone = parts[best]["place.admin_word"] == parts[order[1]]["place.admin_word"]
        if draft.head is None and alone:  # the one whose own name this is: غزة is the strip, تونس the country
            best = max(order, key=lambda i: (uses[i].strength, totals[i]))
            draft.chosen = uses[best].place
        unique = "place.country" if draft.chosen.kind == "country" else "place.unique"
        draft.rule = unique if alone else "place.admin_word"
        draft.confidence = 0.9 if uses[best].strength == 3 else 0.8
        return
    gaps = {rule: parts[best][rule] - parts[second][rule] for rule in parts[best]}
    draft.rule = max(gaps, key=lambda rule: (gaps[rule], rule))
    margin = totals[best] - totals[second]
    ceiling = {"place.population": 0.75, "place.near_others": 0.85}.get(draft.rule, 0.92)
    draft.confidence = round(min(ceiling, 0.45 + 0.2 * margin), 2)


def _likely(draft: Draft) -> tuple[NameUse, ...]:
    """The uses without obscure namesakes of a great city (موسكو is no town of Texas)."""
    if len(draft.uses) < 2 or draft.demonym or draft.container is not None:
        return draft.uses
    most = max(use.place.population for use in draft.uses)
    kept = tuple(
        use for use in draft.uses
        if "-gn" not in use.place.place_id or use.place.population * 8 >= most
        or (use.place.country in ARAB and (draft.head is not None or most < GREAT))
    )  # fmt: skip
    return kept or draft.uses


def _elsewhere(place: Place, other: Place) -> bool:
    """Whether two places with one name are more than two sizes of one spot."""
    if place.country != other.country:
        return True
    if "country" in (place.kind, other.kind):
        return False
    if None in (place.latitude, place.longitude, other.latitude, other.longitude):
        return place.admin1 != other.admin1
    assert place.latitude is not None and place.longitude is not None
    assert other.latitude is not None and other.longitude is not None
    reach = SAME_SPOT_KM * (3 if "admin1" in (place.kind, other.kind) else 1)
    return distance_km((place.latitude, place.longitude), (other.latitude, other.longitude)) > reach


def _parts(draft: Draft, use: NameUse, scores: CountryScores, local: frozenset[str],
           around: Sequence[Place], home: bool) -> dict[str, float]:  # fmt: skip
    """What speaks for a use, by rule. home: one of the name's places lies in the story's country, so size says less."""
    place = use.place
    share = scores.share(place.country)
    found = {
        "place.story_country": 6.0 * share + (0.8 if place.country in local else 0.0),
        "place.containment": 0.0,
        "place.admin_word": 0.0,
        "place.near_others": 0.0,
        "place.population": (0.3 if home or place.country in ARAB else 1.0) * log10(place.population + 10)
        + KIND_PRIOR.get(place.kind, 0.0) + 0.3 * (use.strength - 2),
    }
    if draft.head is None and draft.listed and place.kind == "admin1" and use.strength == 3 and all(
        other.strength < 3 for other in draft.uses if other.place.kind != "admin1"
    ):  # fmt: skip
        found["place.population"] += OWN
    if draft.demonym:
        found["place.containment"] += 6.0 if draft.demonym == place.country else -2.0
    if draft.container is not None:
        found["place.containment"] += max(_contained(place, outer) for outer in _places(draft.container))
    if draft.head is not None:
        fit = place.kind in draft.head.kinds
        host = draft.head.takes == "host" and place.kind in ("city", "town", "village", "admin1", "admin2", "district")
        found["place.admin_word"] = (3.0 if fit else 0.4 if host else -2.0) * (1.0 if draft.own_head else 0.4)
        if fit and place.kind in _ADMIN and not draft.head.kinds & {"village"}:
            found["place.admin_word"] += 1.5
        if host and place.kind not in _ADMIN:
            found["place.admin_word"] += 0.2
    elif draft.relation is not None and draft.relation.relation == "rural" and place.kind == "admin1":
        found["place.admin_word"] = 3.0
    elif place.kind in ("square", "street", "district", "facility", "airport", "base", "port", "oilfield", "crossing"):
        found["place.admin_word"] = -0.8
    if place.kind == "country":
        found["place.near_others"] = 2.0 if any(other.country == place.country for other in around) else 0.0
    elif place.latitude is not None and place.longitude is not None and around:
        here = (place.latitude, place.longitude)
        nearest = min(
            (distance_km(here, (o.latitude, o.longitude)) for o in around
             if o.latitude is not None and o.longitude is not None and o.place_id != place.place_id),
            default=9999.0,
        )  # fmt: skip
        found["place.near_others"] = 2.0 * exp(-nearest / NEAR_SCALE_KM)
    elif place.parent and any(other.place_id == place.parent for other in around):
        found["place.near_others"] = 2.0
    return found


def _places(draft: Draft) -> list[Place]:
    return [draft.chosen] if draft.chosen is not None else [use.place for use in draft.uses] or [_NOWHERE]


def _contained(place: Place, outer: Place) -> float:
    if place.country != outer.country:
        return -3.0
    if outer.kind == "country":
        return 4.0
    if place.parent == outer.place_id or (outer.admin1 and place.admin1 == outer.admin1):
        return 4.0
    if None not in (place.latitude, place.longitude, outer.latitude, outer.longitude):
        assert place.latitude is not None and place.longitude is not None
        assert outer.latitude is not None and outer.longitude is not None
        if distance_km((place.latitude, place.longitude), (outer.latitude, outer.longitude)) < 60:
            return 3.0
    return 0.5


_NOWHERE = Place("", "point", "", "")

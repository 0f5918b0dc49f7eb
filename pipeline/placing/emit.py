"""From a judged draft to a PlaceMention: location, relation, precision and computed points."""

from __future__ import annotations

from pipeline.gazetteer.load import INNER_KINDS, TOWN_KINDS, Gazetteer
from pipeline.machinery.quick import replace
from pipeline.placing.draft import Draft
from pipeline.records import Document, Place, PlaceMention

_COMPASS = {0: "north", 45: "northeast", 90: "east", 135: "southeast", 180: "south", 225: "southwest", 270: "west",
            315: "northwest"}  # fmt: skip
_LETTERS = frozenset(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x64B))))
_BROAD = frozenset(("country", "admin1", "region", "sea", "desert"))


def mention_of(document: Document, draft: Draft, gazetteer: Gazetteer) -> PlaceMention:
    """The mention of a draft whose place is chosen."""
    place = draft.chosen
    assert place is not None
    location = gazetteer.location_of(place)
    within = draft.within if draft.rule == "place.unlisted" else None
    if within is not None:
        location = gazetteer.location_of(within)
    relation = draft.relation.relation if draft.relation is not None else "in"
    precision = _precision(draft, place, relation)
    if draft.distance is not None and draft.relation is not None and draft.relation.bearing is not None:
        relation = "distance"
        place = point_from(place, draft.distance, draft.relation.bearing)
        precision = 2
    return PlaceMention(
        draft.first,
        draft.last,
        document.starts[draft.first] + _clitics(document, draft),
        document.ends[draft.last - 1],
        place,
        location,
        "in" if relation == "center" else relation,
        precision,
        draft.rule,
        round(draft.confidence, 2),
        draft.role,
        draft.metonym,
        draft.name_first,
        draft.name_last,
    )


def _clitics(document: Document, draft: Draft) -> int:
    """How many raw characters at the start are clitics; 0 where ل has swallowed the article (للرقة)."""
    lead = draft.lead
    word = document.words[draft.first]
    if not lead or not word.startswith(lead) or (lead.endswith("ل") and word[len(lead) :].startswith("ل")):
        return 0
    start, end = document.starts[draft.first], document.ends[draft.first]
    left = len(lead)
    for offset, char in enumerate(document.raw[start:end]):
        if not left and char in _LETTERS:
            return offset
        left -= char in _LETTERS
    return 0


def _precision(draft: Draft, place: Place, relation: str) -> int:
    """1 a town or site named exactly, 2 near it, part of a province or a second-level unit, 3 a province or country."""
    if draft.rule == "place.unlisted":
        told = draft.container is not None and draft.container.chosen == draft.within
        if told and place.kind in INNER_KINDS and draft.within is not None and draft.within.kind in TOWN_KINDS:
            return 1 if draft.relation is None or draft.relation.precision == 0 else 2  # حي X بمدينة Y
        return 3 if draft.within is None or draft.within.kind in _BROAD else 2
    blurred = draft.relation is not None and draft.relation.precision == 2
    if place.kind == "country":
        return 2 if relation in ("border", "near") else 3
    if place.kind in _BROAD:
        return 2 if draft.relation is not None and (blurred or relation == "center") else 3
    if blurred:
        return 2
    if place.kind in ("admin2", "admin3") or (draft.head is not None and draft.own_head and (
        {"admin2", "admin3"} & draft.head.kinds and "mountain" not in draft.head.kinds
    )):
        return 2
    if draft.head is not None and draft.own_head and "admin1" in draft.head.kinds and "village" not in draft.head.kinds:
        return 3
    return 1


def point_from(anchor: Place, metres: float, bearing: float) -> Place:
    """The point at a distance and bearing from a place, as a place of kind point (its id names how it was computed)."""
    kilometres = metres / 1000.0
    side = _COMPASS.get(int(bearing), f"{bearing:.0f} degrees")
    made = replace(
        anchor,
        place_id=f"{anchor.place_id}+{kilometres:g}km-{side}",
        kind="point",
        name=f"{kilometres:g} km {side} of {anchor.name}",
        parent=anchor.place_id,
        population=0,
    )
    if anchor.latitude is None or anchor.longitude is None:
        return made
    from geopy.distance import geodesic

    point = geodesic(kilometers=kilometres).destination((anchor.latitude, anchor.longitude), bearing)
    return replace(made, latitude=round(point.latitude, 4), longitude=round(point.longitude, 4))

"""Whether the places of two tellings may be one place."""

from __future__ import annotations

from pipeline.candidates import PlaceChoice
from pipeline.records import Place

WIDE_KINDS = ("country", "admin1", "region", "desert", "sea", "mountain")
OWN = ("clause", "report")


def same_place(one: PlaceChoice, other: PlaceChoice) -> bool:
    """Whether two places may be one: the same town, one inside the other, or one that was only inherited."""
    if one.place is None or other.place is None:
        return True
    if one.place.place_id == other.place.place_id:
        return True
    if one.basis not in OWN or other.basis not in OWN:
        return one.place.country == other.place.country
    if one.place.country != other.place.country:
        return False
    a, b = one.location or one.place, other.location or other.place
    if a.place_id == b.place_id:
        return one.place.kind == other.place.kind or one.place is a or other.place is b
    return holds(one.place, a, other.place, b) or holds(other.place, b, one.place, a)


def holds(wide: Place, wide_town: Place, narrow: Place, narrow_town: Place) -> bool:
    """Whether the first place is the wider one of two that may be one: its country, province, town or region."""
    if wide.kind == "country":
        return True
    if wide.place_id in (narrow.parent, narrow_town.parent) or wide_town.place_id == narrow_town.parent:
        return True
    province = narrow_town.admin1 or narrow.admin1
    if province and wide.name == province:  # a province's main town may stand for the province
        return True
    return wide.kind in WIDE_KINDS and bool(province) and (wide.admin1 or wide_town.admin1) == province

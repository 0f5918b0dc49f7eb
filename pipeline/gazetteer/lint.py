"""Checks of the gazetteer's tables: ids, names, parents and coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.gazetteer.geo import distance_km, geonames_cities
from pipeline.gazetteer.sources import SourceRow, country_codes, country_rows, curated_rows
from pipeline.resources import TableError

_NAME = re.compile("[\u0621-\u063a\u0640-\u064a\u064b-\u0652\u06860-9A-Za-z ()/'.،-]+")
_PLACE_ID = re.compile(r"[A-Z]{2,3}-[a-z0-9-]+")
BOX_MARGIN = 3.5  # degrees around a country's towns in GeoNames
REACH_KM = {  # how far a place may lie from its parent, by the parent's kind
    "city": 90.0, "town": 90.0, "village": 45.0, "district": 45.0, "admin2": 380.0, "admin1": 1100.0, "region": 900.0,
    "country": 2500.0,
}  # fmt: skip
_SITES = {"mountain", "valley", "desert", "river", "sea", "region", "road", "oilfield", "admin1", "admin2"}


def lint_gazetteer() -> list[str]:
    """Every problem found, as "file:line: what is wrong and what to do"; empty when the gazetteer is sound."""
    try:
        rows = list(curated_rows(country_codes()))
    except TableError as error:
        return [str(error)]
    by_id: dict[str, SourceRow] = {}
    found: list[str] = []
    for row in rows:
        if row.place_id in by_id:
            found.append(_say(row, f"place_id {row.place_id} is used twice; the first is {_at(by_id[row.place_id])}"))
        by_id.setdefault(row.place_id, row)
    boxes = country_boxes()
    for row in rows:
        found += _names(row)
        found += _parent(row, by_id)
        found += _position(row, by_id, boxes)
    return found + list(_countries(by_id))


def country_boxes() -> dict[str, tuple[float, float, float, float]]:
    """South, north, west and east bounds (degrees) of each country's towns in GeoNames."""
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for city in geonames_cities().values():
        lat, lon = float(city["latitude"]), float(city["longitude"])
        south, north, west, east = boxes.get(city["countrycode"], (lat, lat, lon, lon))
        boxes[city["countrycode"]] = (min(south, lat), max(north, lat), min(west, lon), max(east, lon))
    return boxes


def _names(row: SourceRow) -> Iterable[str]:
    if not row.place_id or not _PLACE_ID.fullmatch(row.place_id):
        yield _say(row, f"place_id {row.place_id!r}: write COUNTRY-name in lower case, digits and hyphens")
    if not row.name.strip():
        yield _say(row, "name is empty: write the English name as ACLED spells it")
    for name in (*row.strong, *row.weak):
        if not _NAME.fullmatch(name):
            yield _say(row, f"name {name!r} has letters that Arabic has not; retype it")
    for name in sorted(set(row.strong) & set(row.weak)):
        yield _say(row, f"name {name!r} is strong and weak; keep one")
    if not row.source or not row.licence:
        yield _say(row, "source and licence must stand in every row")


def _parent(row: SourceRow, by_id: dict[str, SourceRow]) -> Iterable[str]:
    if not row.parent:
        return
    above = by_id.get(row.parent)
    if above is None and len(row.parent) != 2:
        yield _say(row, f"parent {row.parent} does not exist")
    elif above is not None and above.country and row.country and above.country != row.country:
        yield _say(row, f"parent {row.parent} lies in {above.country}, the place in {row.country}")
    steps, current = 0, row
    while current.parent and steps < 10:
        following = by_id.get(current.parent)
        if following is None:
            return
        steps, current = steps + 1, following
    if steps >= 10:
        yield _say(row, "its parents form a circle")


def _position(row: SourceRow, by_id: dict[str, SourceRow],
              boxes: dict[str, tuple[float, float, float, float]]) -> Iterable[str]:  # fmt: skip
    if (row.latitude is None) != (row.longitude is None):
        yield _say(row, "latitude and longitude must both stand or both be empty")
    if row.latitude is None or row.longitude is None:
        return
    box = boxes.get(row.country)
    open_water = row.kind in ("sea", "island") or row.name.endswith((" Sea", " Gulf"))
    if box is not None and not open_water:
        south, north, west, east = box
        inside = south - BOX_MARGIN <= row.latitude <= north + BOX_MARGIN and (
            west - BOX_MARGIN <= row.longitude <= east + BOX_MARGIN
        )
        if not inside:
            yield _say(row, f"{row.latitude}, {row.longitude} lies outside {row.country}")
    above = by_id.get(row.parent)
    if above is None or above.latitude is None or above.longitude is None:
        return
    limit = REACH_KM.get(above.kind, 300.0) * (3.0 if row.kind in _SITES else 1.0)
    apart = distance_km((row.latitude, row.longitude), (above.latitude, above.longitude))
    if apart > limit:
        yield _say(row, f"lies {apart:.0f} km from its parent {above.place_id} ({limit:.0f} km at most)")


def _countries(by_id: dict[str, SourceRow]) -> Iterable[str]:
    for row in country_rows():
        capital = row["capital"]
        if capital and "-gn" not in capital and capital not in by_id:
            yield str(row.error(f"capital {capital} does not exist"))
        if not row["iso3"] or not row["name_en"] or not row["region"]:
            yield str(row.error("iso3, name_en and region must stand"))


def _at(row: SourceRow) -> str:
    return f"{row.row.path.name}:{row.row.line}" if row.row is not None else row.place_id


def _say(row: SourceRow, why: str) -> str:
    return f"{_at(row)}: {row.place_id}: {why}"

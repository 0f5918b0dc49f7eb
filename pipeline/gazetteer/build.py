"""Compiling all sources into plain lists and dicts, the content of the artefact (see artefact.py)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from pipeline.gazetteer.geo import distance_km, geonames_cities
from pipeline.gazetteer.names import demonym_forms, foreign, spellings
from pipeline.gazetteer.romanise import latin_key
from pipeline.gazetteer.sources import (
    ARAB,
    NEIGHBOURS,
    SourceRow,
    country_codes,
    country_rows,
    curated_rows,
    hint_rows,
    more_names,
)
from pipeline.resources import language_folder, read_rows
from pipeline.text import fold_key

STRONG, WEAK, ORDINARY = 3, 2, 1
_SETTLEMENTS = ("city", "town", "village")
SAME_PLACE_KM = 25.0
DEFAULT_POPULATION = {"country": 5_000_000, "city": 60_000, "town": 8_000, "admin1": 90_000, "village": 900}
_ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u064a\u064b-\u0652 \\-]+")
_BRACKET = re.compile(r"\s*[(\[].*?[)\]]\s*")


def compiled() -> dict[str, Any]:
    """The artefact as plain lists and dicts: countries, places, names, roman keys, demonyms and hints."""
    codes = country_codes()
    given = read_rows(language_folder("ar") / "place_given_names.csv")
    ordinary = {" ".join(fold_key(row["name"])): WEAK for row in given}
    ordinary |= {
        " ".join(fold_key(row["word"])): int(row["strength"])
        for row in read_rows(language_folder("ar") / "place_ordinary.csv")
    }
    curated = list(curated_rows(codes))
    raw_cities = geonames_cities()
    cities = {str(city["geonameid"]): city for city in raw_cities.values()}
    builder = _Builder(ordinary)
    for country in country_rows():
        builder.add_country(country.cells, country.listed("names_ar"), country.listed("weak_names_ar"))
    for row in curated:
        city = cities.get(row.geonameid)
        builder.add_curated(row, int(city["population"]) if city else 0, _arabic(city) if city else ())
    builder.add_alternates()
    builder.learn_admin1(curated, cities)
    used = {row.geonameid for row in curated if row.geonameid}
    for city in sorted(cities.values(), key=lambda c: int(c["geonameid"])):
        if str(city["geonameid"]) not in used:
            builder.add_city(city)
    return builder.result()


def _arabic(city: dict[str, Any]) -> tuple[str, ...]:
    """The alternate names written in Arabic letters only, without spellings of other languages."""
    found = {name.strip() for name in city["alternatenames"] if _ARABIC_NAME.fullmatch(name.strip())}
    return tuple(sorted(name for name in found if len(name) > 2))


class _Builder:
    def __init__(self, ordinary: dict[str, int]) -> None:
        self.ordinary = ordinary
        self.countries: list[list[Any]] = []
        self.places: list[list[Any]] = []
        self.names: dict[str, dict[int, int]] = defaultdict(dict)
        self.by_latin: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.demonyms: dict[str, str] = {}
        self.admin1: dict[tuple[str, str], str] = {}
        self.groups: dict[tuple[str, bool | str, str], list[int]] = defaultdict(list)
        self.by_geonameid: dict[str, int] = {}
        self.more = more_names()
        self.aliases: dict[str, int] = {}
        self.arabic: list[str] = []
        self.own: dict[str, set[str]] = defaultdict(set)
        self.alternates: list[tuple[int, tuple[str, ...]]] = []

    def add_country(self, cells: dict[str, str], strong: tuple[str, ...], weak: tuple[str, ...]) -> None:
        row: list[Any] = [cells[key] for key in ("iso2", "iso_numeric", "iso3", "name_en", "region", "capital")]
        self.countries.append([*row, float(cells["hint_weight"] or 1)])
        index = self._add(cells["iso2"], "country", cells["name_en"], cells["iso2"], "", "", "", None, None, 5_000_000)
        self._name(index, strong, STRONG, forced=True)
        self._name(index, weak, WEAK)

    def add_curated(self, row: SourceRow, population: int, more: tuple[str, ...]) -> None:
        people = population or DEFAULT_POPULATION.get(row.kind, 1_000)
        index = self._same(row)
        if index is None:
            index = self._add(
                row.place_id, row.kind, row.name, row.country, row.admin1, row.admin2, row.parent,
                row.latitude, row.longitude, people,
            )  # fmt: skip
            self.groups[row.country, row.kind in _SETTLEMENTS or row.kind, latin_key(row.name)].append(index)
        elif row.place_id != self.places[index][0]:
            self.aliases[row.place_id] = index
        if row.geonameid:
            self.by_geonameid[row.geonameid] = index
        strong, weak = self.more.get(row.place_id, ((), ()))
        self._name(index, foreign(row.country, (*row.strong, *strong)), STRONG)
        self._name(index, foreign(row.country, (*row.weak, *weak)), WEAK)
        for name in (*row.strong, *strong):
            self.own[" ".join(fold_key(name))].add(row.country)
        self.alternates.append((index, more))
        self._article(index, row.strong)
        self._article(index, row.weak, ORDINARY)
        self.by_latin[row.country, latin_key(row.name)].append(index)

    def add_alternates(self) -> None:
        """GeoNames' further names of the curated places, where they are no ordinary words and name no place abroad."""
        for index, names in self.alternates:
            self._name(index, tuple(name for name in names if self._free(name, self.places[index][3])), WEAK)

    def _free(self, name: str, country: str) -> bool:
        """Whether a GeoNames alternate is neither an ordinary word nor the curated strong name of a place abroad."""
        text = " ".join(fold_key(name))
        return self.ordinary.get(text) != ORDINARY and self.own.get(text, {country}) <= {country}

    def _same(self, row: SourceRow) -> int | None:
        """An earlier row of another table that names the same place: its names are joined to it."""
        if row.geonameid in self.by_geonameid and self.places[self.by_geonameid[row.geonameid]][1] == row.kind:
            return self.by_geonameid[row.geonameid]
        for index in self.groups.get((row.country, row.kind in _SETTLEMENTS or row.kind, latin_key(row.name)), ()):
            place = self.places[index]
            if row.row is not None and row.row.path.stem != "extra":
                return None
            if None in (row.latitude, row.longitude, place[7], place[8]):
                return None
            assert row.latitude is not None and row.longitude is not None
            if distance_km((row.latitude, row.longitude), (place[7], place[8])) <= (
                SAME_PLACE_KM if row.kind in _SETTLEMENTS else 300.0
            ):
                return index
        return None

    def learn_admin1(self, curated: list[SourceRow], cities: dict[str, Any]) -> None:
        """GeoNames' admin1 codes mean the name that most curated places with that code have."""
        votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in curated:
            if row.admin1 and (city := cities.get(row.geonameid)):
                votes[city["countrycode"], city["admin1code"]][row.admin1] += 1
        self.admin1 = {code: count.most_common(1)[0][0] for code, count in votes.items()}

    def add_city(self, city: dict[str, Any]) -> None:
        country, population = city["countrycode"], int(city["population"])
        near = country in ARAB or country in NEIGHBOURS
        least = 3_000 if near and country not in ("IR", "TR", "IL") else 15_000
        if country not in ARAB and population < least:
            return
        if country == "US" and population < 60_000:
            return
        names = _arabic(city)
        point = (round(float(city["latitude"]), 4), round(float(city["longitude"]), 4))
        twin = self._twin(country, city["name"], names, point)
        if twin is not None:
            self.places[twin][9] = max(self.places[twin][9], population)
            self._name(twin, tuple(name for name in names if self._free(name, country)), WEAK)
            return
        if not names and country not in ARAB:
            return
        admin1 = self.admin1.get((country, city["admin1code"]), "")
        kind = "city" if population >= 50_000 else "town" if population >= 3_000 else "village"
        index = self._add(
            f"{country}-gn{city['geonameid']}", kind, city["name"], country, admin1, "", "", *point, population
        )
        strong = population >= (40_000 if country in ARAB else 150_000 if near else 250_000)
        names = tuple(name for name in names if " ".join(fold_key(name)) not in self.ordinary)
        if country not in ARAB:
            names = tuple(name for name in names if self._free(name, country))
        self._name(index, foreign(country, names), STRONG if strong else WEAK)
        self.by_latin[country, latin_key(city["name"])].append(index)

    def _twin(self, country: str, name: str, names: tuple[str, ...], point: tuple[float, float]) -> int | None:
        near = set(self.by_latin.get((country, latin_key(name)), ()))
        for arabic in names:  # also across a border that the two sources draw differently (القدس)
            near |= set(self.names.get(" ".join(fold_key(arabic)), ()))
        for index in sorted(near):
            place = self.places[index]
            near_it = place[7] is not None and distance_km((place[7], place[8]), point) <= SAME_PLACE_KM
            if near_it and place[1] in (*_SETTLEMENTS, "district"):
                return index
        return None

    def _add(self, *cells: Any) -> int:
        self.places.append(list(cells))
        self.arabic.append("")
        return len(self.places) - 1

    def _name(self, index: int, names: tuple[str, ...], strength: int, forced: bool = False) -> None:
        if names and not self.arabic[index]:
            self.arabic[index] = _BRACKET.sub(" ", names[0]).strip()
        for name in names:
            for key in spellings(fold_key(_BRACKET.sub(" ", name))):
                text = " ".join(key)
                if len(text) < 2:
                    continue
                level = strength if forced else min(strength, self.ordinary.get(text, STRONG))
                self.names[text][index] = max(level, self.names[text].get(index, 0))

    def _article(self, index: int, names: tuple[str, ...], strength: int = WEAK) -> None:
        """The same names with or without the article, understood in context (مدينة الحيس for حيس).

        Without the article a weak name (strength ORDINARY) or a short one is an ordinary word: تضامن, منزلة.
        """
        for name in names:
            key = fold_key(_BRACKET.sub(" ", name))
            if len(key) == 1 and len(key[0]) > 2:
                other = key[0][2:] if key[0].startswith("ال") else "ال" + key[0]
                if len(other) > 2 and other not in self.ordinary and key[0] not in self.ordinary:
                    bare = other.removeprefix("ال")
                    self.names[other].setdefault(index, strength if len(bare) >= 5 else ORDINARY)

    def result(self) -> dict[str, Any]:
        demonyms, both = demonym_forms()
        roman: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for (country, key), indices in self.by_latin.items():
            latin_only = sorted({index for index in indices if not self.arabic[index]})
            if country in ARAB and len(key) >= 3 and latin_only:
                roman[country][key] = latin_only
        return {
            "countries": self.countries,
            "places": self.places,
            "aliases": self.aliases,
            "arabic": self.arabic,
            "names": {name: sorted(uses.items()) for name, uses in self.names.items()},
            "roman": roman,
            "demonyms": demonyms,
            "adjectives": sorted(both),
            "hints": [[list(fold_key(row["words"])), row["iso2"], float(row["weight"])] for row in hint_rows()],
        }

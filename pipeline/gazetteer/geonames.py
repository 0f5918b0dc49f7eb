"""Places from a user's GeoNames dumps: XX.txt, alternateNamesV2.txt, admin1CodesASCII.txt and admin2Codes.txt.

Formats as in GeoNames' readme.txt: tab-separated UTF-8 without header or quoting. alternateNames fields: id,
geonameid, language, name, preferred, short, colloquial, historic, from, to.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline.gazetteer.artefact import ensure_artefact
from pipeline.gazetteer.sources import added_folder
from pipeline.resources import TableError

HEADER = (
    "place_id", "kind", "name", "country", "admin1", "admin2", "names_ar", "weak_names_ar", "parent", "latitude",
    "longitude", "geonameid", "source", "licence",
)  # fmt: skip
KINDS = {
    "ADM1": "admin1", "ADM2": "admin2", "PPLX": "neighbourhood", "SQR": "square", "ST": "street", "AIRP": "airport",
    "AIRB": "base", "AIRF": "airport", "INSM": "base", "MILB": "base", "CMPRF": "camp", "MT": "mountain",
    "MTS": "mountain", "HLL": "mountain", "PK": "mountain", "VAL": "valley", "WAD": "valley", "DSRT": "desert",
    "ISL": "island", "STM": "river", "PRT": "port", "HBR": "port", "OILF": "oilfield", "OILR": "oilfield",
    "BDG": "bridge", "RD": "road", "BP": "crossing", "CSTM": "crossing",
}  # fmt: skip
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u064b-\u0652 \\-]+")
_CITY, _TOWN = 50_000, 3_000


def add_geonames(folder: Path) -> tuple[Path, int]:
    """Turn the dumps of a folder into a table of the user's places and build the gazetteer anew.

    Gives the table's path and the number of its places. Raises TableError when the folder has no XX.txt.
    """
    rows = list(geonames_rows(folder))
    target = added_folder() / f"geonames-{folder.resolve().name}.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(sorted(rows))
    temporary.replace(target)
    ensure_artefact()
    return target, len(rows)


def geonames_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """Rows of the gazetteer's place table from the dumps; places that have no Arabic name are kept for their Latin
    one. Names of one place that are shared by many are weak."""
    dumps = sorted(path for path in folder.glob("*.txt") if re.fullmatch(r"[A-Z]{2}|allCountries|cities\d+", path.stem))
    if not dumps:
        raise TableError(f"{folder}: no GeoNames dump; put a country's XX.txt here (download.geonames.org/export/dump)")
    arabic = _alternate_names(folder)
    first, second = _codes(folder / "admin1CodesASCII.txt"), _codes(folder / "admin2Codes.txt")
    for dump in dumps:
        for number, fields in enumerate(_lines(dump), 1):
            if len(fields) < 15:
                raise TableError(f"{dump}:{number}: {len(fields)} columns instead of 19; is this a GeoNames dump?")
            kind = _kind(fields[6], fields[7], fields[14])
            if not kind:
                continue
            country, number_id = fields[8], fields[0]
            names = list(dict.fromkeys([*arabic.get(number_id, ()), *_arabic_of(fields[3])]))
            admin1 = first.get(f"{country}.{fields[10]}", "")
            admin2 = second.get(f"{country}.{fields[10]}.{fields[11]}", "")
            small = kind in ("village", "neighbourhood", "square", "street")
            yield (
                f"{country}-gn{number_id}", kind, fields[1], country, admin1, admin2,
                "" if small else "|".join(names), "|".join(names) if small else "", "", fields[4], fields[5],
                number_id, "geonames", "CC BY 4.0",
            )  # fmt: skip


def _kind(feature_class: str, code: str, population: str) -> str:
    if code in KINDS:
        return KINDS[code]
    if feature_class != "P" or code in ("PPLH", "PPLQ", "PPLW"):
        return ""
    people = int(population or 0)
    return "city" if people >= _CITY else "town" if people >= _TOWN else "village"


def _alternate_names(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for name in ("alternateNamesV2.txt", "alternateNames.txt"):
        path = folder / name
        if path.is_file():
            for fields in _lines(path):
                historic = len(fields) > 7 and fields[7] == "1"
                if len(fields) >= 4 and fields[2] == "ar" and not historic and _ARABIC.fullmatch(fields[3]):
                    found[fields[1]].append((not (len(fields) > 4 and fields[4] == "1"), fields[3].strip()))
            break
    return {key: [name for _, name in sorted(names)] for key, names in found.items()}


def _arabic_of(alternates: str) -> list[str]:
    return [name.strip() for name in alternates.split(",") if _ARABIC.fullmatch(name.strip()) and len(name.strip()) > 2]


def _codes(path: Path) -> dict[str, str]:
    return {fields[0]: fields[1] for fields in _lines(path) if len(fields) > 1} if path.is_file() else {}


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\r\n").split("\t")

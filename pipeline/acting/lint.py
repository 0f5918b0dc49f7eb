"""Checks of the actor tables beyond what compiling them already refuses."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from pipeline.acting.building import parse_day
from pipeline.acting.inflect import PATTERNS
from pipeline.languages import load_pack
from pipeline.resources import Row, TableError, folder, language_folder, read_rows
from pipeline.text import fold_key

KINDS = frozenset({"state", "rebel", "political_militia", "identity_militia", "external", "civilians", "protesters",
                   "rioters", "leader", "unidentified"})  # fmt: skip
INTERS = frozenset({"State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters",
                    "Civilians", "External/Other forces"})  # fmt: skip


def lint_actors() -> list[str]:
    """Problems of the actor tables, one line each; empty when there are none."""
    gazetteer, arabic = folder("gazetteer"), language_folder("ar")
    actors = read_rows(gazetteer / "actors.csv")
    offices = read_rows(gazetteer / "offices.csv")
    generics = read_rows(gazetteer / "generic_actors.csv")
    countries = {row["iso2"] for row in read_rows(gazetteer / "actor_countries.csv")}
    ids = {row["actor_id"] for row in actors}
    leaders = {row["actor_id"] for row in actors if row["kind"] == "leader"}
    found: list[str] = []
    for table in (actors, generics):
        found += _repeated(table, "actor_id")
        for row in table:
            found += [_say(row, f"unknown kind {row['kind']!r}")] if row["kind"] not in KINDS else []
            found += [_say(row, f"unknown inter {row['inter']!r}")] if row["inter"] not in INTERS else []
    for row in actors:
        found += _codes(row, ("country", "weak_in"), countries) + _interval(row)
        if row["leader_of"] and row["leader_of"] not in ids:
            found.append(_say(row, f"leader_of {row['leader_of']!r} is no actor_id"))
        if row["weak_in"] and not row["weak_names_ar"] and row["kind"] == "leader":
            found.append(_say(row, "weak_in without weak_names_ar"))
    for row in offices:
        found += _codes(row, ("country",), countries) + _interval(row)
        if row["person"] not in leaders:
            found.append(_say(row, f"{row['person']!r} is no leader of actors.csv"))
    for row in generics:
        found += _codes(row, ("where",), countries)
    becomes = ids | {row["actor_id"] for row in generics}
    for row in load_pack("ar").table("actor_modifiers"):
        found += _codes(row, ("where",), countries)
        if row["becomes"] and row["becomes"] not in becomes:
            found.append(_say(row, f"becomes {row['becomes']!r} is no actor_id"))
    for path in sorted(arabic.glob("actor_*.csv")):
        found += _patterns(read_rows(path))
    found += _overlaps(offices)
    for path in (*sorted(arabic.glob("actor_*.csv")), *(gazetteer / f"{name}.csv" for name in
                 ("actors", "offices", "generic_actors", "actor_countries"))):  # fmt: skip
        found += _unsorted(read_rows(path))
    return found


def _say(row: Row, why: str) -> str:
    return str(row.error(why))


def _repeated(rows: tuple[Row, ...], column: str) -> list[str]:
    counts = Counter(row[column] for row in rows)
    twice = [row for row in rows if counts[row[column]] > 1]
    return [_say(row, f"{row[column]!r} is given {counts[row[column]]} times") for row in twice]


def _codes(row: Row, columns: tuple[str, ...], countries: set[str]) -> list[str]:
    return [
        _say(row, f"{column} {code!r} is not in actor_countries.csv")
        for column in columns
        for code in row.listed(column)
        if code not in countries
    ]


def _interval(row: Row) -> list[str]:
    try:
        first, last = parse_day(row, "valid_from"), parse_day(row, "valid_to")
    except TableError as wrong:
        return [str(wrong)]
    return [_say(row, "valid_to is before valid_from")] if first and last and last < first else []


def _patterns(rows: tuple[Row, ...]) -> list[str]:
    return [
        _say(row, f"unknown pattern {row['pattern']!r}")
        for row in rows
        if "pattern" in row.cells and row["pattern"] not in PATTERNS
    ]


def _overlaps(offices: tuple[Row, ...]) -> list[str]:
    """Two holders of one office at a time, a shared day of handing over excepted."""
    found = []
    ordered = sorted(offices, key=lambda row: (row["office"], row["country"], row["valid_from"]))
    for row, after in pairwise(ordered):
        same = row["office"] == after["office"] and row["country"] == after["country"]
        if same and (row["valid_to"] or "9999") > after["valid_from"]:
            found.append(_say(after, f"holds the office while {row['person']!r} does"))
    return found


def _unsorted(rows: tuple[Row, ...]) -> list[str]:
    keys = [tuple(row.cells.values()) for row in rows]
    found = [_say(rows[i + 1], "out of order") for i, (one, two) in enumerate(pairwise(keys)) if one[:1] > two[:1]]
    found += [_say(rows[i + 1], "repeats the row before") for i, (one, two) in enumerate(pairwise(keys)) if one == two]
    for row in rows:
        for column, cell in row.cells.items():
            for name in cell.split("|") if "names" in column or column in ("phrases", "words") else ():
                if name != name.strip() or (name and not fold_key(name)):
                    found.append(_say(row, f"{column} has the empty or blank-edged name {name!r}"))
    return found

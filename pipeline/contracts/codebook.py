"""The codebook: every column, event type, trigger, rule and reason, written from the tables that the code reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline import __version__
from pipeline.contracts.rulebook import load_rules
from pipeline.contracts.schema import Column
from pipeline.resources import Row, folder, language_folder, read_rows
from pipeline.writing.tables import SUBSETS, TABLES, contract_of
from pipeline.writing.tableschema import DATASET_TABLES, data_package

FEW = 12  # allowed values up to this many stand in the table of columns, more below it
EXAMPLES = 4  # sentences of triggers shown with a sub-event type, beside the one that is translated
COMPANIONS = 4  # companions shown with a trigger
STRENGTHS = ("strong", "medium", "weak")
INTRODUCTION = """\
# Codebook

Marsad {version}. Written by `marsad codebook` from `schemas/` and the language tables; every build puts it beside its
tables as `codebook.md`, and the columns as `datapackage.json` (Frictionless Table Schema). Marsad follows the published
codebook of ACLED and is not affiliated with it; definitions and examples here are our own.

A null says that something is not known or does not apply, and the column says which; it is never 0. Degrees are WGS 84
(EPSG:4326). Days are calendar days; the publication stamp's own zone decides what today is. Character positions count
Unicode characters from 0, the end excluded.
"""


def codebook(languages: Sequence[str] = ("ar",)) -> str:
    """The codebook as Markdown; triggers and example sentences are those of the language packs."""
    parts = [INTRODUCTION.format(version=__version__), *_tables(), *_families(languages), *_lists(), *_rules()]
    return "\n".join(parts)


def package_text(tables: Sequence[str] = (*TABLES, *DATASET_TABLES)) -> str:
    """The columns of the tables as the text of a datapackage.json."""
    return json.dumps(data_package(tables), ensure_ascii=False, indent=2) + "\n"


def write_codebook(build: Path, languages: Sequence[str]) -> None:
    """Write codebook.md, and datapackage.json of the tables that stand there, into a folder. Raises OSError."""
    there = [name for name in (*TABLES, *DATASET_TABLES) if (build / f"{name}.parquet").is_file()]
    (build / "codebook.md").write_text(codebook(languages), encoding="utf-8", newline="\n")
    (build / "datapackage.json").write_text(package_text(there), encoding="utf-8", newline="\n")


def _tables() -> Iterable[str]:
    yield "## Tables\n"
    header = ("table", "one row", "key")
    yield table(header, [(f"`{name}`", _told(name), ", ".join(contract_of(name).key)) for name in TABLES])
    yield "A dataset that lives (`marsad run`) has these too:\n"
    yield table(header, [(f"`{name}`", _told(name), ", ".join(contract_of(name).key)) for name in DATASET_TABLES])
    for name in ("events", "reports", "values", "articles", "quarantine", *DATASET_TABLES, "article"):
        contract = contract_of(name)
        yield f"## Columns of {'the input' if name == 'article' else name}\n\n{contract.description}\n"
        rows = [_column(column) for column in contract.columns]
        yield table(("column", "type", "unit", "meaning", "allowed values", "null means", "example"), rows)
        for column in contract.columns:
            if len(column.values) > FEW:
                yield f"Allowed values of `{column.name}`: {', '.join(f'`{value}`' for value in column.values)}.\n"


def _told(name: str) -> str:
    if name in SUBSETS:
        families = f"family {SUBSETS[name][0]}" if len(SUBSETS[name]) == 1 else f"families {', '.join(SUBSETS[name])}"
        return f"an event of the {families}; columns as in events"
    return contract_of(name).description.removeprefix("One row ")


def _column(column: Column) -> tuple[str, ...]:
    if 0 < len(column.values) <= FEW:
        allowed = ", ".join(f"`{value}`" for value in column.values)
    elif column.values:
        allowed = f"{len(column.values)}, see below"
    else:
        limits = (f"from {column.minimum:g}" if column.minimum is not None else "",
                  f"to {column.maximum:g}" if column.maximum is not None else "")  # fmt: skip
        allowed = " ".join(limit for limit in limits if limit) or (f"`{column.pattern}`" if column.pattern else "any")
    where = f"; never null where {column.required_where} is true" if column.required_where else ""
    example = "; ".join(column.example) if isinstance(column.example, list) else str(column.example)
    return (f"`{column.name}`", column.type, column.unit, column.description, allowed, column.null + where, example)


def _families(languages: Sequence[str]) -> Iterable[str]:
    top = folder("schemas")
    kinds = {row["sub_event_type"]: row for row in read_rows(top / "kinds.csv")}
    codes = {row["sub_event_type"]: row for row in read_rows(top / "plover.csv")}
    types: dict[str, list[Row]] = {}
    for row in read_rows(top / "families.csv"):
        types.setdefault(row["family"], []).append(row)
    triggers: dict[str, list[Row]] = {}
    for language in languages:
        path = language_folder(language) / "triggers.csv"
        for row in read_rows(path) if path.is_file() else ():
            triggers.setdefault(row["sub_event_type"], []).append(row)
    yield "## Event types\n\nA family holds one or more of ACLED's sub-event types; rank is their order in ACLED's"
    yield "hierarchy: of several told of one event the lowest number is coded.\n"
    for meaning in read_rows(top / "family_meanings.csv"):
        yield f"### {meaning['family']}\n\n{meaning['meaning']}.\n"
        for row in sorted(types[meaning["family"]], key=lambda row: int(row["rank"])):
            kind = row["sub_event_type"]
            yield from _kind(row, kinds[kind], codes[kind], triggers.get(kind, []))


def _kind(row: Row, kind: Row, code: Row, triggers: Sequence[Row]) -> Iterable[str]:
    yield f"#### {row['sub_event_type']}\n\n{kind['definition']}. Not counted: {kind['not_counted']}.\n"
    scheme = [f"event type {row['event_type']}"]
    scheme.append(f"disorder type {row['disorder_type']}" if row["disorder_type"] else "outside ACLED")
    scheme.append(f"rank {row['rank']}")
    if code["cameo_code"]:
        scheme.append(f"PLOVER {code['plover_event']} {code['plover_mode']}".rstrip())
        scheme.append(f"CAMEO {code['cameo_code']} ({code['cameo_label']})")
    yield f"- {'; '.join(scheme)}"
    yield f"- example: {kind['example']} ({kind['example_en'].rstrip('.')})"
    for strength in STRENGTHS:
        words = sorted({_trigger(t) for t in triggers if t["strength"] == strength})
        if words:
            yield f"- {strength} triggers ({len(words)}): {'، '.join(words)}"
    told = [t["example"] for s in STRENGTHS for t in triggers if t["strength"] == s and t.cells.get("example")]
    shown = [sentence for sentence in told if sentence != kind["example"]][:EXAMPLES]
    if shown:
        yield f"- told by: {' / '.join(shown)}"
    against = [t["counterexample"] for t in triggers if t.cells.get("counterexample")][:EXAMPLES]
    if against:
        yield f"- not by: {' / '.join(against)}"
    yield ""


def _trigger(row: Row) -> str:
    """The head word with the first of the companions it needs."""
    companions = row.listed("with")
    more = "…" if len(companions) > COMPANIONS else ""
    return row["head"] + (f" ({' / '.join(companions[:COMPANIONS])}{more})" if companions else "")


def _lists() -> Iterable[str]:
    top = folder("schemas")
    yield "## Kinds of actors (inter1, inter2)\n"
    yield table(("label", "code", "meaning"), _cells(top / "inter.csv", "label", "code", "meaning"))
    yield "## Interactions\n"
    yield table(("code", "interaction"), _cells(top / "interactions.csv", "code", "interaction"))
    yield "## Reasons (reports)\n"
    yield table(("reason", "decision", "meaning", "بالعربية"),
                _cells(top / "reasons.csv", "reason", "decision", "meaning", "meaning_ar"))  # fmt: skip
    yield "## Reasons (quarantine)\n"
    yield table(("reason", "meaning"), _cells(top / "quarantine_reasons.csv", "reason", "meaning"))
    yield "## Numbers for words (events only)\n\nThe toll of an event whose report gives words and no number.\n"
    yield table(("words", "fatalities", "in an active war zone", "rule"),
                _cells(top / "vague_tolls.csv", "class", "fatalities", "fatalities_in_war", "rule"))  # fmt: skip
    yield table(("active war zone", "from", "to"), _cells(top / "war_zones.csv", "country", "first_day", "last_day"))


def _rules() -> Iterable[str]:
    yield "## Rules\n\nA rule id names how a value was got. Parts joined by + apply together; actor_rule holds"
    yield "those of actor1 and actor2 joined by '; '. The same ids stand in `values.rule` and in `null_reasons`.\n"
    rows = [(f"`{r.rule}`", r.fields, r.meaning, r.example) for r in load_rules().values()]
    yield table(("rule", "shown in", "meaning", "example"), rows)


def _cells(path: Path, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in read_rows(path)]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, followed by an empty line."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").strip() for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"

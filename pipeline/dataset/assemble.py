"""The tables of all articles, from those of the last snapshot and those coded now, in an order of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contracts.schema import load_contract
from pipeline.dataset.coded import Part, only
from pipeline.dataset.copies import Signature, signature
from pipeline.dataset.members import member_rows, members_schema, unix
from pipeline.dataset.scan import Record
from pipeline.writing.tables import to_table

Row = dict[str, Any]


@dataclass(frozen=True)
class Whole:
    """All articles' tables (event ids of reports are those within articles only where they are new)."""

    articles: pa.Table
    reports: pa.Table
    values: pa.Table
    quarantine: pa.Table
    new_members: list[Row]
    new_signatures: list[Signature]


def whole(last: Path | None, kept: frozenset[str], parts: Sequence[Part], articles: Mapping[str, Record],
          aside: Sequence[Row]) -> Whole:  # fmt: skip
    """last is the folder of the last snapshot, kept the articles whose rows are taken from it."""
    old = {name: _old(last, name) for name in ("articles", "reports", "values", "quarantine")}
    told = [only(old["articles"], "article_id", kept)]
    reports = [only(old["reports"], "article_id", kept)]
    values = [only(old["values"], "report_id", _ids(reports[0], "report_id"))]
    broken = old["quarantine"].filter(pc.equal(old["quarantine"]["reason"], "stage_error"))
    set_aside = [to_table(aside, "quarantine"), only(broken, "article_id", kept)]
    members: list[Row] = []
    signatures: list[Signature] = []
    done: set[str] = set()
    for part in parts:
        wanted = sorted(part.keys.keys() - done)
        done.update(wanted)
        texts = only(part.table("articles"), "article_id", wanted)
        found = only(part.table("reports"), "article_id", wanted)
        told.append(texts)
        reports.append(found)
        values.append(only(part.table("values"), "report_id", _ids(found, "report_id")))
        set_aside.append(only(part.table("quarantine"), "article_id", wanted))
        rows = texts.select(["article_id", "published_at", "title", "text"]).to_pylist()
        signatures += [
            signature(r["article_id"], unix(r["published_at"]), r["title"] or "", r["text"]) for r in rows
        ]  # fmt: skip
        published = {row["article_id"]: row["published_at"] for row in rows}
        own = {row["report_id"]: row for row in found.filter(pc.is_valid(found["event_id"])).to_pylist()}
        events = [e for e in part.table("events").to_pylist() if e["article_ids"][0] in published]
        members += member_rows(events, own, published, _chains())
    return _ordered(told, reports, values, set_aside, articles, members, signatures)


def _ordered(told: list[pa.Table], reports: list[pa.Table], values: list[pa.Table], aside: list[pa.Table],
             articles: Mapping[str, Record], members: list[Row], signatures: list[Signature]) -> Whole:  # fmt: skip
    """Articles by publication and id, reports and values in the order of their articles, records set aside by file."""
    order = sorted(articles.values(), key=lambda record: (record.published, record.article_id))
    names = pa.array([record.article_id for record in order], type=pa.string())
    texts = _by(_joined(told, "articles"), "article_id", names)
    where = [articles[name] for name in texts["article_id"].to_pylist()]
    for column, cells in (("file", [r.file for r in where]), ("line", [r.line for r in where])):
        at = texts.schema.get_field_index(column)
        texts = texts.set_column(at, texts.schema.field(at), pa.array(cells, type=texts.schema.field(at).type))
    all_reports = _by(_joined(reports, "reports"), "article_id", names)
    all_values = _by(_joined(values, "values"), "report_id", all_reports["report_id"].combine_chunks())
    quarantine = _joined(aside, "quarantine")
    keys: list[tuple[str, Any]] = [(name, "ascending") for name in ("file", "line", "reason")]
    quarantine = quarantine.take(pc.sort_indices(quarantine, sort_keys=keys))
    return Whole(texts, all_reports, all_values, quarantine, members, signatures)


def members_table(last: pa.Table, kept: frozenset[str], new: list[Row]) -> pa.Table:
    """The tellings of all articles, by publication and id."""
    old = only(last, "article_id", kept).select(members_schema().names)
    fresh = pa.Table.from_pylist(new, schema=members_schema())
    table = pa.concat_tables([old.cast(members_schema()), fresh]).combine_chunks()
    return table.take(pc.sort_indices(table, sort_keys=[("published", "ascending"), ("member_id", "ascending")]))


def with_events(reports: pa.Table, event_of: Mapping[str, str]) -> pa.Table:
    """The reports with the ids of the dataset's events; event_of maps report ids."""
    keys = pa.array(list(event_of), type=pa.string())
    names = pa.array(list(event_of.values()), type=pa.string())
    found = names.take(pc.index_in(reports["report_id"].combine_chunks(), value_set=keys))
    at = reports.schema.get_field_index("event_id")
    return reports.set_column(at, reports.schema.field(at), found)


def _old(last: Path | None, name: str) -> pa.Table:
    schema = load_contract(name).arrow
    if last is None:
        return schema.empty_table()
    table = pq.read_table(last / f"{name}.parquet")
    missing = [field.name for field in schema if field.name not in table.column_names]
    for column in missing:  # a column that was added to the contract since; its articles are coded again
        table = table.append_column(column, pa.nulls(table.num_rows, schema.field(column).type))
    return table.select(schema.names).cast(schema.with_metadata(None))


def _joined(tables: Sequence[pa.Table], name: str) -> pa.Table:
    schema = load_contract(name).arrow
    return pa.concat_tables([schema.empty_table(), *(table.cast(schema) for table in tables)]).combine_chunks()


def _by(table: pa.Table, column: str, order: pa.Array) -> pa.Table:
    """The rows in the order in which their keys stand in another array, and as before among equal keys."""
    ranks = pa.table({
        "rank": pc.index_in(table[column].combine_chunks(), value_set=order), "row": pa.array(range(table.num_rows)),
    })  # fmt: skip
    return table.take(pc.sort_indices(ranks, sort_keys=[("rank", "ascending"), ("row", "ascending")]))


def _ids(table: pa.Table, column: str) -> list[str]:
    found: list[str] = table[column].to_pylist()
    return found


def _chains() -> Any:
    """place id → the ids of the places around it; the gazetteer is loaded when the first is asked for."""
    loaded: list[Any] = []

    def chain(place_id: str) -> tuple[str, ...]:
        if not loaded:
            from pipeline.gazetteer import Gazetteer

            loaded.append(Gazetteer.load())
        found: list[str] = []
        place = loaded[0].place(place_id)
        while place is not None and place.parent and place.parent not in found:
            found.append(place.parent)
            place = loaded[0].place(place.parent)
        return tuple(found)

    return chain

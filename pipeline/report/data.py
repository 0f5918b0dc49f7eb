"""What the report page shows, taken from the tables of a build: events first, their texts and values apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.report.columns import Listed, counts, days, differences, joined

MAX_EVENTS = 30_000  # the latest are shown; all stand in events.parquet
MAX_DROPPED = 250  # dropped reports shown a reason, taken evenly from the whole build
PIECE = 4_096  # rows of a table that are looked through at a time
MAX_ASIDE = 200  # records of the quarantine
SILENT = {("quantity.none", "fatalities"), ("quantity.none", "injured"), ("quantity.none", "crowd_size")}
DECISIONS = ("coded", "merged", "dropped")
EVENT_COLUMNS = (
    "event_id", "event_date", "time_precision", "event_type", "sub_event_type", "family", "actor1", "actor2",
    "assoc_actor_1", "assoc_actor_2", "inter1", "inter2", "civilian_targeting", "country", "admin1", "admin2",
    "location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities", "tags", "date_start",
    "date_end", "acled_scope", "date_rule", "place_rule", "fatalities_rule", "injured", "crowd_size", "confidence",
    "report_ids",
)  # fmt: skip
REPORT_COLUMNS = (
    "report_id", "article_id", "decision", "reason", "sub_event_type", "evidence", "evidence_in", "evidence_start",
    "trigger_start", "trigger_end", "confidence", "country", "location",
)  # fmt: skip


@dataclass(frozen=True)
class PageData:
    """core: what tables, map and charts need; detail: articles, reports and values behind them. Both are JSON.

    places are (country, admin1, admin2, location, …) of events and reports, for their names.
    """

    core: dict[str, Any]
    detail: dict[str, Any]
    places: set[tuple[Any, ...]]


def page_data(folder: Path) -> PageData:
    """The data of a build's page, from its tables alone: equal tables give equal data. Raises OSError."""
    total = pq.read_metadata(folder / "events.parquet").num_rows
    events = _latest(folder / "events.parquet", total)
    of_event = {rid: row for row, ids in enumerate(events["report_ids"].to_pylist()) for rid in ids}
    dropped, reasons = _dropped(folder / "reports.parquet")
    reports = _taken(folder / "reports.parquet", REPORT_COLUMNS, "report_id", [*of_event, *dropped])
    articles = _taken(
        folder / "articles.parquet",
        ("article_id", "published_at", "title", "text", "source", "url", "file", "line"),
        "article_id",
        pc.unique(reports["article_id"]).to_pylist(),
    )
    lists = {name: Listed() for name in ("actors", "inters", "kinds", "places", "sources", "rules", "strings")}
    core = {"events": _events(events, lists), "total": total, "reasons": reasons}
    detail = _detail(reports, articles, of_event, folder, lists)
    core |= {name: found.values for name, found in lists.items() if name != "strings"}
    core["aside"] = _aside(folder / "quarantine.parquet")
    core["corrected"] = _corrected(folder / "corrections.parquet")
    core["articles"] = pq.read_metadata(folder / "articles.parquet").num_rows
    detail["strings"] = lists["strings"].values
    told = zip(reports["country"].to_pylist(), reports["location"].to_pylist(), strict=True)
    return PageData(core, detail, {*core["places"], *((country, None, None, name) for country, name in told)})


def _taken(path: Path, columns: Sequence[str], key: str, wanted: Sequence[str]) -> pa.Table:
    """The rows of a table whose key is wanted, in the table's order, read a piece at a time."""
    file, ids = pq.ParquetFile(path, pre_buffer=False), pa.array(wanted, pa.string())
    schema = pa.schema([file.schema_arrow.field(name) for name in columns])
    pieces = [
        piece.filter(pc.is_in(piece[key], value_set=ids))
        for batch in file.iter_batches(PIECE, columns=list(columns))
        for piece in [pa.Table.from_batches([batch]).select(list(columns))]
    ]
    return pa.concat_tables([schema.remove_metadata().empty_table(), *(p.replace_schema_metadata() for p in pieces)])


def _latest(path: Path, total: int) -> pa.Table:
    """The last MAX_EVENTS rows, from the row groups that hold them."""
    file = pq.ParquetFile(path)
    groups: list[int] = []
    rows = 0
    while rows < min(total, MAX_EVENTS):
        groups.append(file.num_row_groups - 1 - len(groups))
        rows += file.metadata.row_group(groups[-1]).num_rows
    table = file.read_row_groups(sorted(groups), columns=list(EVENT_COLUMNS))
    return table.slice(max(0, table.num_rows - MAX_EVENTS))


def _dropped(path: Path) -> tuple[list[str], list[list[Any]]]:
    """Ids of the dropped reports to show, and [decision, reason, count] of all reports; read a piece at a time."""
    pairs: Counter[tuple[str, str]] = Counter()
    for batch in pq.ParquetFile(path).iter_batches(columns=["decision", "reason"]):
        counted = pa.Table.from_batches([batch]).group_by(["decision", "reason"]).aggregate([([], "count_all")])
        pairs.update({(row["decision"], row["reason"]): row["count_all"] for row in counted.to_pylist()})
    wanted = {
        reason: {i * n // min(MAX_DROPPED, n) for i in range(min(MAX_DROPPED, n))}
        for (decision, reason), n in pairs.items()
        if decision == "dropped"
    }
    ids: list[str] = []
    passed: Counter[str] = Counter()
    for batch in pq.ParquetFile(path).iter_batches(columns=["report_id", "decision", "reason"]):
        rows: list[int] = []
        for reason, places in wanted.items():
            at = pc.indices_nonzero(pc.and_(pc.equal(batch["decision"], "dropped"), pc.equal(batch["reason"], reason)))
            rows += [at[place - passed[reason]].as_py() for place in places if 0 <= place - passed[reason] < len(at)]
            passed[reason] += len(at)
        ids += batch["report_id"].take(pa.array(sorted(rows), pa.int64())).to_pylist()
    tally = sorted(pairs.items(), key=lambda item: (DECISIONS.index(item[0][0]), -item[1], item[0][1]))
    return ids, [[*pair, n] for pair, n in tally]


def _events(table: pa.Table, lists: dict[str, Listed]) -> dict[str, Any]:
    rows = {name: table[name].to_pylist() for name in EVENT_COLUMNS}
    kinds = zip(rows["sub_event_type"], rows["family"], rows["event_type"], strict=True)
    places = zip(*(rows[n] for n in ("country", "admin1", "admin2", "location")),
                 map(_degrees, rows["latitude"]), map(_degrees, rows["longitude"]), strict=True)  # fmt: skip
    start, end, day = rows["date_start"], rows["date_end"], rows["event_date"]
    return {
        "id": joined(rows["event_id"]),
        "day": days(day),
        "first": [(a - d).days for a, d in zip(start, day, strict=True)],
        "last": [(b - d).days for b, d in zip(end, day, strict=True)],
        "time": rows["time_precision"],
        "kind": lists["kinds"].all(kinds),
        "place": lists["places"].all(places),
        "geo": counts(rows["geo_precision"]),
        **{name: lists["actors"].all(rows[name]) for name in ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")},
        **{name: lists["inters"].all(rows[name]) for name in ("inter1", "inter2")},
        "targeting": [int(value is not None) for value in rows["civilian_targeting"]],
        "source": lists["sources"].all(rows["source"]),
        "notes": rows["notes"],
        "fatalities": rows["fatalities"],
        "injured": counts(rows["injured"]),
        "crowd": counts(rows["crowd_size"]),
        "tags": [tags or "" for tags in rows["tags"]],
        "scope": [int(value) for value in rows["acled_scope"]],
        "confidence": [round(value * 100) for value in rows["confidence"]],
        **{name: lists["rules"].all(rows[name]) for name in ("date_rule", "place_rule", "fatalities_rule")},
    }


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _detail(
    reports: pa.Table, articles: pa.Table, of_event: dict[str, int], folder: Path, lists: dict[str, Listed]
) -> dict[str, Any]:
    rows = {name: reports[name].to_pylist() for name in REPORT_COLUMNS}
    article = Listed(articles["article_id"].to_pylist())
    reasons = Listed()
    kinds = {kind[0]: i for i, kind in enumerate(lists["kinds"].values)}
    for name in sorted(set(rows["sub_event_type"]) - kinds.keys()):
        kinds[name] = lists["kinds"].of((name, None, None))
    begin = rows["evidence_start"]
    told = [i for i, decision in enumerate(rows["decision"]) if decision != "merged"]
    detail: dict[str, Any] = {
        "reports": {
            "id": joined(rows["report_id"]),
            "event": [of_event.get(rid, -1) for rid in rows["report_id"]],
            "article": article.all(rows["article_id"]),
            "decision": [DECISIONS.index(value) for value in rows["decision"]],
            "reason": reasons.all(rows["reason"]),
            "kind": [kinds[name] for name in rows["sub_event_type"]],
            "confidence": [round(value * 100) for value in rows["confidence"]],
            "in": [int(value == "text") for value in rows["evidence_in"]],
            "start": begin,
            "length": [len(text) for text in rows["evidence"]],
            "trigger": [a - b for a, b in zip(rows["trigger_start"], begin, strict=True)],
            "word": [b - a for a, b in zip(rows["trigger_start"], rows["trigger_end"], strict=True)],
        },
        "values": _values(folder, {rows["report_id"][i]: i for i in told}, begin, lists),
        "reasons": reasons.values,
        "articles": {name: articles[name].to_pylist() for name in articles.column_names},
    }
    return detail


def _values(folder: Path, told: dict[str, int], begin: list[int], lists: dict[str, Listed]) -> dict[str, Any]:
    """The values of the reports told, by report; start counts from the report's evidence, null is no words."""
    columns = ("report_id", "field", "value", "rule", "span_in", "start", "end")
    table = _taken(folder / "values.parquet", columns, "report_id", list(told))
    found = list(zip(*(table[name].to_pylist() for name in columns), strict=True))
    found = [row for row in found if (row[3], row[1]) not in SILENT]
    found.sort(key=lambda row: told[row[0]])
    fields, at = Listed(), [told[row[0]] for row in found]
    return {
        "report": differences(at),
        "field": fields.all(row[1] for row in found),
        "value": lists["strings"].all(row[2] for row in found),
        "rule": lists["rules"].all(row[3] for row in found),
        "in": [-1 if row[4] is None else int(row[4] == "text") for row in found],
        "start": [0 if row[5] is None else row[5] - begin[i] for row, i in zip(found, at, strict=True)],
        "length": [0 if row[5] is None else row[6] - row[5] for row in found],
        "fields": fields.values,
    }


def _aside(path: Path) -> dict[str, Any]:
    """The records set aside: [reason, count], and [file, line, id, reason, detail] of the first ones."""
    tally: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for batch in pq.ParquetFile(path).iter_batches(columns=["file", "line", "article_id", "reason", "detail"]):
        tally.update({row["values"]: row["counts"] for row in pc.value_counts(batch["reason"]).to_pylist()})
        rows += batch.slice(0, MAX_ASIDE - len(rows)).to_pylist()
    return {
        "counts": sorted(([r, n] for r, n in tally.items()), key=lambda pair: (-pair[1], pair[0])),
        "rows": [[r["file"], r["line"], r["article_id"], r["reason"], (r["detail"] or "")[-400:]] for r in rows],
    }


def _corrected(path: Path) -> dict[str, list[list[str | None]]]:
    """Event id → [field, value before, value, who, why, day] of the corrections applied to it; runs alone have any."""
    columns = ["applied_to", "field", "old", "value", "who", "why", "date", "status"]
    found: dict[str, list[list[str | None]]] = {}
    for row in pq.read_table(path, columns=columns).to_pylist() if path.is_file() else ():
        if row["status"] == "applied" and row["applied_to"]:
            told = [row["field"], row["old"], row["value"], row["who"], row["why"], row["date"].isoformat()]
            found.setdefault(row["applied_to"], []).append(told)
    return found

"""Corrections applied to event rows, last on each run; each is applied, waits for its event, or is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from pipeline.contracts.schema import ContractError, load_contract
from pipeline.contracts.scheme import Scheme
from pipeline.dataset.combine import finished
from pipeline.dataset.ids import ADDED, Entry
from pipeline.dataset.rulings import ADD, DROP, Correction
from pipeline.notes import NoteForms
from pipeline.writing.tables import to_table

Row = dict[str, Any]
NEEDED = ("sub_event_type", "event_date")  # of an event that is added


@dataclass(frozen=True)
class Facts:
    """What corrected rows need: the scheme, forms of notes, and facts of a country: (ISO numeric, region, ISO3)."""

    scheme: Scheme
    forms: NoteForms
    countries: Mapping[str, tuple[int, str, str]]


@dataclass(frozen=True)
class Corrected:
    """Event rows by id after corrections, the ledger, and a row of the corrections table for each correction."""

    events: dict[str, Row]
    ledger: dict[str, Entry]
    told: list[Row]


def corrected(
    events: Mapping[str, Row], ledger: Mapping[str, Entry], rows: Sequence[Correction], facts: Facts, run: str
) -> Corrected:
    """Apply the corrections in their order. events holds the rows they may touch; those given are not changed.

    A correction of an id that was merged goes to the event it was merged into. One whose event vanished is told as
    "waiting" and applied again when the event comes back; one that would break the contract is "refused".
    """
    found, book = dict(events), dict(ledger)
    told: list[Row] = []
    for row in rows:
        status, target, old, detail = _one(found, book, row, facts, run)
        told.append({
            "event_id": row.event_id, "applied_to": target, "field": row.field, "old": old, "value": row.value or None,
            "who": row.who, "why": row.why, "date": date.fromisoformat(row.date), "status": status, "detail": detail,
            "line": row.line,
        })  # fmt: skip
    return Corrected(found, _undropped(book, rows, run), told)


def _one(
    found: dict[str, Row], book: dict[str, Entry], row: Correction, facts: Facts, run: str
) -> tuple[str, str | None, str | None, str | None]:
    """(status, event id, value before, detail) of one correction."""
    if row.field == ADD:
        return _add(found, book, row, run)
    target = row.event_id
    while target in book and book[target].status == "alias":
        target = book[target].into
    if target not in found:
        why = book[target].reason if target in book else "no event ever had this id"
        if target in book and book[target].status == "dropped" and row.field != DROP:
            return "waiting", None, None, "the event was dropped by a correction"
        return "waiting", None, None, f"no such event now: {why or 'not in this dataset'}"
    if row.field == DROP:
        del found[target]
        reason = f"dropped by {row.who}: {row.why}"
        if book[target].status != "dropped" or book[target].reason != reason:
            book[target] = replace(book[target], status="dropped", into="", reason=reason, last_run=run)
        return "applied", target, None, None
    event = dict(found[target])
    old = event[row.field]
    try:
        event[row.field] = _value(row.field, row.value)
        _follow(event, row.field, facts)
        if set(NEEDED) <= {name for name in NEEDED if event[name] is not None}:
            finished(event, facts.forms)
            to_table([event], "events")
    except (ValueError, KeyError, ContractError) as error:
        why = str(error.args[0] if error.args else error).splitlines()[0]
        return "refused", target, _text(old), why
    found[target] = event
    return "applied", target, _text(old), None


def _add(found: dict[str, Row], book: dict[str, Entry], row: Correction,
         run: str) -> tuple[str, str | None, str | None, str | None]:  # fmt: skip
    known = book.get(row.event_id)
    if row.event_id in found or (known and not known.founder.startswith(ADDED)):
        return "refused", row.event_id, None, "an event of this id is there already; give the new one another id"
    blank: Row = dict.fromkeys(load_contract("events").names)
    moment = int(datetime.combine(date.fromisoformat(row.date), time(), UTC).timestamp())
    blank.update(
        event_id=row.event_id, article_ids=[], report_ids=[], timestamp=moment, confidence=1.0, fatalities=0,
        fatalities_rule="correction", date_rule="correction", place_rule="correction", time_precision=1,
    )  # fmt: skip
    found[row.event_id] = blank
    if known is None or known.status != "live":
        first = known.first_run if known else run
        number = known.event_id_cnty if known else ""
        founder = f"{ADDED}{row.event_id}"
        book[row.event_id] = Entry(row.event_id, founder, moment, "live", "", "", number, first, run)
    return "applied", row.event_id, None, None


def _undropped(book: dict[str, Entry], rows: Sequence[Correction], run: str) -> dict[str, Entry]:
    """Added events whose rows were taken out again are withdrawn."""
    added = {row.event_id for row in rows if row.field == ADD}
    for event_id, entry in book.items():
        gone = entry.founder.startswith(ADDED) and event_id not in added and entry.status != "withdrawn"
        if gone:
            book[event_id] = replace(
                entry, status="withdrawn", into="", reason="the row that added it was taken out", last_run=run
            )
    return book


def complete(corrections: Corrected) -> Corrected:
    """Without added events that still lack what every event needs; their rows are told as refused."""
    short = {
        event_id: [name for name in NEEDED if row[name] is None]
        for event_id, row in corrections.events.items()
        if any(row[name] is None for name in NEEDED)
    }
    events = {event_id: row for event_id, row in corrections.events.items() if event_id not in short}
    ledger = {event_id: entry for event_id, entry in corrections.ledger.items() if event_id not in short}
    told = [
        {**row, "status": "refused", "detail": f"an added event needs {' and '.join(short[row['event_id']])}"}
        if row["event_id"] in short
        else row
        for row in corrections.told
    ]
    return Corrected(events, ledger, told)


def _value(name: str, text: str) -> Any:
    """The text as the column's type; "" and "null" are null."""
    column = next(c for c in load_contract("events").columns if c.name == name)
    if text in ("", "null"):
        return None
    try:
        if column.type in ("int32", "int64"):
            return int(text)
        if column.type == "float64":
            return float(text)
        if column.type == "date32":
            return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name}: {text!r} is no {column.type}; such as {column.example}") from None
    return text


def _follow(event: Row, name: str, facts: Facts) -> None:
    """Columns that follow from a corrected one."""
    if name == "sub_event_type":
        kind = facts.scheme.kinds.get(event[name] or "")
        if kind is None:
            raise ValueError(f"sub_event_type: {event[name]!r} is not in schemas/families.csv")
        event.update(family=kind.family, event_type=kind.event_type, disorder_type=kind.disorder_type or None)
    elif name == "event_date":
        event.update(date_start=event[name], date_end=event[name], date_rule="correction")
        event["year"] = event[name].year if event[name] else None
    elif name in ("inter1", "inter2"):
        event["interaction"] = facts.scheme.interaction(event["inter1"], event["inter2"])
    elif name == "country":
        if event[name] is not None and event[name] not in facts.countries:
            raise ValueError(f"country: {event[name]!r} is not in gazetteer/countries.csv")
        event["iso"], event["region"], _ = facts.countries.get(event[name] or "", (None, None, None))
    elif name == "fatalities":
        event["fatalities_rule"] = "correction"
    if name in ("location", "latitude", "longitude", "geo_precision", "country", "admin1"):
        event["place_rule"] = "correction"


def _text(value: Any) -> str | None:
    return None if value is None else str(value)

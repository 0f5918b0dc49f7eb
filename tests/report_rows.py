"""Tables of a small build with fixed rows, so that tests of the report page depend on no rule and no weight."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.writing.tables import TableWriter, to_table

Row = dict[str, Any]
SHELLED = "قصفت مدفعية حي النهر في طرابلس يوم الخميس 🚑 وقتل ثلاثة أشخاص."
AGAIN = "وقال مسعف إن القصف تجدد ليلا."
BEFORE = "وكانت المدينة شهدت معارك عام 2011."
TEXT = f"{SHELLED} {AGAIN}\n{BEFORE}"
MARCHED = "خرج محتجون في ضواحي بنغازي."
CALLED = "وأجرى الوزيران اتصالا هاتفيا."
RUN: Row = {
    "marsad": "1", "inputs": [{"file": "own.jsonl", "sha256": "0" * 64}], "languages": ["ar"], "counts": {},
    "decider": {"name": "fixed", "version": "1"}, "versions": {"code": "c", "tables": "t"},
}  # fmt: skip
PUBLISHED = date(2021, 6, 4)
KINDS = {
    "Shelling/artillery/missile attack": ("shelling", "Explosions/Remote violence"),
    "Peaceful protest": ("protest", "Protests"),
    "Armed clash": ("clash", "Battles"),
    "Phone call": ("call", "Diplomacy"),
}
TRIPOLI = {"country": "Libya", "admin1": "West", "admin2": "Tripoli", "location": "Tripoli", "latitude": 32.8925,
           "longitude": 13.18, "geo_precision": 1}  # fmt: skip
NEAR_BENGHAZI = {"country": "Libya", "admin1": "East", "location": "Benghazi", "latitude": 32.12, "longitude": 20.07,
                 "geo_precision": 2}  # fmt: skip
PROVINCE = {"country": "Libya", "admin1": "South", "location": "Fezzan", "latitude": 26.5, "longitude": 14.0,
            "geo_precision": 3}  # fmt: skip
COUNTRY = {"country": "Tunisia", "geo_precision": 3}


def ident(number: int) -> str:
    return f"{number:016x}"


def article(name: str, text: str, title: str = "قصف في طرابلس") -> Row:
    return {
        "article_id": name, "published_at": "2021-06-04T18:30:00+02:00", "published_day": PUBLISHED, "title": title,
        "text": text, "source": "صحيفة الساحل", "url": f"https://example.org/{name}", "language": "ar", "sentences": 3,
        "reports": 3, "coded": 1, "merged": 1, "dropped": 1, "content_hash": ident(7), "file": "own.jsonl", "line": 1,
    }  # fmt: skip


def report(number: int, name: str, text: str, sentence: str, trigger: str, kind: str, decision: str, reason: str,
           event: int | None = None, **more: Any) -> Row:  # fmt: skip
    start = text.index(sentence)
    first = text.index(trigger, start)
    family, event_type = KINDS[kind]
    row: Row = {
        "report_id": ident(number), "article_id": name, "event_id": None if event is None else ident(event),
        "decision": decision, "reason": reason, "family": family, "event_type": event_type, "sub_event_type": kind,
        "confidence": 0.9, "evidence": sentence, "evidence_start": start, "evidence_end": start + len(sentence),
        "evidence_in": "text", "trigger": trigger, "trigger_id": "t.own", "trigger_start": first,
        "trigger_end": first + len(trigger), "date_rule": "date.publication", "place_rule": "place.unique+clause",
        "actor_rule": "actor.none; actor.none", "fatalities_rule": "quantity.none",
    }  # fmt: skip
    if decision == "merged":
        row["merged_into"] = row["event_id"] and ident(1)
    row.update(more)
    return row


def value(number: int, text: str, field: str, told: str | None, words: str | None, rule: str) -> Row:
    row: Row = {"report_id": ident(number), "field": field, "value": told, "rule": rule}
    if words is not None:
        start = text.index(words)
        row.update(text=words, start=start, end=start + len(words), span_in="text")
    return row


def event(number: int, reports: list[int], name: str, kind: str, day: date, place: Row, **more: Any) -> Row:
    family, event_type = KINDS[kind]
    row: Row = {
        "event_id": ident(number), "event_date": day, "year": day.year, "time_precision": 1, "event_type": event_type,
        "sub_event_type": kind, "source": "صحيفة الساحل", "notes": f"On {day.isoformat()}, {kind}.", "fatalities": 0,
        "timestamp": 1622824200, "date_start": day, "date_end": day, "family": family, "acled_scope": False,
        "date_rule": "date.publication", "place_rule": "place.unique+clause", "confidence": 0.9, "article_ids": [name],
        "report_ids": [ident(r) for r in reports], "fatalities_rule": "fatalities.none_reported", **place,
    }  # fmt: skip
    row.update(more)
    return row


def small() -> dict[str, list[Row]]:
    """Five events of five degrees of knowing the place, with a retelling, a dropped report and a bad record."""
    shelling, protest, clash, call = KINDS
    thursday = date(2021, 6, 3)
    gunmen, people = "Unidentified Armed Group (Libya)", "Civilians (Libya)"
    values = [
        value(1, TEXT, "sub_event_type", shelling, "قصفت مدفعية", "kind.weapon.artillery"),
        value(1, TEXT, "event_date", "2021-06-03", "يوم الخميس", "date.weekday+clause"),
        value(1, TEXT, "location", "Tripoli", "حي النهر في طرابلس", "place.unique+clause"),
        value(1, TEXT, "country", "Libya", None, "place.unique+clause"),
        value(1, TEXT, "actor1", gunmen, None, "actor.unnamed"),
        value(1, TEXT, "actor2", people, "ثلاثة أشخاص", "actor.victims+actor.generic_story"),
        value(1, TEXT, "fatalities", "3", "ثلاثة أشخاص", "quantity.cue"),
        value(1, TEXT, "injured", None, None, "quantity.none"),
        value(3, TEXT, "sub_event_type", clash, "معارك", "kind.trigger"),
        value(3, TEXT, "event_date", None, "عام 2011", "date.too_vague+date.year"),
        value(4, MARCHED, "sub_event_type", protest, "خرج محتجون", "kind.trigger"),
        value(4, MARCHED, "location", "Benghazi", "ضواحي بنغازي", "place.unique+clause"),
        value(6, CALLED, "sub_event_type", call, "اتصالا هاتفيا", "kind.trigger"),
    ]  # fmt: skip
    return {
        "articles": [article("a1", TEXT), article("a2", MARCHED, "مسيرة"), article("a3", CALLED, "اتصال"),
                     article("a4", MARCHED, "مسيرة أخرى"), article("a5", MARCHED, "مسيرة ثالثة")],
        "reports": [
            report(1, "a1", TEXT, SHELLED, "قصفت", shelling, "coded", "event", 101),
            report(2, "a1", TEXT, AGAIN, "القصف", shelling, "merged", "retelling", 101),
            report(3, "a1", TEXT, BEFORE, "معارك", clash, "dropped", "background"),
            report(4, "a2", MARCHED, MARCHED, "خرج محتجون", protest, "coded", "event", 102),
            report(5, "a4", MARCHED, MARCHED, "خرج محتجون", clash, "coded", "event", 103),
            report(6, "a3", CALLED, CALLED, "اتصالا هاتفيا", call, "coded", "event", 104),
            report(7, "a5", MARCHED, MARCHED, "خرج محتجون", protest, "coded", "event", 105),
        ],
        "values": values,
        "events": [
            event(103, [5], "a4", clash, date(2021, 5, 20), PROVINCE),
            event(104, [6], "a3", call, date(2021, 6, 1), {}, actor1="Khalifa Haftar", tags="CAMEO 041"),
            event(102, [4], "a2", protest, date(2021, 6, 2), NEAR_BENGHAZI, actor1="Protesters (Libya)"),
            event(101, [1, 2], "a1", shelling, thursday, TRIPOLI, fatalities=3, fatalities_rule="quantity.cue",
                  actor1=gunmen, actor2=people, date_rule="date.weekday+clause"),
            event(105, [7], "a5", protest, date(2021, 6, 4), COUNTRY, actor1="Protesters (Tunisia)"),
        ],
        "quarantine": [{"file": "own.jsonl", "line": 9, "article_id": "x", "reason": "empty_text", "raw": "{}"}],
    }  # fmt: skip


def many(count: int) -> dict[str, list[Row]]:
    """So many events over two years, at places all over Libya."""
    rows: dict[str, list[Row]] = {name: [] for name in ("articles", "reports", "values", "events", "quarantine")}
    kinds = list(KINDS)[:3]
    for i in range(count):
        name, kind, day = f"a{i // 5}", kinds[i % 3], date(2020, 1, 1) + timedelta(days=i * 700 // count)
        if i % 5 == 0:
            rows["articles"].append(article(name, TEXT))
        place = TRIPOLI | {"location": f"Town {i % 900}", "latitude": 24 + i % 30 * 0.3, "longitude": 10 + i % 29 * 0.5}
        rows["reports"].append(report(i, name, TEXT, SHELLED, "قصفت", kind, "coded", "event", 100_000 + i))
        rows["values"].append(value(i, TEXT, "location", place["location"], "طرابلس", "place.unique+clause"))
        actor = f"Military Forces of {'Libya' if i % 2 else 'Syria'}"
        rows["events"].append(event(100_000 + i, [i], name, kind, day, place, fatalities=i % 4, actor1=actor))
    return rows


def write_tables(folder: Path, rows: dict[str, list[Row]]) -> Path:
    """The rows as the tables of a build."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in rows.items():
        with TableWriter(folder / f"{name}.parquet", name) as writer:
            writer.add(to_table(content, name))
    return folder

"""A stand-in for the coding stages: small, with every decision, so that tests of the frame need no tables.

A line of the text that begins with "حدث" is a coded shelling in Tripoli on the publication day, "اتصال" a call, "تكرار"
a second telling of the first event, "خلفية" a dropped candidate; "سم" raises, "موت" kills the process, "خطأ" breaks the
contract.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from pipeline.records import Article, Clock

KINDS = {"حدث": "coded", "اتصال": "coded", "تكرار": "merged", "خلفية": "dropped"}
CALL = {"family": "call", "event_type": "Diplomacy", "sub_event_type": "Phone call"}
SHELLING = {
    "family": "shelling", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack", "country": "Libya", "admin1": "West", "location": "Tripoli",
    "latitude": 32.8925, "longitude": 13.18, "geo_precision": 1,
}  # fmt: skip
Row = dict[str, Any]
REASONS = {"coded": "event", "merged": "retelling", "dropped": "background"}


@dataclass
class Coded:
    article: dict[str, Any]
    reports: list[dict[str, Any]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)


def load_kit(language: str = "ar", decider: str = "default") -> Any:
    return SimpleNamespace(
        pack=SimpleNamespace(code=language), decider=SimpleNamespace(name=decider, version="1"), language=language
    )


def short(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def code_article(article: Article, kit: Any) -> Coded:
    day = Clock.of(article.published_at).day
    coded = Coded({})
    first = ""
    start = 0
    for line in article.text.split("\n"):
        words = line.split()
        head = words[0] if words else ""
        if head == "سم":
            raise RuntimeError("a poisonous article")
        if head == "موت":
            os._exit(9)
        if head in KINDS:
            call, decision = head == "اتصال", KINDS[head]
            report_id = short(article.id, start)
            event_id = short("event", article.id, start) if decision == "coded" else first or None
            first = first or (event_id or "")
            report = {
                "report_id": report_id, "article_id": article.id, "decision": decision, "reason": REASONS[decision],
                "event_id": event_id if decision != "dropped" else None, "merged_into": None,
                **(CALL if call else SHELLING), "event_date": day, "date_start": day, "date_end": day,
                "time_precision": 1, "date_rule": "date.publication", "place_rule": "place.named",
                "actor1": "Unidentified Armed Group (Libya)", "inter1": "Political militia",
                "fatalities": len(words) - 1, "fatalities_rule": "quantity.number",
                "actor_rule": "actor.unnamed; actor.none", "confidence": 0.9,
                "evidence": line, "evidence_start": start, "evidence_end": start + len(line), "evidence_in": "text",
                "trigger": head, "trigger_start": start, "trigger_end": start + len(head), "trigger_id": "stand_in",
            }  # fmt: skip
            if "خطأ" in words:
                report["time_precision"] = 7
            coded.reports.append(report)
            coded.values.append(
                {"report_id": report_id, "field": "sub_event_type", "value": report["sub_event_type"], "text": head,
                 "start": start, "end": start + len(head), "rule": "kind.trigger", "span_in": "text"}
            )  # fmt: skip
            coded.values.append(
                {"report_id": report_id, "field": "injured", "value": None, "rule": "quantity.none"}
            )
        start += len(line) + 1
    counts = Counter(report["decision"] for report in coded.reports)
    published = article.published_at
    coded.article = {
        "article_id": article.id, "published_at": published.isoformat(),
        "published_day": published.date() if isinstance(published, datetime) else published,
        "title": article.title, "text": article.text, "content_hash": short(article.text),
        "source": article.source or None, "url": article.url or None, "language": kit.language,
        "sentences": article.text.count("\n") + 1,
        "reports": len(coded.reports), "coded": counts["coded"], "merged": counts["merged"],
        "dropped": counts["dropped"], "file": article.file, "line": article.line,
    }  # fmt: skip
    return coded


def merge_events(reports: list[Row], articles: list[Row], kit: Any) -> tuple[list[Row], list[Row]]:
    events = []
    for report in reports:
        if report["decision"] == "coded":
            call = report["family"] == "call"
            event = {name: report.get(name) for name in COPIED}
            event.update(
                year=report["event_date"].year, disorder_type=None if call else "Political violence",
                interaction="Political militia only", iso=None if call else 434, notes="On a day, shells fell.",
                region=None if call else "Northern Africa", source=articles[0]["source"], timestamp=1_600_000_000,
                acled_scope=not call, article_ids=[report["article_id"]], report_ids=[report["report_id"]],
            )  # fmt: skip
            events.append(event)
    return events, reports


COPIED = (
    "event_id", "event_date", "date_start", "date_end", "time_precision", "event_type", "sub_event_type", "family",
    "actor1", "inter1", "country", "admin1", "location", "latitude", "longitude", "geo_precision", "fatalities",
    "fatalities_rule", "date_rule", "place_rule", "confidence",
)  # fmt: skip

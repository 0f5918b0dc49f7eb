"""Candidates and decisions as rows of the reports, values and articles tables."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.candidates import Candidate, Decision, PlaceChoice, Reading, Value
from pipeline.gazetteer import Gazetteer
from pipeline.records import Dateline, Document
from pipeline.scheme import Scheme
from pipeline.values import field_values

Row = dict[str, Any]
CALL_TAG = "CAMEO 041"
VICTIM_FAMILIES = ("attack", "abduction")


def short_hash(*parts: object) -> str:
    """16 hexadecimal digits over the parts: the form of every report and event id."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def field_span(document: Document, start: int, end: int) -> tuple[str, int, int]:
    """("title" or "text", start, end): a span of the raw text as a span of the article's own field."""
    article = document.article
    if not article.title:
        return "text", start, end
    base = len(article.title) + 1
    return ("title", start, min(end, base - 1)) if start < base else ("text", start - base, end - base)


def report_rows(reading: Reading, candidates: Sequence[Candidate], decisions: Sequence[Decision], scheme: Scheme,
                gazetteer: Gazetteer) -> tuple[list[Row], list[Row]]:  # fmt: skip
    """(reports, values) of one article in text order; event_id stands in coded rows and in those merged into them."""
    document = reading.document
    ids = _ids(document, candidates)
    event_ids = _event_ids(document, candidates)
    reports: list[Row] = []
    values: list[Row] = []
    for candidate, decision in zip(candidates, decisions, strict=True):
        target = candidate.index if decision.decision == "coded" else decision.merged_into
        found = field_values(reading, candidate, gazetteer)
        report: Row = {
            "report_id": ids[candidate.index],
            "article_id": document.article.id,
            "event_id": event_ids[target] if target >= 0 else None,
            "merged_into": ids[target] if decision.decision == "merged" and target >= 0 else None,
            "decision": decision.decision,
            "reason": decision.reason,
            "confidence": round(decision.confidence, 4),
        }
        report.update(_fields(reading, candidate, scheme, gazetteer, found))
        reports.append(report)
        values.extend(_value_row(document, ids[candidate.index], value) for value in found)
    return reports, values


def _ids(document: Document, candidates: Sequence[Candidate]) -> list[str]:
    """Report ids: the article, the trigger's offset and row, and the place when one trigger has several."""
    seen: Counter[tuple[int, str]] = Counter()
    ids = []
    for candidate in candidates:
        key = (candidate.head.start, candidate.head.trigger_id)
        ids.append(short_hash(document.article.id, *key, seen[key]))
        seen[key] += 1
    return ids


def _event_ids(document: Document, candidates: Sequence[Candidate]) -> list[str]:
    """Event ids: the article and the trigger's offset; a second event of one trigger also has its ordinal."""
    seen: Counter[int] = Counter()
    ids = []
    for candidate in candidates:
        ordinal = seen[candidate.head.start]
        seen[candidate.head.start] += 1
        ids.append(short_hash("event", document.article.id, candidate.head.start, *([ordinal] if ordinal else [])))
    return ids


def _value_row(document: Document, report_id: str, value: Value) -> Row:
    inside, start, end, text = None, value.start, value.end, None
    if start is not None and end is not None:
        text = document.raw[start:end]
        inside, start, end = field_span(document, start, end)
    else:
        start = end = None
    return {
        "report_id": report_id,
        "field": value.field,
        "value": value.value,
        "text": text,
        "start": start,
        "end": end,
        "rule": value.rule,
        "confidence": value.confidence,
        "span_in": inside,
    }


def _fields(reading: Reading, candidate: Candidate, scheme: Scheme, gazetteer: Gazetteer, found: list[Value]) -> Row:
    document, sentence = reading.document, reading.sentences[candidate.sentence]
    where, when, kind = candidate.where, candidate.when, scheme.kinds[candidate.sub_event_type]
    value = {v.field: v for v in found}
    start, end = _trimmed(document.raw, sentence.start, sentence.end)
    inside, evidence_start, evidence_end = field_span(document, start, end)
    _, trigger_start, trigger_end = field_span(document, candidate.head.start, candidate.head.end)
    country = value["country"].value
    location, coordinates = where.location, _coordinates(where, gazetteer)
    killed, injured, crowd = value["fatalities"], value["injured"], value["crowd_size"]

    def text(v: Value) -> str | None:
        return document.raw[v.start : v.end] if v.start is not None else None

    return {
        "family": candidate.family,
        "event_type": kind.event_type,
        "sub_event_type": candidate.sub_event_type,
        "event_date": when.event_date,
        "date_start": when.date_start,
        "date_end": when.date_end,
        "time_precision": when.time_precision,
        "date_text": text(value["event_date"]),
        "date_rule": when.rule,
        "country": country,
        "admin1": (location.admin1 or None) if location else None,
        "admin2": (location.admin2 or None) if location else None,
        "admin3": (location.admin3 or None) if location else None,
        "location": location.name if location else None,
        "place_text": text(value["location"]),
        "latitude": coordinates[0],
        "longitude": coordinates[1],
        "geo_precision": where.geo_precision if where.place or country else None,
        "place_id": (where.place.place_id or None) if where.place else None,
        "place_rule": value["location"].rule,
        "actor1": candidate.actor1.name or None,
        "actor2": candidate.actor2.name or None,
        "assoc_actor_1": "; ".join(a.name for a in candidate.assoc_actor_1) or None,
        "assoc_actor_2": "; ".join(a.name for a in candidate.assoc_actor_2) or None,
        "inter1": candidate.actor1.inter or None,
        "inter2": candidate.actor2.inter or None,
        "actor1_country": candidate.actor1.country or None,
        "actor2_country": candidate.actor2.country or None,
        "civilian_targeting": _civilian_targeting(candidate),
        "tags": _tags(candidate, text(crowd)),
        "fatalities": int(killed.value) if killed.value is not None else None,
        "fatalities_text": text(killed),
        "injured": int(injured.value) if injured.value is not None else None,
        "crowd_size": int(crowd.value) if crowd.value is not None else None,
        "crowd_text": text(crowd),
        "evidence": document.raw[start:end],
        "evidence_start": evidence_start,
        "evidence_end": evidence_end,
        "trigger_start": trigger_start,
        "trigger_end": trigger_end,
        "evidence_in": inside,
        "trigger": document.raw[candidate.head.start : candidate.head.end],
        "trigger_id": candidate.head.trigger_id,
        "geo_relation": where.mention.relation if where.mention else None,
        "fatalities_rule": killed.rule,
        "actor_rule": f"{candidate.actor1.rule}; {candidate.actor2.rule}",
        "precision_note": coordinates[2],
        "null_reasons": _null_reasons(candidate, value),
    }


def _coordinates(where: PlaceChoice, gazetteer: Gazetteer) -> tuple[float | None, float | None, str | None]:
    """Latitude and longitude of the location; of the place it lies in, with a note, when its own are not known."""
    place = where.location
    for _ in range(4):
        if place is None:
            return None, None, None
        if place.latitude is not None and place.longitude is not None:
            note = None if place is where.location else f"coordinates of {place.name}"
            return place.latitude, place.longitude, note
        place = gazetteer.place(place.parent) if place.parent else None
    return None, None, None


def _civilian_targeting(candidate: Candidate) -> str | None:
    """ACLED: all violence against civilians, excessive force, and explosions or riots with civilians as actor2."""
    hit = candidate.actor2.inter == "Civilians" and candidate.family in (
        "shelling", "air_strike", "bombing", "chemical", "riot")  # fmt: skip
    sure = candidate.family in VICTIM_FAMILIES or candidate.sub_event_type == "Excessive force against protesters"
    return "Civilian targeting" if hit or sure else None


def _tags(candidate: Candidate, crowd_text: str | None) -> str | None:
    if candidate.family == "call":
        return CALL_TAG
    if candidate.family in ("protest", "riot"):
        return f"crowd size={crowd_text or 'no report'}"
    return None


def _null_reasons(candidate: Candidate, value: dict[str, Value]) -> str | None:
    """field=rule pairs of the fields that are null, joined by "; "."""
    nulls = [f"{v.field}={v.rule}" for v in value.values() if v.value is None]
    return "; ".join(nulls) or None


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return start, end


def article_row(reading: Reading, line: Dateline | None, language: str, reports: Sequence[Row]) -> Row:
    """What was read of an article: its dateline, the story's country and the counts of what was found."""
    article = reading.document.article
    counts = Counter(report["decision"] for report in reports)
    published = article.published_at
    return {
        "article_id": article.id,
        "published_at": published.isoformat(),
        "published_day": reading.clock.day,
        "title": article.title,
        "text": article.text,
        "source": article.source or None,
        "url": article.url or None,
        "language": language,
        "dateline_place": (line.place or None) if line else None,
        "dateline_agency": (line.agency or None) if line else None,
        "dateline_day": line.day if line else None,
        "story_country": reading.story_country or None,
        "country_rule": reading.country_rule or None,
        "sentences": len(reading.sentences),
        "reports": len(reports),
        "coded": counts["coded"],
        "merged": counts["merged"],
        "dropped": counts["dropped"],
        "content_hash": short_hash(published.isoformat(), article.title, article.text),
        "file": article.file,
        "line": article.line,
    }

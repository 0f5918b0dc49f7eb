"""Candidates and decisions as rows of the reports, values and articles tables."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.candidates import Candidate, Decision, PlaceChoice, Reading, Value
from pipeline.contracts.scheme import Scheme
from pipeline.gazetteer import Gazetteer
from pipeline.records import Dateline, Document
from pipeline.values import field_values

Row = dict[str, Any]
# A row of the values table, in the order of its columns (schemas/values.toml): report_id, field, value, text, start,
# end, rule, confidence, span_in.
ValueRow = tuple[str, str, str | None, str | None, int | None, int | None, str, float | None, str | None]
CALL_TAG = "CAMEO 041"
VICTIM_FAMILIES = ("attack", "abduction")


def short_hash(*parts: object) -> str:
    """16 hexadecimal digits over the parts: the form of every report and event id."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


class Spans:
    """Spans of the raw text as spans of the article's own fields."""

    def __init__(self, document: Document) -> None:
        self._raw, title = document.raw, document.article.title
        self._base = len(title) + 1 if title else 0  # where the text begins in the raw text

    def of(self, start: int, end: int) -> tuple[str, int, int]:
        """("title" or "text", start, end)."""
        base = self._base
        return ("title", start, min(end, base - 1)) if start < base else ("text", start - base, end - base)

    def row(self, report_id: str, value: Value) -> ValueRow:
        """The row of a value."""
        field, found, start, end, rule, confidence = value
        if start is None or end is None:
            return report_id, field, found, None, None, None, rule, confidence, None
        inside, first, last = self.of(start, end)
        return report_id, field, found, self._raw[start:end], first, last, rule, confidence, inside


def report_rows(reading: Reading, candidates: Sequence[Candidate], decisions: Sequence[Decision], scheme: Scheme,
                gazetteer: Gazetteer) -> tuple[list[Row], list[ValueRow]]:  # fmt: skip
    """(reports, values) of one article in text order; event_id stands in coded rows and in those merged into them."""
    document = reading.document
    spans = Spans(document)
    ids, event_ids = _ids(document, candidates), _EventIds(document, candidates)
    reports: list[Row] = []
    values: list[ValueRow] = []
    for candidate, decision in zip(candidates, decisions, strict=True):
        own, target = ids[candidate.index], decision.merged_into
        found = field_values(reading, candidate, gazetteer)
        report: Row = {
            "report_id": own,
            "article_id": document.article.id,
            "event_id": None,
            "merged_into": None,
            "decision": decision.decision,
            "reason": decision.reason,
            "confidence": round(decision.confidence, 4),
        }
        if decision.decision == "coded":
            report["event_id"] = event_ids[candidate.index]
        elif target >= 0:
            report["event_id"] = event_ids[target]
            report["merged_into"] = ids[target] if decision.decision == "merged" else None
        report.update(_fields(reading, candidate, scheme, gazetteer, found, spans))
        reports.append(report)
        values += [spans.row(own, value) for value in found]
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


class _EventIds(dict[int, str]):
    """Candidate's index → its event's id: the article and the trigger's offset; a second event of one trigger also has
    its ordinal. Made when asked for: few candidates are events."""

    def __init__(self, document: Document, candidates: Sequence[Candidate]) -> None:
        super().__init__()
        self._article, self._starts = document.article.id, [candidate.head.start for candidate in candidates]

    def __missing__(self, index: int) -> str:
        start = self._starts[index]
        ordinal = self._starts[:index].count(start)
        found = self[index] = short_hash("event", self._article, start, *([ordinal] if ordinal else []))
        return found


def _fields(reading: Reading, candidate: Candidate, scheme: Scheme, gazetteer: Gazetteer, found: list[Value],
            spans: Spans) -> Row:  # fmt: skip
    raw, sentence, head = reading.document.raw, reading.sentences[candidate.sentence], candidate.head
    where, when, kind = candidate.where, candidate.when, scheme.kinds[candidate.sub_event_type]
    actor1, actor2 = candidate.actor1, candidate.actor2
    _, dated, (_, country, *_), placed, _, _, killed, injured, crowd = found
    start, end = _trimmed(raw, sentence.start, sentence.end)
    inside, evidence_start, evidence_end = spans.of(start, end)
    _, trigger_start, trigger_end = spans.of(head.start, head.end)
    location, (latitude, longitude, note) = where.location, _coordinates(where, gazetteer)

    def text(value: Value) -> str | None:
        return raw[value[2] : value[3]] if value[2] is not None else None

    return {
        "family": candidate.family,
        "event_type": kind.event_type,
        "sub_event_type": candidate.sub_event_type,
        "event_date": when.event_date,
        "date_start": when.date_start,
        "date_end": when.date_end,
        "time_precision": when.time_precision,
        "date_text": text(dated),
        "date_rule": when.rule,
        "country": country,
        "admin1": (location.admin1 or None) if location else None,
        "admin2": (location.admin2 or None) if location else None,
        "admin3": (location.admin3 or None) if location else None,
        "location": placed[1],
        "place_text": text(placed),
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": where.geo_precision if where.place or country else None,
        "place_id": (where.place.place_id or None) if where.place else None,
        "place_rule": placed[4],
        "actor1": actor1.name or None,
        "actor2": actor2.name or None,
        "assoc_actor_1": "; ".join([a.name for a in candidate.assoc_actor_1]) or None,
        "assoc_actor_2": "; ".join([a.name for a in candidate.assoc_actor_2]) or None,
        "inter1": actor1.inter or None,
        "inter2": actor2.inter or None,
        "actor1_country": actor1.country or None,
        "actor2_country": actor2.country or None,
        "civilian_targeting": _civilian_targeting(candidate),
        "tags": _tags(candidate, text(crowd)),
        "fatalities": int(killed[1]) if killed[1] is not None else None,
        "fatalities_text": text(killed),
        "injured": int(injured[1]) if injured[1] is not None else None,
        "crowd_size": int(crowd[1]) if crowd[1] is not None else None,
        "crowd_text": text(crowd),
        "evidence": raw[start:end],
        "evidence_start": evidence_start,
        "evidence_end": evidence_end,
        "trigger_start": trigger_start,
        "trigger_end": trigger_end,
        "evidence_in": inside,
        "trigger": raw[head.start : head.end],
        "trigger_id": head.trigger_id,
        "geo_relation": where.mention.relation if where.mention else None,
        "fatalities_rule": killed[4],
        "actor_rule": f"{actor1.rule}; {actor2.rule}",
        "precision_note": note,
        "null_reasons": "; ".join([f"{field}={rule}" for field, told, _, _, rule, _ in found if told is None]) or None,
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

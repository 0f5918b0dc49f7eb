"""Events as single articles tell them, with what tells whether two articles mean the same event."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from sys import intern
from typing import Any

import pyarrow as pa

from pipeline.contracts.schema import load_contract
from pipeline.text import cut

Row = dict[str, Any]
Chain = Callable[[str], tuple[str, ...]]  # place id → the ids of the places it lies in, nearest first
GROUPS = {
    "shelling": "violence", "air_strike": "violence", "bombing": "violence", "chemical": "violence",
    "clash": "violence", "attack": "violence", "protest": "demonstration", "riot": "demonstration",
}  # fmt: skip
GENERIC = ("Unidentified", "Civilians", "Protesters", "Rioters")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PREFIX = re.compile(r"^(?:و|ف)?(?:بال|كال|لل|ال)")
EXTRA = pa.schema([
    ("member_id", pa.string()), ("article_id", pa.string()), ("published", pa.int64()), ("told", pa.int32()),
    ("report_id", pa.string()), ("place_id", pa.string()), ("chain", pa.list_(pa.string())),
    ("words", pa.list_(pa.string())),
])  # fmt: skip


def members_schema() -> pa.Schema:
    """The columns of events, then ours: the form in which events of single articles are kept between runs."""
    return pa.schema([*load_contract("events").arrow, *EXTRA]).remove_metadata()


@dataclass(frozen=True, slots=True)
class Member:
    """An event as one article tells it. Days are ordinals; published is in Unix seconds; toll is the number told.

    place is the gazetteer's id, chain the ids around it; doer is actor1 when it is named; words are stems of the
    evidence sentence.
    """

    id: str
    article: str
    published: int
    family: str
    kind: str
    day: int
    first: int
    last: int
    precision: int
    told_day: bool
    country: str
    location: str
    place: str
    chain: frozenset[str]
    geo: int
    actors: frozenset[str]
    doer: str
    toll: int | None
    words: frozenset[str]

    @property
    def group(self) -> str:
        return GROUPS.get(self.family, self.family)

    @property
    def age(self) -> tuple[int, str]:
        """What makes one telling older than another: publication, then id."""
        return self.published, self.id


def unix(published: str) -> int:
    """Unix seconds of a publication time; a bare date counts as its midnight and a time without zone as UTC."""
    if len(published) == 10:
        return int(datetime.combine(date.fromisoformat(published), time(), UTC).timestamp())
    moment = datetime.fromisoformat(published)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def member_rows(
    events: Sequence[Row], reports: Mapping[str, Row], published: Mapping[str, str], chain: Chain
) -> list[Row]:
    """Rows of members_schema from the event rows of single articles; reports by report_id, publication by article_id.

    An event's own report is the coded one among its reports.
    """
    rows = []
    for event in events:
        told = [reports[one] for one in event["report_ids"]]
        report = next((one for one in told if one["decision"] == "coded"), told[0])
        place = report.get("place_id") or ""
        rows.append({
            **event,
            "member_id": event["event_id"],
            "article_id": report["article_id"],
            "published": unix(published[report["article_id"]]),
            "told": event["fatalities"] if report.get("fatalities") is not None else None,
            "report_id": report["report_id"],
            "place_id": place or None,
            "chain": list(chain(place)) if place else [],
            "words": sorted(stems(report["evidence"])),
        })  # fmt: skip
    return rows


def member(row: Row) -> Member:
    """What the merging needs of a row of members_schema."""
    return Member(
        row["member_id"],
        row["article_id"],
        row["published"],
        row["family"],
        row["sub_event_type"],
        row["event_date"].toordinal(),
        row["date_start"].toordinal(),
        row["date_end"].toordinal(),
        row["time_precision"],
        not row["date_rule"].startswith("date.publication"),
        row["country"] or "",
        row["location"] if row["location"] and row["location"] != row["country"] else "",
        row["place_id"] or "",
        frozenset(row["chain"] or ()),
        row["geo_precision"] or 3,
        frozenset(specific(row)),
        base_name(row["actor1"]) if named(row["actor1"]) else "",
        row["told"],
        frozenset(map(intern, row["words"] or ())),
    )


def specific(row: Row) -> set[str]:
    """The sides that are named, without years and other brackets."""
    return {base_name(name) for name in (row["actor1"], row["actor2"]) if named(name)}


def named(actor: str | None) -> bool:
    """Whether an actor is more than unidentified people, civilians or protesters."""
    return bool(actor) and not str(actor).startswith(GENERIC)


def base_name(actor: str) -> str:
    return _BRACKETS.sub("", actor).strip()


def stems(text: str) -> set[str]:
    """The longer words of a text, folded, without the article, cut to six letters."""
    words, _, _ = cut(text)
    return {stem[:6] for stem in (_PREFIX.sub("", word) for word in words) if len(stem) > 3 or stem.isdigit()}


LIGHT = (
    "member_id", "article_id", "published", "family", "sub_event_type", "event_date", "date_start", "date_end",
    "time_precision", "date_rule", "country", "location", "place_id", "chain", "geo_precision", "actor1", "actor2",
    "told", "words",
)  # fmt: skip

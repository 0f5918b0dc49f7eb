"""Coded reports as events with ACLED's columns and ACLED's rules for numbers that were only words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from pipeline.contracts.scheme import Scheme
from pipeline.notes import NoteForms
from pipeline.resources import folder, read_rows

Row = dict[str, Any]
COPIED = (
    "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1",
    "actor2", "assoc_actor_2", "inter2", "civilian_targeting", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "tags", "date_start", "date_end", "family",
    "date_rule", "place_rule", "injured", "crowd_size", "confidence", "event_id",
)  # fmt: skip


OF_SIBLING = "quantity.of_sibling"  # the toll stands with the first of several places of one trigger
# ACLED leaves none of these blank (codebook facts, section 1): an event that lacks one is outside its scope.
NEVER_BLANK = (
    "disorder_type", "actor1", "inter1", "interaction", "iso", "region", "country", "admin1", "location", "latitude",
    "longitude", "geo_precision",
)  # fmt: skip


@dataclass(frozen=True)
class TollRules:
    """ACLED's numbers for words without a number (codebook: fatalities): by class, and higher in active war zones."""

    numbers: dict[str, tuple[int, int, str]]
    wars: tuple[tuple[str, date, date], ...]

    @classmethod
    def load(cls) -> TollRules:
        """Read schemas/vague_tolls.csv and schemas/war_zones.csv."""
        rows = read_rows(folder("schemas") / "vague_tolls.csv")
        numbers = {r["class"]: (int(r["fatalities"]), int(r["fatalities_in_war"]), r["rule"]) for r in rows}
        wars = tuple(
            (r["country"], date.fromisoformat(r["first_day"]), date.fromisoformat(r["last_day"] or "9999-12-31"))
            for r in read_rows(folder("schemas") / "war_zones.csv")
        )
        return cls(numbers, wars)

    def fatalities(self, report: Row) -> tuple[int, str]:
        """An event's fatalities and their rule: the reported number, ACLED's number for the words, else 0."""
        if report["fatalities"] is not None:
            return report["fatalities"], report["fatalities_rule"]
        vague = (report["fatalities_rule"] or "").removeprefix("quantity.vague.")
        if vague == report["fatalities_rule"] or vague not in self.numbers:
            return 0, "fatalities.none_reported"
        calm, war, rule = self.numbers[vague]
        day = report["event_date"]
        at_war = any(report["country"] == c and first <= day <= last for c, first, last in self.wars)
        return (war, f"{rule}_in_war") if at_war else (calm, rule)


class EventKit(Protocol):
    """What events need besides the reports: labels of the scheme, facts of a country, rules for vague tolls.

    country_facts maps an English country name to (ISO numeric code, ACLED region), nulls when unknown.
    """

    @property
    def scheme(self) -> Scheme: ...
    @property
    def toll_rules(self) -> TollRules: ...
    @property
    def note_forms(self) -> NoteForms: ...
    def country_facts(self, country: str) -> tuple[int | None, str | None]: ...


def merge_events(reports: Sequence[Row], articles: Sequence[Row], kit: EventKit) -> tuple[list[Row], list[Row]]:
    """(events, reports): one event row a coded report, sorted by day, country and event_id; the reports as given.

    Reports told in several articles stay several events here; datasets merge across articles. A toll told
    once for several places of one trigger is split evenly, the remainder to the first (codebook: fatalities).
    """
    coded = [report for report in reports if report["decision"] == "coded"]
    told: dict[str, list[str]] = {}
    for report in reports:
        if report["event_id"]:
            told.setdefault(report["event_id"], []).append(report["report_id"])
    shared = _shared_tolls(coded)
    by_id = {article["article_id"]: article for article in articles}
    events = [_event(r, by_id[r["article_id"]], told[r["event_id"]], shared, kit) for r in coded]
    return sorted(events, key=lambda e: (e["event_date"], e["country"] or "", e["event_id"])), list(reports)


def _shared_tolls(coded: Sequence[Row]) -> dict[str, tuple[int, int, Row]]:
    """report_id → (ordinal, count, report with the toll) for reports of one trigger whose toll is of several places."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for r in coded:
        if r["fatalities"] or r["fatalities_rule"] == OF_SIBLING:
            key = (r["article_id"], r["evidence_in"], r["trigger_start"], r["trigger_id"])
            groups.setdefault(key, []).append(r)
    found = {}
    for group in groups.values():
        tolls = {r["fatalities"] for r in group} - {None}
        for toll in tolls:
            told = [r for r in group if r["fatalities"] == toll or (len(tolls) == 1 and r["fatalities"] is None)]
            first = next(r for r in told if r["fatalities"] == toll)
            if len(told) > 1:
                found.update({r["report_id"]: (i, len(told), first) for i, r in enumerate(told)})
    return found


def _event(
    report: Row, article: Row, report_ids: list[str], shared: Mapping[str, tuple[int, int, Row]], kit: EventKit
) -> Row:
    iso, region = kit.country_facts(report["country"] or "")
    fatalities, toll_rule = kit.toll_rules.fatalities(report)
    if report["report_id"] in shared:
        ordinal, count, first = shared[report["report_id"]]
        fatalities, toll_rule = kit.toll_rules.fatalities(first)
        fatalities, toll_rule = fatalities // count + (ordinal == 0) * (fatalities % count), f"{toll_rule}+split"
    event: Row = {column: report[column] for column in COPIED}
    event.update(
        event_id_cnty=None,
        year=report["event_date"].year,
        disorder_type=kit.scheme.disorder_type(report["sub_event_type"]) or None,
        interaction=kit.scheme.interaction(report["inter1"], report["inter2"]),
        iso=iso,
        region=region,
        source=article["source"],
        source_scale=None,
        fatalities=fatalities,
        fatalities_rule=toll_rule,
        timestamp=_timestamp(article["published_at"]),
        article_ids=[report["article_id"]],
        report_ids=report_ids,
    )
    event["acled_scope"] = report["family"] != "call" and all(event[name] is not None for name in NEVER_BLANK)
    event["notes"] = kit.note_forms.notes(event)
    return event


def _timestamp(published: str) -> int:
    """Unix seconds of the publication time; a bare date and a time without zone count as UTC."""
    if len(published) == 10:
        moment = datetime.combine(date.fromisoformat(published), time(), UTC)
    else:
        moment = datetime.fromisoformat(published)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp())

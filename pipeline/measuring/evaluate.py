"""Scores of coded reports against hand-coded events: detection, strict, per family and per field."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.measuring.scoring import GROUPS, Measures, best_pairing, date_gap, number, same_country

Row = dict[str, Any]
FIELDS = ("sub_event_type", "event_date", "country", "place", "fatalities", "crowd_size", "actor1", "actor2")
READ = ("article_id", "decision", "family", "event_type", "sub_event_type", "event_date", "date_start", "date_end",
        "country", "location", "place_text", "fatalities", "crowd_size", "actor1", "actor2", "evidence")  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts of one group of events: gold, coded, found (detection) and strict."""

    gold: int = 0
    coded: int = 0
    found: int = 0
    strict: int = 0

    def score(self, hits: int) -> dict[str, float]:
        """Precision, recall and f1, rounded to three places."""
        precision = hits / self.coded if self.coded else 0.0
        recall = hits / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


@dataclass
class Evaluation:
    """Everything counted; missed and alarms hold the events and reports without partner."""

    articles: int = 0
    total: Tally = field(default_factory=Tally)
    families: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    fields: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in FIELDS})
    missed: list[tuple[str, Row]] = field(default_factory=list)
    alarms: list[tuple[str, Row]] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """The figures as one dict: rates are rounded to three places, fields are (share right, number compared)."""
        total = self.total
        return {
            "articles": self.articles,
            "gold_events": total.gold,
            "coded": total.coded,
            "detection": total.score(total.found),
            "strict": total.score(total.strict),
            "fields": {k: (round(a / b, 3) if b else None, b) for k, (a, b) in self.fields.items()},
            "families": {
                name: {"gold": t.gold, "coded": t.coded, "detection": t.score(t.found), "strict": t.score(t.strict)}
                for name, t in sorted(self.families.items())
            },
        }


def evaluation(gold: Path, reports: Path, aliases: Path | None = None) -> Evaluation:
    """Score the coded rows of a reports table against a gold file (JSONL, one article a line with its events).

    aliases is a CSV of names that count as one actor; without it actor_aliases.csv beside the gold file is used where
    it exists. An event is found when family group and day (one day off allowed) agree, strict when family, day,
    country and place agree; a gold event has at most one partner. Raises FileNotFoundError, ValueError.
    """
    articles = _gold(gold)
    measures = Measures.load(aliases or gold.parent / "actor_aliases.csv")
    coded: dict[str, list[Row]] = defaultdict(list)
    for row in _reports(reports):
        if row.get("decision", "coded") == "coded":
            coded[row["article_id"]].append(row)
    return scored(articles, coded, measures)


def scored(golds: Sequence[Row], coded: Mapping[str, list[Row]], measures: Measures) -> Evaluation:
    """Score coded rows by article id against gold articles, each {"id", "events"}."""
    result = Evaluation(articles=len(golds))
    for article in golds:
        _score(article["id"], article["events"], coded.get(article["id"], []), measures, result)
    return result


def _score(article: str, golds: list[Row], reports: list[Row], measures: Measures, result: Evaluation) -> None:
    pairs = best_pairing(golds, reports, measures.pair_score)
    for gold in golds:
        result.families[gold["family"]].gold += 1
    for report in reports:
        result.families[report["family"]].coded += 1
    result.total.gold += len(golds)
    result.total.coded += len(reports)
    for i, j in pairs:
        agree = _agreement(golds[i], reports[j], measures)
        same_family = golds[i]["family"] == reports[j].get("family")
        strict = same_family and agree["event_date"] and agree["place"]
        tally = result.families[golds[i]["family"]]
        for counter in (result.total, tally):
            counter.found += 1
            counter.strict += strict
        for name, right in agree.items():
            result.fields[name][0] += right
            result.fields[name][1] += 1
    paired_gold, paired_reports = {i for i, _ in pairs}, {j for _, j in pairs}
    result.missed += [(article, gold) for i, gold in enumerate(golds) if i not in paired_gold]
    result.alarms += [(article, report) for j, report in enumerate(reports) if j not in paired_reports]


def _agreement(gold: Row, report: Row, measures: Measures) -> dict[str, bool]:
    """Which fields agree; only those that can be compared are in it."""
    agree = {
        "sub_event_type": gold["sub_event_type"] == report.get("sub_event_type"),
        "event_date": date_gap(gold, report) == 0,
        "place": measures.same_place(gold, report),
    }
    if gold.get("country"):
        agree["country"] = same_country(gold, report)
    for name in ("fatalities", "crowd_size"):
        if gold.get(name) is not None or number(report.get(name)):
            agree[name] = (gold.get(name) or 0) == (number(report.get(name)) or 0)
    for name in ("actor1", "actor2"):
        if gold.get(name):
            agree[name] = bool(measures.actor_keys(gold[name]) & measures.actor_keys(report.get(name)))
    return agree


def _gold(path: Path) -> list[Row]:
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such gold file")
    articles = []
    for number_, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                article = json.loads(line)
                unknown = {event["family"] for event in article["events"]} - GROUPS.keys()
                article["id"]
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}:{number_}: no gold article ({error}); it needs id and events") from error
            if unknown:
                raise ValueError(f"{path}:{number_}: families {sorted(unknown)} are unknown; see schemas/families.csv")
            articles.append(article)
    return articles


def _reports(path: Path) -> list[Row]:
    file = path / "reports.parquet" if path.is_dir() else path
    if not file.is_file():
        raise FileNotFoundError(f"{file}: no such table; give the reports.parquet or the folder of a build")
    names = set(pq.read_schema(file).names)
    rows: list[Row] = pq.read_table(file, columns=[name for name in READ if name in names]).to_pylist()
    return rows

"""The evaluation gives the figures of the shared scorer, and keeps its promises on cases of our own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.measuring.evaluate import evaluation
from pipeline.measuring.scoring import Measures, best_pairing, date_gap

EVENT: dict[str, Any] = {
    "family": "shelling", "sub_event_type": "Shelling/artillery/missile attack", "event_date": "2021-06-03",
    "time_precision": 1, "country": "Libya", "location": "Sirte", "place_ar": "سرت", "actor1": "", "actor2": "",
    "fatalities": 2, "injured": None, "crowd_size": None, "evidence": "",
}  # fmt: skip
TYPES = {
    "event_date": pa.date32(), "date_start": pa.date32(), "date_end": pa.date32(),
    "fatalities": pa.int32(), "crowd_size": pa.int32(),
}  # fmt: skip
NAMES = ("article_id", "decision", "family", "event_type", "sub_event_type", "event_date", "date_start", "date_end",
         "country", "location", "place_text", "fatalities", "crowd_size", "actor1", "actor2", "evidence")  # fmt: skip


def report_of(article: str, event: dict[str, Any], **changes: Any) -> dict[str, Any]:
    day = date.fromisoformat(event["event_date"])
    row = {**dict.fromkeys(NAMES), **{k: v for k, v in event.items() if k in NAMES}}
    row.update(article_id=article, decision="coded", event_date=day, date_start=day, date_end=day)
    row.update(place_text=event["place_ar"] or None, location=event["location"] or None)
    return {**row, **changes}


def write(folder: Path, gold: list[dict[str, Any]], reports: list[dict[str, Any]]) -> tuple[Path, Path]:
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in gold)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    schema = pa.schema([(name, TYPES.get(name, pa.string())) for name in NAMES])
    pq.write_table(pa.Table.from_pylist(reports, schema=schema), folder / "reports.parquet")
    return folder / "gold.jsonl", folder / "reports.parquet"


def test_perfect_reports_score_one(tmp_path: Path) -> None:
    gold = [{"id": "a", "events": [EVENT]}, {"id": "b", "events": []}]
    result = evaluation(*write(tmp_path, gold, [report_of("a", EVENT)])).summary()
    assert result["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert result["fields"]["fatalities"] == (1.0, 1)
    assert result["families"]["shelling"]["strict"]["f1"] == 1.0


def test_a_wrong_place_is_found_but_not_strict(tmp_path: Path) -> None:
    gold = [{"id": "a", "events": [EVENT]}]
    wrong = report_of("a", EVENT, place_text="مصراتة", location="Misrata")
    summary = evaluation(*write(tmp_path, gold, [wrong])).summary()
    assert (summary["detection"]["f1"], summary["strict"]["f1"]) == (1.0, 0.0)
    assert summary["fields"]["place"] == (0.0, 1)


def test_dropped_reports_do_not_count(tmp_path: Path) -> None:
    gold = [{"id": "a", "events": [EVENT]}]
    result = evaluation(*write(tmp_path, gold, [report_of("a", EVENT, decision="dropped")]))
    assert (result.total.coded, result.total.found, len(result.missed)) == (0, 0, 1)


def test_pairing_takes_the_best_total_not_the_first() -> None:
    scores = {("a", "x"): 5.0, ("a", "y"): 4.0, ("b", "x"): 4.0, ("b", "y"): 0.0}
    rows = [{"n": name} for name in "ab"], [{"n": name} for name in "xy"]
    pairs = best_pairing(*rows, lambda gold, report: scores[gold["n"], report["n"]])
    assert sorted(pairs) == [(0, 1), (1, 0)]


def test_an_imprecise_gold_day_accepts_what_touches_its_period() -> None:
    week = {"event_date": "2021-06-03", "time_precision": 2}
    day = date(2021, 6, 9)
    assert date_gap(week, {"event_date": day}) == 0
    assert date_gap({**week, "time_precision": 1}, {"event_date": day}) == 6
    assert date_gap(week, {"event_date": None}) is None


def test_gold_of_an_unknown_family_is_named_with_its_line(tmp_path: Path) -> None:
    paths = write(tmp_path, [{"id": "a", "events": [{**EVENT, "family": "flood"}]}], [])
    with pytest.raises(ValueError, match=r"gold.jsonl:1: families \['flood'\]"):
        evaluation(*paths)


def test_same_figures_as_the_shared_scorer(shared: Path, tmp_path: Path) -> None:
    gold = [json.loads(line) for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    chance = random.Random(7)
    reports = []
    for article in gold:
        for event in article["events"]:
            for _ in range(chance.choice((0, 1, 1, 2))):
                day = date.fromisoformat(event["event_date"]) + timedelta(chance.choice((0, 0, 1, 3)))
                moved, other = {"event_date": day}, chance.choice(article["events"])
                changes = {key: other[key] for key in ("family", "location", "actor1", "fatalities", "sub_event_type")}
                reports.append(report_of(article["id"], event, **(moved | changes if chance.random() < 0.6 else {})))
    (tmp_path / "few").mkdir()
    _, table = write(tmp_path / "few", [], reports)
    script, gold_file = shared / "score_events.py", shared / "gold" / "dev.jsonl"
    command = [sys.executable, str(script), str(gold_file), str(table), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = evaluation(gold_file, table).summary()
    assert 0.2 < ours["strict"]["f1"] < 0.95, "the comparison needs middling reports"
    ours["fields"] = {name: list(pair) for name, pair in ours["fields"].items()}
    assert {name: ours[name] for name in theirs} == theirs


def test_actor_names_agree_by_kind_country_and_distinctive_words() -> None:
    measures = Measures.load()
    army = measures.actor_keys("Military Forces of Libya (2014-)")
    assert army & measures.actor_keys("Libyan army, Police Forces of Libya (2014-)")
    assert not army & measures.actor_keys("Military Forces of Yemen (2012-)")
    assert measures.actor_keys("Civilians (Libya)") == {"civilian"}

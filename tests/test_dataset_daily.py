"""Thirty daily runs equal one run over all, id for id, but for what docs/datasets.md tells; a day codes its own."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dataset_tools import NOW, SAID, Home, article
from typer.testing import CliRunner

from pipeline import read_events
from pipeline.cli import app
from pipeline.dataset.config import load_dataset
from pipeline.dataset.run import Options, run_dataset

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
SAME = ("articles", "reports", "values", "merges", "quarantine")  # tables that must not differ at all


def day_by_day(home: Home, days: dict[str, list[Row]]) -> list[int]:
    """Run once a day; gives back how many articles each run coded."""
    coded = []
    for number, day in enumerate(sorted(days)):
        home.write(**{f"day{day}": days[day]})
        done: list[int] = []
        given = Options(home.output, now=NOW + timedelta(days=number), watch=done.append)
        run_dataset(load_dataset(home.file), given)
        coded.append(max(done, default=0))
    return coded


def at_once(home: Home, days: dict[str, list[Row]]) -> None:
    home.write(**{f"day{day}": rows for day, rows in days.items()})
    home.run()


def simulated(days: int = 30) -> dict[str, list[Row]]:
    """Articles of thirty days by several outlets, some of them copies, some telling the day's event a second time."""
    chance = random.Random(5)
    found: dict[str, list[Row]] = {}
    for day in range(1, days + 1):
        rows = []
        for number in range(chance.randint(1, 4)):
            line = SAID[chance.randrange(len(SAID))]
            rows.append(article(f"d{day:02d}n{number}", line, day=day, hour=6 + number, source=f"Outlet {number}"))
        if chance.random() < 0.3:
            rows.append({**rows[0], "id": f"d{day:02d}copy", "source": "Wire"})
        if chance.random() < 0.2:
            rows.append(article(f"d{day:02d}x", "سم في المدينة", day=day))
        found[f"{day:02d}"] = rows
    return found


@pytest.mark.usefixtures("stand_in", "steady")
def test_thirty_daily_runs_equal_one_run(tmp_path: Path) -> None:
    days = simulated()
    daily, whole = Home(tmp_path / "daily", settings="keep_runs = 2\n"), Home(tmp_path / "whole", "keep_runs = 2\n")
    coded = day_by_day(daily, days)
    at_once(whole, days)
    assert coded == [len(days[day]) for day in sorted(days)]
    assert daily.rows() == whole.rows()
    for name in (*SAME, "event_aliases", "tombstones"):
        assert daily.bytes()[f"{name}.parquet"] == whole.bytes()[f"{name}.parquet"], name


@pytest.mark.usefixtures("stand_in", "steady")
def test_files_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    days = simulated(6)
    rows = [row for day in sorted(days) for row in days[day]]
    one, other = Home(tmp_path / "one"), Home(tmp_path / "other")
    one.write(a=rows)
    one.run()
    shuffled = list(rows)
    random.Random(3).shuffle(shuffled)
    other.write(a=shuffled)
    other.run()
    assert one.rows() == other.rows()
    assert one.bytes()["values.parquet"] == other.bytes()["values.parquet"]


def sample() -> dict[str, list[Row]]:
    days: dict[str, list[Row]] = defaultdict(list)
    path = ROOT / "datasets" / "sample" / "articles.jsonl"
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        days[row["published_at"][:10]].append(row)
    return days


def test_the_sample_day_by_day_equals_one_run(tmp_path: Path) -> None:
    """With the real stages, and outlets that tell the same story a day later in the same words."""
    days = sample()
    last = max(days)
    again = [{**row, "id": f"again-{row['id']}", "source": "Wire"} for row in days[last]]
    days[last] = days[last] + again
    daily, whole = Home(tmp_path / "daily", 'decider = "rules"\n'), Home(tmp_path / "whole", 'decider = "rules"\n')
    day_by_day(daily, days)
    at_once(whole, days)
    assert daily.rows() == whole.rows()
    for name in SAME:
        assert daily.bytes()[f"{name}.parquet"] == whole.bytes()[f"{name}.parquet"], name


def test_the_example_runs_as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["run", str(ROOT / "datasets" / "example.toml"), "--workers", "1"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert re.search(r"^example: published 000001-\w+: 16 articles, 0 set aside, \d+ events", done.output, re.M)
    events = read_events(tmp_path / "outputs" / "example")
    assert events["event_id_cnty"].dropna().str.fullmatch("[A-Z]{3}[0-9]+").all()
    assert events.loc[events["source"] == "وكالات", "source_scale"].eq("International").all()
    assert (tmp_path / "outputs" / "example" / "report.html").stat().st_size > 1_000
    assert CliRunner().invoke(app, [*words, "--quiet"]).output == ""


def test_thirty_days_of_the_corpus_equal_one_run(tmp_path: Path, shared: Path) -> None:
    """Five articles a day. Ids differ only where tellings moved between events from one day to the next."""
    days: dict[str, list[Row]] = defaultdict(list)
    with gzip.open(shared / "corpus" / "conflict.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = row["published_at"][:10]
            if "2018-03-15" <= day <= "2018-04-13" and len(days[day]) < 5:
                days[day].append(row)
    assert len(days) == 30
    settings = 'decider = "rules"\nkeep_runs = 2\n'
    daily, whole = Home(tmp_path / "daily", settings), Home(tmp_path / "whole", settings)
    coded = day_by_day(daily, days)
    at_once(whole, days)
    assert coded == [len(days[day]) for day in sorted(days)]
    mine, theirs = daily.by_id(), whole.by_id()
    told = sorted(tuple(row["report_ids"]) for row in mine.values())
    assert told == sorted(tuple(row["report_ids"]) for row in theirs.values())
    assert len(mine.keys() ^ theirs.keys()) <= 0.02 * len(mine)
    ours = ("event_id", "event_id_cnty")
    by_reports = {tuple(row["report_ids"]): row for row in theirs.values()}
    for row in mine.values():
        other = by_reports[tuple(row["report_ids"])]
        assert {k: v for k, v in row.items() if k not in ours} == {k: v for k, v in other.items() if k not in ours}
    assert daily.bytes()["articles.parquet"] == whole.bytes()["articles.parquet"]
    assert daily.bytes()["values.parquet"] == whole.bytes()["values.parquet"]

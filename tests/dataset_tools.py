"""What tests of datasets share: articles, a dataset file, runs on the stand-in stages, and rows to read back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.dataset.config import load_dataset
from pipeline.dataset.run import Options, Outcome, run_dataset
from pipeline.dataset.snapshots import current

Row = dict[str, Any]
NOW = datetime(2021, 7, 1, tzinfo=UTC)
# Sentences of the stand-in's shelling: no two share words or tolls (their number of words), so none tell one event.
SAID = (
    "حدث انهيار جدران المدرسة الابتدائية القديمة بالقذائف",
    "حدث احتراق مستودعات الوقود قرب الميناء صباحا مبكرا",
    "حدث تضرر سوق الخضار الشعبي وسط الأحياء الجنوبية خلف الجامع العتيق أيضا",
    "حدث إغلاق الجسر الكبير بعدما أصابته قذيفة هاون ثقيلة",
)


def article(name: str, *lines: str, day: int = 3, hour: int = 12, source: str = "Example News") -> Row:
    """An article published in June 2021."""
    stamp = f"2021-06-{day:02d}T{hour:02d}:00:00+00:00"
    return {"id": name, "published_at": stamp, "title": "خبر", "text": "\n".join(lines), "source": source}


@dataclass
class Home:
    """A dataset in a folder of its own. files maps names of input files to their articles."""

    top: Path
    settings: str = ""
    runs: int = field(default=0)

    @property
    def output(self) -> Path:
        return self.top / "outputs" / "sets"

    @property
    def file(self) -> Path:
        return self.top / "sets.toml"

    @property
    def decisions(self) -> Path:
        return self.top / "sets" / "decisions"

    def write(self, **files: list[Row]) -> None:
        """Make the input files what is given; others stay."""
        (self.top / "feed").mkdir(parents=True, exist_ok=True)
        for name, rows in files.items():
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (self.top / "feed" / f"{name}.jsonl").write_text(text, encoding="utf-8")
        self.file.write_text(f'title = "Test"\ninputs = ["feed"]\n{self.settings}', encoding="utf-8")

    def run(self, **options: Any) -> Outcome:
        """Run once; each run is an hour after the one before."""
        self.runs += 1
        given = Options(self.output, now=NOW + timedelta(hours=self.runs), **options)
        return run_dataset(load_dataset(self.file), given)

    def rows(self, table: str = "events") -> list[Row]:
        rows: list[Row] = pq.read_table(self.output / f"{table}.parquet").to_pylist()
        return rows

    def by_id(self, table: str = "events") -> dict[str, Row]:
        return {row["event_id"]: row for row in self.rows(table)}

    def events_of(self, *articles: str) -> list[str]:
        """Ids of the events that one of the articles tells."""
        return [row["event_id"] for row in self.rows() if set(row["article_ids"]) & set(articles)]

    def bytes(self) -> dict[str, bytes]:
        """The single files of the dataset, and latest.json."""
        return {path.name: path.read_bytes() for path in sorted(self.output.iterdir()) if path.is_file()}

    def snapshot(self) -> dict[str, bytes]:
        folder = current(self.output)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder else {}

    def correct(self, *rows: str) -> None:
        """Lines of corrections.csv after its header."""
        self._decide("corrections.csv", "event_id,field,value,who,why,date", rows)

    def rule(self, *rows: str) -> None:
        """Lines of merges.csv after its header."""
        self._decide("merges.csv", "ruling,event_a,event_b,who,why,date", rows)

    def _decide(self, name: str, header: str, rows: tuple[str, ...]) -> None:
        self.decisions.mkdir(parents=True, exist_ok=True)
        (self.decisions / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")

"""What keeps large builds small: events sorted on disk, ids in little memory; and what is said of the time left."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.build import BuildOptions, Progress, build
from pipeline.intake import seen
from pipeline.intake.articles import ArticleReader, input_files
from pipeline.intake.seen import Seen
from pipeline.machinery.memory import resident, size_of, size_text
from pipeline.summary import Pace, duration
from pipeline.writing import eventorder
from pipeline.writing.eventorder import EventOrder
from pipeline.writing.tables import contract_of, sorted_events

Write = Callable[..., Path]
EVENT = st.tuples(st.integers(0, 5), st.sampled_from(["Libya", "Mali", "Mali Empire", "", None]))


def events_of(rows: list[tuple[int, str | None]], first: int) -> pa.Table:
    """A table of events of which only what orders them is filled."""
    schema = contract_of("events").arrow
    columns = {
        "event_date": [date(2019, 12, 29) + timedelta(day) for day, _ in rows],
        "country": [country for _, country in rows],
        "event_id": [f"{(first + i) * 7919 % 1000:03}" for i in range(len(rows))],
    }
    arrays = [pa.array(columns.get(f.name, [None] * len(rows)), f.type) for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(EVENT, max_size=12), max_size=9), st.integers(1, 9), st.integers(1, 30))
def test_events_sorted_on_disk_are_those_sorted_in_memory(
    tmp_path: Path, given_rows: list[list[tuple[int, str | None]]], piece: int, run: int
) -> None:
    tables, first = [], 0
    for rows in given_rows:
        tables.append(events_of(rows, first))
        first += len(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eventorder, "PIECE", piece)
        patch.setattr(eventorder, "RUN", run)
        order = EventOrder(tmp_path)
        for table in tables:
            order.add(table)
        found = pa.concat_tables(list(order.pieces()))
    assert found.equals(sorted_events(tables))
    assert list(tmp_path.iterdir()) == []


def test_a_build_whose_events_went_to_disk_gives_the_same_bytes(
    stand_in: None, monkeypatch: pytest.MonkeyPatch, write_articles: Write, tmp_path: Path
) -> None:
    articles = write_articles([f"حدث {i}\nاتصال {i}" for i in range(300)])
    build(BuildOptions((articles,), tmp_path / "one"))
    monkeypatch.setattr(eventorder, "RUN", 100)
    monkeypatch.setattr(eventorder, "PIECE", 9)
    build(BuildOptions((articles,), tmp_path / "two"))
    names = [path.name for path in (tmp_path / "one").iterdir() if path.name != "run.json"]
    assert len(names) == 11
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2**64 - 1)), max_size=80))
def test_an_id_is_known_by_the_value_it_came_with_first(pairs: list[tuple[int, int]]) -> None:
    known: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seen, "FRESH", 3)
        found = Seen()
        for key, value in pairs:
            key = 2**64 - 1 - key * 10**17
            assert found.first(key, value) == known.get(key)
            known.setdefault(key, value)


def test_many_ids_take_few_bytes() -> None:
    found = Seen()
    before = resident()
    for number in range(400_000):
        assert found.first(number * 46_116_860_184 + 2**63, number) is None
    assert resident() - before < 30_000_000
    assert len(found._pieces) <= 4
    assert found.first(2**63 + 7 * 46_116_860_184, 0) == 7


@pytest.mark.parametrize(
    ("text", "size"),
    [("2GB", 2 * 10**9), ("1.5 GiB", 3 * 2**29), ("800mb", 8 * 10**8), ("2000000", 2_000_000), ("64K", 64_000),
     ("3 TB", 3 * 10**12), (" 7B ", 7)],
)  # fmt: skip
def test_sizes_of_memory_are_read(text: str, size: int) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize("text", ["", "GB", "-1GB", "2 GBit", "1,5GB", "two", "1e9", "∞"])
def test_what_is_no_size_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no size of memory; give one such as 800MB, 2GB or 1\.5GiB"):
        size_of(text)


def test_memory_is_told_as_people_read_it() -> None:
    assert (size_text(2.44e9), size_text(8.5e8)) == ("2.4 GB", "850 MB")
    assert 10_000_000 < resident() < 10**11


def test_the_line_of_progress_has_share_rate_and_time_left() -> None:
    pace = Pace()
    assert pace.line(Progress(1000, 500, 2, 10.0, 0.25)) == (
        "1,000 records (25 %), 100 a second, 30 s left, 500 events, 2 set aside"
    )
    pace.line(Progress(2000, 900, 2, 40.0, 0.5))
    line = pace.line(Progress(2500, 1100, 2, 100.0, 0.6))  # the last minute alone: 500 records, a tenth of the input
    assert line == "2,500 records (60 %), 8 a second, 4 min left, 1,100 events, 2 set aside"
    assert pace.line(Progress(5000, 1, 0, 130.0, 1.0)) == "5,000 records, 33 a second, 1 events, 0 set aside"
    assert Pace().line(Progress(0, 0, 0, 0.0, 0.0)) == "0 records, 0 a second, 0 events, 0 set aside"


@pytest.mark.parametrize(("seconds", "told"), [(40.4, "40 s"), (720, "12 min"), (11_100, "3 h 05 min")])
def test_durations_are_told_as_people_say_them(seconds: float, told: str) -> None:
    assert duration(seconds) == told


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "parquet", "folder"])
def test_the_share_of_the_input_grows_evenly_to_one(kind: str, tmp_path: Path) -> None:
    rows = [{"id": f"a{i}", "published_at": "2021-06-03", "text": f"نص الخبر رقم {i:04}"} for i in range(200)]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path = tmp_path / f"in.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif kind == "jsonl.gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif kind == "jsonl":
        path.write_text(text, encoding="utf-8")
    else:
        path.mkdir()
        for i in range(4):
            (path / f"{i}.jsonl").write_text("".join(text.splitlines(True)[50 * i : 50 * i + 50]), encoding="utf-8")
    reader = ArticleReader(input_files([path]))
    shares = [reader.share for _ in reader]
    assert len(shares) == 200
    assert shares == sorted(shares)
    assert shares[99] == pytest.approx(0.5, abs=0.02)
    assert shares[-1] == pytest.approx(1.0, abs=0.001)


def test_a_build_tells_its_watcher_the_share_of_the_batches_done(
    stand_in: None, write_articles: Write, tmp_path: Path
) -> None:
    told: list[Progress] = []
    build(BuildOptions((write_articles([f"حدث {i:03}" for i in range(512)]),), tmp_path / "out"), told.append)
    assert [round(progress.share, 2) for progress in told] == [0.25, 0.5, 0.75, 1.0]
    assert [progress.records for progress in told] == [128, 256, 384, 512]

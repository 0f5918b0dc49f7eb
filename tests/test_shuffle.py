"""The merge as a shuffle: the events of one process, however slabs are cut and whoever matches them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from dataset_tools import SAID, Home, article
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dataset import blocks, eventrows, spread
from pipeline.dataset.blocks import homes, looked, pairs, slabs
from pipeline.dataset.clusters import Rulings, clusters
from pipeline.dataset.copies import Copies, copies, signature
from pipeline.dataset.members import LIGHT, Member, member, members_schema
from pipeline.dataset.shuffle import groups_of
from pipeline.dataset.spread import Where
from pipeline.engines import EngineError, Processes

Row = dict[str, Any]
FIRST = date(2021, 5, 28)
KINDS = {"shelling": "Shelling/artillery/missile attack", "air_strike": "Air/drone strike", "riot": "Mob violence",
         "protest": "Peaceful protest", "call": "Phone call"}  # fmt: skip
# location, place_id, chain, geo_precision
PLACES = (("Tripoli", "p1", ["p3"], 1), ("Tripoli", "p2", ["p1", "p3"], 1), ("West", "p3", [], 3),
          ("Sirte", "p4", ["p3"], 1), (None, None, [], 3))  # fmt: skip


def row_of(number: int, draw: Callable[..., Any]) -> Row:
    """A telling in the form of members_schema, of a few days, places and articles, so that many may be one."""
    location, place, chain, geo = draw(st.sampled_from(PLACES))
    family = draw(st.sampled_from(sorted(KINDS)))
    country = draw(st.sampled_from(["Libya", "Syria", None]))
    day, length = draw(st.integers(0, 7)), draw(st.sampled_from([1, 1, 1, 2, 7, 29, 31, 60]))
    start = FIRST + timedelta(day)
    end = start + timedelta(length - 1)
    return {
        "member_id": f"{number * 7919 % 1000:016x}", "article_id": f"a{draw(st.integers(0, 15))}",
        "report_id": f"r{number}", "published": draw(st.integers(0, 9)) * 3600, "family": family,
        "sub_event_type": KINDS[family], "event_date": start + timedelta(length // 2), "date_start": start,
        "date_end": end, "time_precision": 1 if length == 1 else 2 if length < 8 else 3,
        "date_rule": draw(st.sampled_from(["date.publication", "date.weekday"])), "country": country,
        "location": location if country else None, "place_id": place if country else None,
        "chain": chain if country else [], "geo_precision": geo, "actor1": draw(st.sampled_from([None, "A", "B"])),
        "actor2": draw(st.sampled_from([None, "A"])), "told": draw(st.none() | st.integers(0, 9)),
        "words": sorted(draw(st.sets(st.sampled_from("ابتثجحخدذر"), min_size=5))),
    }  # fmt: skip


@st.composite
def tables(draw: Callable[..., Any]) -> pa.Table:
    rows = [row_of(number, draw) for number in range(draw(st.integers(0, 25)))]
    return pa.Table.from_pylist(rows, schema=members_schema())


def members_of(table: pa.Table) -> list[Member]:
    return [member(row) for row in table.select(LIGHT).to_pylist()]


def ids_and_links(table: pa.Table, groups: Any) -> list[Any]:
    ids = table["member_id"].to_pylist()
    return [(tuple(ids[row] for row in group.rows), group.links) for group in groups]


def in_one_process(table: pa.Table, near: Copies, rulings: Rulings) -> list[Any]:
    found = clusters(members_of(table), near, rulings)
    return [(tuple(one.id for one in cluster.members), cluster.links) for cluster in found]


@given(tables(), st.integers(1, 9), st.sampled_from([64, 64, 4]), st.data())
@settings(max_examples=250, deadline=None)
def test_groups_are_those_of_one_process_however_slabs_are_cut(
    table: pa.Table, size: int, window: int, data: st.DataObject
) -> None:
    ids = table["member_id"].to_pylist()
    pair = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True).map(lambda two: tuple(sorted(two)))
    ruled = st.frozensets(pair, max_size=2) if len(ids) > 1 else st.just(frozenset())
    rulings = Rulings(data.draw(ruled), data.draw(ruled))
    numbers = st.tuples(st.integers(0, 15), st.integers(0, 15)).filter(lambda two: two[0] != two[1])
    found = data.draw(st.frozensets(numbers, max_size=9))
    near = Copies(frozenset((f"a{a}", f"a{b}") if f"a{a}" < f"a{b}" else (f"a{b}", f"a{a}") for a, b in found), {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SLAB", size)
        patch.setattr(blocks, "WINDOW", window)
        assert ids_and_links(table, groups_of(table, near, rulings)) == in_one_process(table, near, rulings)


@given(tables(), st.integers(1, 9))
@settings(max_examples=150, deadline=None)
def test_every_block_is_in_one_slab_with_all_that_it_needs(table: pa.Table, size: int) -> None:
    members = members_of(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SLAB", size)
        cut = list(slabs(table))
    spans = [slab.spans for slab in cut]
    for one in members:
        for block in homes(one):
            holding = [s for s, known in enumerate(spans) if known.get(block[:2], (1, 0))[0] <= block[2]
                       <= known.get(block[:2], (1, 0))[1]]  # fmt: skip
            assert len(holding) == 1
            needed = {m.id for m in members if block in set(homes(m)) | set(looked(m))}
            assert needed <= {members[row].id for row in cut[holding[0]].rows}
    for number in range(len(members)):
        holding = [s for s, slab in enumerate(cut) if number in slab.rows]
        for s in holding:
            assert cut[s].shared[cut[s].rows.tolist().index(number)] == (len(holding) > 1)
    whole = {frozenset((a.id, b.id)) for a, b in pairs(members)}
    parts = [pairs([members[row] for row in slab.rows], slab.spans) for slab in cut]
    assert {frozenset((a.id, b.id)) for part in parts for a, b in part} == whole


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 2)), max_size=14),
       st.integers(1, 6))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_copies_are_those_of_one_process_however_days_are_cut(texts: list[tuple[int, int, int]], size: int) -> None:
    found = [
        signature(f"a{n:02}", day * 40_000, "", f"{(SAID[said] + ' ') * 2}{'كلمة أخرى' if more else ''}")
        for n, (day, said, more) in enumerate(texts)
    ]  # fmt: skip
    whole = copies(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.dataset.copies.ARTICLES", size)
        assert copies(found) == whole
        fresh = frozenset(one.article for one in found[::2])
        assert copies(found, frozenset(pair for pair in whole.pairs if not set(pair) & fresh), fresh) == whole
    close = {(a.article, b.article) for n, a in enumerate(found) for b in found[n + 1 :]
             if a.code == b.code and abs(a.published - b.published) <= 3 * 86_400}  # fmt: skip
    assert close <= whole.pairs


def days_of_articles() -> list[Row]:
    """Articles of some weeks in which two, three or four tell one shelling, a day's in order of hours."""
    return [
        article(f"a{number:03}", SAID[number % 3], "اتصال بين رئيسين" if number % 5 == 0 else SAID[3],
                day=1 + number // 5, hour=number % 20)
        for number in range(100)
    ]  # fmt: skip


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, stand_in: None, steady: None) -> None:
    """Many slabs and shares of events in a run of few articles, on the stand-in stages."""
    monkeypatch.setattr(blocks, "SLAB", 12)
    monkeypatch.setattr(eventrows, "EVENTS", 7)
    monkeypatch.setattr("pipeline.dataset.copies.ARTICLES", 9)
    monkeypatch.setattr("pipeline.dataset.run.write_report", small_report)


def small_report(folder: Path, run: object) -> Path:
    (folder / "report.html").write_text("<p>report", encoding="utf-8")
    return folder / "report.html"


def tables_of(home: Home) -> dict[str, bytes]:
    return {name: content for name, content in home.snapshot().items() if name.endswith(".parquet")}


def run_twice(top: Path, **options: Any) -> Home:
    """A first run, then one with new and changed articles and a ruling."""
    home = Home(top)
    rows = days_of_articles()
    home.write(a=rows[:70])
    home.run(**options)
    one, other = sorted(row["event_id"] for row in home.rows())[:2]
    home.rule(f"same,{one},{other},an analyst,one shell,2021-06-30")
    home.write(a=[{**row, "text": row["text"] + "\nسطر"} if i % 9 == 0 else row for i, row in enumerate(rows)])
    home.run(**options)
    return home


def test_a_run_gives_the_same_bytes_with_any_workers_and_slabs(
    small: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tables_of(run_twice(tmp_path / "two", workers=2))
    monkeypatch.setattr(blocks, "SLAB", 100_000)
    monkeypatch.setattr(eventrows, "EVENTS", 100_000)
    monkeypatch.setattr("pipeline.dataset.copies.ARTICLES", 100_000)
    home = run_twice(tmp_path / "one", workers=1)
    assert tables_of(home) == told
    assert max(len(row["article_ids"]) for row in home.rows()) > 1
    assert len(home.rows("merges")) > 20 and len(home.rows()) > 20


def test_a_worker_killed_while_it_merges_changes_nothing(
    small: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one() -> None:
        running = [int(child.pid or 0) for child in multiprocessing.active_children()]
        if running and not killed:
            killed.append(running[0])
            os.kill(running[0], signal.SIGKILL)

    table, near = many(), Copies(frozenset(), {})
    told = ids_and_links(table, groups_of(table, near, Rulings()))
    monkeypatch.setattr(spread, "interrupts", SimpleNamespace(check=kill_one))
    assert ids_and_links(table, groups_of(table, near, Rulings(), Where(Processes(2)))) == told
    assert killed


def many() -> pa.Table:
    """Three tellings of one shelling on each of sixty days."""
    rows = [
        {"member_id": f"{number:016x}", "article_id": f"a{number}", "report_id": f"r{number}", "published": number,
         "family": "shelling", "sub_event_type": KINDS["shelling"], "time_precision": 1, "date_rule": "date.weekday",
         **dict.fromkeys(("event_date", "date_start", "date_end"), FIRST + timedelta(number // 3)), "country": "Libya",
         "location": "Sirte", "place_id": "p4", "chain": [], "geo_precision": 1, "told": number // 3,
         "words": ["ابت", "ثجح", "خدذ", "رزس", "شصض"]}
        for number in range(180)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=members_schema())


def test_what_ends_its_worker_twice_is_told_in_one_line(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.dataset.shuffle.matched", ending)
    told = "merging a stretch of days ended its worker twice; give the workers more memory, or take --workers 1"
    with pytest.raises(EngineError, match=told):
        groups_of(many(), Copies(frozenset(), {}), Rulings(), Where(Processes(2)))


def ending(piece: object) -> None:
    os._exit(9)

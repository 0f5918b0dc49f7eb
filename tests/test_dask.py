"""The engine dask on real clusters of separate worker processes: the same rows, workers that die, what is told."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from dataset_tools import Home
from test_shuffle import days_of_articles, run_twice, small_report, tables_of

from pipeline import build as build_module
from pipeline.build import BuildOptions, Progress, build
from pipeline.dataset import blocks, eventrows, spread
from pipeline.engines import EngineError
from pipeline.writing.tables import TABLES

pytest.importorskip("distributed")
Write = Callable[..., Path]
TEXTS = [f"حدث {'كبير ' * (i % 4)}\nتكرار في المدينة\nخلفية من العام الماضي" for i in range(60)]


@dataclass(frozen=True)
class Cluster:
    """The scheduler's address and the process ids that the workers began with."""

    address: str
    workers: list[int]


@contextlib.contextmanager
def dask_cluster(workers: int = 2, allowed_failures: int = 0) -> Iterator[Cluster]:
    """A cluster in processes of its own, as a scheduler that others started."""
    words = [sys.executable, str(Path(__file__).with_name("dask_cluster.py")), str(workers), str(allowed_failures)]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None and child.stdout is not None
    try:
        address, *pids = child.stdout.readline().split()
        yield Cluster(address, list(map(int, pids)))
    finally:
        child.stdin.close()
        child.wait(60)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with dask_cluster() as found:
        yield found


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


@pytest.fixture
def small(stand_in: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "BATCH", 5)
    monkeypatch.setattr(build_module, "release", lambda: "one")


def test_rows_are_the_same_byte_for_byte_whatever_batches_and_parts(
    small: None, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, write_articles: Write, tmp_path: Path
) -> None:
    articles = write_articles([*TEXTS, "سم في المدينة", "اتصال بين رئيسين", *TEXTS[:7]])
    build(BuildOptions((articles,), tmp_path / "one", engine="inline", keep=False))
    told = content(tmp_path / "one")
    for batch, parts in ((5, None), (3, tmp_path / "parts"), (7, f"file://{tmp_path}/others"), (64, None)):
        monkeypatch.setattr(build_module, "BATCH", batch)
        build(BuildOptions((articles,), tmp_path / f"{batch}", engine="dask", scheduler=cluster.address, parts=parts))
        assert content(tmp_path / f"{batch}") == told, batch


def test_a_build_on_a_cluster_goes_on_from_the_parts_of_one_process(
    small: None, cluster: Cluster, write_articles: Write, tmp_path: Path
) -> None:
    def stop(progress: Progress) -> None:
        if progress.records >= 20:
            raise KeyboardInterrupt

    articles = write_articles(TEXTS)
    build(BuildOptions((articles,), tmp_path / "one"))
    with pytest.raises(KeyboardInterrupt):
        build(BuildOptions((articles,), tmp_path / "two", parts=f"file://{tmp_path}/parts"), stop)
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").glob("*/*.part")}
    assert len(kept) == 4
    seen = []

    def watch(progress: Progress) -> None:
        seen.append({path: path.stat().st_mtime_ns for path in kept})

    build(BuildOptions((articles,), tmp_path / "two", engine="dask", scheduler=cluster.address,
                       parts=f"file://{tmp_path}/parts"), watch)  # fmt: skip
    assert content(tmp_path / "two") == content(tmp_path / "one")
    assert all(one == kept for one in seen), "a finished part was made again"


def test_a_worker_killed_mid_run_changes_nothing(small: None, write_articles: Write, tmp_path: Path) -> None:
    articles = write_articles(TEXTS)
    build(BuildOptions((articles,), tmp_path / "one"))
    seen = []
    with dask_cluster(allowed_failures=3) as cluster:

        def kill_one(progress: Progress) -> None:
            seen.append(progress)
            if len(seen) == 3:
                os.kill(cluster.workers[0], signal.SIGKILL)

        build(BuildOptions((articles,), tmp_path / "two", engine="dask", scheduler=cluster.address), kill_one)
        assert len(seen) == 12
        assert content(tmp_path / "two") == content(tmp_path / "one")
        deadline = time.monotonic() + 30
        with pytest.raises(ProcessLookupError):
            while time.monotonic() < deadline:
                os.kill(cluster.workers[0], 0)
                time.sleep(0.1)


def test_an_article_that_kills_workers_is_found_and_set_aside(
    small: None, cluster: Cluster, write_articles: Write, tmp_path: Path
) -> None:
    articles = write_articles([*TEXTS[:8], "موت في المدينة", *TEXTS[:8]])
    build(BuildOptions((articles,), tmp_path / "out", engine="dask", scheduler=cluster.address))
    (row,) = pq.read_table(tmp_path / "out" / "quarantine.parquet").to_pylist()
    assert (row["article_id"], row["reason"]) == ("a8", "stage_error")
    assert "the worker process died" in row["detail"]
    ids = pq.read_table(tmp_path / "out" / "articles.parquet")["article_id"].to_pylist()
    assert ids == [f"a{i}" for i in range(17) if i != 8]


def test_a_worker_of_another_release_is_refused(
    small: None, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, write_articles: Write, tmp_path: Path
) -> None:
    monkeypatch.setattr(build_module, "release", lambda: "two")
    options = BuildOptions((write_articles(TEXTS[:3]),), tmp_path / "out", engine="dask",
                           scheduler=cluster.address)  # fmt: skip
    with pytest.raises(ValueError, match="has other code, tables or libraries: install the same marsad"):
        build(options)
    assert not (tmp_path / "out").exists()


def test_dask_starts_workers_of_its_own_that_code_as_one_process_does(tmp_path: Path) -> None:
    sample = Path(__file__).resolve().parent.parent / "datasets" / "sample" / "articles.jsonl"
    build(BuildOptions((sample,), tmp_path / "one", decider="rules"))
    try:
        build(BuildOptions((sample,), tmp_path / "two", decider="rules", engine="dask", workers=2, max_memory=2**34))
    except ValueError as error:
        if "has other code" in str(error):
            pytest.skip("somebody edited the code while the workers started")
        raise
    assert content(tmp_path / "two") == content(tmp_path / "one")


def test_a_scheduler_that_does_not_answer_is_told(
    monkeypatch: pytest.MonkeyPatch, stand_in: None, write_articles: Write, tmp_path: Path
) -> None:
    monkeypatch.setattr("pipeline.engines.dask_cluster.CONNECTING", "1s")
    options = BuildOptions((write_articles(TEXTS[:2]),), tmp_path / "out", engine="dask",
                           scheduler="tcp://127.0.0.1:9")  # fmt: skip
    with pytest.raises(EngineError, match=r"tcp://127.0.0.1:9: no Dask scheduler answers there .*; start one with"):
        build(options)


def test_a_scheduler_without_workers_is_given_up(
    monkeypatch: pytest.MonkeyPatch, stand_in: None, write_articles: Write, tmp_path: Path
) -> None:
    monkeypatch.setattr("pipeline.engines.dask_cluster.PATIENCE", 1.0)
    with dask_cluster(workers=0) as empty:
        options = BuildOptions((write_articles(TEXTS[:2]),), tmp_path / "out", engine="dask", scheduler=empty.address)
        with pytest.raises(EngineError, match="has had no workers for five minutes"):
            build(options)


@pytest.fixture
def dataset(monkeypatch: pytest.MonkeyPatch, stand_in: None, steady: None) -> None:
    """Runs of datasets whose merge is cut into many slabs, and rows of events made a few at a time."""
    monkeypatch.setattr(blocks, "SLAB", 12)
    monkeypatch.setattr(eventrows, "EVENTS", 7)
    monkeypatch.setattr("pipeline.dataset.copies.ARTICLES", 9)
    monkeypatch.setattr("pipeline.dataset.run.release", lambda: "one")
    monkeypatch.setattr("pipeline.dataset.run.write_report", small_report)


def test_a_dataset_coded_and_merged_on_a_cluster_is_that_of_one_process(
    dataset: None, cluster: Cluster, tmp_path: Path
) -> None:
    told = tables_of(run_twice(tmp_path / "one"))
    assert tables_of(run_twice(tmp_path / "two", engine="dask", scheduler=cluster.address)) == told


def test_a_worker_killed_while_it_merges_changes_nothing(
    dataset: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    homes = [Home(tmp_path / name) for name in ("one", "two")]
    for home in homes:
        home.write(a=days_of_articles())
    homes[0].run()
    checks = []
    with dask_cluster(allowed_failures=3) as cluster:

        def kill_one() -> None:
            checks.append(1)
            if len(checks) == 2:
                os.kill(cluster.workers[0], signal.SIGKILL)

        monkeypatch.setattr(spread, "interrupts", SimpleNamespace(check=kill_one))
        homes[1].run(engine="dask", scheduler=cluster.address)
        assert len(checks) > 10
        assert tables_of(homes[1]) == tables_of(homes[0])


def test_a_run_does_not_trust_workers_of_another_release(
    dataset: None, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    home.write(a=days_of_articles()[:3])
    monkeypatch.setattr("pipeline.dataset.run.release", lambda: "two")
    with pytest.raises(ValueError, match="has other code, tables or libraries: install the same marsad"):
        home.run(engine="dask", scheduler=cluster.address)
    assert not (home.output / "latest.json").exists()

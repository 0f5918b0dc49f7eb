"""Engines: the same rows whatever works on them, workers that die or grow, and what is told when one cannot work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline import build as build_module
from pipeline.build import BuildOptions, Progress, build
from pipeline.cli import app
from pipeline.engines import EngineError, Processes, load_engine, processes
from pipeline.engines.processes import shares
from pipeline.writing.tables import TABLES

Write = Callable[..., Path]
TEXTS = [f"حدث {'كبير ' * (i % 4)}\nتكرار في المدينة\nخلفية من العام الماضي" for i in range(60)]


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


@pytest.fixture
def small(stand_in: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "BATCH", 5)
    monkeypatch.setattr(build_module, "release", lambda: "one")


def killing(pids: Callable[[], list[int]], after: int = 3) -> Callable[[Progress], None]:
    """A watcher that kills one worker process at the given batch."""
    seen = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == after:
            os.kill(pids()[0], signal.SIGKILL)

    return watch


def test_rows_are_the_same_byte_for_byte_whatever_engine_workers_batches_and_parts(
    small: None, monkeypatch: pytest.MonkeyPatch, write_articles: Write, tmp_path: Path
) -> None:
    articles = write_articles([*TEXTS, "سم في المدينة", "اتصال بين رئيسين", *TEXTS[:7]])
    build(BuildOptions((articles,), tmp_path / "one", engine="inline", keep=False))
    told = content(tmp_path / "one")
    for number, (batch, options) in enumerate(
        [
            (5, {"workers": 2}),
            (5, {"workers": 3, "max_memory": 10**13}),
            (64, {"workers": 2, "keep": False}),
            (3, {"engine": "inline", "parts": tmp_path / "parts"}),
            (7, {"workers": 2, "parts": f"file://{tmp_path}/others"}),
        ]
    ):
        monkeypatch.setattr(build_module, "BATCH", batch)
        build(BuildOptions((articles,), tmp_path / f"{number}", **options))  # type: ignore[arg-type]
        assert content(tmp_path / f"{number}") == told, options


def test_a_worker_process_killed_mid_run_changes_nothing(small: None, write_articles: Write, tmp_path: Path) -> None:
    articles = write_articles(TEXTS)
    build(BuildOptions((articles,), tmp_path / "one"))
    workers: list[int] = []

    def running() -> list[int]:
        workers.extend(int(child.pid or 0) for child in multiprocessing.active_children())
        return workers

    build(BuildOptions((articles,), tmp_path / "two", workers=2), killing(running))
    assert workers
    assert content(tmp_path / "two") == content(tmp_path / "one")


def _killed_while_it_answers(batch: Any) -> bytes:
    """A long answer; the first time the worker dies some moments after it has begun to give it."""
    mark = Path(batch[0])
    if not mark.exists():
        mark.touch()
        threading.Timer(0.05 * int(mark.name), os.kill, (os.getpid(), signal.SIGKILL)).start()
    return bytes(100_000_000)


def test_a_worker_killed_while_it_answers_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    batches = [[str(tmp_path / f"{number}")] for number in (1, 2, 3)]
    answers = [len(answer) for answer in Processes(2).run(batches, _killed_while_it_answers, _dead)]
    assert answers == [100_000_000] * 3
    assert not list((tmp_path / "temporary").glob("marsad-results-*"))


def test_workers_that_have_grown_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = [[number] for number in range(9)]
    for size, fewest, most in ((10, 1, 1), (90, 3, 9)):
        monkeypatch.setattr(processes, "resident", lambda size=size: size)
        pids = list(Processes(1, 100).run(batches, _pid, _dead))
        assert fewest <= len({pid for pid, _ in pids}) <= most
        assert [number for _, number in pids] == list(range(9))


def _pid(batch: Any) -> tuple[int, int]:
    return os.getpid(), batch[0]


def _dead(item: Any) -> str:
    return f"dead {item}"


_grown = [0]


def _growing(batch: Any) -> list[int]:
    """Takes as much memory as its largest item says, as far as _grown tells."""
    _grown[0] = max(batch)
    if max(batch) > 100:
        time.sleep(30 if max(batch) > 200 else 1.5)
    _grown[0] = 0
    return list(batch)


def test_what_outgrows_a_share_is_run_alone_and_what_outgrows_all_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "resident", lambda: _grown[0])
    batches = [[1, 2, 3, 4], [5, 150, 6, 7], [8, 900, 9, 10]]
    found = list(Processes(2, 100).run(batches, _growing, _dead))
    assert found == [[1, 2, 3, 4], [5, 150, 6, 7], [8], "dead 900", [9, 10]]


def test_fewer_workers_run_when_the_memory_does_not_hold_them() -> None:
    assert shares(10**10, 4) == (4, (10**10 - processes.FRAME) // 4)
    count, share = shares(2 * 10**9, 64)
    assert (count, share >= processes.LEAST) == (3, True)
    with pytest.raises(EngineError, match=r"--max-memory 500 MB: too little for one worker; give at least 1\.0 GB"):
        shares(5 * 10**8, 4)


def test_one_worker_with_bounded_memory_has_a_process_of_its_own() -> None:
    assert isinstance(load_engine("processes", 1, max_memory=10**10), Processes)
    assert not isinstance(load_engine("processes", 1), Processes)


BAD = [
    (["--max-memory", "2 apples"], "marsad: --max-memory '2 apples' is no size of memory; give one such as 800MB, 2GB"),
    (["--max-memory", "100MB"], "marsad: --max-memory 100 MB: too little for one worker; give at least"),
    (["--max-memory", "4GB", "--engine", "inline"], "marsad: --max-memory: the engine inline has no workers"),
    (["--scheduler", "tcp://127.0.0.1:1"], "marsad: --scheduler tcp://127.0.0.1:1: only the engine dask has one"),
    (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--max-memory", "4GB"], "dask worker --memory-limit"),
    (["--engine", "dask", "--scheduler", "nonsense://x"], "--scheduler nonsense://x: no Dask scheduler answers there"),
]


@pytest.mark.parametrize(("words", "told"), BAD)
def test_what_an_engine_cannot_do_is_told_in_one_line(
    words: list[str], told: str, stand_in: None, write_articles: Write, tmp_path: Path
) -> None:
    if "dask" in words:
        pytest.importorskip("distributed")
    given = ["build", str(write_articles(TEXTS[:2])), "--output", str(tmp_path / "out"), *words]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 2
    assert told in result.output and result.output.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl"]


def test_without_dask_one_line_tells_what_to_install(
    monkeypatch: pytest.MonkeyPatch, write_articles: Write, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    given = ["build", str(write_articles(TEXTS[:2])), "--output", str(tmp_path / "out"), "--engine", "dask"]
    result = CliRunner().invoke(app, given)
    told = "marsad: the engine dask needs Dask, which is not here: pip install 'marsad[dask]'\n"
    assert (result.exit_code, result.output) == (2, told)

"""Builds: whole tables whatever the engine, poison isolated, the last good dataset left when a build fails."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import build as build_module
from pipeline import read_events
from pipeline.build import BuildOptions, build, failed_assertions
from pipeline.writing import publish as publish_module
from pipeline.writing.tables import TABLES

Write = Callable[..., Path]
ROOT = Path(__file__).resolve().parent.parent
TEXTS = [
    f"قال سكان في المدينة إن القصف مستمر\nحدث {'كبير ' * (i % 4)}\nتكرار في المدينة\nخلفية من العام الماضي"
    for i in range(150)
]
pytestmark = pytest.mark.usefixtures("stand_in")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def test_every_table_is_there_with_its_rows(write_articles: Write, tmp_path: Path) -> None:
    texts = [*TEXTS[:3], "اتصال بين رئيسين في المنطقة", "ليس في هذا الخبر شيء من القصف"]
    run = build(BuildOptions((write_articles(texts),), tmp_path / "out"))
    rows = {name: pq.read_metadata(tmp_path / "out" / f"{name}.parquet").num_rows for name in TABLES}
    assert rows == {"articles": 5, "reports": 10, "values": 20, "events": 4, "shelling": 3, "protests": 0, "calls": 1,
                    "quarantine": 0}  # fmt: skip
    assert run["counts"]["reasons"] == {"coded.event": 4, "dropped.background": 3, "merged.retelling": 3}
    assert failed_assertions(run) == []


def test_workers_and_engines_do_not_change_a_byte(write_articles: Write, tmp_path: Path) -> None:
    articles = write_articles(TEXTS)
    build(BuildOptions((articles,), tmp_path / "one", engine="inline"))
    build(BuildOptions((articles,), tmp_path / "two", workers=2))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_batch_size_does_not_change_a_byte(
    write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = write_articles(TEXTS)
    build(BuildOptions((articles,), tmp_path / "one"))
    monkeypatch.setattr(build_module, "BATCH", 7)
    monkeypatch.setattr("pipeline.writing.tables.ROW_GROUP", 50_000)
    build(BuildOptions((articles,), tmp_path / "two"))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_a_poisonous_article_is_set_aside_with_its_traceback(write_articles: Write, tmp_path: Path) -> None:
    articles = write_articles([TEXTS[1], "سم في الخبر عن المدينة", TEXTS[2]])
    run = build(BuildOptions((articles,), tmp_path / "out", workers=2))
    (row,) = pq.read_table(tmp_path / "out" / "quarantine.parquet").to_pylist()
    assert (row["article_id"], row["line"], row["reason"]) == ("a1", 2, "stage_error")
    assert "RuntimeError: a poisonous article" in row["detail"]
    assert run["counts"]["articles"]["read"] == 2
    assert "1 articles broke a stage" in failed_assertions(run)[0]


def test_rows_that_break_the_contract_set_only_their_article_aside(write_articles: Write, tmp_path: Path) -> None:
    articles = write_articles([TEXTS[1], "حدث في المدينة خطأ", TEXTS[2]])
    build(BuildOptions((articles,), tmp_path / "out"))
    (row,) = pq.read_table(tmp_path / "out" / "quarantine.parquet").to_pylist()
    assert row["article_id"] == "a1"
    assert "reports.time_precision: above 3: 7" in row["detail"]
    assert pq.read_metadata(tmp_path / "out" / "events.parquet").num_rows == 2


def test_an_article_that_kills_its_worker_is_found_and_set_aside(write_articles: Write, tmp_path: Path) -> None:
    texts = [*TEXTS[:80], "موت في المدينة", *TEXTS[80:]]
    build(BuildOptions((write_articles(texts),), tmp_path / "out", workers=2))
    (row,) = pq.read_table(tmp_path / "out" / "quarantine.parquet").to_pylist()
    assert (row["article_id"], row["reason"]) == ("a80", "stage_error")
    ids = pq.read_table(tmp_path / "out" / "articles.parquet")["article_id"].to_pylist()
    assert ids == [f"a{i}" for i in range(151) if i != 80]


def test_workers_end_when_the_build_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, time\nfrom pipeline.engines import Processes\n"
        "def work(batch):\n    os.write(1, b'%d\\n' % os.getpid())\n    time.sleep(600)\n"
        "list(Processes(2).run([[1], [2]], work, None))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    workers = [int(child.stdout.readline()) for _ in range(2)]
    child.kill()
    child.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in workers):
        assert time.monotonic() < deadline, "the workers outlive the build"
        time.sleep(0.1)


def interrupted(tmp_path: Path, asked: int, begun: str, *words: str) -> str:
    """What a build of unusable records says that is asked to end when there is a file of that pattern."""
    if not (tmp_path / "in.jsonl").exists():
        (tmp_path / "in.jsonl").write_text('{"text": "نص بلا تاريخ"}\n' * 100_000, encoding="utf-8")
    given = [sys.executable, "-m", "pipeline", "build", tmp_path / "in.jsonl", "-o", tmp_path / "out", "--workers", "2"]
    child = subprocess.Popen([*given, *words], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not list(tmp_path.glob(begun)):
        assert child.poll() is None, "the build ended before it was asked to"
        time.sleep(0.05)
    os.killpg(child.pid, asked)
    told = child.communicate(timeout=60)[1]
    assert child.returncode == 2
    return told


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_asked_to_end_publishes_nothing_and_leaves_no_trace(tmp_path: Path, asked: int) -> None:
    told = interrupted(tmp_path, asked, ".out*/reports.parquet", "--no-parts")
    assert told == "marsad: interrupted; nothing was published\n"
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_build_goes_on_after_ctrl_c_without_being_told_how(tmp_path: Path) -> None:
    told = interrupted(tmp_path, signal.SIGINT, ".out.marsad-parts/*/00000009.part")
    found = re.fullmatch(
        r"marsad: interrupted; nothing was published; (\d+) finished parts are kept in (\S+): "
        r"the same command goes on from there\n", told
    )  # fmt: skip
    assert found is not None, told
    parts = sorted(Path(found[2]).glob("*/*.part"))
    assert len(parts) == int(found[1]) >= 10
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.marsad-parts", "in.jsonl"]
    before = {path: path.stat().st_mtime_ns for path in parts}
    again = interrupted(tmp_path, signal.SIGINT, f".out.marsad-parts/*/{len(parts) + 9:08}.part")
    assert int(again.split("published; ")[1].split()[0]) >= len(parts) + 10
    assert {path: path.stat().st_mtime_ns for path in parts} == before, "a finished part was made again"


def test_a_failed_build_leaves_the_last_dataset_and_nothing_but_its_parts(
    write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build(BuildOptions((write_articles(TEXTS[:2]),), output))
    before = bytes_of(output)

    def full(stage: Path, events: object) -> None:
        raise OSError(28, "No space left on device", str(stage / "events.parquet"))

    with monkeypatch.context() as disk:
        disk.setattr(build_module, "_write_events", full)
        with pytest.raises(OSError, match="No space left"):
            build(BuildOptions((write_articles(TEXTS[:9]),), output))
    assert bytes_of(output) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [".out.marsad-parts"]
    build(BuildOptions((write_articles(TEXTS[:9]),), output))
    assert bytes_of(output) != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl", "out"]


def test_a_crash_between_renames_leaves_every_table_whole(
    write_articles: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build(BuildOptions((write_articles(TEXTS[:2]),), output))
    real, moved = publish_module.os.replace, []

    def crash(source: Path, target: Path) -> None:
        if len(moved) == 3:
            raise KeyboardInterrupt
        moved.append(target)
        real(source, target)

    monkeypatch.setattr(publish_module.os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        build(BuildOptions((write_articles(TEXTS[:9]),), output))
    assert {pq.read_metadata(output / f"{name}.parquet").num_columns for name in TABLES} == {6, 9, 21, 44, 55}
    assert json.loads((output / "run.json").read_text())["counts"]["articles"]["read"] == 2


def test_run_json_names_inputs_versions_and_decider(write_articles: Write, tmp_path: Path) -> None:
    run = build(BuildOptions((write_articles(TEXTS[:1]),), tmp_path / "out", decider="null"))
    assert run == json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["decider"] == {"name": "null", "version": "1"}
    assert run["inputs"][0]["file"] == "articles.jsonl"
    assert len(run["inputs"][0]["sha256"]) == 64
    assert {"code", "tables", "python", "pyarrow"} <= run["versions"].keys()


def test_nothing_usable_fails_the_assertion_but_writes_the_reasons(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "نص بلا تاريخ"}\n', encoding="utf-8")
    run = build(BuildOptions((tmp_path / "bad.jsonl",), tmp_path / "out"))
    assert failed_assertions(run) == ["no article could be used; 1 are in quarantine.parquet with their reasons"]
    assert pq.read_table(tmp_path / "out" / "quarantine.parquet")["reason"].to_pylist() == ["no_publication_date"]


def test_read_events_has_days_integers_and_categories(write_articles: Write, tmp_path: Path) -> None:
    build(BuildOptions((write_articles(TEXTS[:2]),), tmp_path / "out"))
    frame = read_events(tmp_path / "out")
    names = ("event_date", "fatalities", "iso", "sub_event_type", "acled_scope")
    kinds = {name: str(frame[name].dtype) for name in names}
    assert kinds["event_date"].startswith("datetime64")
    assert (kinds["fatalities"], kinds["iso"], kinds["acled_scope"]) == ("Int64", "Int64", "boolean")
    assert kinds["sub_event_type"] == "category"
    assert frame["event_date"].dt.year.tolist() == [2021, 2021]

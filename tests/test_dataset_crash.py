"""Runs that are killed at every step of writing, that find no room, or that meet another run.

Readers see the old dataset or the new one, whole; the next run finishes with the bytes of a run that was never killed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from dataset_tools import SAID, Home, article

from pipeline import read_events
from pipeline.dataset import coded, snapshots, state

pytestmark = pytest.mark.usefixtures("stand_in")
# Of os: what a reader can see; the process may end before each.
CALLS = ("replace", "rename", "link", "mkdir")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, steady: None) -> None:
    """Runs without what takes time and writes nothing that a reader of tables sees."""
    monkeypatch.setattr("pipeline.dataset.run.versions", lambda: {"code": "1", "tables": "1"})
    monkeypatch.setattr("pipeline.dataset.run.write_report", small_report)
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # slow, and of no matter to a process that is killed


def small_report(folder: Path, run: object) -> Path:
    (folder / "report.html").write_text("<p>report", encoding="utf-8")
    return folder / "report.html"


def first_day(top: Path) -> Home:
    """A dataset with one run behind it, and a second day of articles that no run has seen."""
    home = Home(top, settings="keep_runs = 1\n")
    home.write(a=[article("a1", SAID[0]), article("a2", SAID[1])])
    home.run()
    return home


def second_day(home: Home) -> None:
    home.write(b=[article("b1", SAID[0], day=3, hour=15), article("b2", SAID[2], day=4)])


def counting(act: Callable[[str], None]) -> None:
    """Call act at every step and before every call that changes names on the disk, in this process from now on."""
    for module in (snapshots, coded, state):
        module.step = act  # type: ignore[attr-defined]

    def before(name: str) -> None:
        real = getattr(os, name)

        def called(*given: object, **named: object) -> object:
            act(name)
            return real(*given, **named)

        setattr(os, name, called)

    for name in CALLS:
        before(name)


def killed_at(home: Home, number: int) -> bool:
    """Run in a child process that kills itself at that step; whether it came so far."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        seen = [0]

        def act(name: str) -> None:
            seen[0] += 1
            if seen[0] > number:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            counting(act)
            home.run()
            os._exit(0)
        except BaseException:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    home.runs += 1
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the run broke instead of being killed"
    assert not os.WIFSIGNALED(status) or os.WTERMSIG(status) == signal.SIGKILL, "the run hung"
    return os.WIFSIGNALED(status)


def assert_whole(home: Home, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """latest.json names a whole snapshot, and each single file is whole: the old one or the new one."""
    latest = json.loads((home.output / "latest.json").read_text(encoding="utf-8"))
    for name, digest in latest["files"].items():
        data = (home.output / latest["run"] / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest, name
    seen = home.snapshot()
    tables = [name for name in old if name.endswith(".parquet")]
    assert {name: seen[name] for name in tables} in ({n: old[n] for n in tables}, {n: new[n] for n in tables})
    for name in tables:
        assert (home.output / name).read_bytes() in (old[name], new[name]), name


def listing(home: Home) -> list[str]:
    """Every file and folder of the dataset, its state included."""
    return sorted(path.relative_to(home.output).as_posix() for path in home.output.rglob("*"))


def test_a_run_killed_at_any_step_leaves_a_whole_dataset_and_the_next_finishes(tmp_path: Path) -> None:
    reference = first_day(tmp_path / "reference")
    old = reference.bytes()
    second_day(reference)
    reference.run()
    new = reference.bytes()
    number = 0
    base = first_day(tmp_path / "base")
    second_day(base)
    while True:
        top = tmp_path / "again"
        shutil.rmtree(top, ignore_errors=True)
        shutil.copytree(tmp_path / "base", top)
        home = Home(top, base.settings, runs=1)
        killed = killed_at(home, number)
        assert_whole(home, old, new)
        home.runs = 1  # the next run at the same time, so that its bytes can be compared
        home.run()
        tables = [name for name in new if name.endswith(".parquet")]
        assert {name: home.bytes()[name] for name in tables} == {name: new[name] for name in tables}, number
        assert listing(home) == listing(reference), number
        if not killed:
            break
        number += 1
    assert number > 60  # fewer would mean that the steps are not seen


def test_the_first_run_killed_at_any_step_leaves_nothing_or_all(tmp_path: Path) -> None:
    number, seen = 0, set()
    while True:
        home = Home(tmp_path / f"run{number}")
        home.write(a=[article("a1", SAID[0])])
        killed = killed_at(home, number)
        path = home.output / "latest.json"
        seen.add(path.exists())
        if path.exists():
            assert pq.read_table(home.output / json.loads(path.read_text())["run"] / "events.parquet").num_rows == 1
        home.run()
        assert [row["event_id_cnty"] for row in home.rows()] == ["LBY1"]
        shutil.rmtree(home.top)
        if not killed:
            break
        number += 5
    assert seen == {True, False}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    path = tmp_path / "small"
    path.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(path)]
    if not shutil.which("mount") or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield path
    subprocess.run(["umount", str(path)], check=True)


def test_a_full_disk_leaves_the_old_dataset_and_room_lets_the_next_run_finish(small_disk: Path, tmp_path: Path) -> None:
    reference = first_day(tmp_path / "reference")
    second_day(reference)
    reference.run()
    new = reference.bytes()
    home = first_day(small_disk)
    old = home.bytes()
    second_day(home)
    failed = 0
    for free in range(0, 1200, 40):  # KB
        filler = small_disk / "filler"
        room = os.statvfs(small_disk)
        filler.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - free * 1024))
        try:
            home.runs = 1
            home.run()
            break
        except OSError as error:
            assert error.errno == 28, error
            failed += 1
            assert_whole(home, old, new)
            assert json.loads((home.output / "latest.json").read_text())["run"].startswith("000001")
        finally:
            filler.unlink()
    assert failed > 5
    assert {n: d for n, d in home.bytes().items() if n.endswith(".parquet")} == {
        n: d for n, d in new.items() if n.endswith(".parquet")
    }
    assert listing(home) == listing(reference)


HOLDER = """
import sys, time
from pathlib import Path
from pipeline.dataset.snapshots import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
ROOT = Path(__file__).resolve().parent.parent


def holder(home: Home, seconds: float) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, home.output, str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_two_runs_at_once_one_refuses_with_a_clear_line(tmp_path: Path) -> None:
    home = first_day(tmp_path)
    second_day(home)
    child = holder(home, 60)
    before = home.bytes()
    words = [sys.executable, "-m", "pipeline", "run", home.file, "-o", home.output]
    done = subprocess.run([str(word) for word in words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        f"marsad: {home.output}: another run of this dataset is under way; wait for it, or give --wait SECONDS\n"
    )
    assert home.bytes() == before
    child.kill()
    child.wait()
    assert home.run().published  # the lock of a killed run is gone with it


def test_a_run_can_wait_for_another(tmp_path: Path) -> None:
    home = first_day(tmp_path)
    second_day(home)
    child = holder(home, 1)
    begun = time.monotonic()
    assert home.run(wait=30).published
    assert time.monotonic() - begun > 0.5
    child.wait()


def test_readers_of_a_single_file_never_see_half_of_it(tmp_path: Path) -> None:
    home = first_day(tmp_path)
    child = os.fork()
    if child == 0:
        try:
            for day in range(5, 25):
                home.write(b=[article(f"d{day}", SAID[day % 4], day=day)])
                home.run()
            os._exit(0)
        except BaseException:
            os._exit(3)
    reads = 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        latest = json.loads((home.output / "latest.json").read_text(encoding="utf-8"))
        with (home.output / "events.parquet").open("rb") as handle:  # opened once, as pandas.read_parquet does
            assert pq.read_table(handle).num_rows >= 2
        assert len(read_events(home.output)) >= 2
        assert len(latest["files"]) > 10
        reads += 1
    assert reads > 5
    home.runs = 99
    assert not home.run().published


def test_a_damaged_snapshot_is_told_and_not_built_upon(tmp_path: Path) -> None:
    home = first_day(tmp_path)
    run = json.loads((home.output / "latest.json").read_text())["run"]
    (home.output / run / "ledger.parquet").unlink()
    with pytest.raises((OSError, ValueError), match=r"ledger.*restore it from a copy|restore it from a copy"):
        home.run()


def test_single_files_that_were_tampered_with_are_put_right(tmp_path: Path) -> None:
    home = first_day(tmp_path)
    before = home.bytes()
    (home.output / "events.parquet").unlink()
    shutil.copy(home.output / "values.parquet", home.output / "reports.parquet.new")
    os.replace(home.output / "reports.parquet.new", home.output / "reports.parquet")
    assert not home.run().published
    assert home.bytes() == before

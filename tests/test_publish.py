"""Publishing: all or nothing while writing, each file whole while renaming, no trace of dead builds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.writing import publish as module
from pipeline.writing.publish import publish, staging

ROOT = Path(__file__).resolve().parent.parent
WRITER = """
import resource, sys
from pathlib import Path
from pipeline.writing.publish import publish, staging
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
output = Path(sys.argv[1])
with staging(output) as stage:
    for name in ("a", "b", "run.json"):
        (stage / name).write_bytes(b"new" * 100)
    publish(stage, output, last="run.json")
"""


def old(folder: Path) -> Path:
    output = folder / "out"
    output.mkdir()
    for name in ("a", "b", "run.json"):
        (output / name).write_bytes(b"old")
    return output


def content(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes()[:3] for path in output.iterdir()}


@pytest.mark.parametrize(("limit", "state"), [(100, b"old"), (299, b"old"), (300, b"new")])
def test_a_file_that_finds_no_room_leaves_the_old_dataset(tmp_path: Path, limit: int, state: bytes) -> None:
    output = old(tmp_path)
    done = subprocess.run([sys.executable, "-c", WRITER, output, str(limit)], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode == 0) == (state == b"new"), done.stderr
    assert content(output) == {"a": state, "b": state, "run.json": state}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_files_move_in_order_and_the_named_one_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    real = os.replace

    def noted(source: Path, target: Path) -> None:
        moved.append(Path(target).name)
        real(source, target)

    monkeypatch.setattr(module.os, "replace", noted)
    output = tmp_path / "new" / "out"
    with staging(output) as stage:
        for name in ("run.json", "b", "a", "z"):
            (stage / name).write_text("x", encoding="utf-8")
        publish(stage, output, last="run.json")
    assert moved == ["a", "b", "z", "run.json"]


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    output = old(tmp_path)
    (output / "notes.txt").write_text("mine", encoding="utf-8")
    with staging(output) as stage:
        (stage / "a").write_bytes(b"new")
        publish(stage, output, last="run.json")
    assert content(output) == {"a": b"new", "b": b"old", "run.json": b"old", "notes.txt": b"min"}


def test_the_stage_of_a_killed_build_is_cleared_by_the_next_and_that_of_a_running_one_stays(tmp_path: Path) -> None:
    output = tmp_path / "out"
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom pipeline.writing.publish import staging\n"
        "with staging(Path(sys.argv[1])) as stage:\n    print(stage.name, flush=True)\n    time.sleep(60)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, output], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    name = child.stdout.readline().strip()
    with staging(output):
        assert (tmp_path / name).is_dir(), "the other build is running"
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert (tmp_path / name).is_dir()
    with staging(output):
        assert not (tmp_path / name).exists()
    assert list(tmp_path.iterdir()) == []

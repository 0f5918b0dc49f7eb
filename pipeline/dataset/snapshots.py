"""The folder of a dataset: immutable snapshots, latest.json that names the current one, single tables beside it.

outputs/NAME/latest.json            names the current run; replacing it is the moment at which a run counts
outputs/NAME/<run id>/*.parquet     a snapshot, never changed
outputs/NAME/*.parquet, run.json    the current snapshot's files, each replaced in one step
outputs/NAME/.state/                the lock, what the next run needs, work of a run that did not end
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.writing.publish import flush

LATEST = "latest.json"
STATE = ".state"
RUN = re.compile(r"\d{6}-\d{8}T\d{6}Z")
_TEMPORARY = ".new-"


class Busy(RuntimeError):
    """Another run of the dataset is under way."""


def step(name: str) -> None:
    """A point between two changes on disk. Does nothing; tests end the process here."""


@dataclass(frozen=True)
class Latest:
    """The content of latest.json: the current run, the runs that are kept, and the files of the snapshot by hash."""

    run: str
    runs: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def locked(output: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the dataset's lock, waiting at most so many seconds. The system frees it however the process ends.

    Raises Busy.
    """
    state = output / STATE
    state.mkdir(parents=True, exist_ok=True)
    handle = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy(
                        f"{output}: another run of this dataset is under way; wait for it, or give --wait SECONDS"
                    ) from None
                time.sleep(0.1)
        yield
    finally:
        os.close(handle)


def latest(output: Path) -> Latest | None:
    """The current run, None when there is none. Raises ValueError when latest.json is damaged."""
    path = output / LATEST
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Latest(raw["run"], tuple(raw["runs"]), raw["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: damaged ({error}); restore it from a copy") from error


def current(output: Path) -> Path | None:
    """The folder of the current snapshot."""
    found = latest(output)
    return output / found.run if found else None


def state_of(output: Path, run: str) -> Path:
    """The folder of what the next run needs to know of a run."""
    return output / STATE / run


def pending(output: Path) -> Path:
    """The folder of articles coded by a run that has not ended yet."""
    return output / STATE / "pending"


def forget_pending(output: Path) -> None:
    """Take away coded articles that stand in the current snapshot."""
    step("clear pending")
    shutil.rmtree(pending(output), ignore_errors=True)


def next_run(found: Latest | None, now: str) -> str:
    """The id of a new run: a number that counts up, and the time (20210603T183000Z)."""
    number = int(found.run.split("-")[0]) + 1 if found else 1
    return f"{number:06d}-{now}"


def recovered(output: Path) -> Latest | None:
    """Bring the folder into order after a run that did not end: what latest.json names stands, all else goes.

    Raises ValueError when the current snapshot is not whole.
    """
    found = latest(output)
    kept = set(found.runs) if found else set()
    for top in (output, output / STATE):
        for path in sorted(top.iterdir()) if top.is_dir() else []:
            stale = bool(RUN.fullmatch(path.name)) and path.name not in (kept if top == output else kept & _last(found))
            if stale or path.name.startswith(_TEMPORARY):
                step(f"clear {'temporary' if not stale else 'run'}")
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
    if found:
        checked(output, found)
        _show(output, found)
    return found


def _last(found: Latest | None) -> set[str]:
    return {found.run} if found else set()


@contextlib.contextmanager
def new_snapshot(output: Path, run: str) -> Iterator[tuple[Path, Path]]:
    """(folder for tables, folder for state) of a new run; both are gone when the block ends without commit."""
    tables, state = output / f"{_TEMPORARY}{run}", output / STATE / f"{_TEMPORARY}{run}"
    try:
        for path in (tables, state):
            path.mkdir(parents=True)
        yield tables, state
    finally:
        for path in (tables, state):
            shutil.rmtree(path, ignore_errors=True)


def commit(output: Path, run: str, tables: Path, state: Path, files: Mapping[str, str], keep: int) -> Latest:
    """Make the new snapshot the current one.

    Everything is on the disk before latest.json is replaced, which is the one moment at which the run counts. What
    comes after can be done again by recovered().
    """
    before = latest(output)
    for folder in (tables, state):
        for path in sorted(folder.iterdir()):
            flush(path)
        flush(folder)
    step("flushed")
    os.rename(tables, output / run)
    step("snapshot renamed")
    os.rename(state, state_of(output, run))
    step("state renamed")
    flush(output)
    flush(output / STATE)
    runs = (*(before.runs if before else ()), run)[-keep:]
    found = Latest(run, runs, dict(sorted(files.items())))
    text = json.dumps({"run": run, "snapshot": run, "runs": runs, "files": found.files}, indent=2) + "\n"
    replace_text(output / LATEST, text)
    step("committed")
    forget_pending(output)
    return recovered(output) or found


def replace_text(path: Path, text: str) -> None:
    """Give a file new content in one step."""
    temporary = path.with_name(f"{_TEMPORARY}{path.name}")
    temporary.write_text(text, encoding="utf-8")
    step(f"written {path.name}")
    flush(temporary)
    os.replace(temporary, path)
    step(f"replaced {path.name}")
    flush(path.parent)


def _show(output: Path, found: Latest) -> None:
    """Let the single files be those of the snapshot; a file that already is its snapshot's stays untouched."""
    for name in found.files:
        source, target = output / found.run / name, output / name
        if target.exists() and os.path.samefile(source, target):
            continue
        temporary = output / f"{_TEMPORARY}{name}"
        temporary.unlink(missing_ok=True)
        try:
            os.link(source, temporary)
        except OSError:
            shutil.copyfile(source, temporary)
            if target.exists() and target.read_bytes() == temporary.read_bytes():
                temporary.unlink()
                continue
            flush(temporary)
        step(f"linked {name}")
        os.replace(temporary, target)
        step(f"shown {name}")


def checked(output: Path, found: Latest) -> None:
    """Raise ValueError when a file of the current snapshot is missing."""
    missing = [name for name in found.files if not (output / found.run / name).is_file()]
    if missing:
        raise ValueError(f"{output / found.run / missing[0]}: missing from the snapshot; restore it from a copy")


def run_json(output: Path) -> dict[str, Any]:
    """run.json of the current snapshot; empty when there is none."""
    folder = current(output)
    path = folder / "run.json" if folder else None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path and path.is_file() else {}
    return found

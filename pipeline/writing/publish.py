"""Publishing a dataset: everything is written beside it first, then each file takes its place in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.machinery.processes import alive

MARK = ".marsad-"


@contextlib.contextmanager
def staging(output: Path) -> Iterator[Path]:
    """A new folder beside the output folder, on the same disk; it is gone when the block ends, however it ends."""
    output = output.absolute()
    output.parent.mkdir(parents=True, exist_ok=True)
    _clear_stale(output)
    stage = Path(tempfile.mkdtemp(prefix=f".{output.name}{MARK}{os.getpid()}-", dir=output.parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def publish(stage: Path, output: Path, last: str) -> list[str]:
    """Move every file of the stage into the output folder, each by one atomic rename, the file named last at the end.

    All files are on the disk before the first rename, so that a full disk or a crash while writing leaves the old
    dataset whole. A crash between renames leaves each table whole, old or new; the last file tells that all are new.
    """
    names = sorted((path.name for path in stage.iterdir()), key=lambda name: (name == last, name))
    for name in names:
        flush(stage / name)
    output.mkdir(parents=True, exist_ok=True)
    for name in names:
        os.replace(stage / name, output / name)
    flush(output)
    return names


def flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear_stale(output: Path) -> None:
    """Remove stages that a killed build left beside this output; those of running processes stay."""
    for path in output.parent.glob(f".{output.name}{MARK}*"):
        pid = path.name.rsplit(MARK, 1)[1].split("-")[0]
        if pid.isdigit() and not alive(int(pid)):
            shutil.rmtree(path, ignore_errors=True)

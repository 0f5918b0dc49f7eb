"""Worker processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from pipeline.engines.base import Batch, EngineError, R, isolated
from pipeline.machinery import interrupts
from pipeline.machinery.memory import resident, size_text
from pipeline.machinery.processes import alive

FRAME = 600_000_000  # bytes that the process takes which reads and writes; for the page, at the end, it has all
LEAST = 400_000_000  # bytes below which a worker would begin anew after nearly every batch
FULL = 0.8  # of its share: a worker that has grown so far begins anew when its batch is done
RESULTS = "marsad-results-"  # what the folders of results are called, before the number of the process
LOOK = 0.2  # seconds between two looks at the memory of a worker at work


def shares(max_memory: int, workers: int) -> tuple[int, int]:
    """(workers, bytes for each of them): as many of the workers as the memory holds.

    Raises EngineError when it does not hold one.
    """
    for count in range(workers, 0, -1):
        share = (max_memory - FRAME) // count
        if share >= LEAST:
            return count, share
    least = size_text(FRAME + LEAST)
    raise EngineError(f"--max-memory {size_text(max_memory)}: too little for one worker; give at least {least}")


@dataclass(frozen=True, slots=True)
class _Filed(Generic[R]):
    """work, its result left in a file of the folder; gives the file and the memory that the process takes afterwards.

    What goes through the pipe that the workers share must be short enough for one write: a worker killed in the midst
    of a longer one would leave the reader waiting for the rest for ever.
    """

    work: Callable[[Batch], R]
    folder: str

    def __call__(self, batch: Batch) -> tuple[str, int]:
        handle, name = tempfile.mkstemp(dir=self.folder)
        with open(handle, "wb") as file:
            pickle.dump(self.work(batch), file, pickle.HIGHEST_PROTOCOL)
        return name, resident()

    def result(self, name: str) -> R:
        """What a file holds; the file is removed."""
        file = Path(name)
        found: R = pickle.loads(file.read_bytes())
        file.unlink()
        return found


Waiting = deque[tuple[Batch, "Future[tuple[str, int]] | None"]]


class Processes:
    """A killed worker's batches are run again; what kills a worker twice is dead. Three batches a worker wait at most.

    share bounds the memory of a worker (bytes; 0 for no bound): past FULL of it the workers begin anew, past the whole
    of it a worker ends itself, and its batch is run again alone, with the shares of all.
    """

    def __init__(self, workers: int, share: int = 0) -> None:
        self.workers, self.share = workers, share

    def run(
        self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]
    ) -> Generator[R, None, None]:
        pool = self._pool()
        waiting: Waiting = deque()
        _sweep()
        prefix = f"{RESULTS}{os.getpid()}-"
        with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
            filed = _Filed(work, folder)
            try:
                for batch in batches:
                    waiting.append((batch, _submit(pool, filed, batch)))
                    while len(waiting) >= 3 * self.workers:
                        pool = yield from self._first(pool, waiting, filed, dead)
                while waiting:
                    pool = yield from self._first(pool, waiting, filed, dead)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _first(
        self, pool: ProcessPoolExecutor, waiting: Waiting, work: _Filed[R], dead: Callable[[Any], R]
    ) -> Generator[R, None, ProcessPoolExecutor]:
        """Yield the results of the first batch; gives back the pool, a new one when a worker died or grew too large."""
        batch, future = waiting.popleft()
        try:
            if future is None:
                raise BrokenProcessPool("the pool was broken when the batch came")
            name, size = _result(future)
        except BrokenProcessPool:
            pool.shutdown(wait=True, cancel_futures=True)
            yield from isolated(batch, lambda part: self._alone(part, work), dead)
            pool = self._pool()
            again = [(one, _submit(pool, work, one) if _lost(old) else old) for one, old in waiting]
            waiting.clear()
            waiting.extend(again)
            return pool
        yield work.result(name)
        if self.share and size > FULL * self.share:
            for _, other in waiting:
                _settle(other)
            pool.shutdown(wait=True)
            pool = self._pool()
        return pool

    def _alone(self, batch: Batch, work: _Filed[R]) -> R | None:
        """The batch in a process of its own; None when that process dies."""
        with _pool(1, self.workers * self.share) as pool:
            future = _submit(pool, work, batch)
            try:
                return None if future is None else work.result(_result(future)[0])
            except BrokenProcessPool:
                return None

    def _pool(self) -> ProcessPoolExecutor:
        return _pool(self.workers, self.share)


def _pool(workers: int, limit: int) -> ProcessPoolExecutor:
    """Workers that share what this process has loaded where the system can fork."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(os.getpid(), limit))


def _sweep() -> None:
    """Remove the results that processes left which were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{RESULTS}*"):
        pid = path.name.removeprefix(RESULTS).partition("-")[0]
        if pid.isdigit() and not alive(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _begin(parent: int, limit: int) -> None:
    """A worker leaves interrupts to its parent, and ends when the parent is gone or when it outgrows the limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent and not (limit and resident() > limit):
            time.sleep(LOOK if limit else 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _result(future: Future[tuple[str, int]]) -> tuple[str, int]:
    """The future's result; while it is awaited, requests to end are heard."""
    _settle(future)
    return future.result()


def _settle(future: Future[tuple[str, int]] | None) -> None:
    while future is not None and not future.done():
        wait((future,), timeout=0.5)
        interrupts.check()


def _submit(pool: ProcessPoolExecutor, work: _Filed[R], batch: Batch) -> Future[tuple[str, int]] | None:
    try:
        return pool.submit(work, batch)
    except BrokenProcessPool:
        return None


def _lost(future: Future[tuple[str, int]] | None) -> bool:
    """Whether the batch's result went down with its pool."""
    return future is None or future.cancelled() or not future.done() or future.exception() is not None

"""Where batches are coded: in this process, or in worker processes of this machine. Results come in input order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from pipeline import interrupts

R = TypeVar("R")
Batch = Sequence[Any]


class Engine(Protocol):
    """run yields work(batch) for every batch in order. dead gives the result of an item that kills its worker."""

    def run(
        self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]
    ) -> Iterator[R]: ...


class Inline:
    """Everything in this process."""

    def run(self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]) -> Iterator[R]:
        for batch in batches:
            yield work(batch)


class Processes:
    """Worker processes of this machine. A killed worker's batches are run again; what kills a worker twice is dead.

    At most three batches a worker wait in memory.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]) -> Iterator[R]:
        pool = _pool(self.workers)
        waiting: deque[tuple[Batch, Future[R] | None]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, _submit(pool, work, batch)))
                while len(waiting) >= 3 * self.workers:
                    pool = yield from self._first(pool, waiting, work, dead)
            while waiting:
                pool = yield from self._first(pool, waiting, work, dead)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _first(
        self,
        pool: ProcessPoolExecutor,
        waiting: deque[tuple[Batch, Future[R] | None]],
        work: Callable[[Batch], R],
        dead: Callable[[Any], R],
    ) -> Generator[R, None, ProcessPoolExecutor]:
        """Yield the results of the first batch; gives back the pool, a new one when a worker died."""
        batch, future = waiting.popleft()
        try:
            if future is None:
                raise BrokenProcessPool("the pool was broken when the batch came")
            result = _result(future)
        except BrokenProcessPool:
            pool.shutdown(wait=True, cancel_futures=True)
            yield from _alone(batch, work, dead)
            pool = _pool(self.workers)
            again = [(one, _submit(pool, work, one) if _lost(old) else old) for one, old in waiting]
            waiting.clear()
            waiting.extend(again)
        else:
            yield result
        return pool


def _pool(workers: int) -> ProcessPoolExecutor:
    """Workers that share what this process has loaded where the system can fork."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_worker_begins, initargs=(os.getpid(),))


def _worker_begins(parent: int) -> None:
    """A worker leaves interrupts to its parent, and ends when the parent is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _result(future: Future[R]) -> R:
    """The future's result; while it is awaited, requests to end are heard."""
    while not future.done():
        wait((future,), timeout=0.5)
        interrupts.check()
    return future.result()


def _submit(pool: ProcessPoolExecutor, work: Callable[[Batch], R], batch: Batch) -> Future[R] | None:
    try:
        return pool.submit(work, batch)
    except BrokenProcessPool:
        return None


def _lost(future: Future[R] | None) -> bool:
    """Whether the batch's result went down with its pool."""
    return future is None or future.cancelled() or not future.done() or future.exception() is not None


def _alone(batch: Batch, work: Callable[[Batch], R], dead: Callable[[Any], R]) -> Iterator[R]:
    """The batch in a process of its own; cut in halves until the item that kills it stands alone."""
    with _pool(1) as pool:
        try:
            yield pool.submit(work, batch).result()
            return
        except BrokenProcessPool:
            pass
    if len(batch) == 1:
        yield dead(batch[0])
        return
    middle = len(batch) // 2
    yield from _alone(batch[:middle], work, dead)
    yield from _alone(batch[middle:], work, dead)


def load_engine(name: str, workers: int) -> Engine:
    """The engine of that name ("processes" or "inline"); one worker needs no process of its own.

    Raises KeyError with the known names.
    """
    if name not in ENGINES:
        raise KeyError(f"no engine {name!r}; there are: {', '.join(sorted(ENGINES))}")
    return ENGINES[name](workers)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


ENGINES: dict[str, Callable[[int], Engine]] = {
    "inline": lambda workers: Inline(),
    "processes": lambda workers: Processes(workers) if workers > 1 else Inline(),
}

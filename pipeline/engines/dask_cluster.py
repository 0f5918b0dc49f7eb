"""A Dask cluster: worker processes on other machines, or a cluster of processes on this one."""

from __future__ import annotations

import importlib
import logging
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pipeline.engines.base import Batch, EngineError, EngineOptions, R, isolated
from pipeline.engines.processes import shares
from pipeline.machinery import interrupts

PATIENCE = 300.0  # seconds without any worker after which a cluster is given up
CONNECTING = "15s"
LOGGERS = ("distributed", "tornado", "asyncio")
SETTLED = 1.0  # seconds without a change of the workers
UNSTAFFED = "the scheduler has had no workers for five minutes; start some with dask worker ADDRESS"
LOOK = 0.02  # seconds between two looks at a task that is not done
INSTALL = "install marsad[dask] of one release on the scheduler and on all workers"
# The workers of a local cluster are ended by their own nanny when they outgrow their share, and begin anew; they never
# write results to disk or wait for memory that does not come back. One death sends a batch back to be run alone.
LOCAL = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
}
_one = threading.Lock()


class Dask:
    """Batches as tasks of a Dask client, three for each thread of a worker waiting at most.

    Dask runs again what was lost with a worker; a batch that kills workers again and again is run with nothing beside
    it, cut in halves until the item that does it stands alone. Raises EngineError when Dask is not installed or when
    the options contradict one another.
    """

    def __init__(self, options: EngineOptions) -> None:
        try:
            self._distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise EngineError("the engine dask needs Dask, which is not here: pip install 'marsad[dask]'") from error
        if options.scheduler and options.max_memory:
            raise EngineError("--max-memory: the workers of a scheduler have their own: dask worker --memory-limit")
        self.scheduler, self.workers, self.share = options.scheduler, options.workers, 0
        if options.max_memory:
            self.workers, self.share = shares(options.max_memory, options.workers)
        self._client: Any = None
        self._open: ExitStack | None = None  # inside kept_open
        self._staffed, self._looked, self._threads = 0.0, 0.0, 1

    def run(
        self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]
    ) -> Generator[R, None, None]:
        """Raises EngineError when the scheduler or all workers are gone, or have no marsad."""
        with self.kept_open():
            if self._client is None and self._open is not None:
                self._client = self._connected(self._open)
            self._staffed = time.monotonic()
            waiting: deque[tuple[Batch, Any]] = deque()
            for batch in batches:
                waiting.append((batch, self._submit(work, batch)))
                while len(waiting) >= 3 * self._width():
                    yield from self._first(waiting, work, dead)
            while waiting:
                yield from self._first(waiting, work, dead)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Runs inside share the client, and the workers that were started for it, which the first of them opens."""
        if self._open is not None:
            yield
            return
        self._open = ExitStack()
        try:
            with self._open:
                yield
        finally:
            self._open = self._client = None

    def _connected(self, stack: ExitStack) -> Any:
        import dask.config

        stack.enter_context(_quiet())
        address: Any = self.scheduler
        if not address:
            stack.enter_context(dask.config.set(LOCAL))
            cluster = self._distributed.LocalCluster(
                n_workers=self.workers, threads_per_worker=1, processes=True, memory_limit=self.share,
                dashboard_address=":0", silence_logs=logging.CRITICAL, preload=["pipeline.engines.dask_worker"],
            )  # fmt: skip
            stack.enter_context(cluster)
            address = cluster
        try:
            client = self._distributed.Client(address, timeout=CONNECTING, set_as_default=False)
            return stack.enter_context(client)
        except (OSError, ValueError) as error:
            told = f"--scheduler {self.scheduler}: no Dask scheduler answers there ({_line(error)})"
            raise EngineError(f"{told}; start one with dask scheduler, or correct the address") from error

    def _submit(self, work: Callable[[Batch], R], batch: Batch) -> Any:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")
            return self._client.submit(_at_a_time, work, batch, pure=False)

    def _first(
        self, waiting: deque[tuple[Batch, Any]], work: Callable[[Batch], R], dead: Callable[[Any], R]
    ) -> Iterator[R]:
        batch, future = waiting.popleft()
        result = self._result(future)
        if result is not None:
            yield result
            return
        for _, other in waiting:  # whatever else kills workers is not to be laid at this batch's door
            self._settle(other)
        yield from isolated(batch, lambda part: self._alone(work, part), dead)

    def _alone(self, work: Callable[[Batch], R], batch: Batch) -> Any:
        """The result of a batch, None when it kills workers again."""
        self._calm()
        return self._result(self._submit(work, batch))

    def _calm(self) -> None:
        """Wait until no worker came or went for a while: a nanny gives up a worker that dies as soon as it begins."""
        before: frozenset[str] = frozenset()
        since = begun = time.monotonic()
        while not before or time.monotonic() - since < SETTLED:
            time.sleep(LOOK)
            interrupts.check()
            now = frozenset(self._client.nthreads())
            if now != before:
                before, since = now, time.monotonic()
            if not now and time.monotonic() - begun > PATIENCE:
                raise EngineError(UNSTAFFED)

    def _result(self, future: Any) -> Any:
        """The future's result; None when its task went down with its workers."""
        self._settle(future)
        try:
            return future.result()
        except self._distributed.KilledWorker:
            return None
        except ImportError as error:
            raise EngineError(f"a Dask worker cannot code ({error}); {INSTALL}") from error

    def _settle(self, future: Any) -> None:
        """Wait for the future; meanwhile requests to end are heard, and a cluster that is gone is noticed."""
        while not future.done():
            time.sleep(LOOK)
            interrupts.check()
            self._width()
            if time.monotonic() - self._staffed > PATIENCE:
                raise EngineError(UNSTAFFED)
        if future.status in ("cancelled", "lost"):
            raise EngineError("the Dask scheduler is gone; start it and run again (--parts keeps what is finished)")

    def _width(self) -> int:
        """The threads of all workers there are now, looked up every other second; 1 when there are none."""
        now = time.monotonic()
        if now - self._looked > 2:
            self._looked = now
            threads = sum(self._client.nthreads().values())
            if threads:
                self._staffed = now
            self._threads = max(1, threads)
        return self._threads


@contextmanager
def _quiet() -> Iterator[None]:
    """What goes wrong is told by this module in one line; Dask's own logs of it, with tracebacks, are held back."""
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict) if name.startswith(LOGGERS)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _at_a_time(work: Callable[[Batch], R], batch: Batch) -> R:
    """work(batch), one at a time in a process, however many threads its worker has."""
    with _one:
        return work(batch)


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]

"""Where batches are coded: in this process, in worker processes of this machine, or on a Dask cluster.

An engine is a small class with one method, run; the rest of the build does not know which one works. Results come in
the order of the batches, so that the tables are the same byte for byte.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from pipeline.engines.base import Engine, EngineError, EngineOptions, Inline, kept_open
from pipeline.engines.processes import Processes, shares

__all__ = ["ENGINES", "Engine", "EngineError", "EngineOptions", "Inline", "Processes", "cores", "kept_open",
           "load_engine"]  # fmt: skip


def load_engine(name: str, workers: int = 1, scheduler: str = "", max_memory: int = 0) -> Engine:
    """The engine of that name; EngineOptions tells what the other values mean.

    Raises KeyError with the known names, EngineError for options that the engine does not take.
    """
    if name not in ENGINES:
        raise KeyError(f"no engine {name!r}; there are: {', '.join(sorted(ENGINES))}")
    if scheduler and name != "dask":
        raise EngineError(f"--scheduler {scheduler}: only the engine dask has one; add --engine dask")
    return ENGINES[name](EngineOptions(workers, scheduler, max_memory))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _inline(options: EngineOptions) -> Engine:
    if options.max_memory:
        raise EngineError("--max-memory: the engine inline has no workers to begin anew; take --engine processes")
    return Inline()


def _processes(options: EngineOptions) -> Engine:
    """One worker needs no process of its own, unless its memory is to be bounded."""
    if options.max_memory:
        workers, share = shares(options.max_memory, options.workers)
        return Processes(workers, share)
    return Processes(options.workers) if options.workers > 1 else Inline()


def _dask(options: EngineOptions) -> Engine:
    from pipeline.engines.dask_cluster import Dask

    return Dask(options)


ENGINES: dict[str, Callable[[EngineOptions], Engine]] = {"dask": _dask, "inline": _inline, "processes": _processes}

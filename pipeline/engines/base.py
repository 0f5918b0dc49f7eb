"""What every engine is: a way to run one function over batches, with the results in the order of the batches."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

R = TypeVar("R")
Batch = Sequence[Any]


class EngineError(ValueError):
    """An engine that cannot work as it was asked to; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """workers is the number of processes to start, scheduler the address of a Dask scheduler that has its own.

    max_memory is in bytes, for all processes together; 0 for no limit.
    """

    workers: int = 1
    scheduler: str = ""
    max_memory: int = 0


class Engine(Protocol):
    """run yields work(batch) for every batch in order. dead gives the result of an item that kills its worker."""

    def run(
        self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]
    ) -> Generator[R, None, None]: ...


@contextmanager
def kept_open(engine: Engine) -> Iterator[None]:
    """Runs of the engine inside share what it takes long to begin: the connection to a cluster."""
    with engine.kept_open() if isinstance(engine, Opening) else nullcontext():
        yield


@runtime_checkable
class Opening(Protocol):
    """An engine that takes long to begin; its runs inside the context share what the first of them opened."""

    def kept_open(self) -> AbstractContextManager[None]: ...


class Inline:
    """Everything in this process."""

    def run(
        self, batches: Iterable[Batch], work: Callable[[Batch], R], dead: Callable[[Any], R]
    ) -> Generator[R, None, None]:
        for batch in batches:
            yield work(batch)


def isolated(batch: Batch, alone: Callable[[Batch], R | None], dead: Callable[[Any], R]) -> Iterator[R]:
    """The results of a batch that went down with its worker, cut in halves until what kills a worker stands alone.

    alone works on a batch with nothing beside it and gives None when that kills the worker again.
    """
    result = alone(batch)
    if result is not None:
        yield result
    elif len(batch) == 1:
        yield dead(batch[0])
    else:
        middle = len(batch) // 2
        yield from isolated(batch[:middle], alone, dead)
        yield from isolated(batch[middle:], alone, dead)

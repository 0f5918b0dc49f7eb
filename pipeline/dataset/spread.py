"""Where the work of a run is done: its pieces on an engine, or in this process when they are few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Generic, NoReturn, TypeVar

from pipeline.coding import same_release
from pipeline.engines import Engine, EngineError, Inline
from pipeline.machinery import interrupts

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Where:
    """An engine, and the release that its workers must have ("": any)."""

    engine: Engine = field(default_factory=Inline)
    release: str = ""

    def run(self, pieces: Iterable[P], work: Callable[[P], R], what: str, few: bool) -> Iterator[R]:
        """work(piece) for each piece, in order; what names it for people. Few pieces are not worth sending away.

        Raises EngineError when a piece ends its worker twice, coding.ReleaseError in workers of another release.
        """

        def dead(piece: P) -> NoReturn:
            raise EngineError(f"{what} ended its worker twice; give the workers more memory, or take --workers 1")

        engine, release = (Inline(), "") if few else (self.engine, self.release)
        with closing(engine.run(([piece] for piece in pieces), _Each(work, release), dead)) as results:
            for result in results:
                interrupts.check()
                yield result


HERE = Where()  # all in this process


@dataclass(frozen=True, slots=True)
class _Each(Generic[P, R]):
    """The function that engines run: work on a batch of one."""

    work: Callable[[P], R]
    release: str

    def __call__(self, batch: Sequence[P]) -> R:
        same_release(self.release)
        (piece,) = batch
        return self.work(piece)

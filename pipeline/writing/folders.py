"""The folders that a build works in: copies of inputs, the stage, finished parts. Local paths and fsspec URLs alike."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.machinery import storage
from pipeline.writing.parts import Parts
from pipeline.writing.publish import publish, staging


@contextmanager
def local_inputs(inputs: Sequence[storage.Place]) -> Iterator[list[Path]]:
    """The inputs as local paths; copies of what URLs name last as long as the block."""
    if any(storage.is_url(one) for one in inputs):
        with tempfile.TemporaryDirectory(prefix="marsad-inputs-") as scratch:
            yield storage.fetched(inputs, Path(scratch))
    else:
        yield [Path(one) for one in inputs]


@contextmanager
def stage_of(output: storage.Place) -> Iterator[Path]:
    """A folder to write into, on the disk of the output where that is local; it does not outlive the block."""
    if storage.is_url(output):
        with tempfile.TemporaryDirectory(prefix="marsad-") as name:
            yield Path(name)
    else:
        with staging(Path(output)) as stage:
            yield stage


def publish_to(stage: Path, output: storage.Place, last: str) -> None:
    """Every file of the stage takes its place in the output, the file named last at the end."""
    if storage.is_url(output):
        storage.deliver(stage, output, last)
    else:
        publish(stage, Path(output), last)


@dataclass(frozen=True, slots=True)
class Keep:
    """Where finished parts are kept; own says that the folder belongs to one output alone."""

    top: storage.Place | None
    own: bool = False

    @classmethod
    def beside(cls, output: storage.Place) -> Keep:
        """In a hidden folder beside a local output; nowhere for a URL."""
        if storage.is_url(output):
            return cls(None)
        path = Path(output).absolute()
        return cls(path.parent / f".{path.name}.marsad-parts", True)

    @contextmanager
    def parts(self, shaping: Mapping[str, Any]) -> Iterator[Parts | None]:
        """The parts of the build that these values shape. Folders in which nothing was kept do not stay."""
        if self.top is None:
            yield None
            return
        parts = Parts.of(self.top, shaping)
        try:
            yield parts
        finally:
            if not storage.is_url(parts.folder):
                with suppress(OSError):
                    Path(parts.folder).rmdir()
                    if self.own:
                        Path(self.top).rmdir()

    def forget(self, parts: Parts | None) -> None:
        """The build was published: its parts go, and from a folder of its own also what older builds left."""
        if parts is not None:
            parts.remove()
            if self.own and self.top is not None:
                shutil.rmtree(self.top, ignore_errors=True)

    def finished(self) -> int:
        """How many parts lie in a local folder."""
        return 0 if self.top is None or storage.is_url(self.top) else len(list(Path(self.top).glob("*/*.part")))

"""How far the reading of the input has come: an estimate for the time left; nothing that is written rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

EXPANSION = 4  # characters of text to a byte of a packed file


@dataclass(slots=True)
class Reach:
    """Files weigh by the bytes of their text. share goes from 0 to 1 as their records pass."""

    paths: Sequence[Path]
    _weights: list[int] = field(default_factory=list)
    _at: int = 0
    _units: float = 1.0
    _read: float = 0.0

    def file(self, path: Path) -> None:
        """The file that is read from now on, the next one of paths."""
        if not self._weights:
            self._weights = [_weight(one) for one in self.paths]
        else:
            self._at += 1
        self._units, self._read = float(_units(path)), 0.0

    def record(self, raw: str, path: Path) -> None:
        """A record of the file, as it stands there."""
        self._read += 1 if path.suffix == ".parquet" else len(raw.encode("utf-8", "surrogatepass")) + 1

    @property
    def share(self) -> float:
        """1 when nothing is known to be left."""
        whole = sum(self._weights)
        if not whole:
            return 1.0
        inside = min(1.0, self._read / self._units) if self._units else 1.0
        return min(1.0, (sum(self._weights[: self._at]) + self._weights[self._at] * inside) / whole)


def _weight(path: Path) -> int:
    try:
        size = path.stat().st_size
        return size * EXPANSION if path.suffix == ".parquet" else _text_size(path, size)
    except OSError:
        return 0


def _units(path: Path) -> int:
    """Rows of a Parquet file, else bytes of text; 0 when the file does not tell."""
    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            return int(pq.read_metadata(path).num_rows)
        return _text_size(path, path.stat().st_size)
    except (OSError, ValueError):
        return 0


def _text_size(path: Path, size: int) -> int:
    """Bytes of the text in a file: what a .gz says in its last four bytes, which count modulo 4 GiB."""
    if path.suffix != ".gz" or size < 18:
        return size
    with path.open("rb") as handle:
        handle.seek(-4, 2)
        told = int.from_bytes(handle.read(4), "little")
    while told < size:
        told += 2**32
    return told

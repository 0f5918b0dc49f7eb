"""Answers of a slow decider kept on disk by content hash, so that no article is paid for twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.candidates import Candidate, Decision, Reading
from pipeline.deciders import Decider


class CachedDecider:
    """Wraps a decider. One file an article, named by a hash over decider, version, raw text and candidates.

    A file that cannot be read as decisions is asked for again, never trusted.
    """

    def __init__(self, inner: Decider, folder: Path) -> None:
        self._inner, self._folder = inner, folder
        self.name, self.version = inner.name, inner.version

    def decide(self, candidates: Sequence[Candidate], reading: Reading) -> tuple[Decision, ...]:
        if not candidates:
            return ()
        path = self._folder / f"{self._key(candidates, reading)}.json"
        kept = _read(path, len(candidates))
        if kept is not None:
            return kept
        decisions = self._inner.decide(candidates, reading)
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        rows = [[d.decision, d.reason, d.confidence, d.merged_into] for d in decisions]
        temporary.write_text(json.dumps(rows), encoding="utf-8")
        os.replace(temporary, path)
        return decisions

    def _key(self, candidates: Sequence[Candidate], reading: Reading) -> str:
        digest = hashlib.sha256(f"{self.name}\x1f{self.version}\x1f{reading.clock}\x1f".encode())
        digest.update(reading.document.raw.encode("utf-8", "surrogatepass"))
        for candidate in candidates:
            digest.update(repr(candidate).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def _read(path: Path, count: int) -> tuple[Decision, ...] | None:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        decisions = tuple(Decision(str(d), str(r), float(c), int(m)) for d, r, c, m in rows)
    except (OSError, ValueError, TypeError):
        return None
    return decisions if len(decisions) == count else None

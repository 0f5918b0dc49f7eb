"""Requests to end (Ctrl-C, SIGTERM) are noted and answered between two batches.

An exception out of a signal handler may come inside a fork or a lock of the standard library, where it is swallowed or
leaves the lock taken. A second request does not wait.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

_asked = False


@contextlib.contextmanager
def noted() -> Iterator[None]:
    """Within the block requests are noted instead of raising KeyboardInterrupt at once. For the main thread only."""
    global _asked
    before = [(number, signal.signal(number, _note)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        _asked = False
        for number, handler in before:
            signal.signal(number, handler)


def check() -> None:
    """Raise KeyboardInterrupt when an end was asked for."""
    if _asked:
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    global _asked
    if _asked:
        raise KeyboardInterrupt
    _asked = True

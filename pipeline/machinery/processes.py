"""Processes of this machine."""

from __future__ import annotations

import os


def alive(pid: int) -> bool:
    """Whether a process of that number runs, of whatever user."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

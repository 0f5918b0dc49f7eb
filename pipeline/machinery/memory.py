"""Memory: sizes as people write them, and what this process takes."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]I?)?B?\s*", re.IGNORECASE)


def size_of(text: str) -> int:
    """Bytes of a size such as "800MB", "2GB", "1.5 GiB" or "2000000000". Raises ValueError for anything else."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no size of memory; give one such as 800MB, 2GB or 1.5GiB")
    return int(float(found[1]) * UNITS[(found[2] or "").upper()])


def size_text(size: float) -> str:
    """Bytes as people read them: "850 MB", "2.4 GB"."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def resident() -> int:
    """Bytes of memory that this process takes now; where the system does not tell, the most that it ever took."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        import os

        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

"""The release of everything that shapes rows: code, tables, Python, libraries."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib import metadata
from typing import Any

from pipeline.resources import PACKAGE, content_hash, folder

FOLDERS = ("schemas", "gazetteer")
LIBRARIES = ("pyarrow", "pandas", "dateparser", "geopy", "trafilatura")


def versions() -> dict[str, Any]:
    """Content hashes of code and tables, and the releases of Python and of the libraries that shape results."""
    code = PACKAGE.rglob("*.py")
    tables = [
        *(PACKAGE / "languages").rglob("*.csv"),
        *(path for name in FOLDERS for path in folder(name).rglob("*") if path.is_file()),
    ]
    return {
        "code": content_hash(code)[:16],
        "tables": content_hash(tables)[:16],
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


@cache
def release() -> str:
    """One hash of all that shapes rows in this process, as it was when first asked for.

    A checkout and a wheel of the same commit have the same.
    """
    own = (path for path in PACKAGE.rglob("*.csv") if "_data" not in path.parts)  # _data: where a wheel has the others
    shaping = {
        "code": content_hash(PACKAGE.rglob("*.py")),
        "own": content_hash(own),
        **{name: content_hash(path for path in folder(name).rglob("*.*") if path.is_file()) for name in FOLDERS},
        "python": platform.python_version_tuple()[:2],
        **{name: metadata.version(name) for name in LIBRARIES},
    }
    return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()[:16]

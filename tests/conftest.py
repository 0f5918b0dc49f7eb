"""What tests share: the shared folder, articles, and a small stand-in for the coding stages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared evidence: MARSAD_SHARED, else ../shared beside the checkout. Skips where it is missing."""
    path = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
    if not (path / "gold" / "dev.jsonl").is_file():
        pytest.skip(f"needs the shared articles and gold, which are not at {path} (set MARSAD_SHARED)")
    return path
